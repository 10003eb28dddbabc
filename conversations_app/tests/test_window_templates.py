"""Who gets the approved template when their window is shut, and when nobody does."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from json import loads
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from conversations_app.delivery import direct_messages
from conversations_app.gateway.client import client as twilio_client
from conversations_app.gateway.content import Template, fetch_template
from conversations_app.models import Binding, Delivery, Problem, Receipt, Window
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.silent_members import a_friend_of, misses, wrote_last
from conversations_app.windows import templates
from emulator.tests.support import Receiver, Reply, json_reply
from matchmaker import clock
from sessions_app.models import Contact, Participant, Session

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
SID = "HX" + "a" * 32
WORDS = "Hi {{1}}, your friends and {{2}} went on without you. Answer anything to read what you missed."
TEMPLATE = Template(SID, WORDS, ("1", "2"), "approved", "")


@pytest.fixture
def abby(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Participant:
    """It is noon; she has been silent for two days, and has missed a message."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    settings.CHANNELS_ENABLED = ["whatsapp", "sms"]
    settings.WINDOW_TEMPLATE_SID = SID
    abby = abby_in_a_group()
    wrote_last(abby, NOON - timedelta(hours=48))
    misses(abby, "hello?", author=a_friend_of(abby, "Lena"), at=NOON - timedelta(hours=1))
    return abby


def due() -> int:
    return len(list(templates._due(NOON)))


def test_someone_who_missed_something_is_due(abby: Participant) -> None:
    assert due() == 1


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Receipt, {"error_code": ""}),
        (Receipt, {"caught_up_at": NOON}),
        (Session, {"status": "closed"}),
        (Participant, {"left_at": NOON}),
        (Contact, {"opted_out_at": NOON}),
        (Binding, {"state": "freed"}),
        (Window, {"last_inbound_at": NOON - timedelta(hours=23)}),
        (Window, {"last_inbound_at": NOON - timedelta(days=8)}),
        (Window, {"template_sent_at": NOON - timedelta(hours=20)}),
    ],
    ids=[
        "missed nothing",
        "was caught up with",
        "the group ended",
        "left",
        "opted out",
        "in no group",
        "the window is open",
        "gone for good",
        "had one already",
    ],
)
def test_no_one_else_is_due(abby: Participant, model: Any, change: dict[str, Any]) -> None:
    model.objects.update(**change)

    assert due() == 0


def test_nobody_gets_a_template_at_night(abby: Participant) -> None:
    """In New Zealand it is past midnight."""
    Contact.objects.filter(pk=abby.contact_id).update(address="whatsapp:+6421123456")

    assert due() == 0


def test_one_is_sent_again_when_the_window_shut_once_more(abby: Participant) -> None:
    wrote_last(abby, NOON - timedelta(hours=30), template_sent_at=NOON - timedelta(hours=40))

    assert due() == 1


def test_it_fills_in_the_first_name_and_the_matchmakers(abby: Participant) -> None:
    abby.name = "Abby Lou"
    abby.save(update_fields=["name"])
    [seen] = templates._due(NOON)

    templates._send(TEMPLATE, seen)

    text = Delivery.objects.get()
    assert text.content_variables == {"1": "Abby", "2": "Matchmaker"}
    assert text.body.startswith("Hi Abby, your friends and Matchmaker went on")


@pytest.mark.django_db(transaction=True)
def test_two_scheduler_runs_at_once_send_one(transactional_db: None, abby: Participant) -> None:
    [seen] = templates._due(NOON)

    with ThreadPoolExecutor(2) as workers:
        sent = [workers.submit(_send_alone, seen) for _ in range(2)]

    assert sorted(one.result() for one in sent) == [False, True]
    assert Delivery.objects.count() == 1


def _send_alone(seen: Any) -> bool:
    try:
        return templates._send(TEMPLATE, seen)
    finally:
        connection.close()


# --- what Twilio says of it -------------------------------------------------------------------------------------------


@pytest.fixture
def twilio(settings: Any) -> Iterator[Receiver]:
    """Twilio's Content and Messages APIs, as far as they are asked here."""
    receiver = Receiver()
    settings.TWILIO_BASE_URL = receiver.url
    twilio_client.cache_clear()
    messages = f"/api/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Messages.json"
    receiver.answers[messages] = Reply(201, '{"sid": "SM1"}')
    template_is(receiver, "approved")
    yield receiver
    twilio_client.cache_clear()
    receiver.close()


