"""A session changes its transport while people go on writing: nobody misses anything or reads it twice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from conversations_app.delivery import session_delivery, transport_moves
from conversations_app.gateway import api
from conversations_app.models import Binding, Conversation, Message
from conversations_app.tests.chat_harness import ChatHarness, Group
from sessions_app.models import Session


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    return harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))


def other_than(transport: str) -> str:
    return "broadcast" if transport == "conversations" else "conversations"


def everybody_writes(harness: ChatHarness, group: Group, what: str) -> None:
    for name, phone in group.phones.items():
        phone.write(f"{what} of {name}")


def assert_read_once(group: Group, *what: str) -> None:
    for reader, phone in group.phones.items():
        for writer in group.phones:
            seen = [phone.got(f"{writer}: {text} of {writer}") for text in what]
            assert seen == [int(writer != reader)] * len(what), f"{reader} reads {writer}"


def test_a_session_moves_there_and_back_with_one_line_for_the_group(
    harness: ChatHarness, group: Group, transport: str
) -> None:
    everybody_writes(harness, group, "before")
    harness.settle()

    for to in (other_than(transport), transport):
        call_command("move_session", group.session.code, "--to", to, "--apply")
        everybody_writes(harness, group, f"on {to}")
        harness.settle()

    assert_read_once(group, "before", f"on {other_than(transport)}", f"on {transport}")
    assert [phone.got("We changed how") for phone in group.phones.values()] == [2, 2, 2]
    said = [m.body for m in Message.objects.filter(kind="person", author__name="Lena").in_transcript_order()]
    assert said == ["before of Lena", f"on {other_than(transport)} of Lena", f"on {transport} of Lena"]
    assert Session.objects.get().transport == transport


def test_without_apply_it_only_reports(group: Group, transport: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("move_session", group.session.code, "--to", other_than(transport))

    assert f"from {transport} to {other_than(transport)}" in capsys.readouterr().out
    assert Session.objects.get().transport == transport


@pytest.mark.parametrize(
    ("transport", "cut_at"),
    [
        ("conversations", "close_conversation"),
        ("conversations", "newest_messages"),
        ("broadcast", "create_conversation"),
        ("broadcast", "add_participant"),
        ("broadcast", "participants"),
    ],
    indirect=["transport"],
)
def test_an_interrupted_move_resumes_and_finishes(
    harness: ChatHarness, group: Group, transport: str, cut_at: str, lose_answer: Callable[..., None]
) -> None:
    lose_answer(cut_at)
    transport_moves.begin(group.session, Session.Transport(other_than(transport)))
    session_delivery.deliver(group.session.pk)
    everybody_writes(harness, group, "meanwhile")
    harness.until_made_due(lambda: not Session.objects.get().moving_to and not harness.busy())

    everybody_writes(harness, group, "after")
    harness.settle()

    assert_read_once(group, "meanwhile", "after")
    assert Session.objects.get().transport == other_than(transport)


def abby_writes_when_added(group: Group, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = api.add_participant

    def add_and_write(sid: str, *, address: str, sender: str) -> str:
        added = real(sid, address=address, sender=sender)
        if address == group[name].address:
            group["Abby"].write("meanwhile of Abby")
        return added

    monkeypatch.setattr(api, "add_participant", add_and_write)


@pytest.mark.parametrize("transport", ["broadcast"], indirect=True)
def test_a_message_written_while_people_are_added_reaches_those_not_yet_in(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    abby_writes_when_added(group, "Abby", monkeypatch)
    transport_moves.begin(group.session, Session.Transport.CONVERSATIONS)
    harness.until_made_due(lambda: not harness.busy())

    assert [group[name].got("Abby: meanwhile of Abby") for name in ("Abby", "Lena", "Friend")] == [0, 1, 1]


@pytest.mark.parametrize("transport", ["broadcast"], indirect=True)
def test_a_message_written_while_people_are_added_waits_for_late_receipts(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Timestamps cannot tell who got it, and the receipt for Lena is late."""
    settings.RECEIPT_WAIT_S = 3600
    receipts = api.receipts_of
    abby_writes_when_added(group, "Lena", monkeypatch)
    monkeypatch.setattr(api, "receipts_of", lambda sid, message: [])
    transport_moves.begin(group.session, Session.Transport.CONVERSATIONS)
    harness.until(lambda: Message.objects.filter(body="meanwhile of Abby").exists())
    assert Session.objects.get().moving_to == "conversations"

    monkeypatch.setattr(api, "receipts_of", receipts)
    settings.RECEIPT_WAIT_S = 0
    harness.until_made_due(lambda: not harness.busy())

    assert [group[name].got("Abby: meanwhile of Abby") for name in ("Abby", "Lena", "Friend")] == [0, 1, 1]
    assert Session.objects.get().transport == "conversations"


@pytest.mark.parametrize("transport", ["broadcast"], indirect=True)
def test_a_session_stays_where_it_is_while_twilio_holds_someone_elsewhere(harness: ChatHarness, group: Group) -> None:
    foreign = api.create_conversation(unique_name="foreign", friendly_name="", attributes={})
    api.add_participant(foreign.sid, address=group["Lena"].address, sender=group["Lena"].sender)

    with pytest.raises(CommandError, match="Lena is in another conversation at Twilio"):
        call_command("move_session", group.session.code, "--to", "conversations", "--apply")

    api.close_conversation(foreign.sid)
    everybody_writes(harness, group, "still here")
    harness.settle()
    assert_read_once(group, "still here")
    assert Session.objects.get().transport == "broadcast"


@pytest.mark.parametrize("transport", ["broadcast"], indirect=True)
def test_a_refusal_half_way_removes_those_already_added(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "open_conversations_of", lambda address: [])
    foreign = api.create_conversation(unique_name="foreign", friendly_name="", attributes={})
    api.add_participant(foreign.sid, address=group["Friend"].address, sender=group["Friend"].sender)

    transport_moves.begin(group.session, Session.Transport.CONVERSATIONS)
    harness.settle()
    api.close_conversation(foreign.sid)
    everybody_writes(harness, group, "as before")
    harness.settle()

    assert "Friend could not be added" in Session.objects.get().move_refusal
    assert_read_once(group, "as before")
    assert Binding.objects.held().filter(conversation=None).count() == 3
    assert not Conversation.objects.exclude(state="closed").exists()


@pytest.mark.parametrize("transport", ["conversations"], indirect=True)
def test_a_post_whose_answer_was_lost_is_not_repeated_by_the_other_transport(
    harness: ChatHarness, group: Group, lose_answer: Callable[..., None]
) -> None:
    lose_answer("post_message")
    call_command("say", group.session.code, "only once, please", "--apply")
    session_delivery.deliver(group.session.pk)
    transport_moves.begin(group.session, Session.Transport.BROADCAST)
    Session.objects.update(delivery_due_at=F("created_at"))
    harness.until_made_due(lambda: not harness.busy())

    assert [phone.got("only once, please") for phone in group.phones.values()] == [1, 1, 1]
