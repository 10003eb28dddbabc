import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections

from conversations_app.gateway import api, webhook_urls
from conversations_app.gateway.client import client as twilio_client
from conversations_app.gateway.errors import Unclear
from conversations_app.tests.chat_harness import SECOND_NUMBERS, ChatHarness
from conversations_app.webhooks import pre_event
from emulator.server import listen, make_server
from emulator.settings import Settings
from emulator.tests.support import wait_until
from matchmaker import clock


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """What a request left to the background is done before the tables are emptied: it locks some of them, in an order of
    its own."""
    pre_event._side_jobs.submit(connections.close_all).result(timeout=30)


@pytest.fixture(autouse=True)
def _roster_look_ups(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Their thread ends with the test, and with it the connection that would keep the test database from going."""
    with ThreadPoolExecutor(1) as own:
        monkeypatch.setattr(pre_event, "_lookups", own)
        yield
        own.submit(connections.close_all).result()


@pytest.fixture(scope="session")
def emulator_url() -> Iterator[str]:
    listener = listen("127.0.0.1", 0)
    settings = Settings(
        account_sid=django_settings.TWILIO_ACCOUNT_SID,
        auth_token=django_settings.TWILIO_AUTH_TOKEN,
        senders=(*django_settings.TWILIO_SENDERS, *SECOND_NUMBERS),
        conversation_service_sid=django_settings.TWILIO_CONVERSATIONS_SERVICE_SID,
        messaging_service_sid=django_settings.TWILIO_MESSAGING_SERVICE_SID,
        port=listener.getsockname()[1],
        carrier_delay_s=0.01,
    )
    server = make_server(settings)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    wait_until(lambda: server.started, "the emulator")
    yield settings.public_url
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def harness(transactional_db: None, live_server: Any, emulator_url: str, settings: Any) -> Iterator[ChatHarness]:
    """Twilio, the model and phones at the emulator; its webhooks reach the live test server."""
    settings.PUBLIC_BASE_URL = live_server.url
    settings.TWILIO_BASE_URL = emulator_url
    settings.CLOCK_URL = f"{emulator_url}/emulator/clock"
    settings.OPENAI_BASE_URL = f"{emulator_url}/openai/v1"
    twilio_client.cache_clear()
    harness = ChatHarness(emulator_url, live_server.url)
    harness.emulator.post("/emulator/reset")
    harness.faults(webhook={"muted": ["status"]})
    _point_webhooks_at(live_server.url)
    yield harness
    harness.faults(webhook={"drop": 1})
    # What is still under way would meet the emptying of the tables.
    harness.wait_for(lambda: not harness.has_webhooks_under_way())
    harness.emulator.post("/emulator/reset")
    harness.emulator.close()


@pytest.fixture
def moving_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked anew each time, and forgotten with the test."""
    monkeypatch.setattr(clock, "_offset", clock._Offset())
    monkeypatch.setattr(clock, "_ASK_AGAIN_S", 0)


@pytest.fixture
def lose_answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Twilio carries out the next call of that function, and its answer never arrives: the call raises instead."""

    def lose(function: str, error: BaseException | None = None) -> None:
        real = getattr(api, function)

        def answer_lost(*args: Any, **more: Any) -> Any:
            monkeypatch.setattr(api, function, real)
            real(*args, **more)
            raise error or Unclear("no answer")

        monkeypatch.setattr(api, function, answer_lost)

    return lose


@pytest.fixture(params=["conversations", "broadcast"])
def transport(request: Any, settings: Any) -> str:
    """Sessions that are started in the test travel that way."""
    settings.CONVERSATIONS_SHARE = 100 if request.param == "conversations" else 0
    return str(request.param)


@pytest.fixture
def second_numbers(settings: Any) -> tuple[str, str]:
    """(WhatsApp, SMS): we have two numbers a channel."""
    settings.TWILIO_SENDERS = [*settings.TWILIO_SENDERS, *SECOND_NUMBERS]
    return SECOND_NUMBERS


RECEIPTS = "onDeliveryUpdated"


@pytest.fixture
def receipts_on(harness: ChatHarness) -> None:
    """They are most of the traffic, so other tests do without."""
    _point_webhooks_at(harness.web_url, receipts=True)
    harness.faults(webhook={"muted": []})


def _point_webhooks_at(url: str, *, receipts: bool = False) -> None:
    account = twilio_client()
    account.conversations.v1.services(
        django_settings.TWILIO_CONVERSATIONS_SERVICE_SID
    ).configuration.webhooks().update(
        pre_webhook_url=webhook_urls.pre_webhook_url(url),
        post_webhook_url=webhook_urls.post_webhook_url(url),
        method="POST",
        filters=[event for event in webhook_urls.FILTERS if receipts or event != RECEIPTS],
    )
    account.messaging.v1.services(django_settings.TWILIO_MESSAGING_SERVICE_SID).update(
        inbound_request_url=webhook_urls.inbound_url(url), inbound_method="POST"
    )
