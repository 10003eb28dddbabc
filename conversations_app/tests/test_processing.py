"""An event that cannot be taken in waits, and is shown to staff when it waited long enough."""

import pytest

from conversations_app.inbound import inbox, processing
from conversations_app.models import InboxEvent, Problem
from conversations_app.tests.webhook_requests import sid

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken() -> InboxEvent:
    """A receipt without any of its required fields."""
    return InboxEvent.objects.create(kind="conversation", event_type="onDeliveryUpdated", key=sid("XX"), payload={})


def test_a_failed_event_is_retried_after_a_pause(broken: InboxEvent) -> None:
    processing.take_in(broken.pk)

    broken.refresh_from_db()
    assert (broken.state, broken.note) == ("waiting", "Malformed while processing it")
    assert broken.wait_reason == "error"
    assert broken.leased_until is None
    assert processing.due_events(1) == []


def test_a_failed_event_is_shown_to_staff_after_eight_attempts(broken: InboxEvent) -> None:
    InboxEvent.objects.update(attempts=processing.MOST_ATTEMPTS - 1)

    processing.take_in(broken.pk)

    broken.refresh_from_db()
    assert broken.state == "failed"
    assert Problem.objects.filter(key=f"event-{broken.pk}").exists()


def test_its_problem_is_solved_once_it_was_processed_after_all(broken: InboxEvent) -> None:
    InboxEvent.objects.update(attempts=processing.MOST_ATTEMPTS - 1)
    processing.take_in(broken.pk)
    InboxEvent.objects.update(event_type="onMessageUpdated")
    broken.refresh_from_db()

    inbox.replay(broken)
    processing.take_in(broken.pk)

    assert Problem.objects.get(key=f"event-{broken.pk}").solved_by_itself
