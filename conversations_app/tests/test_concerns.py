"""Somebody writes that they want to die, or threatens or insults another: what the people and staff see."""

from typing import Any

import pytest
from django.core.management import call_command

from conversations_app.models import Message, Problem
from conversations_app.safety import consequences
from conversations_app.staff import interventions
from conversations_app.tests.chat_harness import ChatHarness, Group
from matchmaker import clock
from matchmaker.ai.safety.rules import Concern
from sessions_app import actions
from sessions_app.models import Fact, LockedSession, Session

IN_CRISIS = "I want to kill myself"
LINE = "Please talk to someone now: 988 Lifeline"


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    return harness.settled_group("Abby", "Lena")


only_conversations = pytest.mark.parametrize("transport", ["conversations"], indirect=True)


def in_the_interview(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()


def written_by_us(session: Session) -> int:
    return session.messages.outgoing().exclude(kind=Message.Kind.PERSON).count()


def status_of(group: Group) -> str:
    return Session.objects.get(pk=group.session.pk).status


def test_they_alone_get_a_helpline_and_no_question_follows(harness: ChatHarness, group: Group) -> None:
    in_the_interview(harness, group)
    before = written_by_us(group.session)

    group["Abby"].write(IN_CRISIS)
    harness.settle()
    for text in ("abby??", "Matchmaker, say something"):
        group["Lena"].write(text)
        harness.settle()

    assert group["Abby"].got(LINE) == 1
    assert group["Lena"].got("988") == 0
    assert written_by_us(group.session) == before
    assert status_of(group) == Session.Status.SAFETY_HOLD


@only_conversations
def test_staff_see_it_before_everything_else(harness: ChatHarness, group: Group, admin_client: Any) -> None:
    group["Abby"].write(IN_CRISIS)
    harness.settle()
    Problem.report("something-later", what="A part of a long text did not arrive.")

    page = admin_client.get("/admin/").content.decode()

    problem = Problem.objects.open()[0]
    assert problem.is_urgent
    assert problem.what.startswith(f"Abby of {group.session.code} wrote that they want to die")
    assert "They alone were given a helpline" in problem.what
    assert page.index("wrote that they want to die") < page.index("A part of a long text")
    assert IN_CRISIS not in page


@only_conversations
def test_nothing_of_it_is_read_by_a_later_turn_or_kept(harness: ChatHarness, group: Group) -> None:
    in_the_interview(harness, group)
    kept = set(Fact.objects.values_list("pk", flat=True))

    group["Abby"].write(f"{IN_CRISIS}. I live in Leeds")
    harness.settle()
    interventions.release_hold(Session.objects.get(pk=group.session.pk), by="nora")
    harness.settle()

    message = Message.objects.get(body__startswith=IN_CRISIS)
    assert (message.concern, message.needs_turn, message.turn_id) == (Concern.SELF_HARM, False, None)
    assert set(Fact.objects.values_list("pk", flat=True)) == kept


@only_conversations
def test_they_are_given_a_helpline_once_a_day(harness: ChatHarness, group: Group, moving_clock: None) -> None:
    for text in (IN_CRISIS, "I don't want to live anymore"):
        group["Abby"].write(text)
        harness.settle()
    in_one_day = group["Abby"].got(LINE)

    harness.emulator.post("/emulator/clock", json={"advance": "25h"})
    group["Abby"].write(IN_CRISIS)
    harness.settle()

    assert (in_one_day, group["Abby"].got(LINE)) == (1, 2)
    assert Problem.objects.open().get(is_urgent=True).times == 3


@only_conversations
def test_they_are_answered_in_their_language(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("ya no quiero vivir")
    harness.settle()

    assert group["Lena"].got("habla con alguien ahora: 988 Lifeline") == 1


@only_conversations
def test_they_are_answered_while_staff_have_paused_the_matchmaker(harness: ChatHarness, group: Group) -> None:
    group.session.pause()

    group["Abby"].write(IN_CRISIS)
    harness.settle()

    assert group["Abby"].got(LINE) == 1
    assert status_of(group) == Session.Status.SAFETY_HOLD


def test_a_stranger_gets_a_helpline_instead_of_an_advertisement(harness: ChatHarness) -> None:
    stranger = harness.phone("Zoe")

    stranger.write(IN_CRISIS)
    harness.settle()

    assert stranger.got(LINE) == 1
    assert stranger.got("dating") == 0
    assert Problem.objects.open().get().is_urgent


@only_conversations
def test_manners_of_speaking_hold_nothing_up(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("this hangover is killing me")
    harness.settle()

    assert group["Abby"].got("988") == 0
    assert status_of(group) == Session.Status.ACTIVE


@only_conversations
def test_a_release_puts_nothing_else_back_and_gives_no_reason(harness: ChatHarness, group: Group) -> None:
    in_the_interview(harness, group)
    adult = Session.objects.get(pk=group.session.pk).is_adult
    group["Abby"].write(IN_CRISIS)
    harness.settle()

    call_command("resume", group.session.code, "--apply")
    harness.settle()

    session = Session.objects.get(pk=group.session.pk)
    assert (session.status, session.is_adult) == (Session.Status.ACTIVE, adult)
    assert group["Lena"].got("I'm here again whenever you feel like going on.") == 1
    assert not Problem.objects.open().filter(is_urgent=True).exists()


@only_conversations
def test_a_profile_that_was_sealed_before_stays_sealed(harness: ChatHarness, group: Group) -> None:
    actions.hold_for_safety(session=LockedSession(group.session), at=clock.now())

    group["Abby"].write(IN_CRISIS)
    harness.settle()

    assert group["Abby"].got(LINE) == 1
    assert Session.objects.get(pk=group.session.pk).sealed_at is not None


@only_conversations
@pytest.mark.parametrize(
    ("text", "concern", "is_urgent"),
    [
        ("I know where you live", Concern.THREAT, True),
        ("Abby is a worthless fat cow", Concern.HARASSMENT, False),
    ],
)
def test_staff_hear_of_threats_and_insults_and_the_evening_goes_on(
    harness: ChatHarness, group: Group, text: str, concern: Concern, is_urgent: bool
) -> None:
    group["Lena"].write(text)
    harness.settle()

    problem = Problem.objects.open().get(key=Problem.concern_key(concern, group.session))
    assert problem.is_urgent is is_urgent
    assert problem.what.startswith(f"Lena of {group.session.code} wrote what reads as")
    assert Message.objects.get(body=text).concern == concern
    assert status_of(group) == Session.Status.ACTIVE
    assert group.session.participants.present().count() == 2


@only_conversations
def test_the_primary_persons_own_rough_words_are_nobodys_trouble(harness: ChatHarness, group: Group) -> None:
    in_the_interview(harness, group)

    group["Abby"].write("Lena you are a dirty whore")
    harness.settle()

    assert not Problem.objects.open().filter(key__startswith="concern").exists()


@only_conversations
def test_a_concern_that_is_raised_again_has_no_second_effect(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write(IN_CRISIS)
    harness.settle()
    message = Message.objects.select_related("author__contact").get(body=IN_CRISIS)

    again = consequences.act_on(
        LockedSession(group.session), message, {Concern.SELF_HARM, Concern.THREAT}, language="en"
    )

    assert again is False
    assert Problem.objects.open().filter(key__startswith="concern").count() == 1
