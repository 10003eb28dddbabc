from datetime import timedelta

import pytest
from django.utils import timezone

from conversations_app.models import Binding, Message, Turn
from matchmaker.dashboard.tests.sample_session import SampleSession
from matchmaker.dashboard.trouble import IS_STUCK, trouble_of, with_trouble
from sessions_app.models import Session

LONG_AGO = timedelta(minutes=5)


def troubles(sample: SampleSession) -> list[str]:
    """The reasons shown for the session; checks that the filter agrees with them."""
    session = with_trouble(Session.objects.filter(pk=sample.session.pk)).get()
    reasons = trouble_of(session)
    assert with_trouble(Session.objects.all()).filter(IS_STUCK).exists() == bool(reasons)
    return reasons


def due(sample: SampleSession, ago: timedelta) -> None:
    moment = timezone.now() - ago
    Session.objects.filter(pk=sample.session.pk).update(turn_due_at=moment, batch_opened_at=moment)


def test_it_finds_nothing_in_a_lively_group(sample: SampleSession) -> None:
    sample.we_say("Hello!")
    sample.we_say("On its way", state=Message.State.WAITING)
    due(sample, timedelta(seconds=2))

    assert troubles(sample) == []


def test_it_shows_the_newest_problem_and_how_many_more(sample: SampleSession) -> None:
    sample.problem("First trouble.")
    sample.problem("Second trouble.")

    assert troubles(sample) == ["Second trouble. (and 1 more)"]


def test_it_forgets_a_solved_problem(sample: SampleSession) -> None:
    problem = sample.problem("First trouble.")
    problem.solved_at = timezone.now()
    problem.save()

    assert troubles(sample) == []


def test_it_reports_a_held_message(sample: SampleSession) -> None:
    sample.we_say("Never sent", state=Message.State.HELD)

    assert troubles(sample) == ["1 message not delivered to Twilio for over a minute."]


def test_it_reports_messages_that_wait_too_long(sample: SampleSession) -> None:
    for body in ("one", "two"):
        sample.we_say(body, state=Message.State.WAITING)
    Message.objects.update(created_at=timezone.now() - LONG_AGO)

    assert troubles(sample) == ["2 messages not delivered to Twilio for over a minute."]


def test_it_reports_someone_who_could_not_be_let_in(sample: SampleSession) -> None:
    sample.joins("Sam", state=Binding.State.BINDING)

    assert troubles(sample) == ["1 person waiting to be added for over a minute."]


def test_it_reports_an_overdue_turn(sample: SampleSession) -> None:
    due(sample, LONG_AGO)

    assert troubles(sample) == ["The matchmaker's turn is overdue."]


def test_it_waits_for_a_turn_that_is_being_taken(sample: SampleSession) -> None:
    due(sample, LONG_AGO)
    sample.turn(state=Turn.State.OPEN, leased_until=timezone.now() + LONG_AGO)

    assert troubles(sample) == []


def test_it_reports_a_turn_whose_worker_is_lost(sample: SampleSession) -> None:
    sample.turn(state=Turn.State.OPEN, leased_until=timezone.now() - LONG_AGO)

    assert troubles(sample) == ["The matchmaker's turn is overdue."]


@pytest.mark.parametrize("status", [Session.Status.PAUSED, Session.Status.CLOSED])
def test_it_expects_no_turn_of_a_session_that_is_not_active(sample: SampleSession, status: str) -> None:
    due(sample, LONG_AGO)
    Session.objects.update(status=status)

    assert troubles(sample) == []


def test_it_reports_a_safety_hold(sample: SampleSession) -> None:
    Session.objects.update(status=Session.Status.SAFETY_HOLD)

    assert troubles(sample) == ["On safety hold: release it, or close the session for good."]
