"""What has waited for too long is told to staff."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from conversations_app.models import Delivery, Heartbeat, Message, Problem, Sender
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.workers import stuck
from matchmaker import clock
from sessions_app.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_worker() -> None:
    Heartbeat.beat("worker")


@pytest.fixture
def session() -> Session:
    return abby_in_a_group().session


def ago(minutes: int) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def waits(session: Session, minutes: int) -> None:
    """Two messages; deliveries that fail are due again a moment later each time."""
    Session.objects.filter(pk=session.pk).update(delivery_due_at=ago(0))
    for number in (1, 2):
        Message.objects.create(
            session=session, kind="staff", body="hello?", out_seq=number, state="waiting", at=clock.now()
        )
    Message.objects.update(created_at=ago(minutes))


def problems() -> list[str]:
    stuck.report()
    return list(Problem.objects.values_list("key", flat=True))


def test_long_waiting_messages_are_one_problem_per_session(session: Session) -> None:
    waits(session, 6)

    assert problems() == [f"waiting-{session.pk}"]


def test_work_that_waits_for_a_moment_is_no_problem(session: Session) -> None:
    waits(session, 4)

    assert problems() == []


def test_work_in_progress_is_no_problem(session: Session) -> None:
    waits(session, 6)
    Session.objects.update(delivery_until=timezone.now() + timedelta(seconds=30))

    assert problems() == []


def test_a_problem_reported_earlier_is_not_overwritten(session: Session) -> None:
    Problem.report(f"delivery-{session.pk}", session=session, what="Nothing goes: the token is wrong.")
    waits(session, 6)

    stuck.report()

    assert Problem.objects.get().what == "Nothing goes: the token is wrong."


def test_a_session_that_no_worker_takes_is_reported(session: Session) -> None:
    Session.objects.update(delivery_due_at=ago(6))

    assert problems() == [f"waiting-{session.pk}"]


def test_missing_workers_are_one_problem_for_everything(session: Session) -> None:
    Session.objects.update(delivery_due_at=ago(6))
    Heartbeat.objects.update(at=ago(2))

    assert problems() == ["deliveries-stuck"]


@pytest.mark.parametrize("of_a_group", [True, False])
def test_private_texts_that_no_worker_sends_are_reported(session: Session, of_a_group: bool) -> None:
    Delivery.objects.create(
        contact=session.participants.get().contact,
        sender=Sender.objects.get(),
        session=session if of_a_group else None,
        reason="an answer",
        body="x",
        due_at=ago(6),
    )

    assert problems() == [f"waiting-{session.pk}" if of_a_group else "texts-stuck"]


def test_what_waits_no_more_is_solved_by_itself(session: Session) -> None:
    waits(session, 6)
    stuck.report()

    Message.objects.update(state="sent")
    Session.objects.update(delivery_due_at=None)
    stuck.report()

    assert Problem.objects.get().solved_by_itself


def test_workers_that_are_back_solve_what_waited_for_them(session: Session) -> None:
    Session.objects.update(delivery_due_at=ago(6))
    Heartbeat.objects.update(at=ago(2))
    stuck.report()

    Session.objects.update(delivery_due_at=None)
    stuck.report()

    assert Problem.objects.get(key="deliveries-stuck").solved_by_itself
