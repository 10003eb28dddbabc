"""The Conversation that the older app made for a session, when the session is woken here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from conversations_app.delivery import session_delivery
from conversations_app.delivery.leases import Lease
from conversations_app.gateway import api, configuration
from conversations_app.gateway.client import client as twilio_client
from conversations_app.inbound import reconcile_conversations, reconcile_texts
from conversations_app.legacy import adopting
from conversations_app.models import Binding, Conversation, InboxEvent, Message, Problem
from conversations_app.naming import roster
from conversations_app.tests.chat_harness import ChatHarness, Phone
from matchmaker import clock
from sessions_app.legacy.models import LegacyImport
from sessions_app.legacy.tests.old_app import answered, key, person, said, session_key, write_dump
from sessions_app.models import Contact, Session

CODE = "OLDAB2"
BOT = "AI Matchmaker"
IMPORTED = ("Welcome to your session!", "me!", "How old is she?", "27")


@dataclass
class OldGroup:
    """Abby and Lena in the Conversation of the older app; its thread up to the dump is `IMPORTED`."""

    harness: ChatHarness
    phones: dict[str, Phone]
    sid: str
    folder: Path

    def __getitem__(self, name: str) -> Phone:
        return self.phones[name]

    @property
    def there(self) -> Any:
        services = twilio_client().conversations.v1.services(django_settings.TWILIO_CONVERSATIONS_SERVICE_SID)
        return services.conversations(self.sid)

    def says(self, author: str, body: str) -> None:
        """We hear nothing of it: the webhooks are the older app's still."""
        if author not in self.phones:
            self.there.messages.create(author=author, body=body)
            return
        self.harness.faults(webhook={"muted": ["status", "post"]})
        self.phones[author].write(body)
        self.harness.faults(webhook={"muted": ["status"]})

    def import_it(self, **changes: Any) -> None:
        numbers = {name: phone.address.removeprefix("whatsapp:") for name, phone in self.phones.items()}
        value: dict[str, Any] = {
            "createdAt": (clock.now() - timedelta(hours=3)).isoformat(),
            "conversationSid": self.sid,
            "participants": [person(number, name) for name, number in numbers.items()],
            "messages": [
                answered(IMPORTED[0]),
                said(IMPORTED[1], numbers["Abby"], "Abby"),
                answered(IMPORTED[2]),
                said(IMPORTED[3], numbers["Lena"], "Lena"),
            ],
            "actions": [],
            **changes,
        }
        dump = write_dump(self.folder / "dump.jsonl", session_key(CODE, **value))
        call_command("migrate_legacy_sessions", "--dump", str(dump), "--apply", stdout=StringIO(), stderr=StringIO())

    def goes_by(self, time: str) -> None:
        self.harness.emulator.post("/emulator/clock", json={"advance": time}).raise_for_status()


@pytest.fixture
def old(harness: ChatHarness, moving_clock: None, tmp_path: Path) -> OldGroup:
    phones = {name: harness.phone(name) for name in ("Abby", "Lena")}
    made = api.create_conversation(
        unique_name=f"session-{CODE}",
        friendly_name=f"Dating Profile Creator - Session {CODE}",
        attributes={"sessionId": CODE, "purpose": "dating-profile-creation", "stage": "collecting", "theirs": 1},
    )
    group = OldGroup(harness, phones, made.sid, tmp_path)
    for phone in phones.values():
        api.add_participant(made.sid, address=phone.address, sender=phone.sender)
    for author, body in zip(("system", "Abby", BOT, "Lena"), IMPORTED, strict=True):
        group.says(author, body)
    return group


def imported() -> list[str]:
    return [message.body for message in Message.objects.imported().in_transcript_order()]


def bodies(kind: str) -> list[str]:
    here = Message.objects.filter(kind=kind).exclude(segment=0)
    return [message.body for message in here.in_transcript_order()]


def test_a_number_that_was_kept_in_another_form_than_it_has_there_is_one_person(old: OldGroup) -> None:
    kept, there = "+5215512345678", "whatsapp:+525512345678"
    old.phones["Ana"] = old.harness.phone("Ana", address=there)
    api.add_participant(old.sid, address=there, sender=old["Ana"].sender)
    old.says("Ana", "count me in")
    old.goes_by("2h")
    participants = [person(kept, "Ana"), *(person(old[name].address, name) for name in ("Abby", "Lena"))]
    old.import_it(participants=participants, messages=[said("count me in", kept, "Ana")])

    for words in ("and now?", "hello?"):
        old["Ana"].write(words)
        old.harness.settle()

    assert Contact.objects.filter(participations__session__code=CODE).count() == 3
    assert Binding.objects.get(participant__name="Ana").address == there
    assert len(api.participants(old.sid)) == 3
    assert bodies("person") == ["and now?", "hello?"]
    assert imported().count("count me in") == 1
    assert old["Abby"].got("Ana:* hello?") == 1


