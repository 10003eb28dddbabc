"""What became of messages, told by Twilio in any order and more than once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conversations_app.inbound import processing
from conversations_app.models import Binding, Delivery, InboxEvent, Message, Problem, Receipt, Sender
from conversations_app.tests.factories import abby_in_a_group, message_to
from conversations_app.tests.webhook_requests import post_signed, sid
from conversations_app.windows import messaging_window
from matchmaker import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    return message_to(abby_in_a_group())


def tell(client: Client, message: Message, status: str, *, error: str = "0") -> None:
    binding = Binding.objects.get()
    fields = {
        "EventType": "onDeliveryUpdated",
        "MessageSid": str(message.sid),
        "DeliveryReceiptSid": "DY" + "1" * 32,
        "ParticipantSid": binding.participant_sid,
        "Status": status,
        "ErrorCode": error,
    }
    assert post_signed(client, "/webhooks/conversations", fields).status_code == 200
    for event in processing.due_events(10):
        processing.take_in(event)


def test_statuses_only_move_forward(client: Client, message: Message) -> None:
    for status in ("sent", "read", "delivered"):
        tell(client, message, status)

    assert Receipt.objects.get().status == "read"


def test_an_undelivered_message_is_reported_to_staff_in_plain_words(client: Client, message: Message) -> None:
    tell(client, message, "undelivered", error="30007")

    assert Receipt.objects.get().error_code == "30007"
    assert "the carrier filtered it as spam" in Problem.objects.get().what


@pytest.mark.parametrize(
    ("code", "what", "to_do"),
    [
        ("63018", "our WhatsApp number has sent as much as WhatsApp allows for now", "It passes within a day."),
        (
            "63032",
            "they are in an experiment of Meta's",
            "Ask them, by SMS or through a friend, to write to us first",
        ),
        ("63049", "Meta held the template back", "to write to us first"),
        ("30034", "our US number is not registered", "Register it at Twilio"),
        ("64999", "Twilio error 64999", "https://www.twilio.com/docs/api/errors/64999"),
    ],
)
def test_staff_read_what_went_wrong_and_what_to_do(
    client: Client, message: Message, code: str, what: str, to_do: str
) -> None:
    tell(client, message, "undelivered", error=code)

    problem = Problem.objects.get()
    assert what in problem.what
    assert to_do in problem.to_do


def test_a_closed_window_is_no_problem_but_a_missed_message(client: Client, message: Message) -> None:
    tell(client, message, "undelivered", error="63016")

    assert Receipt.objects.missed().get().message == message
    assert not Problem.objects.exists()


def test_a_receipt_reveals_a_stop_that_only_the_carrier_saw(client: Client, message: Message) -> None:
    tell(client, message, "failed", error="21610")

    binding = Binding.objects.get()
    assert binding.participant.contact.opted_out_at is not None
    assert (binding.state, binding.why_out) == ("unbinding", "stopped")


def test_a_repeated_problem_is_counted_not_listed_again(client: Client, message: Message) -> None:
    tell(client, message, "undelivered", error="30007")
    Receipt.objects.all().delete()
    InboxEvent.objects.all().delete()
    tell(client, message, "failed", error="30007")

    assert Problem.objects.get().times == 2


def test_a_status_callback_updates_its_text(client: Client, message: Message) -> None:
    sender = Sender.objects.get()
    text = Delivery.objects.create(
        contact=message.session.participants.get().contact, sender=sender, reason="a test", body="x", sid=sid("SM")
    )
    for status in ("sent", "delivered", "queued"):
        fields = {"MessageSid": str(text.sid), "MessageStatus": status}
        post_signed(client, "/webhooks/sms/status", fields)
    for event in processing.due_events(10):
        processing.take_in(event)

    text.refresh_from_db()
    assert text.status == "delivered"


def test_a_status_callback_that_arrives_before_the_answer_is_matched_by_our_own_id(
    client: Client, message: Message
) -> None:
    person = message.session.participants.get()
    text = Delivery.objects.create(
        contact=person.contact, sender=Sender.objects.get(), reason="a test", body="x", message=message
    )
    fields = {"MessageSid": sid("SM"), "MessageStatus": "delivered"}

    post_signed(client, f"/webhooks/sms/status?ref={text.ref}", fields)
    for event in processing.due_events(10):
        processing.take_in(event)

    text.refresh_from_db()
    assert (text.sid, text.state, text.status) == (fields["MessageSid"], "sent", "delivered")
    assert Receipt.objects.get(message=message, participant=person).status == "delivered"


def test_a_receipt_that_arrives_before_its_message_waits_for_it(client: Client, message: Message) -> None:
    late = sid("IM")
    real, message.sid = message.sid, late
    tell(client, message, "delivered")

    assert InboxEvent.objects.get().state == "waiting"
    Message.objects.filter(sid=real).update(sid=late)
    InboxEvent.objects.update(due_at="2026-01-01T00:00:00Z")
    for event in processing.due_events(10):
        processing.take_in(event)
    assert Receipt.objects.get().status == "delivered"


def a_private_text(message: Message) -> Delivery:
    return Delivery.objects.create(
        contact=message.session.participants.get().contact,
        sender=Sender.objects.get(),
        reason="an answer",
        body="x",
        sid=sid("SM"),
        state="sent",
    )


def tell_of_text(client: Client, text: Delivery, status: str, error: str) -> None:
    fields = {"MessageSid": str(text.sid), "MessageStatus": status, "ErrorCode": error}
    post_signed(client, "/webhooks/sms/status", fields)
    for event in processing.due_events(10):
        processing.take_in(event)


def test_an_undelivered_private_text_is_reported_to_staff(client: Client, message: Message) -> None:
    tell_of_text(client, a_private_text(message), "undelivered", "30005")

    assert "an answer" in Problem.objects.get().what
    assert "the number does not exist" in Problem.objects.get().what


def test_a_private_text_that_met_a_closed_window_is_sent_when_they_write_again(
    client: Client, message: Message
) -> None:
    text = a_private_text(message)
    tell_of_text(client, text, "undelivered", "63016")
    text.refresh_from_db()
    assert text.state == "missed"

    messaging_window.note_inbound(text.contact, text.sender, at=clock.now())

    text.refresh_from_db()
    assert text.state == "waiting"
    assert not Problem.objects.exists()


def two_parts(message: Message) -> list[Delivery]:
    """The parts of a long text on their way to Abby."""
    contact, sender = message.session.participants.get().contact, Sender.objects.get()
    return [
        Delivery.objects.create(
            message=message,
            part=part,
            contact=contact,
            sender=sender,
            reason="copy",
            body="x",
            sid=sid("SM"),
            state="sent",
        )
        for part in (1, 2)
    ]


def test_a_partly_delivered_long_text_is_not_reported_as_undelivered(client: Client, message: Message) -> None:
    first, second = two_parts(message)
    tell_of_text(client, first, "delivered", "0")
    tell_of_text(client, second, "undelivered", "30007")

    assert Problem.objects.get().what.startswith(
        f"Part of a long message of {message.session.code} did not reach Abby"
    )


def test_a_part_that_twilio_refuses_is_named_as_a_part(message: Message) -> None:
    _, second = two_parts(message)

    assert second.in_words() == "Part 2 of 2 of a long text (copy)"


def text_that_met_a_closed_window(client: Client, message: Message) -> tuple[Delivery, str]:
    """The text, and its sid before it was queued again."""
    text = a_private_text(message)
    old = str(text.sid)
    tell_of_text(client, text, "undelivered", "63016")
    text.refresh_from_db()
    return text, old


def callback(client: Client, text: Delivery, text_sid: str, status: str) -> None:
    fields = {"MessageSid": text_sid, "MessageStatus": status}
    post_signed(client, f"/webhooks/sms/status?ref={text.ref}", fields)
    for event in processing.due_events(10):
        processing.take_in(event)


def test_a_late_callback_does_not_claim_that_a_missed_text_was_sent(client: Client, message: Message) -> None:
    text, old = text_that_met_a_closed_window(client, message)

    callback(client, text, old, "sent")

    text.refresh_from_db()
    assert (text.state, text.sid, text.status) == ("missed", None, "")
    assert InboxEvent.objects.latest("pk").note.startswith("Older than")


def test_the_next_try_of_a_missed_text_may_still_be_overtaken_by_its_callback(
    client: Client, message: Message
) -> None:
    text, _ = text_that_met_a_closed_window(client, message)
    messaging_window.note_inbound(text.contact, text.sender, at=clock.now())
    new = sid("SM")

    callback(client, text, new, "delivered")

    text.refresh_from_db()
    assert (text.state, text.sid, text.status) == ("sent", new, "delivered")


def test_what_was_missed_long_ago_has_all_its_time_for_tries_again(client: Client, message: Message) -> None:
    text, _ = text_that_met_a_closed_window(client, message)
    Delivery.objects.filter(pk=text.pk).update(first_attempt_at="2026-01-01T00:00:00Z")

    messaging_window.note_inbound(text.contact, text.sender, at=clock.now())

    text.refresh_from_db()
    assert (text.state, text.first_attempt_at) == ("waiting", None)


def test_a_message_that_arrives_solves_the_trouble_with_that_phone(client: Client, message: Message) -> None:
    tell(client, message, "undelivered", error="30003")
    Receipt.objects.all().delete()
    InboxEvent.objects.all().delete()

    tell(client, message, "delivered")

    assert Problem.objects.get().solved_by_itself


def test_a_private_text_that_arrives_solves_the_trouble_with_that_phone(client: Client, message: Message) -> None:
    tell_of_text(client, a_private_text(message), "undelivered", "30003")

    tell_of_text(client, a_private_text(message), "delivered", "")

    assert Problem.objects.get().solved_by_itself


def test_a_text_that_had_got_through_after_all_solves_its_problem(client: Client, message: Message) -> None:
    text = a_private_text(message)
    Delivery.objects.filter(pk=text.pk).update(sid=None, state="held")
    Problem.report(f"text-{text.pk}", what="It did not reach them.")

    callback(client, text, sid("SM"), "delivered")

    assert Problem.objects.get().solved_by_itself


def test_a_receipt_without_trouble_asks_nothing_more_of_the_problems(client: Client, message: Message) -> None:
    with CaptureQueriesContext(connection) as queries:
        tell(client, message, "delivered")

    statements = [query["sql"] for query in queries]
    assert any(sql.startswith('UPDATE "conversations_app_receipt"') for sql in statements)
    assert not any(sql.startswith('UPDATE "conversations_app_problem"') for sql in statements)


def test_a_receipt_looks_up_nobodys_contact(client: Client, message: Message) -> None:
    with CaptureQueriesContext(connection) as queries:
        tell(client, message, "read")

    assert not [query["sql"] for query in queries if 'FROM "sessions_app_contact"' in query["sql"]]
