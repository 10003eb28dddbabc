"""One emulator for all tests of a run, emptied before each of them."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from emulator.server import listen, make_server
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

TWILIOS_PATIENCE_S = 5.0
LITTLE_PATIENCE_S = 0.3


@contextmanager
def running(hook_timeout_s: float) -> Iterator[Bench]:
    """An emulator on a free port, in a thread of its own."""
    listener = listen("127.0.0.1", 0)
    settings = Settings(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        senders=(WHATSAPP, SMS, SECOND_WHATSAPP),
        port=listener.getsockname()[1],
        conversations_hook_timeout_s=hook_timeout_s,
        messaging_hook_timeout_s=hook_timeout_s,
        carrier_delay_s=0.01,
    )
    server = make_server(settings)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    wait_until(lambda: server.started, "the emulator")
    bench = Bench(settings.public_url)
    yield bench
    bench.close()
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def _patient() -> Iterator[Bench]:
    with running(TWILIOS_PATIENCE_S) as bench:
        yield bench


@pytest.fixture(scope="session")
def _impatient() -> Iterator[Bench]:
    with running(LITTLE_PATIENCE_S) as bench:
        yield bench


@pytest.fixture
def bench(_patient: Bench) -> Bench:
    _patient.reset()
    return _patient


@pytest.fixture
def impatient_bench(_impatient: Bench) -> Bench:
    """For tests of what happens when no webhook's answer comes in time."""
    _impatient.reset()
    return _impatient


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver
