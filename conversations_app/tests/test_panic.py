"""The panic word: out at once, quietly, with help, and what was said sealed until staff have looked."""

import pytest
from django.core.cache import cache
from django.db import transaction

from conversations_app.erasing import panic
from conversations_app.models import Message, Problem
from conversations_app.staff import interventions, reports
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.turns.snapshot import interview_of
from matchmaker import clock
from sessions_app import actions, drafts
from sessions_app.models import OwnPageLink, Participant, Session, ShareLink

SAID = "he always knows where I am"


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    return harness.settled_group("Abby", "Lena", "Zoe")


def person(group: Group, name: str) -> Participant:
    return Participant.objects.get(session=group.session, contact__address=group[name].address)


@pytest.mark.parametrize("said", ["paper umbrella", "Paper Umbrella!!", "PAPER  UMBRELLA ☂️"])
def test_it_takes_them_out_and_the_group_reads_of_a_used_command_at_most(
    harness: ChatHarness, group: Group, said: str
) -> None:
    group["Lena"].write(said)
    harness.settle()
    group["Abby"].write("anybody up for coffee?")
    harness.settle()

    assert person(group, "Lena").left_at is not None
    assert group["Lena"].got("anybody up for coffee?") == 0
    others = [text for name in ("Abby", "Zoe") for text in group[name].arrived() if "Lena" in text]
    assert not [text for text in others if "joined" not in text and "had a quick word" not in text]
    assert not [text for text in others if "umbrella" in text.casefold()]


def test_they_get_help_and_staff_an_urgent_problem(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("paper umbrella")
    harness.settle()

    assert group["Lena"].got("You're out of the group") == 1
    assert group["Lena"].got("If you're in danger, call now: 911") == 1
    assert group["Lena"].got("988") == 1
    problem = Problem.objects.get(key__startswith="panic-")
    assert problem.is_urgent
    assert "Lena left" in problem.what


def test_what_they_said_is_sealed_until_staff_have_looked(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write(SAID)
    harness.settle()
    group["Lena"].write("paper umbrella")
    harness.settle()
    session = Session.objects.get()

    assert SAID not in str(reports.session_report(session))
    assert SAID not in str(interview_of(session))

    interventions.unseal(session, by="ops")
    assert SAID in str(reports.session_report(session))
    with pytest.raises(interventions.InterventionRefused):
        interventions.unseal(session, by="ops")


def test_texts_fall_that_tell_what_a_friend_said(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("she climbs")
    harness.settle()
    lena, abby = person(group, "Lena"), person(group, "Abby")
    here = actions.Place(message_id=Message.objects.filter(author=lena).latest("pk").pk)
    told, own = (
        actions.record_fact(
            session=group.session,
            field="interests",
            value=value,
            said_by=by,
            where=here,
            quote="",
            at=clock.now(),
            confirmed=here,
            confirmed_by=abby,
        )
        for value, by in (("climbing", lena), ("sourdough", abby))
    )
    with transaction.atomic():
        session = actions.lock_session(group.session.pk)
        for fact in (told, own):
            drafts.add(session=session, kind="bio", sentences=[("I do that.", [fact.pk])], at=clock.now())

    panic.leave(lena, clock.now())

    assert list(group.session.drafts.values_list("state", flat=True)) == ["fallen", "offered"]


def test_a_word_of_ones_own_counts_and_the_default_no_more(harness: ChatHarness, group: Group) -> None:
    Participant.objects.filter(pk=person(group, "Lena").pk).update(panic_word="blue teapot")
    cache.clear()

    group["Lena"].write("paper umbrella")
    harness.settle()
    assert person(group, "Lena").left_at is None

    group["Lena"].write("Blue teapot.")
    harness.settle()
    assert person(group, "Lena").left_at is not None
    assert group["Abby"].got("teapot") == 0


@pytest.mark.parametrize("status", ["paused", "safety_hold"])
def test_it_works_while_staff_hold_the_group(harness: ChatHarness, group: Group, status: str) -> None:
    Session.objects.update(status=status)

    group["Zoe"].write("paper umbrella")
    harness.settle()

    assert person(group, "Zoe").left_at is not None


def test_in_a_sentence_it_is_talk(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("I lost my paper umbrella today")
    harness.settle()

    assert person(group, "Lena").left_at is None
    assert group["Abby"].got("I lost my paper umbrella today") == 1


def test_of_the_primary_person_the_profile_goes_offline_and_the_interview_waits(
    harness: ChatHarness, group: Group
) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    now = clock.now()
    abby = person(group, "Abby")
    ShareLink.objects.create(session=group.session, created_at=now, expires_at=now)
    OwnPageLink.objects.create(participant=abby, created_at=now, expires_at=now)

    group["Abby"].write("paper umbrella")
    harness.settle()

    session = Session.objects.get()
    assert session.status == Session.Status.SAFETY_HOLD
    assert not session.share_links.filter(revoked_at=None).exists()
    assert not abby.own_page_links.filter(revoked_at=None).exists()
    assert not actions.live_facts(session).exists()


def test_they_can_come_back_as_anybody(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("paper umbrella")
    harness.settle()

    group["Lena"].write(f"join {group.session.code}")
    harness.settle()
    group["Lena"].write("hello again")
    harness.settle()

    assert person(group, "Lena").left_at is None
    assert group["Abby"].got("hello again") == 1
    assert Message.objects.get(body="hello again").sealed_at is None


def test_a_second_time_it_finds_nothing_to_do(harness: ChatHarness, group: Group) -> None:
    lena = person(group, "Lena")

    assert panic.leave(lena, clock.now())
    assert not panic.leave(lena, clock.now())