def test_a_text_in_it_wakes_the_session_and_what_was_said_there_is_history(old: OldGroup) -> None:
    old.says("Lena", "she loves climbing")
    old.says(BOT, "Noted!")
    old.goes_by("2h")
    old.import_it()

    old["Lena"].write("hello, is this still on?")
    old.harness.settle()

    assert imported() == [*IMPORTED, "she loves climbing", "Noted!"]
    assert not Message.objects.imported().filter(needs_turn=True).exists()
    assert bodies("person") == ["hello, is this still on?"]
    assert Message.objects.get(body="hello, is this still on?").turn is not None
    assert Conversation.objects.get().sid == old.sid
    assert [text for text in old["Lena"].arrived() if "I can't message" in text] == []
    assert set(Binding.objects.filter(state="bound").values_list("participant__name", flat=True)) == {"Abby", "Lena"}
    assert [phone.got("We have moved to a new system") for phone in old.phones.values()] == [1, 1]
    assert [phone.got("joined the group") for phone in old.phones.values()] == [0, 0]
    assert "was taken over: 4 of its messages were here, 2 more" in LegacyImport.objects.get().problems[-1]


def test_afterwards_it_is_like_one_of_ours(old: OldGroup) -> None:
    old.goes_by("2h")
    old.import_it()
    assert roster.roster_of(old.sid) is None
    call_command("resume", CODE, "--apply")
    old.harness.settle()

    old["Abby"].write("here I am")
    old.harness.settle()
    stored = Message.objects.count()
    InboxEvent.objects.update(state="waiting", due_at=clock.now(), finished_at=None)
    old.harness.process_inbox()
    reconcile_conversations.reconcile_conversation(Conversation.objects.get(), whole=True)

    assert Message.objects.count() == stored
    assert old["Lena"].got("Abby:* here I am") == 1
    attributes = api.fetch_conversation(old.sid).attributes
    assert attributes["stage"] == Session.objects.get().stage
    assert (attributes["sessionId"], attributes["theirs"]) == (CODE, 1)


def test_the_same_text_by_the_other_webhook_is_passed_on_by_nobody(old: OldGroup) -> None:
    """The session is woken by the Messaging webhook, and the event of the Conversation comes when it is known."""
    old.harness.faults(also_messaging_webhook=True, webhook={"muted": ["status", "post"]})
    old.goes_by("2h")
    old.import_it()

    old["Lena"].write("hello?")
    old.harness.until_made_due(lambda: not old.harness.busy())
    reconcile_conversations.reconcile_conversation(Conversation.objects.get(), whole=True)

    assert bodies("person") == ["hello?"]
    assert old["Abby"].got("hello?") == 1
    assert Message.objects.get(body="hello?").turn is not None


@pytest.mark.parametrize("kept", [True, False])
def test_it_is_found_by_its_name_as_well(old: OldGroup, kept: bool) -> None:
    old.goes_by("2h")
    old.import_it(conversationSid=f"CH{'0' * 32}" if kept else None)

    call_command("resume", CODE, "--apply")
    old.harness.settle()

    assert Conversation.objects.get().sid == old.sid
    assert imported() == list(IMPORTED)


def remove(old: OldGroup) -> None:
    old.there.delete()


def close(old: OldGroup) -> None:
    api.close_conversation(old.sid)


def name_another(old: OldGroup) -> None:
    api.update_attributes(old.sid, {"sessionId": "OTHER2"})
    for one in api.participants(old.sid):
        api.remove_participant(old.sid, one.sid)


@pytest.mark.parametrize(
    ("happens", "why"),
    [(remove, "not in our Conversations service"), (close, "it is closed"), (name_another, "not this session's")],
)
def test_one_that_cannot_be_had_is_replaced(old: OldGroup, happens: Callable[[OldGroup], None], why: str) -> None:
    old.says(BOT, "Just a moment.")
    happens(old)
    old.import_it()

    old["Lena"].write("hello?")
    old.harness.settle()

    assert Conversation.objects.get().sid not in {None, old.sid}
    assert old["Lena"].got("We have moved to a new system") == 1
    assert why in LegacyImport.objects.get().problems[-1]


def test_while_the_older_app_answers_there_the_session_sleeps_on(old: OldGroup) -> None:
    old.import_it()

    old["Lena"].write("is this still on?")
    old.harness.settle()

    assert Session.objects.get().status == "dormant"
    assert not Binding.objects.held().exists()
    assert "still answers there" in Problem.objects.get(session__code=CODE).what
    assert [phone.got("We have moved") for phone in old.phones.values()] == [0, 0]
    assert api.fetch_conversation(old.sid).state == "active"


def test_it_may_answer_under_one_of_our_numbers(old: OldGroup) -> None:
    old.goes_by("2h")
    old.says(old["Abby"].sender, "Noted!")
    old.import_it()

    old["Lena"].write("is this still on?")
    old.harness.settle()

    assert Session.objects.get().status == "dormant"
    assert not Contact.objects.filter(address=old["Abby"].sender).exists()


def test_once_it_has_stopped_what_was_written_meanwhile_is_answered(old: OldGroup) -> None:
    old.import_it()
    old["Lena"].write("is this still on?")
    old.harness.settle()
    old.goes_by("2h")

    call_command("resume", CODE, "--apply")
    old.harness.settle()

    assert bodies("person") == ["is this still on?"]
    assert Message.objects.get(body="is this still on?").turn is not None
    assert [phone.got("We have moved") for phone in old.phones.values()] == [1, 1]
    assert old["Abby"].got("is this still on?") == 1
    assert not Problem.objects.filter(solved_at=None).exists()


def test_what_the_older_app_answered_meanwhile_is_history(old: OldGroup) -> None:
    old.import_it()
    old["Lena"].write("is this still on?")
    old.harness.settle()
    old.says(BOT, "Sure!")
    old.goes_by("2h")

    call_command("resume", CODE, "--apply")
    old.harness.settle()

    assert imported() == [*IMPORTED, "is this still on?", "Sure!"]
    assert not Message.objects.filter(needs_turn=True).exists()


def test_the_text_of_somebody_who_is_not_in_it_waits_and_is_then_passed_on(old: OldGroup) -> None:
    for one in api.participants(old.sid):
        if one.address == old["Lena"].address:
            api.remove_participant(old.sid, one.sid)
    old.import_it()
    old["Lena"].write("can you hear me?")
    old.harness.settle()
    assert Message.objects.get(body="can you hear me?").state == "held"
    old.goes_by("2h")

    call_command("resume", CODE, "--apply")
    old.harness.settle()

    assert old["Abby"].got("Lena:* can you hear me?") == 1
    assert Message.objects.get(body="can you hear me?").turn is not None


@pytest.mark.parametrize("cut_at", ["fetch_conversation", "newest_messages", "participants", "remove_participant"])
def test_cut_off_half_way_it_is_taken_over_once(
    old: OldGroup, cut_at: str, lose_answer: Callable[[str], None]
) -> None:
    old.says("Lena", "she loves climbing")
    old.goes_by("2h")
    old.import_it()
    Contact.objects.filter(address=old["Abby"].address).update(opted_out_at=clock.now())
    lose_answer(cut_at)
    call_command("resume", CODE, "--apply")
    session_delivery.deliver(Session.objects.get().pk)
    old["Lena"].write("meanwhile")
    old.harness.until_made_due(lambda: not old.harness.busy())

    assert imported() == [*IMPORTED, "she loves climbing"]
    assert bodies("person") == ["meanwhile"]
    assert Message.objects.get(body="meanwhile").turn is not None
    assert old["Lena"].got("We have moved") == 1


def test_who_said_stop_there_hears_nothing_more(old: OldGroup) -> None:
    old.says("Abby", "STOP")
    old.goes_by("2h")
    old.import_it()

    old["Lena"].write("hello?")
    old.harness.settle()

    assert old["Abby"].got("We have moved") == 0
    assert Contact.objects.get(address=old["Abby"].address).opted_out_at is not None
    assert {one.address for one in api.participants(old.sid)} == {old["Lena"].address}
    assert imported() == [*IMPORTED, "STOP"]


def test_stop_there_counts_at_once_and_wakes_nobody(old: OldGroup) -> None:
    old.goes_by("2h")
    old.import_it()

    old["Abby"].write("STOP")
    old.harness.settle()

    assert Contact.objects.get(address=old["Abby"].address).opted_out_at is not None
    assert Session.objects.get().status == "dormant"


