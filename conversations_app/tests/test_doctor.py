"""What `doctor` says when something is wrong, and that it is content with what works."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from io import StringIO
from threading import Event
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from conversations_app.doctor import model, public, servers, traffic, twilio
from conversations_app.doctor.findings import Finding, Level, bad, good, note
from conversations_app.doctor.running import Check, run
from conversations_app.doctor.table import CHECKS
from conversations_app.gateway import content
from conversations_app.gateway.client import client as twilio_client
from conversations_app.gateway.content import Template
from conversations_app.management.commands import doctor
from conversations_app.models import Conversation, Heartbeat, InboxEvent, Message, Problem
from conversations_app.tests.chat_harness import SMS_SENDER, WHATSAPP_SENDER, ChatHarness
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.webhook_requests import sid
from emulator.tests.support import Receiver, Reply, json_reply
from matchmaker import clock

CLOSED = "127.0.0.1:9"
POST, PRE = "/webhooks/conversations", "/webhooks/conversations/pre"


def wrong(findings: Iterable[Finding]) -> list[str]:
    return [finding.what for finding in findings if finding.level is Level.BAD]


def notes(findings: Iterable[Finding]) -> list[str]:
    return [finding.what for finding in findings if finding.level is Level.NOTE]


# --- running them -----------------------------------------------------------------------------------------------------


def found_by(*checks: Check) -> dict[str, list[Finding]]:
    return {check.name: found for check, found in run(checks)}


def content_with(name: str, **more: Any) -> Check:
    return Check(name, lambda: [good(f"{name} works.")], **more)


def test_a_crashing_check_does_not_stop_the_others() -> None:
    def crash() -> Iterator[Finding]:
        yield good("The first half works.")
        raise ZeroDivisionError

    found = found_by(Check("one", crash), content_with("another"))

    assert [finding.level for finding in found["one"]] == [Level.GOOD, Level.BAD]
    assert "ZeroDivisionError" in found["one"][1].what
    assert not wrong(found["another"])


def test_a_hanging_check_does_not_stop_the_others() -> None:
    forever = Event()

    def hang() -> list[Finding]:
        forever.wait(60)
        return []

    found = found_by(Check("one", hang, within_s=0.05), content_with("another"))
    forever.set()

    assert wrong(found["one"]) == ["one gave no answer within 0.05 seconds."]
    assert not wrong(found["another"])


def test_a_check_that_depends_on_a_failed_one_is_skipped() -> None:
    looked_at: list[str] = []

    def look() -> list[Finding]:
        looked_at.append("here")
        return []

    found = found_by(
        Check("the ground", lambda: [bad("It is gone.", "Bring it back.")]),
        content_with("the house", needs=("the ground",)),
        Check("the roof", look, needs=("the house",)),
    )

    assert notes(found["the house"]) and notes(found["the roof"])
    assert looked_at == []


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What the command prints when its checks find this."""

    def tell(*findings: Finding) -> str:
        monkeypatch.setattr(doctor, "CHECKS", (Check("something", lambda: findings),))
        out = StringIO()
        call_command("doctor", stdout=out)
        return out.getvalue()

    return tell


def test_it_fails_when_something_is_wrong(told: Callable[..., str]) -> None:
    with pytest.raises(CommandError, match="One thing is wrong") as failed:
        told(good("This works."), bad("This does not.", "Mend it."))

    assert failed.value.returncode == 1


def test_notes_do_not_make_it_fail_and_nothing_but_a_terminal_gets_colours(told: Callable[..., str]) -> None:
    assert told(good("This works."), note("Mind that.", "Some day.")) == (
        "good  This works.\nnote  Mind that. Some day.\n"
    )


