"""Each check finds what it is for, and says what to do."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from twilio.request_validator import RequestValidator

from conversations_app import doctor
from conversations_app.doctor import account, servers, the_model, traffic, way_in
from conversations_app.doctor.findings import Check, Finding
from conversations_app.gateway import configuration
from conversations_app.gateway.client import client
from conversations_app.models import Heartbeat, InboxEvent, Message, Problem
from conversations_app.tests.people import abby_in_a_group
from conversations_app.tests.town import Town

NOWHERE = "http://127.0.0.1:9"


def wrong(check: Check) -> list[Finding]:
    return [finding for finding in check() if finding.level == "bad"]


@pytest.fixture
def at_work(transactional_db: None) -> None:
    for name in ("worker", "beat"):
        Heartbeat.beat(name)


def test_where_all_is_well_it_says_so(
    town: Town, at_work: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CHANNELS_ENABLED = ["whatsapp", "sms"]
    call_command("configure_twilio", "--apply")
    capsys.readouterr()

    call_command("doctor")

    told = capsys.readouterr().out
    assert "✗" not in told
    for what in (
        "Twilio knows our account",
        "A signed webhook is believed",
        "The model answers",
        "Our public address is ours",
    ):
        assert f": {what}" in told
    assert "dating services as prohibited" in told


def test_scripts_read_what_is_wrong_as_json(db: None, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(doctor, "CHECKS", {"processes": servers.processes})

    with pytest.raises(CommandError, match="2 things are wrong") as refusal:
        call_command("doctor", "--json")

    told = json.loads(capsys.readouterr().out)
    assert refusal.value.returncode == 1
    assert told["well"] is False
    assert told["findings"][0]["what"] == "No worker has ever shown itself."


def test_a_check_that_crashes_keeps_no_other_from_being_made(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def crashes() -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(doctor, "CHECKS", {"one": crashes, "two": traffic.problems})
    Problem.report("x", what="Something.")

    assert [(name, finding.level) for name, finding in doctor.examine()] == [("one", "bad"), ("two", "note")]


def test_missing_migrations(transactional_db: None) -> None:
    newest = MigrationRecorder.Migration.objects.filter(app="conversations_app").latest("pk")
    MigrationRecorder.Migration.objects.filter(pk=newest.pk).delete()

    try:
        [finding] = wrong(servers.postgres)
    finally:
        newest.save(force_insert=True)

    assert finding.to_do == "Run manage.py migrate."


def test_a_process_that_went_silent(at_work: None) -> None:
    Heartbeat.objects.filter(name="beat").update(at=timezone.now() - timedelta(minutes=5))

    [finding] = wrong(servers.processes)

    assert finding.what.startswith("The beat was last seen 3")


@pytest.fixture
def twilio(transactional_db: None, emulator_url: str, settings: Any) -> Any:
    settings.TWILIO_BASE_URL = emulator_url
    client.cache_clear()
    yield settings
    client.cache_clear()


def test_credentials_that_twilio_does_not_take(twilio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    twilio.TWILIO_AUTH_TOKEN = "wrong"
    client.cache_clear()
    monkeypatch.setattr(doctor, "CHECKS", {"credentials": account.credentials})

    [(_, finding)] = doctor.examine()

    assert "does not accept our account SID and token" in finding.what


def test_services_that_are_not_there(twilio: Any) -> None:
    twilio.TWILIO_CONVERSATIONS_SERVICE_SID = "IS" + "f" * 32
    twilio.TWILIO_MESSAGING_SERVICE_SID = "MG" + "f" * 32

    assert [finding.to_do for finding in wrong(account.services)] == [
        "Correct TWILIO_CONVERSATIONS_SERVICE_SID.",
        "Correct TWILIO_MESSAGING_SERVICE_SID.",
    ]


def test_webhooks_that_lead_elsewhere(twilio: Any) -> None:
    configuration.set_service_hooks(pre_webhook_url="https://old.example/pre")

    found = wrong(account.webhooks)
    configuration.set_service_hooks(pre_webhook_url="")

    assert any("pre-event webhook is https://old.example/pre" in finding.what for finding in found)
    assert {finding.to_do for finding in found} == {account.CONFIGURE}


def test_numbers_that_are_not_in_the_messaging_service(twilio: Any) -> None:
    twilio.TWILIO_SENDERS = [*twilio.TWILIO_SENDERS, "+15005550199"]

    [finding] = wrong(account.senders)

    assert finding.what == "Our number sms …99 is not in the messaging service."


def test_a_channel_without_a_number(twilio: Any) -> None:
    twilio.TWILIO_SENDERS = ["+15005550007"]

    [finding] = wrong(account.senders)

    assert "we have no number for it" in finding.what


def test_a_template_that_is_not_there(twilio: Any) -> None:
    twilio.WINDOW_TEMPLATE_SID = "HX" + "f" * 32

    [finding] = wrong(account.template)

    assert finding.to_do == "Correct WINDOW_TEMPLATE_SID."


def test_a_public_address_that_nobody_reaches(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = NOWHERE

    [finding] = wrong(way_in.public_address)

    assert "cannot be reached (ConnectError)" in finding.what


def test_a_server_that_believes_another_token(
    live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_BASE_URL = live_server.url
    assert wrong(way_in.signature) == []
    monkeypatch.setattr(way_in, "RequestValidator", lambda token: RequestValidator("another one"))

    [finding] = wrong(way_in.signature)

    assert "another PUBLIC_BASE_URL or TWILIO_AUTH_TOKEN" in finding.to_do


def test_a_pre_event_hook_that_refuses(live_server: Any, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = f"{live_server.url}/elsewhere"

    [finding] = wrong(way_in.before_each_message)

    assert "answers 404: Twilio destroys each message" in finding.what


def test_a_model_that_does_not_answer(settings: Any) -> None:
    settings.OPENAI_BASE_URL = NOWHERE

    [finding] = wrong(the_model.answers)

    assert "The model does not answer" in finding.what


def test_a_model_server_without_extras_is_told_and_no_failure(live_server: Any, settings: Any) -> None:
    settings.OPENAI_BASE_URL = f"{live_server.url}/no-model-here"

    found = list(the_model.extras())

    assert [(finding.level, finding.what) for finding in found] == [
        ("note", "The model's server has no /moderations: texts are looked at by rules only."),
        ("note", "The model's server has no /audio/transcriptions: voice is not understood."),
    ]


def some_messages(*, named: int, unnamed: int) -> None:
    abby = abby_in_a_group()
    conversation = abby.session.conversations.get()
    Message.objects.bulk_create(
        Message(
            session=abby.session,
            conversation=conversation,
            kind="person",
            author=abby,
            body="hi",
            at=timezone.now(),
            index=n,
            was_named=n < named,
        )
        for n in range(named + unnamed)
    )


@pytest.mark.parametrize(("named", "unnamed", "failures"), [(0, 3, 1), (100, 3, 0), (20, 3, 1), (5, 0, 0), (1, 2, 0)])
def test_phones_that_show_no_names(db: None, named: int, unnamed: int, failures: int) -> None:
    some_messages(named=named, unnamed=unnamed)

    assert len(wrong(traffic.names_on_phones)) == failures


def test_webhooks_without_a_signature(db: None) -> None:
    Problem.report("many-unsigned-webhooks", what="Many.")

    [finding] = wrong(traffic.unsigned)

    assert "TWILIO_AUTH_TOKEN is wrong" in finding.to_do


def test_webhooks_that_twilio_tried_again_are_told(db: None) -> None:
    for number, count in enumerate(("0", "1")):
        assert not list(traffic.retries())
        InboxEvent.objects.create(
            kind="conversation", event_type="x", key=str(number), payload={"RetryCount": count}, state="done"
        )

    assert [finding.level for finding in traffic.retries()] == ["note"]