def test_a_sleeping_session_is_moved_without_a_word_to_twilio(old: OldGroup) -> None:
    old.goes_by("2h")
    old.import_it()
    Session.objects.update(transport="broadcast")

    call_command("move_session", CODE, "--to", "conversations", "--apply")
    assert not Conversation.objects.exists()
    old["Lena"].write("hello?")
    old.harness.settle()

    assert Conversation.objects.get().sid == old.sid


def test_one_that_was_woken_by_broadcast_takes_it_over_when_it_is_moved(old: OldGroup) -> None:
    old.goes_by("2h")
    old.import_it()
    Session.objects.update(transport="broadcast")
    call_command("resume", CODE, "--apply")
    old.harness.settle()

    call_command("move_session", CODE, "--to", "conversations", "--apply")
    old["Abby"].write("still here")
    old.harness.settle()

    assert Conversation.objects.get().sid == old.sid
    assert old["Lena"].got("still here") == 1
    assert imported() == list(IMPORTED)
    assert bodies("person") == ["still here"]


def test_a_phone_that_was_left_in_another_session_s_is_taken_out_of_it(old: OldGroup) -> None:
    """Lena's `phone:` key names the session that she is in now; at Twilio she is in the one before."""
    old.goes_by("2h")
    numbers = {name: phone.address.removeprefix("whatsapp:") for name, phone in old.phones.items()}
    dump = write_dump(
        old.folder / "dump.jsonl",
        session_key(CODE, conversationSid=old.sid, participants=[person(numbers["Lena"], "Lena")], messages=[]),
        session_key("NEWER2", participants=[person(numbers["Lena"], "Lena")], messages=[]),
        key(f"phone:{numbers['Lena']}", "NEWER2"),
    )
    call_command("migrate_legacy_sessions", "--dump", str(dump), "--apply", stdout=StringIO(), stderr=StringIO())

    old.says("Lena", "hello?")
    reconcile_texts.fetch(since=clock.now() - timedelta(minutes=1))
    old.harness.settle()

    assert Binding.objects.get(state="bound").participant.session.code == "NEWER2"
    assert {one.address for one in api.participants(old.sid)} == {old["Abby"].address}


def test_whose_phone_another_application_holds_keeps_their_place(old: OldGroup) -> None:
    name_another(old)
    api.add_participant(old.sid, address=old["Lena"].address, sender=old["Lena"].sender)
    old.import_it(
        messages=[
            said("hi", old["Lena"].address.removeprefix("whatsapp:"), "Lena", timestamp=clock.now().isoformat())
        ]
    )

    call_command("resume", CODE, "--apply")
    old.harness.settle()

    assert Session.objects.get().participants.present().filter(name="Lena").exists()
    assert "Lena could not be added" in Problem.objects.get().what


def test_an_inactive_one_is_made_to_work(old: OldGroup, settings: Any) -> None:
    settings.TWILIO_WEBHOOK_SCOPE = "conversation"
    old.there.update(state="inactive")
    old.goes_by("2h")
    old.import_it()

    call_command("resume", CODE, "--apply")
    old.harness.settle()

    assert api.fetch_conversation(old.sid).state == "active"
    assert [hook.url for hook in configuration.scoped_hooks(old.sid)] == [
        f"{old.harness.web_url}/webhooks/conversations"
    ]


def test_a_later_copy_of_what_came_with_it_is_not_added_once_more(old: OldGroup) -> None:
    old.import_it()
    old.says("Lena", "she loves climbing")
    old.says(BOT, "Noted!")
    old.goes_by("2h")
    call_command("resume", CODE, "--apply")
    old.harness.settle()
    number = old["Lena"].address.removeprefix("whatsapp:")
    abby = old["Abby"].address.removeprefix("whatsapp:")
    told = [
        answered(IMPORTED[0]),
        said(IMPORTED[1], abby, "Abby"),
        answered(IMPORTED[2]),
        said(IMPORTED[3], number, "Lena"),
    ]
    since = [said("she loves climbing", number, "Lena"), answered("Noted!"), said("and pottery", number, "Lena")]

    old.import_it(messages=[*told, *since])

    assert imported() == [*IMPORTED, "she loves climbing", "Noted!", "and pottery"]


