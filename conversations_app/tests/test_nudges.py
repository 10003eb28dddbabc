"""Who said "tomorrow" is asked tomorrow whether to go on: once, by day, and not where somebody wrote meanwhile."""

import math
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from conversations_app.models import Message
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.turns import nudges
from matchmaker import clock
from matchmaker.ai.turn_taking import FULL
from sessions_app import actions
from sessions_app.models import Consent, Contact, Participant, Question, Session, Stage

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 5, 23, tzinfo=UTC)
MORNING = datetime(2026, 11, 6, 8, tzinfo=UTC)
WORDS = "Abby, shall we pick this up again?"


# --- on phones --------------------------------------------------------------------------------------------------------


@pytest.fixture
def group(harness: ChatHarness, moving_clock: None) -> Group:
    group = harness.settled_group("Abby", "Lena")
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    return group


def says(harness: ChatHarness, group: Group, name: str, body: str, *calls: dict[str, Any]) -> None:
    """With what the model calls on it."""
    group[name].write(body)
    found: list[Message] = []

    def is_stored() -> bool:
        harness.process_inbox()
        found[:] = Message.objects.filter(body=body)
        return bool(found)

    harness.wait_for(is_stored)
    cited = [{**call, "arguments": {"message": f"m{found[0].pk}", **call["arguments"]}} for call in calls]
    harness.script(*([cited] if cited else []))
    harness.settle()


def later(at: datetime) -> dict[str, Any]:
    """In that many whole hours; the next full one."""
    hours = math.ceil((at - clock.now()) / timedelta(hours=1))
    return {"name": "nudge_later", "arguments": {"hours": hours, "reason": "they are off to bed"}}


SURE = {"name": "say", "arguments": {"text": "Sleep well!"}}


def next_night() -> datetime:
    """Three o'clock, at least an hour away."""
    soon = clock.now() + timedelta(hours=2)
    at = soon.replace(hour=3, minute=0, second=0, microsecond=0)
    return at if at > soon else at + timedelta(days=1)


def wait_until(harness: ChatHarness, at: datetime) -> None:
    seconds = math.ceil((at - clock.now()).total_seconds())
    harness.emulator.post("/emulator/clock", json={"advance": f"{seconds}s"}).raise_for_status()


def test_who_said_tomorrow_is_asked_once_the_next_day_and_not_at_night(harness: ChatHarness, group: Group) -> None:
    night = next_night()
    says(harness, group, "Abby", "off to bed, shall we go on tomorrow?", later(night), SURE)
    too_early = nudges.send_nudges()
    wait_until(harness, night + timedelta(hours=1, minutes=1))
    at_night = nudges.send_nudges()
    wait_until(harness, night + timedelta(hours=5, minutes=1))
    in_the_morning = [nudges.send_nudges(), nudges.send_nudges()]
    harness.settle()

    assert (too_early, at_night, in_the_morning) == (0, 0, [1, 0])
    assert group["Abby"].got(WORDS) == group["Lena"].got(WORDS) == 1
    assert Message.objects.get(body__startswith=WORDS).is_unprompted


def test_the_answer_to_its_question_is_read_as_one(harness: ChatHarness, group: Group) -> None:
    night = next_night()
    says(harness, group, "Abby", "off to bed, shall we go on tomorrow?", later(night), SURE)
    wait_until(harness, night + timedelta(hours=5, minutes=1))
    nudges.send_nudges()
    harness.settle()

    question = Question.objects.get(closed_at=None)

    assert (question.message.body.startswith(WORDS), question.asked_to and question.asked_to.name) == (True, "Abby")
    says(harness, group, "Abby", "I live in Leeds")
    assert actions.live_facts(group.session).filter(field="area").exists()


def test_nobody_is_asked_whether_to_go_on_who_wrote_meanwhile(harness: ChatHarness, group: Group) -> None:
    night = next_night()
    says(harness, group, "Abby", "off to bed, shall we go on tomorrow?", later(night), SURE)
    says(harness, group, "Lena", "she fell asleep on the sofa")
    wait_until(harness, night + timedelta(hours=7))

    assert nudges.send_nudges() == 0
    assert Session.objects.get().nudge_at is None


def test_what_waits_to_be_read_ends_it_too(harness: ChatHarness, group: Group) -> None:
    Session.objects.update(nudge_at=clock.now() - timedelta(days=1))
    group["Lena"].write("morning!")

    def is_stored() -> bool:
        harness.process_inbox()
        return Message.objects.filter(body="morning!").exists()

    harness.wait_for(is_stored)

    assert nudges.send_nudges() == 0


# --- in rows alone ----------------------------------------------------------------------------------------------------


@pytest.fixture
def abby(db: None, monkeypatch: pytest.MonkeyPatch) -> Participant:
    """At noon she is due to be asked whether to go on."""
    be_at(monkeypatch, NOON)
    abby = abby_in_a_group()
    actions.make_primary(participant=abby)
    yes = Message.objects.create(session=abby.session, kind="person", author=abby, body="yes", at=NOON)
    actions.record_consent(participant=abby, message_id=yes.pk, at=NOON)
    Session.objects.update(nudge_at=NOON - timedelta(minutes=1), is_adult=True)
    return abby


def be_at(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


def written() -> list[str]:
    return list(Message.objects.filter(kind="matchmaker").values_list("body", flat=True))


def test_it_is_postponed_to_the_morning(abby: Participant, monkeypatch: pytest.MonkeyPatch) -> None:
    be_at(monkeypatch, NIGHT)

    assert nudges.send_nudges() == 0
    assert Session.objects.get().nudge_at == MORNING


def test_it_waits_while_the_group_wants_quiet(abby: Participant) -> None:
    Session.objects.update(quiet_until=NOON + timedelta(hours=2))

    assert nudges.send_nudges() == 0
    assert Session.objects.get().nudge_at == NOON + timedelta(hours=2)


def test_it_waits_when_we_wrote_enough_for_one_day(abby: Participant) -> None:
    Message.objects.bulk_create(
        Message(session=abby.session, kind="matchmaker", body="hm", at=NOON, out_seq=number, is_unprompted=True)
        for number in range(1, FULL.a_day + 1)
    )

    assert nudges.send_nudges() == 0
    assert Session.objects.get().nudge_at == NOON + timedelta(hours=1)


@pytest.mark.parametrize("status", ["paused", "dormant", "safety_hold", "closed"])
def test_only_an_active_group_is_asked(abby: Participant, status: str) -> None:
    Session.objects.update(status=status)

    assert nudges.send_nudges() == 0
    assert written() == []


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Participant, {"left_at": NOON}),
        (Contact, {"opted_out_at": NOON}),
        (Participant, {"role": "friend"}),
        (Consent, {"withdrawn_at": NOON}),
        (Session, {"is_adult": False}),
    ],
    ids=["left", "opted out", "nobody's profile", "took their yes back", "under 18"],
)
def test_without_somebody_to_go_on_with_it_is_let_go(abby: Participant, model: Any, change: dict[str, Any]) -> None:
    model.objects.update(**change)

    assert nudges.send_nudges() == 0
    assert written() == []
    assert Session.objects.get().nudge_at is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_it_once(transactional_db: None, abby: Participant) -> None:
    Stage.objects.get_or_create(slug="introduction", defaults={"position": 1})  # these tests find every table empty
    with ThreadPoolExecutor(2) as workers:
        sent = [workers.submit(_nudge_alone, abby.session_id) for _ in range(2)]

    assert sorted(one.result() for one in sent) == [False, True]
    assert len(written()) == 1


def _nudge_alone(session_id: int) -> bool:
    try:
        return nudges._nudge(session_id)
    finally:
        connection.close()


@pytest.mark.parametrize("hold", [actions.hold_for_safety, actions.hold_until_staff_have_looked])
def test_after_a_hold_it_is_for_people_to_pick_it_up_again(abby: Participant, hold: Any) -> None:
    session = actions.lock_session(abby.session_id)
    hold(session=session, at=NOON)
    actions.release_hold(session=session)

    assert nudges.send_nudges() == 0
    assert written() == []


def test_starting_over_ends_it(abby: Participant) -> None:
    actions.restart_interview(session=actions.lock_session(abby.session_id), at=NOON)

    assert Session.objects.get().nudge_at is None
