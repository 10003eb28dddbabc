"""How Twilio is set up, told and changed; against the emulator."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from conversations_app.gateway import configuration, setup
from conversations_app.gateway.client import client
from conversations_app.gateway.errors import AccountTrouble
from conversations_app.tests.factories import abby_in_a_group

BASE = "https://match.example"


@pytest.fixture
def twilio(transactional_db: None, emulator_url: str, settings: Any) -> Iterator[Any]:
    """An account on which nothing is configured, before and after the test."""
    settings.PUBLIC_BASE_URL, settings.TWILIO_BASE_URL = BASE, emulator_url
    client.cache_clear()
    forget()
    yield client()
    forget()


def forget() -> None:
    nothing = {"pre_webhook_url": "", "post_webhook_url": "", "filters": []}
    configuration.set_service_hooks(**nothing)
    configuration.set_account_hooks(**nothing)
    configuration.set_inbound(inbound_request_url="")
    for address in client().conversations.v1.address_configurations.list():
        address.delete()


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("configure_twilio", *arguments)
    return capsys.readouterr().out


def test_without_apply_it_changes_nothing(twilio: Any, capsys: pytest.CaptureFixture[str]) -> None:
    configuration.set_inbound(inbound_request_url="https://somebody.example/sms")

    told = run(capsys=capsys)

    assert "    https://somebody.example/sms\n  → https://match.example/webhooks/sms" in told
    assert "Add --apply" in told
    assert configuration.inbound().url == "https://somebody.example/sms"


def test_texts_are_left_to_another_app_and_taken_and_given_back(
    twilio: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    older = "https://older.example/hook"
    seen = []
    for arguments in (["--inbound-url", older], [], ["--inbound-url", older]):
        run(*arguments, "--apply", capsys=capsys)
        assert "nothing to do" in run(*arguments, capsys=capsys)
        seen.append((configuration.inbound().url, configuration.service_hooks().post_url))

    ours = f"{BASE}/webhooks/conversations"
    assert seen == [(older, ours), (f"{BASE}/webhooks/sms", ours), (older, ours)]


def test_an_invalid_address_is_refused(twilio: Any) -> None:
    with pytest.raises(CommandError, match="starting with https://"):
        call_command("configure_twilio", "--inbound-url", "older.example", "--apply")


@pytest.mark.parametrize("scope", ["service", "global"])
def test_a_second_run_has_nothing_left_to_do(
    twilio: Any, settings: Any, scope: str, capsys: pytest.CaptureFixture[str]
) -> None:
    twilio.conversations.v1.address_configurations.create(
        type="sms", address="+15005550007", auto_creation_enabled=True, auto_creation_type="default"
    )

    run("--scope", scope, "--apply", capsys=capsys)

    assert run("--scope", scope, capsys=capsys) == "Everything is set up; nothing to do.\n"
    hooks = configuration.service_hooks() if scope == "service" else configuration.account_hooks()
    assert hooks.pre_url == f"{BASE}/webhooks/conversations/pre"
    assert {"onMessageAdd", "onMessageAdded", "onDeliveryUpdated"} <= hooks.filters
    assert configuration.auto_creating() == []
    assert configuration.default_timers() == ("P21D", "P28D")


def test_account_webhooks_require_that_service_webhooks_are_removed(
    twilio: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--scope", "service", "--apply", capsys=capsys)

    run("--scope", "global", "--apply", capsys=capsys)

    assert configuration.service_hooks().post_url == ""
    assert configuration.account_hooks().post_url == f"{BASE}/webhooks/conversations"


def test_a_conversation_deleted_at_twilio_is_passed_over(twilio: Any, capsys: pytest.CaptureFixture[str]) -> None:
    abby_in_a_group()

    run("--apply", capsys=capsys)

    assert "nothing to do" in run(capsys=capsys)


def test_each_conversation_can_have_its_own(twilio: Any, capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    service = twilio.conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)
    there = service.conversations.create(unique_name="its-own")
    abby_in_a_group().session.conversations.update(sid=there.sid)

    run("--scope", "conversation", "--apply", capsys=capsys)

    assert run("--scope", "conversation", capsys=capsys) == "Everything is set up; nothing to do.\n"
    [hook] = configuration.scoped_hooks(there.sid)
    assert hook.url == f"{BASE}/webhooks/conversations"
    assert configuration.service_hooks().filters == {"onMessageAdd"}

    setup.ensure_scoped_webhook(there.sid)
    assert len(configuration.scoped_hooks(there.sid)) == 1

    run("--scope", "service", "--apply", capsys=capsys)
    assert configuration.scoped_hooks(there.sid) == []


def test_scripts_read_it_as_json(twilio: Any, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run("--json", capsys=capsys))

    assert told["applied"] is False
    assert {
        "what": "the messaging service's inbound webhook",
        "now": "nothing",
        "wanted": f"{BASE}/webhooks/sms",
    } in told["changes"]


def test_rejected_credentials_are_named(twilio: Any) -> None:
    with override_settings(TWILIO_AUTH_TOKEN="wrong"):
        client.cache_clear()
        with pytest.raises(CommandError, match="does not accept our account SID and token"):
            call_command("configure_twilio")
    client.cache_clear()


def test_a_list_that_twilio_refuses_is_named(twilio: Any) -> None:
    """The SDK raises a different exception while it reads a list."""
    with override_settings(TWILIO_AUTH_TOKEN="wrong"):
        client.cache_clear()
        with pytest.raises(AccountTrouble, match="does not accept our account SID and token"):
            configuration.auto_creating()
    client.cache_clear()
