"""Our messages reach Twilio once and in order, whatever happens on the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversations_app.delivery import direct_messages, leases, session_delivery
from conversations_app.delivery.transports import conversations
from conversations_app.gateway import api
from conversations_app.gateway.client import client as twilio_client
from conversations_app.gateway.errors import AccountTrouble, TwilioRefused, Unclear
from conversations_app.membership import bindings
from conversations_app.membership.senders import get_sender
from conversations_app.models import Binding, Delivery, Message, Problem, Sender
from conversations_app.outbox import outgoing
from conversations_app.staff import interventions
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.windows import messaging_window
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Contact, Session


@pytest.fixture
def group(harness: ChatHarness) -> Group:
    return harness.settled_group("Abby", "Lena")


def queue(group: Group, *bodies: str) -> list[Message]:
    with transaction.atomic():
        session = actions.lock_session(group.session.pk)
        return [
            outgoing.queue_message(session=session, kind=Message.Kind.STAFF, body=body, at=clock.now())
            for body in bodies
        ]


def due_now() -> None:
    Session.objects.update(delivery_due_at=F("created_at"), delivery_until=None)


def test_messages_go_out_in_the_order_they_were_queued(harness: ChatHarness, group: Group) -> None:
    queue(group, "alpha", "beta", "gamma")

    session_delivery.deliver(group.session.pk)

    sent = Message.objects.filter(kind="staff").order_by("index").values_list("body", flat=True)
    assert list(sent) == ["alpha", "beta", "gamma"]


def test_a_line_of_ours_that_is_too_long_for_a_phone_goes_out_in_parts(harness: ChatHarness, group: Group) -> None:
    queue(group, "So far: " + "hiking and " * 200)

    harness.settle()

    assert group["Lena"].got("*Matchmaker:* (1/2) So far: hiking") == group["Lena"].got("*Matchmaker:* (2/2) ") == 1


def test_a_lost_answer_does_not_send_the_message_twice(
    harness: ChatHarness, group: Group, lose_answer: Callable[..., None]
) -> None:
    lose_answer("post_message")
    queue(group, "only once", "and then this")
    session_delivery.deliver(group.session.pk)

    due_now()
    session_delivery.deliver(group.session.pk)

    harness.wait_for(lambda: group["Abby"].got("and then this"))
    assert (group["Abby"].got("only once"), group["Abby"].got("and then this")) == (1, 1)
    assert Message.objects.get(body="only once").state == "sent"


def test_a_worker_killed_after_the_call_does_not_cause_a_second_message(
    harness: ChatHarness, group: Group, lose_answer: Callable[..., None]
) -> None:
    lose_answer("post_message", SystemExit())
    queue(group, "only once")
    with pytest.raises(SystemExit):
        session_delivery.deliver(group.session.pk)

    due_now()
    session_delivery.deliver(group.session.pk)

    assert group["Abby"].got("only once") == 1


def test_a_killed_workers_session_becomes_due_again(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(group, "still to be sent")
    monkeypatch.setattr(leases.Lease, "release", lambda self, *, pause_s: None)
    monkeypatch.setattr(session_delivery, "_deliver_all", lambda lease: 0.0)
    session_delivery.deliver(group.session.pk)
    assert session_delivery.due_deliveries(10) == []

    Session.objects.update(delivery_until=F("created_at"))

    assert session_delivery.due_deliveries(10) == [group.session.pk]


def test_a_worker_that_lost_its_lease_stops(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = api.post_message

    def overtaken(*args: Any, **more: Any) -> Any:
        monkeypatch.setattr(api, "post_message", real)
        answer = real(*args, **more)
        Session.objects.update(delivery_generation=F("delivery_generation") + 1)
        return answer

    monkeypatch.setattr(api, "post_message", overtaken)
    queue(group, "alpha", "beta")
    session_delivery.deliver(group.session.pk)

    assert list(Message.objects.filter(kind="staff").values_list("state", flat=True)) == ["waiting", "waiting"]
    due_now()
    session_delivery.deliver(group.session.pk)
    harness.wait_for(lambda: group["Abby"].got("beta"))
    assert (group["Abby"].got("alpha"), group["Abby"].got("beta")) == (1, 1)


def test_two_workers_never_deliver_the_same_session_at_once(harness: ChatHarness, group: Group) -> None:
    queue(group, "hello")

    first = leases.Lease.take(group.session.pk)
    second = leases.Lease.take(group.session.pk)

    assert first is not None
    assert second is None


def test_a_permanent_refusal_is_reported_to_staff_and_does_not_block_the_next_message(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = api.post_message

    def refusing(*args: Any, **more: Any) -> Any:
        if "bad" in more["body"]:
            raise TwilioRefused("the text is over 1,600 characters (Twilio 50504)", code=50504)
        return real(*args, **more)

    monkeypatch.setattr(api, "post_message", refusing)
    queue(group, "bad", "good")
    session_delivery.deliver(group.session.pk)

    assert list(Message.objects.filter(kind="staff").values_list("state", flat=True)) == ["refused", "sent"]
    assert "1,600 characters" in Problem.objects.get(key__startswith="unsent").what


def test_a_message_that_fails_for_two_minutes_is_held_for_staff_and_does_not_block_the_next(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = api.post_message

    def failing(*args: Any, **more: Any) -> Any:
        if "stuck" in more["body"]:
            raise Unclear("Twilio had an error of its own (500)")
        return real(*args, **more)

    monkeypatch.setattr(api, "post_message", failing)
    [stuck, _] = queue(group, "stuck", "fine")
    Message.objects.filter(pk=stuck.pk).update(first_attempt_at=timezone.now() - 2 * conversations.GIVE_UP_AFTER)
    session_delivery.deliver(group.session.pk)

    assert list(Message.objects.filter(kind="staff").values_list("state", flat=True)) == ["held", "sent"]
    assert Problem.objects.filter(key=f"unsent-{stuck.pk}").exists()


@pytest.mark.parametrize("fault", ["http_429", "http_500", "timeout"])
def test_it_delivers_although_twilio_fails_half_the_time(
    harness: ChatHarness, group: Group, fault: str, settings: Any
) -> None:
    settings.TWILIO_TIMEOUT_S = 0.5
    twilio_client.cache_clear()
    harness.faults(rest={fault: 0.5})
    queue(group, "alpha", "beta", "gamma")

    def all_sent() -> bool:
        due_now()
        session_delivery.deliver(group.session.pk)
        return not Message.objects.filter(state="waiting").exists()

    harness.wait_for(all_sent)
    harness.emulator.delete("/emulator/faults")
    assert [group["Abby"].got(body) for body in ("alpha", "beta", "gamma")] == [1, 1, 1]


def test_a_lost_answer_does_not_send_a_direct_message_twice(
    harness: ChatHarness, group: Group, lose_answer: Callable[..., None]
) -> None:
    zed = harness.phone("Zed")
    zed.write("hello?")
    harness.settle()
    lose_answer("send_text")
    contact = actions.get_or_update_contact(address=zed.address, at=clock.now())
    sender = get_sender(zed.sender)
    assert sender is not None
    outgoing.queue_text(contact=contact, sender=sender, reason="a test", body="only once")
    text = Delivery.objects.get(reason="a test")
    direct_messages.send_text(text.pk)

    Delivery.objects.update(due_at=F("created_at"), leased_until=None)
    direct_messages.send_text(text.pk)

    assert zed.got("only once") == 1
    text.refresh_from_db()
    assert text.state == "sent"


def test_a_text_to_one_phone_that_is_too_long_goes_out_in_parts(harness: ChatHarness, group: Group) -> None:
    person = group.session.participants.get(name="Lena")
    sender = get_sender(group["Lena"].sender)
    assert sender is not None

    outgoing.queue_text(contact=person.contact, sender=sender, reason="a test", body="Who's here: " + "Maria, " * 300)
    harness.settle()

    assert group["Lena"].got("(1/2) Who's here: Maria") == group["Lena"].got("(2/2) Maria") == 1


def test_nothing_is_sent_to_someone_who_opted_out(harness: ChatHarness, group: Group) -> None:
    person = group.session.participants.get(name="Lena")
    actions.get_or_update_contact(address=person.contact.address, at=clock.now())
    type(person.contact).objects.filter(pk=person.contact_id).update(opted_out_at=clock.now())
    sender = get_sender(group["Lena"].sender)
    assert sender is not None
    outgoing.queue_text(contact=person.contact, sender=sender, reason="a test", body="psst")

    harness.settle()
    direct_messages.send_text(Delivery.objects.get(reason="a test").pk)

    assert Delivery.objects.get(reason="a test").state == "refused"
    assert group["Lena"].got("psst") == 0


def test_a_new_message_does_not_shorten_the_pause_after_a_lost_answer(
    harness: ChatHarness, group: Group, lose_answer: Callable[..., None]
) -> None:
    lose_answer("post_message")
    queue(group, "first")
    session_delivery.deliver(group.session.pk)

    queue(group, "second")

    assert session_delivery.due_deliveries(10) == []


def test_a_rejected_account_keeps_messages_waiting_and_alerts_staff(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    right = settings.TWILIO_AUTH_TOKEN
    settings.TWILIO_AUTH_TOKEN = "rotated"
    twilio_client.cache_clear()
    [message] = queue(group, "still to be sent")
    session_delivery.deliver(group.session.pk)
    settings.TWILIO_AUTH_TOKEN = right
    twilio_client.cache_clear()

    message.refresh_from_db()
    assert message.state == "waiting"
    assert "account SID and token" in Problem.objects.get(key=f"delivery-{group.session.pk}").what


def test_delivery_that_works_again_solves_its_problem(harness: ChatHarness, group: Group, settings: Any) -> None:
    right = settings.TWILIO_AUTH_TOKEN
    settings.TWILIO_AUTH_TOKEN = "rotated"
    twilio_client.cache_clear()
    queue(group, "still to be sent")
    session_delivery.deliver(group.session.pk)
    assert Problem.objects.open().exists()

    settings.TWILIO_AUTH_TOKEN = right
    twilio_client.cache_clear()
    due_now()
    session_delivery.deliver(group.session.pk)

    assert Problem.objects.get().solved_by_itself


def lena_leaves_and_twilio_refuses(group: Group, monkeypatch: pytest.MonkeyPatch) -> Binding:
    def refused(*args: Any) -> None:
        raise TwilioRefused("Twilio refused (Twilio 50999)", code=50999)

    binding = Binding.objects.get(participant__name="Lena", participant__session=group.session)
    with transaction.atomic():
        actions.lock_session(group.session.pk)
        bindings.release(Binding.objects.filter(pk=binding.pk), Binding.RemovalReason.LEFT)
    with monkeypatch.context() as patched:
        patched.setattr(api, "remove_participant", refused)
        session_delivery.deliver(group.session.pk)
    return binding


def test_someone_twilio_will_not_remove_does_not_block_the_group(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    [message] = queue(group, "hello, all")

    binding = lena_leaves_and_twilio_refuses(group, monkeypatch)

    message.refresh_from_db()
    assert message.state == "sent"
    problem = Problem.objects.get()
    assert problem.key == f"not-removed-{binding.pk}"
    assert "Lena" in problem.what and "Twilio refused to remove them" in problem.what
    assert Session.objects.get(pk=group.session.pk).delivery_due_at is None


def test_a_refused_removal_is_tried_again_rarely_and_its_problem_solves_itself(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    binding = lena_leaves_and_twilio_refuses(group, monkeypatch)
    session_delivery.retry_refused_removals()
    assert session_delivery.due_deliveries(10) == []

    Binding.objects.filter(pk=binding.pk).update(removal_due_at=F("created_at"))
    session_delivery.retry_refused_removals()
    session_delivery.deliver(group.session.pk)
    session_delivery.retry_refused_removals()

    binding.refresh_from_db()
    assert binding.state == "freed"
    assert Problem.objects.get().solved_by_itself


def test_a_stage_that_twilio_does_not_take_is_no_trouble_of_the_groups(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: Any) -> None:
        raise TwilioRefused("Twilio refused (Twilio 50999)", code=50999)

    monkeypatch.setattr(api, "update_attributes", refused)
    Session.objects.update(stage="stories")
    [message] = queue(group, "hello, all")
    session_delivery.deliver(group.session.pk)

    message.refresh_from_db()
    assert message.state == "sent"
    assert not Problem.objects.exists()
    assert Session.objects.get(pk=group.session.pk).delivery_until is None


def a_missed_text_of_abbys(group: Group) -> Delivery:
    """Abby has written again, a day after it met her closed window."""
    text = Delivery.objects.create(
        contact=Contact.objects.get(address=group["Abby"].address),
        sender=Sender.objects.get(address=group["Abby"].sender),
        reason="a test",
        body="for you alone",
        state="missed",
        first_attempt_at=timezone.now() - timedelta(days=1),
        attempts=1,
    )
    messaging_window.note_inbound(text.contact, text.sender, at=clock.now())
    return text


def test_one_passing_failure_does_not_hold_back_what_was_missed(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = a_missed_text_of_abbys(group)
    with monkeypatch.context() as patched:
        patched.setattr(api, "texts_sent", lambda **_: [])
        patched.setattr(api, "send_text", raises(Unclear("no answer")))
        direct_messages.send_text(text.pk)
    text.refresh_from_db()
    assert text.state == "waiting"

    Delivery.objects.update(due_at=F("created_at"))
    harness.settle()

    assert group["Abby"].got("for you alone") == 1


def test_a_try_that_met_a_closed_window_does_not_pass_for_the_next_one(harness: ChatHarness, group: Group) -> None:
    text = a_missed_text_of_abbys(group)
    lost = api.send_text(
        sender=text.sender.address, to=text.contact.address, body=text.body, status_callback="http://127.0.0.1:9/"
    )
    Delivery.objects.filter(pk=text.pk).update(missed_sids=[lost])

    direct_messages.send_text(text.pk)

    text.refresh_from_db()
    assert text.state == "sent"
    assert text.sid != lost


def raises(error: Exception) -> Callable[..., Any]:
    def call(*args: Any, **more: Any) -> Any:
        raise error

    return call


def test_hours_of_account_trouble_do_not_count_as_tries(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    [message] = queue(group, "hello, all")
    Message.objects.filter(pk=message.pk).update(first_attempt_at=timezone.now() - timedelta(hours=3))
    for error in (AccountTrouble("Twilio does not accept our account"), Unclear("no answer")):
        with monkeypatch.context() as patched:
            patched.setattr(api, "post_message", raises(error))
            due_now()
            session_delivery.deliver(group.session.pk)

    message.refresh_from_db()
    assert message.state == "waiting"


def test_an_account_that_works_again_solves_the_problem_of_its_texts(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = a_missed_text_of_abbys(group)
    with monkeypatch.context() as patched:
        patched.setattr(api, "texts_sent", raises(AccountTrouble("Twilio does not accept our account")))
        direct_messages.send_text(text.pk)
    assert Problem.objects.open().filter(key="texts-account").exists()

    Delivery.objects.update(due_at=F("created_at"))
    direct_messages.send_text(text.pk)

    assert Problem.objects.get().solved_by_itself


# --- staff have it sent again -----------------------------------------------------------------------------------------


def held_after_a_lost_answer(group: Group, lose_answer: Callable[..., None]) -> Message:
    """Twilio sent it but its answer was lost, and every later attempt failed until the message was held."""
    [message] = queue(group, "only once, please")
    lose_answer("post_message")
    session_delivery.deliver(group.session.pk)
    Message.objects.filter(pk=message.pk).update(state="held", error="no answer")
    Problem.objects.create(key=f"unsent-{message.pk}", session=group.session, what="It was not sent.")
    return message


def send_again_in_the_admin(client: Client, row: Message | Delivery) -> Any:
    client.force_login(User.objects.create(username="nora", is_staff=True, is_superuser=True))
    chosen = {"action": "send_again", "_selected_action": [row.pk]}
    return client.post(reverse(f"admin:conversations_app_{row._meta.model_name}_changelist"), chosen, follow=True)


def test_staff_can_resend_a_held_message_and_nobody_reads_it_twice(
    harness: ChatHarness, group: Group, client: Client, lose_answer: Callable[..., None]
) -> None:
    message = held_after_a_lost_answer(group, lose_answer)

    answer = send_again_in_the_admin(client, message)
    due_now()
    harness.settle()

    assert "Queued to be sent again: 1." in answer.content.decode()
    message.refresh_from_db()
    assert message.state == "sent"
    assert [phone.got("only once, please") for phone in group.phones.values()] == [1, 1]
    assert LogEntry.objects.get().change_message == "Put back to be sent again."
    assert Problem.objects.get().solved_at is not None


def test_a_resent_message_is_retried_for_another_two_minutes(
    harness: ChatHarness, group: Group, lose_answer: Callable[..., None]
) -> None:
    message = held_after_a_lost_answer(group, lose_answer)
    Message.objects.update(first_attempt_at=timezone.now() - timedelta(hours=1))
    interventions.send_again(message, by="nora")

    harness.faults(rest={"http_500": 1})
    due_now()
    session_delivery.deliver(group.session.pk)
    harness.faults(rest={"http_500": 0})

    assert Message.objects.get(pk=message.pk).state == "waiting"
    due_now()
    harness.settle()
    assert group["Lena"].got("only once, please") == 1


def test_a_held_matchmaker_message_is_not_resent_while_staff_have_taken_over(group: Group, client: Client) -> None:
    [message] = queue(group, "and you?")
    Message.objects.filter(pk=message.pk).update(kind="matchmaker", state="held")
    Session.objects.update(status="paused")

    answer = send_again_in_the_admin(client, message)

    assert "is the matchmaker&#x27;s" in answer.content.decode()
    assert Message.objects.get(pk=message.pk).state == "held"


def test_a_held_direct_message_is_resent_once(
    harness: ChatHarness, group: Group, client: Client, lose_answer: Callable[..., None]
) -> None:
    lose_answer("send_text")
    text = Delivery.objects.create(
        contact=Contact.objects.get(address=group["Abby"].address),
        sender=Sender.objects.get(address=group["Abby"].sender),
        reason="a test",
        body="for you alone",
    )
    direct_messages.send_text(text.pk)
    Delivery.objects.update(state="held", first_attempt_at=timezone.now() - timedelta(hours=1))

    send_again_in_the_admin(client, text)
    harness.settle()

    text.refresh_from_db()
    assert (text.state, group["Abby"].got("for you alone")) == ("sent", 1)
