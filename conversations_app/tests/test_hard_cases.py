"""Sequences of events that once lost, doubled or misdirected something."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import Client

from conversations_app.delivery import transport_moves
from conversations_app.delivery.leases import Lease
from conversations_app.gateway import api
from conversations_app.gateway.client import client as twilio_client
from conversations_app.inbound import reconcile_conversations, reconcile_texts
from conversations_app.membership import bindings, leaving
from conversations_app.models import Binding, Conversation, InboxEvent, Message, Problem, Receipt, Sender
from conversations_app.outbox import outgoing
from conversations_app.staff import interventions
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.tests.webhook_requests import post_signed, text_received
from conversations_app.workers import periodic
from matchmaker import clock
from sessions_app.models import Consent, Contact, Participant, Session


@pytest.fixture
def group(harness: ChatHarness) -> Group:
    return harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))


def falls_asleep(harness: ChatHarness) -> None:
    Session.objects.update(last_activity_at=clock.now() - timedelta(days=15))
    periodic.close_idle()
    harness.settle()


def close_in_the_console(group: Group, settings: Any) -> None:
    twilio_client().request(
        "POST",
        f"https://conversations.twilio.com/v1/Services/{settings.TWILIO_CONVERSATIONS_SERVICE_SID}"
        f"/Conversations/{group.conversation_sid}",
        data={"State": "closed"},
        headers={"X-Twilio-Webhook-Enabled": "true"},
        auth=(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN),
    )


def test_a_text_lost_before_its_conversation_closed_is_kept_and_not_sent_again(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    harness.faults(webhook={"drop": 1})
    group["Abby"].write("lost words")
    harness.emulator.delete("/emulator/faults")
    close_in_the_console(group, settings)
    harness.settle()

    call_command("reconcile", "--apply")
    harness.settle()

    assert Message.objects.filter(body="lost words").count() == 1
    assert group["Lena"].got("lost words") == 1
    assert Conversation.objects.count() == 1


def test_both_webhooks_of_a_leave_are_one_leave(harness: ChatHarness, group: Group) -> None:
    harness.faults(also_messaging_webhook=True)
    before = len(group["Lena"].arrived())
    group["Lena"].write("leave")
    harness.settle()

    assert [text[:11] for text in group["Lena"].arrived()[before:]] == ["You've left"]


def test_a_text_is_stored_once_when_its_conversation_closes_before_the_duplicate_search(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    harness.faults(also_messaging_webhook=True)
    group["Lena"].write("good night all")
    close_in_the_console(group, settings)
    harness.settle()

    assert group["Abby"].got("good night all") == 1
    assert Message.objects.filter(body="good night all").count() == 1


def test_a_stop_is_not_overlooked_by_a_delivery_that_is_just_ending(harness: ChatHarness, group: Group) -> None:
    lena = Contact.objects.get(address=group["Lena"].address)
    Session.objects.update(delivery_due_at=F("created_at"))
    lease = Lease.take(group.session.pk)
    assert lease is not None
    stopped, go_on = threading.Event(), threading.Event()

    def stop() -> None:
        try:
            with transaction.atomic():
                leaving.opt_out(lena, at=clock.now())
                stopped.set()
                go_on.wait(5)
        finally:
            connection.close()

    other = threading.Thread(target=stop)
    other.start()
    stopped.wait(5)
    threading.Timer(0.2, go_on.set).start()
    lease.release(pause_s=0)
    other.join()
    harness.settle()
    group["Abby"].write("nothing for Lena")
    harness.settle()

    assert group["Lena"].got("nothing for Lena") == 0
    assert Binding.objects.get(address=lena.address).state == "freed"


def test_someone_who_joins_during_reconciling_stays(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, zoe = api.participants, harness.phone("Zoe")

    def slow(sid: str) -> Any:
        listed = real(sid)
        monkeypatch.setattr(api, "participants", real)
        zoe.write(f"join {group.session.code}")
        harness.until(lambda: zoe.got("you're in group"))
        return listed

    monkeypatch.setattr(api, "participants", slow)
    call_command("reconcile", "--apply")

    assert Binding.objects.get(address=zoe.address).state == "bound"


def test_someone_who_opts_out_during_reconciling_stays_out(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = api.participants

    def slow(sid: str) -> Any:
        listed = real(sid)
        monkeypatch.setattr(api, "participants", real)
        group["Lena"].write("stop")
        harness.until(lambda: not Binding.objects.held().filter(address=group["Lena"].address).exists())
        return listed

    monkeypatch.setattr(api, "participants", slow)
    call_command("reconcile", "--apply")
    harness.settle()
    group["Abby"].write("after the stop")
    harness.settle()

    assert group["Lena"].got("after the stop") == 0


def test_a_stop_on_the_way_to_another_group_ends_the_way(harness: ChatHarness, group: Group) -> None:
    ben = harness.phone("Ben")
    ben.write("start")
    harness.until(lambda: ben.got("Send join"))
    other = Session.objects.exclude(pk=group.session.pk).get()
    group["Lena"].write(f"switch {other.code}")
    group["Lena"].write("stop")
    harness.settle()
    ben.write("hello newcomer")
    harness.settle()

    assert group["Lena"].got("hello newcomer") == 0


def test_a_stop_at_the_messaging_webhook_is_handled_at_once(harness: ChatHarness, group: Group) -> None:
    harness.faults(keywords_in_conversation=False, also_messaging_webhook=True, rest={"http_500": 1})
    group["Friend"].write("stop")
    harness.wait_for(lambda: InboxEvent.objects.filter(event_type="inbound", payload__Body="stop").exists())
    harness.work()
    harness.emulator.delete("/emulator/faults")

    assert Contact.objects.get(address=group["Friend"].address).opted_out_at is not None


def test_an_outage_at_twilio_does_not_count_against_a_text(harness: ChatHarness, group: Group) -> None:
    harness.faults(also_messaging_webhook=True, webhook={"drop": 0})
    event = InboxEvent.objects.create(
        kind="messaging",
        event_type="inbound",
        key="inbound:late",
        received_at=clock.now() - timedelta(minutes=5),
        payload={
            "MessageSid": "SM" + "d" * 32,
            "From": group["Lena"].address,
            "To": group["Lena"].sender,
            "Body": "x",
        },
    )
    harness.faults(rest={"http_500": 1})
    for _ in range(10):
        harness.make_due()
        harness.work()
    harness.emulator.delete("/emulator/faults")

    event.refresh_from_db()
    assert event.state == "waiting"
    harness.until_made_due(lambda: group["Abby"].got("Lena: x"))


@pytest.mark.usefixtures("transport")
def test_a_message_while_the_group_falls_asleep_keeps_it_awake(harness: ChatHarness, transport: str) -> None:
    group = harness.group("Abby", "Lena", "Sam")
    harness.settle()
    Session.objects.update(last_activity_at=clock.now() - timedelta(days=15))
    periodic.close_idle()
    group["Abby"].write("wait, I am still here!")
    harness.wait_for(lambda: not harness.has_webhooks_under_way())
    harness.process_inbox()
    harness.settle()

    assert Session.objects.get().status == "active"
    assert group["Lena"].got("wait, I am still here!") == 1
    assert group["Lena"].got("I'm closing this chat for now") == 0


def test_a_waiting_goodbye_is_cancelled_whatever_its_words(harness: ChatHarness, group: Group) -> None:
    Session.objects.update(last_activity_at=clock.now() - timedelta(days=15))
    periodic.close_idle()
    Message.objects.filter(purpose="goodbye").update(body="Bye, in the words of another release!")

    group["Abby"].write("wait, I am still here!")
    harness.wait_for(lambda: not harness.has_webhooks_under_way())
    harness.process_inbox()
    harness.settle()

    assert group["Lena"].got("Bye, in the words of another release!") == 0


def test_a_group_that_someone_joins_stays_awake(harness: ChatHarness, group: Group) -> None:
    falls_asleep(harness)
    zoe = harness.phone("Zoe")
    zoe.write(f"join {group.session.code}")
    harness.settle()
    periodic.close_idle()
    harness.settle()

    assert Session.objects.get().status == "active"


def test_someone_who_left_a_sleeping_group_is_welcomed_again(harness: ChatHarness, group: Group) -> None:
    falls_asleep(harness)
    group["Lena"].write("leave")
    harness.settle()
    group["Lena"].write(f"join {group.session.code}")
    harness.settle()

    assert Consent.objects.filter(participant__name="Lena", kind="taking_part", withdrawn_at=None).exists()
    assert group["Lena"].got("an AI, not a person") == 2


def test_a_long_text_that_wakes_a_group_goes_out_in_parts(harness: ChatHarness, group: Group) -> None:
    falls_asleep(harness)
    group["Abby"].write("long " + "x" * 1594)
    harness.settle()

    assert group["Friend"].got("Abby: (1/2) long") == group["Friend"].got("Abby: (2/2) ") == 1


def test_a_number_we_no_longer_own_does_not_keep_others_out(harness: ChatHarness, group: Group) -> None:
    falls_asleep(harness)
    retired = Sender.objects.create(address="whatsapp:+15005550099")
    Binding.objects.filter(address=group["Lena"].address).update(sender=retired)

    group["Abby"].write("hello again")
    harness.settle()

    assert group["Friend"].got("Abby: hello again") == 1


def test_a_move_that_cannot_end_can_be_called_off(harness: ChatHarness, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    group = harness.group("Abby", "Lena")
    harness.settle()
    Session.objects.update(moving_to="conversations")

    transport_moves.begin(group.session, Session.Transport.BROADCAST)
    harness.settle()
    group["Abby"].write("as ever")
    harness.settle()

    session = Session.objects.get()
    assert (session.transport, session.moving_to, session.move_refusal) == ("broadcast", "", "It was called off.")
    assert group["Lena"].got("Abby:* as ever") == 1


def test_please_stop_under_a_friends_question_is_its_answer_at_both_webhooks(
    harness: ChatHarness, group: Group, client: Client
) -> None:
    group["Abby"].write("shall I go on singing?")
    harness.wait_for(lambda: not harness.has_webhooks_under_way())
    harness.process_inbox()
    lena = group["Lena"]
    lena.write("please stop")
    harness.wait_for(lambda: not harness.has_webhooks_under_way())
    harness.process_inbox()
    post_signed(client, "/webhooks/sms", text_received(From=lena.address, To=lena.sender, Body="please stop"))
    harness.settle()

    assert Contact.objects.get(address=lena.address).opted_out_at is None
    assert group["Abby"].got("Lena: please stop") == 1


def test_guesses_with_hi_count_for_members_too(harness: ChatHarness, group: Group) -> None:
    for number in range(2, 5):
        group["Abby"].write(f"hi ZZZZZ{number}")
    harness.settle()

    assert Contact.objects.get(address=group["Abby"].address).wrong_codes == 3


def test_a_silent_groups_lost_text_is_found_in_twilios_list(harness: ChatHarness, group: Group) -> None:
    Session.objects.update(last_activity_at=clock.now() - timedelta(hours=25))
    harness.faults(webhook={"drop": 1})
    group["Abby"].write("here I am again")
    harness.emulator.delete("/emulator/faults")

    reconcile_texts.fetch(since=clock.now() - timedelta(minutes=5))
    harness.settle()

    assert Message.objects.filter(body="here I am again").count() == 1


def test_a_webhook_on_its_way_is_not_overtaken(harness: ChatHarness, group: Group) -> None:
    harness.faults(webhook={"drop": 1})
    harness.phone("Zoe").write("hello?")
    harness.emulator.delete("/emulator/faults")

    assert reconcile_texts.fetch(since=clock.now() - timedelta(minutes=5), older_than=timedelta(seconds=30)) == 0


def test_a_line_posted_into_a_conversation_that_closed_is_not_posted_into_the_next(
    harness: ChatHarness, group: Group, settings: Any, lose_answer: Callable[..., None]
) -> None:
    lose_answer("post_message")
    call_command("say", group.session.code, "only once, please", "--apply")
    harness.work()
    close_in_the_console(group, settings)
    group["Abby"].write("who is here?")
    harness.until_made_due(lambda: not harness.busy())

    assert group["Lena"].got("only once, please") == 1


def test_a_line_whose_conversation_was_deleted_meanwhile_leaves_the_next_one_open(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    before = group.session.conversations.get()
    call_command("say", group.session.code, "said or not?", "--apply")
    Message.objects.filter(body="said or not?").update(attempts=1, conversation=before)
    service = twilio_client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)
    service.conversations(before.sid).delete()
    bindings.mark_closed(before)

    group["Abby"].write("who is here?")
    harness.until_made_due(lambda: not harness.busy())

    assert Message.objects.get(body="said or not?").state == "refused"
    assert group["Lena"].got("Abby: who is here?") == 1
    assert group.session.conversations.filter(state="active").count() == 1


def test_an_expired_invite_is_replaced_for_a_member_who_asks(harness: ChatHarness, group: Group) -> None:
    group.session.invites.update(expires_at=clock.now() - timedelta(days=1))

    group["Lena"].write("invite")
    harness.settle()

    new = group.session.invites.get(retired_at=None)
    assert new.code != group.session.code
    assert group["Lena"].got(f"Send join {new.code}") == 1
    assert group["Abby"].got(new.code) == 0


def test_a_receipt_of_a_message_that_is_found_later_is_not_lost(
    harness: ChatHarness, group: Group, receipts_on: None
) -> None:
    harness.faults(receipts_for={group["Lena"].address: "63016"})
    group["Abby"].write("missed by Lena")
    harness.wait_for(lambda: not harness.has_webhooks_under_way())
    InboxEvent.objects.filter(state="waiting", event_type="onMessageAdded").delete()
    InboxEvent.objects.filter(state="waiting").update(received_at=F("received_at") - timedelta(seconds=60))
    harness.work()

    reconcile_conversations.reconcile_conversation(group.session.conversations.get())
    harness.until_made_due(lambda: not harness.busy())

    assert Receipt.objects.missed().filter(participant__name="Lena", message__body="missed by Lena").exists()


def phones_at_twilio(group: Group) -> set[str]:
    return {one.address for one in api.participants(group.conversation_sid)}


def test_a_stop_removes_someone_who_was_added_at_twilio_without_a_webhook(harness: ChatHarness, group: Group) -> None:
    zoe = harness.phone("Zoe")
    api.add_participant(group.conversation_sid, address=zoe.address, sender=zoe.sender)

    zoe.write("stop")
    harness.settle()

    assert zoe.address not in phones_at_twilio(group)
    assert len(phones_at_twilio(group)) == 3


@pytest.mark.parametrize("tells", ["webhook", "reconcile"])
def test_someone_who_opted_out_and_is_added_at_twilio_is_removed_again(
    harness: ChatHarness, group: Group, settings: Any, tells: str
) -> None:
    zoe = harness.phone("Zoe")
    zoe.write("stop")
    harness.settle()
    before = len(group["Abby"].arrived())
    service = twilio_client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)
    service.conversations(group.conversation_sid).participants.create(
        messaging_binding_address=zoe.address,
        messaging_binding_proxy_address=zoe.sender,
        x_twilio_webhook_enabled="true" if tells == "webhook" else "false",
    )
    if tells == "reconcile":
        call_command("reconcile", "--apply")
    harness.settle()

    assert zoe.address not in phones_at_twilio(group)
    assert len(group["Abby"].arrived()) == before
    assert "has opted out, so they were removed again" in Problem.objects.get().what


def test_nothing_is_queued_for_someone_without_a_number_of_ours(harness: ChatHarness, group: Group) -> None:
    """Someone who was added in the console can still opt out."""
    zoe = harness.phone("Zoe")
    api.add_participant(group.conversation_sid, address=zoe.address, sender=zoe.sender)
    zoe.write("stop")
    harness.settle()
    call_command("reconcile", "--apply")
    harness.settle()

    assert Contact.objects.get(address=zoe.address).opted_out_at is not None
    assert not Binding.objects.held().filter(address=zoe.address).exists()
    assert outgoing.current_conversation(group.session) is not None
    assert Participant.objects.filter(contact__address=zoe.address).count() == 1


def test_someone_added_in_the_console_can_leave_by_command(harness: ChatHarness, group: Group) -> None:
    zoe = harness.phone("Zoe")
    api.add_participant(group.conversation_sid, address=zoe.address, sender=zoe.sender)
    zoe.write("leave")
    harness.settle()
    group["Abby"].write("is she gone?")
    harness.settle()

    assert zoe.address not in phones_at_twilio(group)
    assert zoe.got("is she gone?") == 0
    assert group["Abby"].got("Friend (2) left the group.") == 1


def test_a_newcomer_and_waiting_messages_get_into_the_next_conversation(harness: ChatHarness, group: Group) -> None:
    zoe = harness.phone("Zoe")
    api.close_conversation(group.conversation_sid)
    zoe.write(f"join {group.session.code}")

    def has_asked_to_come_in() -> bool:
        harness.process_inbox()
        return group.session.participants.filter(contact__address=zoe.address).exists()

    harness.wait_for(has_asked_to_come_in)
    interventions.say_as_staff(group.session, "hello from staff", by="test")
    harness.settle()

    assert [phone.got("hello from staff") for phone in (zoe, *group.phones.values())] == [1, 1, 1, 1]
    assert Binding.objects.filter(state="bound").count() == 4
