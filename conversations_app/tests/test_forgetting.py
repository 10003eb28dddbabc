"""`forget me`, withdrawal and starting over: afterwards, nothing of it is anywhere that we can reach."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.functions import Now
from redis import Redis

from conversations_app import erasing
from conversations_app.gateway import api, media
from conversations_app.gateway.client import client
from conversations_app.gateway.errors import TwilioRefused
from conversations_app.inbound.reconcile_conversations import reconcile_conversation
from conversations_app.models import Conversation, Message, Problem, Removal
from conversations_app.outbox import outgoing
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.tests.test_files import CAT
from conversations_app.turns.lifecycle import claim_turn, close_turn
from matchmaker import clock
from matchmaker.ai.actions import refused
from matchmaker.ai.decide import Attempt, Decision
from sessions_app import actions
from sessions_app.models import Consent, Contact, Fact, PageAct, Participant, Session, ShareLink

# Words that nothing of ours would ever say.
CANARY = "quokkazine"


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    return harness.settled_group("Abby", "Lena", "Zoe")


def person(group: Group, name: str) -> Participant:
    return Participant.objects.get(session=group.session, contact__address=group[name].address)


def tables_with(text: str) -> list[str]:
    """Every table of the database in which any column of any row holds the text."""
    with connection.cursor() as cursor:
        return [
            table
            for table in connection.introspection.table_names(cursor)
            if _holds(cursor, connection.ops.quote_name(table), text)
        ]


def _holds(cursor: Any, table: str, text: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table} AS r WHERE r::text ILIKE %s)", [f"%{text}%"])
    return bool(cursor.fetchone()[0])


def is_at_twilio(text: str) -> bool:
    service = client().conversations.v1.services.list()[0]
    conversations = client().conversations.v1.services(service.sid).conversations
    lines = [
        f"{message.body} {message.attributes} {message.author}"
        for conversation in conversations.list()
        for message in conversations(conversation.sid).messages.list()
    ]
    texts = [f"{text.body} {text.from_} {text.to}" for text in client().messages.list()]
    return text.casefold() in "\n".join([*lines, *texts]).casefold()


def is_in_redis(text: str) -> bool:
    with Redis.from_url(str(settings.CACHES["default"]["LOCATION"])) as redis:
        return any(text.encode() in (redis.dump(key) or b"") for key in redis.keys("*"))


def learnt(who: Participant, field: str, value: Any, message: Message) -> Fact:
    place = actions.Place(message_id=message.pk)
    owner = who.session.participants.get(role="primary")
    return actions.record_fact(
        session=who.session,
        field=field,
        value=value,
        said_by=who,
        where=place,
        quote=message.body[:300],
        at=clock.now(),
        confirmed=place,
        confirmed_by=owner,
    )


def become_primary(harness: ChatHarness, group: Group) -> Participant:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    return person(group, "Abby")


def test_a_friend_who_is_forgotten_leaves_no_word_anywhere(harness: ChatHarness, group: Group) -> None:
    become_primary(harness, group)
    group["Lena"].write(f"she writes the {CANARY} every single week")
    harness.settle()
    lena = person(group, "Lena")
    learnt(lena, "green_flags", f"runs the {CANARY}", Message.objects.get(kind="person", body__contains=CANARY))
    assert tables_with(CANARY) and is_at_twilio(CANARY)

    erasing.forget_me(lena, clock.now())
    harness.settle()

    assert tables_with(CANARY) == []
    assert not is_at_twilio(CANARY)
    assert not is_in_redis(CANARY)
    assert group["Abby"].got("Lena has left the group and had their messages removed") == 1
    assert group["Abby"].got("Lena left the group") == 0
    assert group["Lena"].got("everything you said and sent there is gone") == 1
    assert not Removal.objects.filter(due_at__lte=Now()).exists()


def test_it_takes_a_second_word_and_only_ones_own(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write(f"the {CANARY} came today")
    harness.settle()

    group["Lena"].write("forget me yes")
    harness.settle()
    assert group["Lena"].got("send: FORGET ME YES") == 1
    group["Zoe"].write("Forget me yes!")
    harness.settle()
    assert tables_with(CANARY)

    group["Lena"].write("forget me, yes")
    harness.settle()

    assert tables_with(CANARY) == []
    assert person(group, "Lena").left_at is not None
    assert person(group, "Zoe").left_at is None
    assert group["Abby"].got("forget me") == 0


def test_of_the_primary_person_the_whole_profile_goes(harness: ChatHarness, group: Group) -> None:
    abby = become_primary(harness, group)
    group["Abby"].write(f"I collect {CANARY} covers")
    group["Lena"].write("she is the kindest person")
    harness.settle()
    line = Message.objects.get(kind="person", body__contains=CANARY)
    learnt(abby, "interests", f"{CANARY} covers", line)
    learnt(person(group, "Lena"), "green_flags", "kind", Message.objects.get(body__contains="kindest"))
    ShareLink.objects.create(session=group.session, created_at=clock.now(), expires_at=clock.now())

    erasing.forget_me(abby, clock.now())
    harness.settle()

    session = Session.objects.get()
    assert tables_with(CANARY) == []
    assert not is_at_twilio(CANARY)
    assert not session.facts.exists() and not session.share_links.exists()
    assert (session.stage, session.is_adult) == ("introduction", None)
    assert not session.participants.filter(role="primary").exists()
    assert Message.objects.get(body__contains="kindest").removed_at is None
    assert group["Lena"].got("Abby has left the group, and the profile is deleted") == 1
    consent = Consent.objects.get(participant=abby, kind="profile")
    assert consent.withdrawn_at is not None


def test_the_group_goes_on_with_somebody_elses_profile(harness: ChatHarness, group: Group) -> None:
    erasing.forget_me(become_primary(harness, group), clock.now())
    harness.settle()

    group["Lena"].write("it's about me, yes, I'm in, I'm 31")
    harness.settle()

    assert Fact.objects.get(field="age").value == 31


def test_withdrawing_takes_the_profile_and_leaves_the_person_in_the_group(harness: ChatHarness, group: Group) -> None:
    abby = become_primary(harness, group)
    group["Abby"].write(f"I collect {CANARY} covers")
    harness.settle()
    act = PageAct.objects.create(participant=abby, what=PageAct.What.WITHDREW, at=clock.now())

    erasing.withdraw_consent(abby, actions.Place(page_act_id=act.pk), clock.now())
    harness.settle()

    assert tables_with(CANARY) == []
    assert not is_at_twilio(CANARY)
    assert person(group, "Abby").left_at is None
    assert not actions.has_consented(Session.objects.get())
    assert group["Lena"].got("Abby would rather not have a profile after all") == 1
    assert PageAct.objects.filter(pk=act.pk).exists()


def test_who_opted_out_stays_opted_out(harness: ChatHarness, group: Group) -> None:
    lena = person(group, "Lena")
    group["Lena"].write("stop")
    harness.settle()

    erasing.forget_me(lena, clock.now())

    contact = Contact.objects.get(address=group["Lena"].address)
    assert contact.opted_out_at is not None
    assert contact.display_name == ""


def test_what_was_under_way_is_emptied_when_it_has_come(harness: ChatHarness, group: Group) -> None:
    lena = person(group, "Lena")
    erasing.forget_me(lena, clock.now())
    harness.settle()
    late = Message.objects.create(
        session=group.session, kind="person", author=lena, body=CANARY, at=lena.joined_at, segment=1
    )

    Removal.objects.filter(what="latecomers").update(due_at=Now())
    harness.settle()

    late.refresh_from_db()
    assert (late.body, late.shown_body) == ("", "(removed)")
    assert not Removal.objects.exists()


@pytest.mark.parametrize("transport", ["conversations"], indirect=True)
def test_a_line_that_twilio_does_not_let_go_stays_due_and_staff_hear_of_it(
    harness: ChatHarness, group: Group
) -> None:
    group["Lena"].write(f"the {CANARY} came today")
    harness.settle()
    harness.faults(rest={"http_500": 1})

    erasing.forget_me(person(group, "Lena"), clock.now())
    for _ in range(6):
        Removal.objects.filter(what="line").update(due_at=Now(), leased_until=None)
        harness.work()
    assert Problem.objects.filter(key__startswith="removal-line").exists()

    harness.faults(rest={"http_500": 0})
    Removal.objects.update(due_at=Now())
    harness.make_due()
    harness.settle()
    assert not is_at_twilio(CANARY)
    assert not Problem.objects.filter(key__startswith="removal-", solved_at=None).exists()


def test_who_has_left_their_groups_can_still_ask_for_it(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write(f"the {CANARY} came today")
    harness.settle()
    group["Lena"].write("leave")
    harness.settle()

    group["Lena"].write("forget me")
    harness.settle()
    assert group["Lena"].got("in your earlier groups, photos included") == 1
    assert tables_with(CANARY)
    group["Lena"].write("forget me yes")
    harness.settle()

    assert tables_with(CANARY) == []
    assert group["Lena"].got("in your earlier groups is gone on our side") == 1
    group["Lena"].write("forget me")
    harness.settle()
    assert group["Lena"].got("there's nothing to forget") == 1


def test_erasing_a_person_takes_their_number_too(harness: ChatHarness, group: Group) -> None:
    digits = group["Lena"].address.removeprefix("whatsapp:+")
    group["Lena"].write(f"the {CANARY} came today")
    harness.settle()
    assert tables_with(digits)

    out = StringIO()
    call_command("erase_person", group["Lena"].address, apply=True, json=True, stdout=out)
    Removal.objects.update(due_at=Now())
    harness.until_made_due(lambda: Removal.objects.update(due_at=Now()) == 0)

    assert json.loads(out.getvalue()) == {
        "address": f"whatsapp …{digits[-2:]}",
        "applied": True,
        "groups": [group.session.code],
        "profiles": [],
        "keeps_number": False,
    }
    assert tables_with(CANARY) == [] and tables_with(digits) == []
    assert not is_at_twilio(CANARY) and not is_at_twilio(digits)
    assert not is_in_redis(digits)


@pytest.mark.parametrize("transport", ["conversations"], indirect=True)
def test_in_an_ended_conversation_the_line_goes_with_the_whole(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write(f"the {CANARY} came today")
    harness.settle()
    client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID).conversations(
        group.conversation_sid
    ).update(state="closed")
    harness.settle()
    Conversation.objects.update(state="closed", looked_at_closed=True)

    erasing.forget_me(person(group, "Lena"), clock.now())
    harness.settle()
    Removal.objects.filter(what="conversation").update(due_at=Now())
    harness.settle()

    assert not is_at_twilio(CANARY)
    assert not Removal.objects.filter(due_at__lte=Now()).exists()


def test_a_picture_is_gone_at_twilio_as_well(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write(f"my {CANARY}", media=[CAT])
    harness.settle()
    before = files_at_twilio()
    assert before

    erasing.forget_me(person(group, "Lena"), clock.now())
    harness.settle()

    assert not is_at_twilio(CANARY)
    assert not before & files_at_twilio()
    for file in before:
        with pytest.raises(TwilioRefused):
            media.link_to(file)


def files_at_twilio() -> set[str]:
    """Addresses of the files of every line and text."""
    conversations = client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID).conversations
    kept = {
        item["sid"]
        for conversation in conversations.list()
        for message in conversations(conversation.sid).messages.list()
        for item in message.media or []
    }
    return kept | {file.sid for text in client().messages.list() for file in text.media.list()}


@pytest.mark.parametrize("transport", ["conversations"], indirect=True)
def test_a_line_that_was_missed_and_is_fetched_later_comes_in_without_its_words(
    harness: ChatHarness, group: Group
) -> None:
    harness.faults(webhook={"drop": 1})
    group["Lena"].write(f"the {CANARY} came today")
    harness.wait_for(lambda: is_at_twilio(CANARY))
    harness.faults(webhook={"drop": 0})

    erasing.forget_me(person(group, "Lena"), clock.now() + timedelta(seconds=5))
    harness.settle()
    reconcile_conversation(Conversation.objects.get())
    harness.settle()

    assert tables_with(CANARY) == []
    assert not is_at_twilio(CANARY)


@pytest.mark.parametrize("transport", ["conversations"], indirect=True)
def test_a_line_that_was_just_being_sent_is_taken_out_once_it_is_known(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    abby = become_primary(harness, group)
    real = api.post_message

    def forgotten_meanwhile(*args: Any, **more: Any) -> Any:
        info = real(*args, **more)
        monkeypatch.setattr(api, "post_message", real)
        erasing.forget_me(abby, clock.now())
        return info

    with transaction.atomic():
        outgoing.queue_message(
            session=actions.lock_session(group.session.pk),
            kind=Message.Kind.MATCHMAKER,
            body=f"Tell me about the {CANARY}, Abby!",
            at=clock.now(),
        )
    monkeypatch.setattr(api, "post_message", forgotten_meanwhile)
    harness.settle()

    Removal.objects.filter(what="latecomers").update(due_at=Now())
    harness.settle()

    assert tables_with(CANARY) == []
    assert not is_at_twilio(CANARY)


def test_a_turn_that_is_being_decided_keeps_nothing_of_them(harness: ChatHarness, group: Group) -> None:
    become_primary(harness, group)
    group["Lena"].write(f"she lives for {CANARY}")
    group["Zoe"].write("and she sings in the shower")

    def claimed() -> Any:
        harness.process_inbox()
        Session.objects.filter(turn_due_at__isnull=False).update(turn_due_at=Now())
        return Message.objects.filter(needs_turn=True, turn=None).count() == 2 and claim_turn(group.session.pk)

    turn = harness.wait_for(claimed)
    action = Attempt("propose_fact", None, refused(f"no {CANARY} here"))
    erasing.forget_me(person(group, "Lena"), clock.now())

    close_turn(turn, Decision(attempts=[action]))
    harness.settle()

    assert tables_with(CANARY) == []
    # What others wrote is read by the next turn.
    assert Message.objects.get(body__contains="shower").turn is not None