def test_it_reports_nothing_when_all_is_well(harness: ChatHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("configure_twilio", "--apply", stdout=StringIO())
    monkeypatch.setattr(public, "PRE_EVENT_WITHIN_S", public.TIMEOUT_S)  # this machine is busy with tests
    for name in ("worker", "model worker", "beat"):
        Heartbeat.beat(name)
    out = StringIO()

    call_command("doctor", "--json", stdout=out)

    result = json.loads(out.getvalue())
    assert result["ok"] is True
    levels = {(found["check"], found["level"]) for found in result["findings"]}
    assert {(check.name, "good") for check in CHECKS if check.name not in NOTHING_TO_PRAISE} <= levels
    assert WHATSAPP_SENDER.removeprefix("whatsapp:") not in out.getvalue()
    assert InboxEvent.objects.get().event_type == "doctor"
    assert not Problem.objects.exists()


# Nobody wrote, no template is set, and Twilio repeated nothing.
NOTHING_TO_PRAISE = {"the template", "names on phones", "repeated webhooks"}


# --- servers ----------------------------------------------------------------------------------------------------------


def test_an_unreachable_postgres_is_reported_without_the_password(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {**connections["default"].settings_dict, "HOST": "127.0.0.1", "PORT": "9", "PASSWORD": "secret"}
    nowhere["OPTIONS"] = {**nowhere["OPTIONS"], "pool": False}
    monkeypatch.setattr("conversations_app.doctor.servers.connection", DatabaseWrapper(nowhere, "nowhere"))

    [finding] = servers.postgres()

    assert finding.what.startswith("Postgres cannot be reached: ")
    assert "Connection refused" in finding.what
    assert "secret" not in finding.what


def test_an_old_postgres_is_reported(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "get_database_version", lambda: (14, 9))

    assert wrong(servers.postgres()) == ["Postgres is version 14."]


def test_an_unapplied_migration_is_named(db: None) -> None:
    newest = MigrationRecorder.Migration.objects.filter(app="conversations_app").latest("name")
    newest.delete()

    assert wrong(servers.postgres()) == [f"1 migrations are not applied, conversations_app.{newest.name} the first."]


def test_redis_is_checked_at_both_addresses(settings: Any) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": f"redis://{CLOSED}/1"}}
    settings.CELERY_BROKER_URL = f"redis://{CLOSED}/0"

    cache, broker = wrong(servers.redis())

    assert "as cache" in cache
    assert "as broker" in broker


def test_a_stopped_heartbeat_is_reported(db: None) -> None:
    for name in ("worker", "model worker", "beat"):
        Heartbeat.beat(name)
    beat = Heartbeat.objects.get(name="worker")
    Heartbeat.objects.filter(name="worker").update(at=beat.at - timedelta(seconds=90))

    [told] = wrong(servers.heartbeats())

    assert told.startswith("The worker was last seen 9")


def test_a_heartbeat_that_never_came_is_reported(db: None) -> None:
    assert wrong(servers.heartbeats()) == [
        "No worker was ever seen.",
        "No model worker was ever seen.",
        "No beat was ever seen.",
    ]


# --- Twilio -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def at_the_emulator(emulator_url: str, settings: Any) -> Iterator[None]:
    settings.TWILIO_BASE_URL = emulator_url
    settings.OPENAI_BASE_URL = f"{emulator_url}/openai/v1"
    twilio_client.cache_clear()
    yield
    twilio_client.cache_clear()


def test_a_wrong_token_is_reported(at_the_emulator: None, settings: Any) -> None:
    settings.TWILIO_AUTH_TOKEN = "another"

    [told] = wrong(twilio.account())

    assert "does not accept our account SID and token" in told


def test_a_suspended_account_is_reported(receiver: Receiver, settings: Any) -> None:
    settings.TWILIO_BASE_URL = receiver.url
    twilio_client.cache_clear()
    path = f"/api/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}.json"
    receiver.answers[path] = json_reply(sid=settings.TWILIO_ACCOUNT_SID, status="suspended", type="Full")

    found = list(twilio.account())

    twilio_client.cache_clear()
    assert wrong(found) == ["The Twilio account is suspended."]


def test_missing_services_are_reported(at_the_emulator: None, settings: Any) -> None:
    settings.TWILIO_CONVERSATIONS_SERVICE_SID = "IS" + "0" * 32
    settings.TWILIO_MESSAGING_SERVICE_SID = "MG" + "0" * 32

    assert wrong(twilio.services()) == [
        "The account has no Conversation service of that sid.",
        "The account has no messaging service of that sid.",
    ]


def test_a_number_of_another_account_is_reported_without_the_number(at_the_emulator: None, settings: Any) -> None:
    settings.TWILIO_SENDERS = [SMS_SENDER, "+15005550123"]

    assert wrong(twilio.senders()) == [
        "CHANNELS_ENABLED names whatsapp, and no number of ours is for it.",
        "sms …23 is not a number of this account.",
    ]


@pytest.mark.parametrize("address", [SMS_SENDER, WHATSAPP_SENDER])
def test_a_number_outside_the_messaging_service_is_reported(address: str) -> None:
    finding = twilio._sender(address, own={SMS_SENDER}, pooled=set())

    assert wrong([finding])[0].startswith(f"{address.partition(':')[0] if ':' in address else 'sms'} …")
    assert "not in the messaging service" in finding.what


def test_whatsapp_is_allowed_with_a_warning_about_its_policy(settings: Any) -> None:
    settings.CHANNELS_ENABLED = ["whatsapp"]

    [finding] = twilio._channels()

    assert finding.level is Level.NOTE
    assert "dating services" in finding.what


@pytest.mark.parametrize(
    ("status", "level"), [("approved", Level.GOOD), ("pending", Level.NOTE), ("rejected", Level.BAD)]
)
def test_a_template_is_judged_by_its_whatsapp_approval(
    status: str, level: Level, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CHANNELS_ENABLED, settings.WINDOW_TEMPLATE_SID = ["whatsapp"], "HX" + "a" * 32
    monkeypatch.setattr(content, "fetch_template", lambda sid: Template(sid, "Hi {{1}}", ("1",), status, ""))

    [finding] = twilio.template()

    assert finding.level is level


# --- the public address -----------------------------------------------------------------------------------------------


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def elsewhere(receiver: Receiver, settings: Any) -> Receiver:
    """A server that answers at the public address instead of the web process."""
    settings.PUBLIC_BASE_URL = receiver.url
    receiver.answers["/healthz"] = Reply(body="ok")
    return receiver


def test_an_address_where_nothing_listens_is_reported(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = f"http://{CLOSED}"

    assert wrong(public.reachable()) == [f"http://{CLOSED} cannot be reached: the connection was refused."]


def test_a_tls_failure_is_reported(elsewhere: Receiver, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = elsewhere.url.replace("http:", "https:")

    [told] = wrong(public.reachable())

    assert "TLS fails" in told


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Reply(301, headers={"Location": "https://match.example.com/healthz"}), "redirects to https://match.example"),
        (Reply(502), "answers 502"),
        (Reply(body="<html>Welcome to nginx!"), "Something other than our web app"),
    ],
)
def test_an_address_that_leads_elsewhere_is_reported(elsewhere: Receiver, answer: Reply, words: str) -> None:
    elsewhere.answers["/healthz"] = answer

    [told] = wrong(public.reachable())

    assert words in told


def test_an_address_without_tls_is_noted(elsewhere: Receiver) -> None:
    [told] = notes(public.reachable())

    assert "is not https" in told


def test_a_web_process_that_rejects_valid_signatures_is_reported(db: None, elsewhere: Receiver) -> None:
    """Happens behind a proxy that rewrites the path, or with a wrong token."""
    elsewhere.answers[POST] = Reply(403)

    assert wrong(public.webhooks_by_signature()) == ["The web refuses webhooks that are signed as Twilio signs them."]


def test_a_proxy_that_accepts_everything_is_reported(db: None, elsewhere: Receiver) -> None:
    assert wrong(public.webhooks_by_signature()) == [
        "A signed webhook is answered 200, and is not in this database.",
        "A wrongly signed webhook is answered 200 instead of 403.",
    ]


@pytest.mark.parametrize(
    ("answer", "words"), [(Reply(502), "Twilio destroys such messages"), (Reply(delay_s=0.1), "takes 0.1 seconds")]
)
def test_a_pre_event_route_that_refuses_or_is_slow_is_reported(
    db: None, elsewhere: Receiver, monkeypatch: pytest.MonkeyPatch, answer: Reply, words: str
) -> None:
    monkeypatch.setattr(public, "PRE_EVENT_WITHIN_S", 0.05)
    elsewhere.answers[PRE] = answer

    assert words in wrong(public.webhooks_by_signature())[-1]


# --- the model --------------------------------------------------------------------------------------------------------


def test_a_missing_model_is_reported(settings: Any) -> None:
    settings.OPENAI_BASE_URL = f"http://{CLOSED}/v1"

    [told] = wrong(model.chat())

    assert "does not answer" in told


def test_a_model_that_calls_no_tools_is_reported(receiver: Receiver, settings: Any) -> None:
    settings.OPENAI_BASE_URL = f"{receiver.url}/v1"
    answer = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Ready!"}}
    receiver.answers["/v1/chat/completions"] = json_reply(
        id="1", object="chat.completion", created=1, model="any", choices=[answer]
    )

    [told] = wrong(model.chat())

    assert "does not call the tool" in told


def test_a_model_that_fails_after_a_tool_call_is_reported(receiver: Receiver, settings: Any) -> None:
    settings.OPENAI_BASE_URL = f"{receiver.url}/v1"
    call = {"id": "c1", "type": "function", "function": {"name": model.TOOL, "arguments": "{}"}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    chosen = [{"index": 0, "finish_reason": "tool_calls", "message": message}]
    first = json_reply(id="1", object="chat.completion", created=1, model="any", choices=chosen)
    path = "/v1/chat/completions"
    receiver.answers[path] = lambda got: first if len(receiver.at(path)) == 1 else Reply(status=400)

    [told] = wrong(model.chat())

    assert "does not answer after its result" in told


@pytest.mark.parametrize("status", [400, 404])
def test_a_server_that_does_not_moderate_leaves_the_rules(receiver: Receiver, settings: Any, status: int) -> None:
    settings.OPENAI_BASE_URL = f"{receiver.url}/v1"
    receiver.answers["/v1/moderations"] = lambda got: Reply(status=status)

    moderations, _ = model.extras()

    assert moderations.what == "The model's server has no /moderations: messages are judged by rules only."


def test_a_server_without_the_extras_works_by_rules_only(at_the_emulator: None) -> None:
    moderations, transcriptions = model.extras()

    assert moderations.level is Level.GOOD
    assert transcriptions.what == (
        "The model's server has no /audio/transcriptions: voice messages are answered by rules only."
    )


# --- what lately came -------------------------------------------------------------------------------------------------


def texts_came(count: int, **fields: Any) -> None:
    abby = abby_in_a_group()
    for _ in range(count):
        Message.objects.create(
            session=abby.session,
            **{"kind": "person", "author": abby, "body": "hello", "sid": sid("IM"), "at": clock.now()} | fields,
        )


def texts_came_in(conversation: Conversation, count: int) -> None:
    author = conversation.session.participants.get()
    for _ in range(count):
        Message.objects.create(
            session=conversation.session,
            conversation=conversation,
            kind="person",
            author=author,
            body="hello",
            sid=sid("IM"),
            at=clock.now(),
            was_named=False,
        )


def test_texts_without_names_are_reported(db: None) -> None:
    texts_came(3, was_named=False)

    assert wrong(traffic.names()) == ["3 of 3 texts of the last day reached phones without their author's name."]


@pytest.mark.parametrize(
    ("count", "fields"),
    [(2, {}), (3, {"was_named": None}), (3, {"at": clock.now() - timedelta(hours=25)}), (3, {"body": "x" * 1590})],
    ids=["few", "by broadcast", "long ago", "too long for a name"],
)
def test_texts_without_names_for_a_good_reason_are_not_reported(db: None, count: int, fields: dict[str, Any]) -> None:
    texts_came(count, **{"was_named": False} | fields)

    assert not wrong(traffic.names())


def test_many_unsigned_webhooks_are_reported(db: None) -> None:
    Problem.report("many-unsigned-webhooks", what="Many.")

    [told] = wrong(traffic.names())

    assert "without a valid signature" in told


@pytest.mark.parametrize(("count", "told"), [("0", 0), ("", 0), ("2", 1)])
def test_retried_webhooks_are_noted(db: None, count: str, told: int) -> None:
    InboxEvent.objects.create(kind="conversation", event_type="x", key="1", payload={"RetryCount": count})

    assert len(notes(traffic.repeats())) == told


def test_an_urgent_problem_is_more_than_a_note(db: None) -> None:
    Problem.report("danger", what="Somebody is in danger.", is_urgent=True)

    assert wrong(traffic.open_problems()) == ["Somebody may come to harm: an urgent problem waits for staff."]


def test_open_problems_are_noted(db: None) -> None:
    Problem.report("some", what="Something.")

    assert notes(traffic.open_problems()) == ["1 problem waits for staff."]


def test_it_lists_settings_that_differ_at_twilio(harness: ChatHarness) -> None:
    """The harness asks for no receipts."""
    found = list(twilio.settings_there())

    assert any("webhooks' events is " in what and "onDeliveryUpdated" in what for what in wrong(found))
    assert {finding.to_do for finding in found} == {twilio._CONFIGURE}


def test_it_reports_nothing_once_twilio_is_set_up(harness: ChatHarness) -> None:
    call_command("configure_twilio", "--apply", stdout=StringIO())

    assert [finding.level for finding in twilio.settings_there()] == [Level.GOOD]


def test_texts_without_names_are_reported_in_a_group_that_began_here(db: None) -> None:
    texts_came_in(Conversation.objects.get(session=abby_in_a_group().session), 3)

    assert wrong(traffic.names()) == ["3 of 3 texts of the last day reached phones without their author's name."]


def test_texts_with_names_are_counted_in_a_group_that_began_here(db: None) -> None:
    texts_came_in(Conversation.objects.get(session=abby_in_a_group().session), 3)
    Message.objects.update(was_named=True)

    [finding] = traffic.names()

    assert finding.what.startswith("3 of 3 texts of the last day passed the pre-event route")