def test_who_said_stop_there_and_start_to_us_is_in(old: OldGroup) -> None:
    old.says("Lena", "stop")
    old.goes_by("2h")
    old.import_it()
    [there] = [one for one in api.participants(old.sid) if one.address == old["Lena"].address]
    api.remove_participant(old.sid, there.sid)

    old["Lena"].write("unstop")
    old.harness.settle()

    assert Contact.objects.get(address=old["Lena"].address).opted_out_at is None


def test_a_text_that_comes_while_nobody_was_found_to_be_reached_is_passed_on(
    old: OldGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.there.update(state="closed")
    old.import_it()

    real = Lease.hold

    def is_taken_in() -> bool:
        old.harness.process_inbox()
        return Message.objects.filter(body="hello, is this still on?").exists()

    def hold_a_moment_later(lease: Lease) -> Session:
        monkeypatch.setattr(Lease, "hold", real)
        old["Lena"].write("hello, is this still on?")
        old.harness.wait_for(is_taken_in)
        return real(lease)

    monkeypatch.setattr(adopting, "adopt", lambda lease, conversation: False)
    monkeypatch.setattr(Lease, "hold", hold_a_moment_later)
    call_command("resume", CODE, "--apply")
    old.harness.settle()

    assert Message.objects.get(body="hello, is this still on?").state == "sent"
    assert old["Lena"].got("We have moved to a new system") == 1


def test_one_that_is_just_being_woken_is_not_given_back(old: OldGroup) -> None:
    old.import_it()
    call_command("resume", CODE, "--apply")

    with pytest.raises(CommandError, match="1 could not be given back"):
        call_command("migrate_legacy_sessions", "--give-back", "--apply", stdout=StringIO(), stderr=StringIO())

    assert api.fetch_conversation(old.sid).state == "active"


# --- for a session that goes by broadcast -----------------------------------------------------------------------------


def test_woken_by_a_text_in_it_a_session_that_goes_by_broadcast_leaves_it(old: OldGroup, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    old.says("Lena", "she loves climbing")
    old.goes_by("2h")
    old.import_it()

    old["Lena"].write("hello, is this still on?")
    old.harness.settle()
    old["Abby"].write("yes it is")
    old.harness.settle()

    assert (Session.objects.get().transport, Session.objects.get().moving_to) == ("broadcast", "")
    assert api.fetch_conversation(old.sid).state == "closed"
    assert imported() == [*IMPORTED, "she loves climbing"]
    assert bodies("person") == ["hello, is this still on?", "yes it is"]
    assert old["Abby"].got("hello, is this still on?") == old["Lena"].got("Abby:* yes it is") == 1
    assert [phone.got("We have moved to a new system") for phone in old.phones.values()] == [1, 1]
    assert [phone.got("We changed how") for phone in old.phones.values()] == [0, 0]


def test_one_that_goes_by_broadcast_sleeps_on_while_the_older_app_answers_there(old: OldGroup, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    old.import_it()

    call_command("resume", CODE, "--apply")
    old.harness.settle()

    session = Session.objects.get()
    assert (session.status, session.delivery_due_at) == ("dormant", None)
    assert api.fetch_conversation(old.sid).state == "active"
    assert Problem.objects.filter(key=f"older-app-{session.pk}").exists()


def test_one_that_goes_by_broadcast_and_whose_conversation_is_gone_makes_none(old: OldGroup, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    old.import_it(conversationSid="CH" + "0" * 32)
    old.there.update(state="closed")

    old["Lena"].write("hello, is this still on?")
    old.harness.settle()

    assert Session.objects.get().transport == "broadcast"
    assert not Conversation.objects.exclude(sid=None).exists()
    assert old["Lena"].got("I can't message Abby first. They're back as soon as they text me: https://wa.me/") == 1
    assert old["Lena"].got("We have moved to a new system") == 1


@pytest.mark.parametrize("path", [["broadcast"], ["broadcast", "conversations"]])
def test_one_that_sleeps_is_sent_the_other_way_without_leaving_anything_behind(
    old: OldGroup, path: list[str]
) -> None:
    old.goes_by("2h")
    old.import_it()
    for to in path:
        call_command("move_session", CODE, "--to", to, "--apply", stdout=StringIO())

    old["Lena"].write("hello, is this still on?")
    old.harness.settle()

    assert Session.objects.get().transport == path[-1]
    assert api.fetch_conversation(old.sid).state == ("closed" if path[-1] == "broadcast" else "active")
    assert bodies("person") == ["hello, is this still on?"]
