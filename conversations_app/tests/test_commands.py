"""The commands for staff: sessions, show, say, pause, resume."""

import json
from datetime import timedelta
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from conversations_app.models import Binding, Conversation, Message, Sender, Turn
from conversations_app.outbox import outgoing
from conversations_app.tests.chat_harness import WHATSAPP_SENDER
from conversations_app.windows import messaging_window
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Fact, Participant, Session

pytestmark = pytest.mark.django_db


def run(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def run_json(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


@pytest.fixture
def abby() -> Participant:
    """In a session of her own, with a Conversation that is open at Twilio."""
    contact = actions.get_or_update_contact(address="whatsapp:+15550100001", at=clock.now(), display_name="Abby")
    person = actions.start_session(contact=contact, at=clock.now())
    actions.make_primary(participant=person)
    person.refresh_from_db()
    conversation = Conversation.objects.create(
        session=person.session, sid="CH" + "0" * 32, state="active", created_at=clock.now()
    )
    sender = Sender.objects.create(address=WHATSAPP_SENDER)
    Binding.objects.create(
        participant=person,
        conversation=conversation,
        address=contact.address,
        sender=sender,
        state="bound",
        created_at=clock.now(),
    )
    messaging_window.note_inbound(contact, sender, at=clock.now())
    return person


@pytest.fixture
def session(abby: Participant) -> Session:
    return abby.session


def join(session: Session, name: str, address: str) -> Participant:
    contact = actions.get_or_update_contact(address=address, at=clock.now(), display_name=name)
    with transaction.atomic():
        return actions.join_session(session=actions.lock_session(session.pk), contact=contact, at=clock.now())


def wrote(person: Participant, body: str, **more: Any) -> Message:
    count = Message.objects.count()
    return Message.objects.create(
        **{
            "session": person.session,
            "conversation": person.session.conversations.first(),
            "kind": "person",
            "author": person,
            "body": body,
            "sid": f"IM{count:032d}",
            "index": count,
            "at": clock.now(),
            "needs_turn": True,
            **more,
        }
    )


def learnt(
    person: Participant, field: str, value: Any, message: Message, *, confirmed: bool, replaces: tuple[int, ...] = ()
) -> Fact:
    return actions.record_fact(
        session=person.session,
        field=field,
        value=value,
        said_by=person,
        where=actions.Place(message_id=message.pk),
        quote=message.body,
        confirmed=actions.Place(message_id=message.pk) if confirmed else None,
        confirmed_by=person if confirmed else None,
        replaces=replaces,
        at=clock.now(),
    )


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_sessions_lists_the_fields_scripts_rely_on(abby, session):
    wrote(abby, "hello")

    listed = run_json("sessions")

    assert listed == [
        {
            "code": session.code,
            "stage": "introduction",
            "status": "active",
            "transport": "conversations",
            "participants": 1,
            "messages": 1,
            "created_at": listed[0]["created_at"],
            "last_activity_at": listed[0]["last_activity_at"],
        }
    ]


def test_sessions_says_so_when_there_are_none():
    assert "no sessions yet" in run("sessions")


def test_sessions_leaves_ended_ones_out_on_request(session):
    Session.objects.filter(pk=session.pk).update(status="closed")

    assert run_json("sessions", "--open") == []


def test_sessions_counts_only_current_participants(session):
    lena = join(session, "Lena", "whatsapp:+15550100002")
    actions.leave_session(participant=lena, at=clock.now())

    assert run_json("sessions")[0]["participants"] == 1


# --- show -------------------------------------------------------------------------------------------------------------


def test_show_names_an_unknown_code():
    with pytest.raises(CommandError, match="no session XXXXX9"):
        run("show", "xxxxx9")


def test_show_finds_a_code_in_any_case(session):
    assert run_json("show", session.code.lower())["code"] == session.code


def test_show_tells_until_when_a_whatsapp_window_is_open(session):
    person = run_json("show", session.code)["people"][0]

    assert person["name"] == "Abby"
    assert person["address"] == "whatsapp:+15550100001"
    assert person["window_open_until"][:10] == (clock.now() + timedelta(hours=24)).date().isoformat()


def test_show_shows_no_window_on_sms(session):
    join(session, "Lena", "+15550100002")

    assert run_json("show", session.code)["people"][1]["window_open_until"] is None


def test_show_lists_the_transcript_by_index_whatever_came_in_first(abby, session):
    wrote(abby, "second", index=2)
    wrote(abby, "first", index=1)

    assert [line["body"] for line in run_json("show", session.code)["transcript"]] == ["first", "second"]


def test_earlier_commands_are_told_by_who_read_them(abby, session):
    wrote(abby, f"join {session.code}", kind="command", conversation=None, index=None)
    wrote(abby, "leave", kind="command", was_named=True)
    wrote(abby, "Help!", kind="command", was_named=True)
    wrote(abby, "stop", kind="command", was_named=False)

    import_module("conversations_app.migrations.0021_note_who_read_earlier_commands").note_readers(apps, None)

    readers = {line["body"]: line["readers"] for line in run_json("show", session.code)["transcript"]}
    assert readers == {
        f"join {session.code}": "only Matchmaker read it",
        "leave": "the group read: (Abby used a command)",
        "Help!": "everybody read it",
        "stop": "everybody read it",
    }


def test_show_puts_a_late_join_where_it_happened(abby, session):
    wrote(abby, "before", at=clock.now() - timedelta(minutes=2))
    wrote(
        abby,
        f"join {session.code}",
        kind="command",
        conversation=None,
        index=None,
        at=clock.now() - timedelta(minutes=1),
    )
    wrote(abby, "after", at=clock.now())

    kinds = [line["kind"] for line in run_json("show", session.code)["transcript"]]

    assert kinds == ["person", "command", "person"]


def test_show_marks_messages_the_group_never_got(session):
    message = outgoing.queue_message(session=session, kind=Message.Kind.MATCHMAKER, body="Hello?", at=clock.now())
    Message.objects.filter(pk=message.pk).update(state="refused", error="the conversation is closed for good")

    line = run_json("show", session.code)["transcript"][0]

    assert (line["author"], line["state"], line["error"]) == (
        "Matchmaker",
        "refused",
        "the conversation is closed for good",
    )


def test_show_says_of_each_value_who_said_it_and_where(abby, session):
    message = wrote(abby, "I'm 27")
    learnt(abby, "age", 27, message, confirmed=True)

    age = run_json("show", session.code)["profile"]["age"]

    assert {name: age[name] for name in ("value", "state", "said_by", "message", "quote")} == {
        "value": 27,
        "state": "confirmed",
        "said_by": "Abby",
        "message": message.pk,
        "quote": "I'm 27",
    }
    assert "age  27  (confirmed, Abby: “I'm 27”)" in run("show", session.code)


def test_show_says_of_what_was_only_heard_that_it_was(abby, session):
    lena = join(session, "Lena", "whatsapp:+15550100002")
    learnt(lena, "interests", "pottery", wrote(lena, "she loves pottery"), confirmed=False)

    assert "pottery  (heard, Lena: “she loves pottery”)" in run("show", session.code)


def test_show_says_why_code_spoke_for_a_silent_model(session):
    Turn.objects.create(session=session, state="closed", spoke=True, plain_line="asked", at=clock.now())

    assert run_json("show", session.code)["turns"][0]["plain_line"] == "asked"


def test_show_calls_a_list_confirmed_only_when_every_value_is(abby, session):
    lena = join(session, "Lena", "whatsapp:+15550100002")
    learnt(abby, "interests", "bouldering", wrote(abby, "I love bouldering"), confirmed=True)
    learnt(lena, "interests", "pottery", wrote(lena, "she loves pottery"), confirmed=False)

    interests = run_json("show", session.code)["profile"]["interests"]

    assert (interests["value"], interests["state"]) == (["bouldering", "pottery"], "proposed")
    assert [item["said_by"] for item in interests["items"]] == ["Abby", "Lena"]


def test_show_prefers_the_primary_persons_word_to_a_later_proposal(abby, session):
    lena = join(session, "Lena", "whatsapp:+15550100002")
    learnt(abby, "height_cm", 168, wrote(abby, "I'm 168 cm"), confirmed=True)
    learnt(lena, "height_cm", 170, wrote(lena, "she's 170 cm"), confirmed=False)

    assert run_json("show", session.code)["profile"]["height_cm"]["value"] == 168


def test_show_wraps_for_a_terminal_and_hides_numbers(abby, session):
    wrote(abby, "a long story " * 30)

    shown = run("show", session.code)

    assert max(map(len, shown.splitlines())) <= 100
    assert "5550100001" not in shown


# --- say --------------------------------------------------------------------------------------------------------------


def test_say_without_apply_changes_nothing(session):
    told = run("say", session.code, "Hello all")

    assert "Add --apply" in told
    assert not Message.objects.exists()


def test_say_queues_a_staff_message_with_apply(session):
    run("say", session.code, "Hello all", apply=True)

    message = Message.objects.get()
    assert (message.kind, message.body, message.state, message.out_seq) == ("staff", "Hello all", "waiting", 1)


def test_say_refuses_a_session_that_has_ended(session):
    Session.objects.filter(pk=session.pk).update(status="closed")

    with pytest.raises(CommandError, match="has ended"):
        run("say", session.code, "Hello?", apply=True)


def test_say_refuses_text_that_no_phone_can_show(session):
    with pytest.raises(CommandError, match="characters"):
        run("say", session.code, "x" * 1600)


def test_say_without_text_is_a_usage_error(session):
    with pytest.raises(CommandError) as refusal:
        run("say", session.code, "  ")

    assert refusal.value.returncode == 2


# --- pause and resume -------------------------------------------------------------------------------------------------


def test_pause_without_apply_changes_nothing(session):
    told = run_json("pause", session.code)

    session.refresh_from_db()
    assert (told["applied"], session.status) == (False, "active")


def test_pause_with_apply_silences_the_matchmaker(session):
    run("pause", session.code, apply=True)

    session.refresh_from_db()
    assert session.status == "paused"


def test_pause_refuses_a_session_that_is_not_active(session):
    run("pause", session.code, apply=True)

    with pytest.raises(CommandError, match="paused by staff"):
        run("pause", session.code, apply=True)


def test_resume_refuses_a_session_that_is_not_paused(session):
    with pytest.raises(CommandError, match="cannot be resumed: it is active"):
        run("resume", session.code, apply=True)


def test_resume_schedules_a_turn_for_what_was_written_meanwhile(abby, session):
    run("pause", session.code, apply=True)
    wrote(abby, "anybody there?")

    told = json.loads(run("resume", session.code, "--json", apply=True))

    assert (told["status"], told["unread"]) == ("active", 1)
    assert Session.objects.with_turn_due().filter(pk=session.pk).exists()


def test_resume_schedules_no_turn_when_nothing_was_written(session):
    run("pause", session.code, apply=True)

    run("resume", session.code, apply=True)

    assert not Session.objects.with_turn_due().exists()


@pytest.mark.django_db(transaction=True)
def test_what_staff_say_reaches_every_phone_while_the_matchmaker_is_paused(harness):
    group = harness.group("Abby", "Lena")
    run("pause", group.session.code, apply=True)

    run("say", group.session.code, "A person here: all well?", apply=True)

    harness.until(lambda: all(phone.got("A person here: all well?") for phone in group.phones.values()))