def template_is(twilio: Receiver, status: str, *, reason: str = "", words: str = WORDS) -> None:
    types = {"twilio/quick-reply": {"body": words, "actions": []}}
    twilio.answers[f"/content/v1/Content/{SID}"] = json_reply(sid=SID, types=types, variables={"1": "Mia"})
    twilio.answers[f"/content/v1/Content/{SID}/ApprovalRequests"] = json_reply(
        sid=SID, whatsapp={"status": status, "rejection_reason": reason}
    )


@pytest.mark.django_db(transaction=True)
def test_it_sends_a_template_to_that_phone_only(transactional_db: None, abby: Participant, twilio: Receiver) -> None:
    sent = [templates.send_templates(), templates.send_templates()]
    for text in direct_messages.due_texts(10):
        direct_messages.send_text(text)

    assert sent == [1, 0]
    [posted] = [got.form for got in twilio.requests if got.path.endswith("/Messages.json")]
    assert (posted["To"], posted["ContentSid"]) == (abby.contact.address, SID)
    assert loads(posted["ContentVariables"]) == {"1": "Abby", "2": "Matchmaker"}
    assert "Body" not in posted


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (replace(TEMPLATE, status="pending"), "WhatsApp has not approved it; it is pending"),
        (
            replace(TEMPLATE, status="rejected", reason="It sells."),
            "WhatsApp has not approved it; it is rejected: It sells.",
        ),
        (replace(TEMPLATE, variables=("1", "3")), "it has places that we cannot fill: 3"),
        (TEMPLATE, ""),
    ],
)
def test_it_explains_why_a_template_cannot_be_sent(template: Template, words: str) -> None:
    assert templates.why_unusable(template) == words


@pytest.mark.django_db(transaction=True)
def test_staff_are_told_while_it_is_not_approved_and_it_is_sent_as_soon_as_it_is(
    transactional_db: None, abby: Participant, twilio: Receiver
) -> None:
    template_is(twilio, "pending")
    before = [templates.send_templates(), templates.send_templates()]
    problem = Problem.objects.get()
    template_is(twilio, "approved")
    cache.clear()  # the minutes that an answer holds

    after = templates.send_templates()

    assert (before, problem.times, after) == ([0, 0], 1, 1)
    assert "it is pending" in problem.what
    assert Problem.objects.get().solved_at is not None


@pytest.mark.django_db(transaction=True)
def test_an_unknown_template_sid_is_reported_to_staff(
    transactional_db: None, abby: Participant, twilio: Receiver
) -> None:
    twilio.answers[f"/content/v1/Content/{SID}"] = Reply(404, '{"code": 20404, "message": "no", "status": 404}')

    templates.send_templates()

    assert "knows no such thing" in Problem.objects.get().what


@pytest.mark.django_db(transaction=True)
def test_a_busy_twilio_is_retried_without_a_problem(
    transactional_db: None, abby: Participant, twilio: Receiver
) -> None:
    path = f"/content/v1/Content/{SID}"
    usual, twilio.answers[path] = twilio.answers[path], Reply(500, "")
    busy = templates.send_templates()
    twilio.answers[path] = usual

    assert (busy, templates.send_templates()) == (0, 1)
    assert not Problem.objects.exists()


def test_twilio_is_not_asked_while_nobody_is_due(abby: Participant, twilio: Receiver) -> None:
    Receipt.objects.all().delete()

    templates.send_templates()

    assert twilio.requests == []


def test_it_can_be_switched_off(abby: Participant, settings: Any) -> None:
    settings.WINDOW_TEMPLATE_SID = ""

    assert templates.send_templates() == 0


@pytest.mark.django_db(transaction=True)
def test_a_template_never_submitted_is_not_approved(transactional_db: None, twilio: Receiver) -> None:
    twilio.answers[f"/content/v1/Content/{SID}/ApprovalRequests"] = json_reply(sid=SID, whatsapp=None)

    template = fetch_template(SID)

    assert (template.status, template.variables, template.is_approved) == ("unsubmitted", ("1", "2"), False)
