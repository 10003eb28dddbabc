"""What is due is sent for: once, and little things together."""

import pytest
from celery import Task

from conversations_app import tasks
from conversations_app.models import InboxEvent
from conversations_app.tests.webhook_requests import sid, text_received
from conversations_app.workers import dispatcher

pytestmark = pytest.mark.django_db

Wakes = list[tuple[str, tuple[int, ...]]]


@pytest.fixture
def wakes(monkeypatch: pytest.MonkeyPatch) -> Wakes:
    """(task, its items), in the place of a broker."""
    sent: Wakes = []
    monkeypatch.setattr(Task, "delay", lambda task, *items: sent.append((task.name, items)))
    return sent


def texts(count: int) -> list[int]:
    return [event("inbound", text_received(), subject=f"phone {number}") for number in range(count)]


def receipts(count: int) -> list[int]:
    return [event("onDeliveryUpdated", {}) for _ in range(count)]


def event(kind: str, payload: dict[str, str], subject: str = "") -> int:
    kept = InboxEvent.objects.create(
        kind="messaging", event_type=kind, key=sid("XX"), payload=payload, subject=subject
    )
    return kept.pk


def test_it_brings_receipts_together_and_texts_each_alone(wakes: Wakes) -> None:
    first, second = texts(2)
    many = receipts(25)

    dispatcher.wake_all_due()

    assert wakes == [
        ("take_in", (first,)),
        ("take_in", (second,)),
        ("take_in", tuple(many[:20])),
        ("take_in", tuple(many[20:])),
    ]


def test_it_sends_for_an_item_once(wakes: Wakes) -> None:
    receipts(3)

    dispatcher.wake_all_due()
    again = dispatcher.wake_all_due()

    assert (again, len(wakes)) == (0, 1)


def test_it_sends_again_for_what_is_due_after_its_task_began(wakes: Wakes) -> None:
    [one] = receipts(1)
    dispatcher.wake_all_due()
    tasks.take_in(one)  # it names no message, so it is put back
    InboxEvent.objects.update(due_at="2026-01-01T00:00Z")

    dispatcher.wake_all_due()

    assert wakes == [("take_in", (one,)), ("take_in", (one,))]


def test_one_event_that_cannot_be_taken_in_does_not_keep_the_others_of_its_wake(wakes: Wakes) -> None:
    broken, unused = receipts(1)[0], event("onTypingStarted", {})

    tasks.take_in(broken, unused)

    states = dict(InboxEvent.objects.values_list("pk", "state"))
    assert states == {broken: InboxEvent.State.WAITING, unused: InboxEvent.State.IGNORED}
