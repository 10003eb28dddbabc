"""What is due is sent for: once, and little things together."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from celery import Task
from django.conf import settings
from redis import Redis

from conversations_app import tasks
from conversations_app.models import Heartbeat, InboxEvent
from conversations_app.tests.webhook_requests import sid, text_received
from conversations_app.workers import dispatcher
from conversations_app.workers.dispatcher import KINDS, Dispatcher
from matchmaker.celery import app

pytestmark = pytest.mark.django_db

Wakes = list[tuple[str, tuple[int, ...]]]


@pytest.fixture
def wakes(monkeypatch: pytest.MonkeyPatch) -> Wakes:
    """Replaces the broker and records (task, items)."""
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


def test_it_dispatches_receipts_in_batches_and_texts_one_by_one(wakes: Wakes) -> None:
    first, second = texts(2)
    many = receipts(25)

    dispatcher.wake_all_due()

    assert wakes == [
        ("take_in", (first,)),
        ("take_in", (second,)),
        ("take_in", tuple(many[:20])),
        ("take_in", tuple(many[20:])),
    ]


def test_it_dispatches_an_item_once(wakes: Wakes) -> None:
    receipts(3)

    dispatcher.wake_all_due()
    again = dispatcher.wake_all_due()

    assert (again, len(wakes)) == (0, 1)


def test_it_dispatches_again_when_an_item_is_due_after_its_task_began(wakes: Wakes) -> None:
    [one] = receipts(1)
    dispatcher.wake_all_due()
    tasks.take_in(one)  # it names no message, so it is put back
    InboxEvent.objects.update(due_at="2026-01-01T00:00Z")

    dispatcher.wake_all_due()

    assert wakes == [("take_in", (one,)), ("take_in", (one,))]


def test_one_event_that_fails_does_not_stop_the_rest_of_its_batch(wakes: Wakes) -> None:
    broken, unused = receipts(1)[0], event("onTypingStarted", {})

    tasks.take_in(broken, unused)

    states = dict(InboxEvent.objects.values_list("pk", "state"))
    assert states == {broken: InboxEvent.State.WAITING, unused: InboxEvent.State.IGNORED}


# --- Wakes in the broker ----------------------------------------------------------------------------------------------


@dataclass
class WallClock:
    """Replaces the `time` module."""

    seconds: float = field(default_factory=time.time)

    def time(self) -> float:
        return self.seconds

    def let_wakes_grow_old(self) -> None:
        self.seconds += 2 * dispatcher.WAKE_LOST_AFTER_S


@pytest.fixture
def wall_clock(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    """The clock by which tasks are stamped and found to be lost."""
    wall_clock = WallClock()
    for module in ("conversations_app.workers.dispatcher", "matchmaker.celery"):
        monkeypatch.setattr(f"{module}.time", wall_clock)
    return wall_clock


@pytest.fixture
def queue() -> Iterator[Redis]:
    """A real broker without a worker."""
    with app.connection_for_write() as broker:
        client = broker.default_channel.client
        client.delete(settings.SHORT_WORK_QUEUE)
        yield client
        client.delete(settings.SHORT_WORK_QUEUE)


def waiting_in(queue: Redis) -> int:
    return int(queue.llen(settings.SHORT_WORK_QUEUE))


def lose_the_first(queue: Redis) -> None:
    """Take a task from the queue as a worker does that is then killed."""
    assert queue.rpop(settings.SHORT_WORK_QUEUE)


def test_it_does_not_dispatch_again_what_still_waits_in_the_queue(queue: Redis, wall_clock: WallClock) -> None:
    texts(2)
    dispatcher.wake_all_due()
    wall_clock.let_wakes_grow_old()

    again = dispatcher.wake_all_due()

    assert (again, waiting_in(queue)) == (0, 2)


def test_it_dispatches_everything_again_after_redis_was_emptied(queue: Redis, wall_clock: WallClock) -> None:
    texts(2)
    dispatcher.wake_all_due()
    queue.delete(settings.SHORT_WORK_QUEUE)
    wall_clock.let_wakes_grow_old()

    dispatcher.wake_all_due()

    assert waiting_in(queue) == 2


def test_it_dispatches_again_only_what_a_killed_worker_had_taken(queue: Redis, wall_clock: WallClock) -> None:
    texts(1)
    dispatcher.wake_all_due()
    wall_clock.let_wakes_grow_old()
    receipts(1)
    dispatcher.wake_all_due()
    lose_the_first(queue)

    again = dispatcher.wake_all_due()

    assert (again, waiting_in(queue)) == (1, 2)


def test_a_task_just_taken_from_the_queue_is_not_counted_as_lost(queue: Redis, wall_clock: WallClock) -> None:
    texts(1)
    dispatcher.wake_all_due()
    lose_the_first(queue)

    assert dispatcher.wake_all_due() == 0


def test_model_calls_have_a_queue_of_their_own() -> None:
    queues = {name: app.amqp.router.route({}, name)["queue"].name for name in sorted({w.name for w in KINDS})}

    assert queues == {
        "take_in": "short",
        "take_turn": "model",
        "deliver": "short",
        "send_text": "short",
        "announce_newcomer": "short",
        "remove_elsewhere": "short",
        "work_on_photo": "short",
    }
    assert all(queues[work.name] == work.queue for work in KINDS)


def test_a_worker_of_one_queue_only_reports_that_it_is_alive(db: None) -> None:
    Dispatcher({settings.MODEL_QUEUE}).record_heartbeat()

    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["model worker"]
