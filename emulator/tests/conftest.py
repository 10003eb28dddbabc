"""One emulator for all tests of a run, emptied before each of them."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from emulator.serving import listen, make_server
from emulator.settings import Settings
from emulator.tests.support import (
    ACCOUNT,
    SECOND_WHATSAPP,
    SMS,
    TOKEN,
    WHATSAPP,
    Bench,
    Receiver,
    receiving,
    wait_until,
)

# A twentieth of Twilio's own patience: what waits for a timeout should not take long.
HOOK_TIMEOUT_S = 0.5


@pytest.fixture(scope="session")
def emulator_url() -> Iterator[str]:
    listener = listen("127.0.0.1", 0)
    settings = Settings(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        senders=(WHATSAPP, SMS, SECOND_WHATSAPP),
        port=listener.getsockname()[1],
        conversations_hook_timeout_s=HOOK_TIMEOUT_S,
        messaging_hook_timeout_s=HOOK_TIMEOUT_S,
        carrier_delay_s=0.01,
    )
    server = make_server(settings)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    wait_until(lambda: server.started, "the emulator")
    yield settings.public_url
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def _bench(emulator_url: str) -> Iterator[Bench]:
    bench = Bench(emulator_url)
    yield bench
    bench.close()


@pytest.fixture
def bench(_bench: Bench) -> Bench:
    _bench.reset()
    return _bench


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver
