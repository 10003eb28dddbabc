"""What happens behind our back, or in time: removals, timers, idle groups, lost webhooks."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from conversations_app.delivery.transports import broadcast, conversations
from conversations_app.gateway import api, configuration
from conversations_app.gateway.client import client as twilio_client
from conversations_app.models import Binding, Conversation, InboxEvent, Message, Problem
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.workers import periodic
from matchmaker import clock
from sessions_app.models import Session


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    return harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))


only_conversations = pytest.mark.parametrize("transport", ["conversations"], indirect=True)


def in_the_console(group: Group, settings: Any) -> Any:
    service = twilio_client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)
    return service.conversations(group.conversation_sid).participants


def delete_at_twilio(group: Group, settings: Any) -> None:
    service = twilio_client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)
    service.conversations(group.conversation_sid).delete()


def test_a_silent_group_gets_a_goodbye_and_its_phones_are_free(harness: ChatHarness, group: Group) -> None:
    Session.objects.update(last_activity_at=clock.now() - timedelta(days=15))

    call_command("close_idle", "--apply")
    harness.settle()

    assert [phone.got("I'm closing this chat for now") for phone in group.phones.values()] == [1, 1, 1]
    assert not Binding.objects.held().exists()
    assert Session.objects.get().status == "dormant"


def test_a_new_message_reopens_the_group_for_everybody(harness: ChatHarness, group: Group) -> None:
    Session.objects.update(last_activity_at=clock.now() - timedelta(days=15))
    periodic.close_idle()
    harness.settle()

    group["Friend"].write("anybody still here?")
    harness.settle()
    group["Abby"].write("me!")
    harness.settle()

    assert group["Lena"].got("Friend: anybody still here?") == group["Lena"].got("Abby: me!") == 1
    session = Session.objects.get()
    assert (session.status, session.code) == ("active", group.session.code)
    assert [m.body for m in Message.objects.filter(kind="person").in_transcript_order()][-2:] == [
        "anybody still here?",
        "me!",
    ]


def forgotten_by_staff(harness: ChatHarness, status: str) -> None:
    Session.objects.update(status=status, last_activity_at=clock.now() - timedelta(days=43))
    periodic.close_idle()
    harness.settle()


@pytest.mark.parametrize(("status", "way_on"), [("paused", "Resume it"), ("safety_hold", "Release the hold")])
def test_a_group_that_staff_forgot_loses_its_numbers_without_a_word(
    harness: ChatHarness, group: Group, status: str, way_on: str
) -> None:
    before = [phone.arrived() for phone in group.phones.values()]

    forgotten_by_staff(harness, status)

    assert not Binding.objects.held().exists()
    assert [phone.arrived() for phone in group.phones.values()] == before
    assert Session.objects.get().status == status
    assert "silent for 42 days" in Problem.objects.get().what
    assert way_on in Problem.objects.get().to_do


def test_a_new_message_reopens_a_paused_group_which_stays_paused(harness: ChatHarness, group: Group) -> None:
    forgotten_by_staff(harness, "paused")

    group["Friend"].write("anybody still here?")
    harness.settle()

    assert group["Abby"].got("Friend: anybody still here?") == group["Lena"].got("Friend: anybody still here?") == 1
    assert Session.objects.get().status == "paused"


def test_staff_have_more_time_than_a_silent_group(harness: ChatHarness, group: Group) -> None:
    Session.objects.update(status="paused", last_activity_at=clock.now() - timedelta(days=40))

    periodic.close_idle()

    assert Binding.objects.filter(state="bound").count() == 3


def test_silence_during_a_pause_does_not_count_after_resume(harness: ChatHarness, group: Group) -> None:
    forgotten_by_staff(harness, "paused")

    call_command("resume", group.session.code, "--apply")
    periodic.close_idle()
    harness.settle()

    assert Session.objects.get().status == "active"
    assert Binding.objects.filter(state="bound").count() == 3


def test_a_group_with_a_new_message_is_not_closed(harness: ChatHarness, group: Group) -> None:
    call_command("close_idle", "--apply")

    assert Session.objects.get().status == "active"


@only_conversations
def test_someone_removed_in_twilios_console_leaves_here_too(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    binding = Binding.objects.get(address=group["Lena"].address)
    participants = in_the_console(group, settings)
    twilio_client().request(
        "DELETE",
        f"https://conversations.twilio.com/v1/Services/{settings.TWILIO_CONVERSATIONS_SERVICE_SID}"
        f"/Conversations/{group.conversation_sid}/Participants/{binding.participant_sid}",
        headers={"X-Twilio-Webhook-Enabled": "true"},
        auth=(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN),
    )
    harness.settle()

    assert participants.list()
    assert not Binding.objects.held().filter(address=group["Lena"].address).exists()
    assert group["Abby"].got("Lena is no longer in the group.") == 1
    group["Lena"].write("start")
    harness.settle()
    assert Session.objects.count() == 2


@only_conversations
def test_someone_added_in_twilios_console_joins_here_too(harness: ChatHarness, group: Group, settings: Any) -> None:
    zoe = harness.phone("Zoe")
    in_the_console(group, settings).create(
        messaging_binding_address=zoe.address,
        messaging_binding_proxy_address=zoe.sender,
        x_twilio_webhook_enabled="true",
    )
    harness.settle()
    zoe.write("hello, I am new")
    harness.settle()

    assert Binding.objects.held().filter(address=zoe.address, state="bound").exists()
    assert Message.objects.get(body="hello, I am new").author is not None
    assert zoe.got("an AI, not a person") == 1


@only_conversations
def test_reconcile_sees_who_was_removed_without_a_webhook(harness: ChatHarness, group: Group, settings: Any) -> None:
    binding = Binding.objects.get(address=group["Lena"].address)
    in_the_console(group, settings)(binding.participant_sid).delete()

    call_command("reconcile", "--apply")

    assert not Binding.objects.held().filter(address=group["Lena"].address).exists()


@only_conversations
def test_reconcile_sees_that_twilio_closed_it_without_a_webhook(harness: ChatHarness, group: Group) -> None:
    api.close_conversation(group.conversation_sid)

    call_command("reconcile", "--apply")

    assert Conversation.objects.get().state == "closed"
    assert not Binding.objects.held().exists()


@only_conversations
def test_the_periodic_check_closes_conversations_that_twilio_no_longer_has(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    harness.faults(webhook={"drop": 1})
    delete_at_twilio(group, settings)

    periodic.reconcile_active()

    assert Conversation.objects.get().state == "closed"
    assert not Binding.objects.held().exists()


@only_conversations
def test_reconcile_says_that_a_conversation_is_gone_and_closes_it_when_told_to(
    harness: ChatHarness, group: Group, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    delete_at_twilio(group, settings)

    call_command("reconcile")
    assert "gone at Twilio; --apply closes it here too, and frees its phones" in capsys.readouterr().out
    assert Binding.objects.held().count() == 3

    call_command("reconcile", "--apply")
    assert "so it was closed here too" in capsys.readouterr().out
    assert not Binding.objects.held().exists()


@only_conversations
def test_the_periodic_check_closes_nothing_when_the_service_setting_is_wrong(
    harness: ChatHarness, group: Group
) -> None:
    with override_settings(TWILIO_CONVERSATIONS_SERVICE_SID="IS" + "0" * 32):
        periodic.reconcile_active()

    assert Conversation.objects.get().state == "active"


def test_texts_whose_webhooks_were_all_lost_are_fetched_once(harness: ChatHarness, group: Group) -> None:
    zoe = harness.phone("Zoe")
    harness.faults(webhook={"drop": 1})
    group["Lena"].write("lost one")
    group["Lena"].write("lost two")
    zoe.write(f"join {group.session.code}")
    harness.emulator.delete("/emulator/faults")

    for _ in range(2):
        call_command("reconcile", "--apply")
        harness.settle()

    written = Message.objects.filter(kind="person").in_transcript_order()
    assert [message.body for message in written] == ["lost one", "lost two"]
    # Twilio's list tells no profile names.
    assert group["Abby"].got("Friend (2) joined") == 1


def test_texts_from_an_outage_are_fetched(
    harness: ChatHarness, group: Group, moving_clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outage is not another app."""
    monkeypatch.setattr(periodic, "WEBHOOKS_FIRST", timedelta())
    configuration.set_inbound(inbound_request_url="")
    zoe = harness.phone("Zoe")
    zoe.write(f"join {group.session.code}")
    periodic.fetch_missed_texts()
    call_command("configure_twilio", "--apply", stdout=StringIO())
    call_command("reconcile", "--apply")
    harness.settle()

    assert group.session.participants.present().filter(contact__address=zoe.address).exists()


@pytest.mark.parametrize("noticed", ["by the minute's look", "by the command"])
def test_texts_that_another_app_took_are_left_to_it(
    harness: ChatHarness, group: Group, moving_clock: None, monkeypatch: pytest.MonkeyPatch, noticed: str
) -> None:
    monkeypatch.setattr(periodic, "WEBHOOKS_FIRST", timedelta())
    zoe = harness.phone("Zoe")
    configuration.set_inbound(inbound_request_url="https://older.example/hook")
    zoe.write("join HERE22")
    if noticed == "by the minute's look":
        periodic.fetch_missed_texts()
    harness.emulator.post("/emulator/clock", json={"advance": "1m"})
    call_command("configure_twilio", "--apply", stdout=StringIO())
    harness.emulator.post("/emulator/clock", json={"advance": "1m"})
    harness.faults(webhook={"drop": 1})
    zoe.write(f"join {group.session.code}")
    harness.emulator.delete("/emulator/faults")

    periodic.fetch_missed_texts()
    harness.settle()

    bodies = InboxEvent.objects.filter(kind="messaging", payload__From=zoe.address).values_list(
        "payload__Body", flat=True
    )
    assert list(bodies) == [f"join {group.session.code}"]


def test_the_periodic_check_fetches_messages_without_a_webhook(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periodic, "WEBHOOKS_FIRST", timedelta())
    harness.faults(webhook={"drop": 1})
    group["Lena"].write("lost")
    harness.emulator.delete("/emulator/faults")

    for _ in range(2):
        Conversation.objects.update(reconciled_at=None)
        periodic.reconcile_active()
        periodic.fetch_missed_texts()
        harness.settle()

    assert Message.objects.filter(body="lost").count() == 1
    assert group["Friend"].got("lost") == 1


@only_conversations
def test_messages_unsent_because_the_chat_ended_are_one_problem(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    for words in ("one", "two"):
        call_command("say", group.session.code, words, "--apply")
    delete_at_twilio(group, settings)

    harness.settle()

    problem = Problem.objects.get()
    assert (problem.key, problem.times) == (f"unsaid-{group.session.pk}", 2)


@only_conversations
def test_a_goodbye_that_reached_nobody_is_no_problem(harness: ChatHarness, group: Group, settings: Any) -> None:
    Session.objects.update(last_activity_at=clock.now() - timedelta(days=15))
    periodic.close_idle()
    delete_at_twilio(group, settings)

    harness.settle()

    assert Message.objects.get(body__contains="I'm closing this chat for now").state == "refused"
    assert not Problem.objects.exists()


@only_conversations
def test_a_conversation_deleted_at_twilio_is_replaced(harness: ChatHarness, group: Group, settings: Any) -> None:
    delete_at_twilio(group, settings)
    call_command("say", group.session.code, "into the void", "--apply")
    harness.settle()
    assert Conversation.objects.get().state == "closed"

    group["Lena"].write("hello?")
    harness.settle()

    assert group["Abby"].got("Lena: hello?") == 1


@pytest.mark.parametrize("transport", ["conversations", "broadcast"], indirect=True)
def test_a_message_during_the_goodbye_keeps_the_group_awake(
    harness: ChatHarness, group: Group, transport: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = {"conversations": conversations, "broadcast": broadcast}[transport]
    real = by.send

    def is_awake() -> bool:
        harness.process_inbox()
        return Session.objects.get().status == "active"

    def send_and_be_answered(lease: Any) -> float:
        monkeypatch.setattr(by, "send", real)
        pause: float = real(lease)
        group["Lena"].write("wait, one more thing")
        harness.wait_for(is_awake)
        return pause

    monkeypatch.setattr(by, "send", send_and_be_answered)
    Session.objects.update(last_activity_at=clock.now() - timedelta(days=30))
    periodic.close_idle()
    harness.settle()
    group["Abby"].write("still here?")
    harness.settle()

    assert Session.objects.get().status == "active"
    assert group["Lena"].got("still here?") == 1
    assert not Binding.objects.filter(why_out="ended").exists()
