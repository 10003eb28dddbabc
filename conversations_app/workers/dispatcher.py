"""Finds what is due, five times a second, and wakes a worker for it.

Postgres says what is due, so nothing is lost with Redis: a wake is only a hint, sent again when it was lost.
See docs/decisions/waking.md.
"""

import json
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

import structlog
from celery import Task, current_app
from celery.signals import worker_ready, worker_shutdown
from celery.worker.consumer import Consumer
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from conversations_app.delivery.direct_messages import due_texts
from conversations_app.delivery.session_delivery import due_deliveries
from conversations_app.inbound.processing import due_quick_events, due_slow_events
from conversations_app.membership.welcome import due_announcements
from conversations_app.models import Heartbeat
from conversations_app.turns.lifecycle import due_turns

log = structlog.get_logger()

EVERY_S = 0.2
MOST_AT_ONCE = 200
# A worker begins with what it has taken from the queue within moments. When wakes that were sent so much later have
# been taken as well, or none is left, the wake was lost: Redis emptied, or a worker killed.
WAKE_HOLDS_S = 10
# A mark that nobody removed tells its age, so it need not end soon; this only keeps Redis tidy.
MARK_LIVES_S = 3600
HEARTBEAT_EVERY = 25
# The name of each queue's workers, as heartbeats.
WORKERS = {settings.SHORT_WORK_QUEUE: "worker", settings.MODEL_QUEUE: "model worker"}


@dataclass(frozen=True)
class Work:
    """`at_once`: how many items one wake brings."""

    name: str
    due: Callable[[int], list[int]]
    queue: str = settings.SHORT_WORK_QUEUE
    at_once: int = 1


KINDS = (
    Work("take_in", due_slow_events),
    Work("take_in", due_quick_events, at_once=20),
    Work("take_turn", due_turns, queue=settings.MODEL_QUEUE),
    Work("deliver", due_deliveries),
    Work("send_text", due_texts),
    Work("announce_newcomer", due_announcements),
)


def wake_all_due() -> int:
    """One look at everything; how many items were sent for."""
    return sum(_wake(current_app.tasks[work.name], work) for work in KINDS)


def _wake(task: Task, work: Work) -> int:
    """At most one wake an item is under way; the task takes the mark away as it begins with the item."""
    items = _without_a_wake(work, work.due(MOST_AT_ONCE))
    for first in range(0, len(items), work.at_once):
        task.delay(*items[first : first + work.at_once])
    return len(items)


def _without_a_wake(work: Work, items: list[int]) -> list[int]:
    """Those for which no wake was sent, or it was lost; each is marked as sent for."""
    now = time.time()
    marks = cache.get_many([wake_key(work.name, item) for item in items])
    is_any_old = any(now - sent_at > WAKE_HOLDS_S for sent_at in marks.values())
    waiting_since = _oldest_wake(work.queue, now) if is_any_old else 0.0

    def is_free(item: int) -> bool:
        key = wake_key(work.name, item)
        if key not in marks:
            return bool(cache.add(key, now, timeout=MARK_LIVES_S))
        return bool(waiting_since - marks[key] > WAKE_HOLDS_S) and _mark_again(key, now)

    return [item for item in items if is_free(item)]


def _oldest_wake(queue: str, now: float) -> float:
    """When the first message in the queue was sent: what was sent before it has been taken out. Now, for an empty one.

    The broker is asked itself, since a count of our own would be wrong after Redis was emptied. Kombu's queue is a
    list whose first message is at the end."""
    with current_app.pool.acquire(block=True) as broker:
        first = broker.default_channel.client.lindex(queue, -1)
    if first is None:
        return now
    return float(json.loads(first)["headers"].get("sent_at", 0.0))


def _mark_again(key: str, now: float) -> bool:
    """Of several processes that find a wake lost, one sends it again."""
    if not cache.add(f"{key}:again", 1, timeout=WAKE_HOLDS_S):
        return False
    cache.set(key, now, timeout=MARK_LIVES_S)
    return True


def wake_key(task_name: str, item: int) -> str:
    return f"wake:{task_name}:{item}"


class Pulse(threading.Thread):
    """The beat of one worker process; several do no harm. Those that only ask the model leave the looking to others."""

    def __init__(self, queues: Collection[str]) -> None:
        super().__init__(name="pulse", daemon=True)
        self._queues = queues
        self._stopping = threading.Event()

    def run(self) -> None:
        beats = 0
        while not self._stopping.wait(EVERY_S):
            try:
                if settings.SHORT_WORK_QUEUE in self._queues:
                    wake_all_due()
                if beats % HEARTBEAT_EVERY == 0:
                    self.tell_that_it_lives()
                beats += 1
            except Exception as error:  # Postgres or Redis away: the next beat tries again
                log.warning("pulse_missed", error=type(error).__name__)
                self._stopping.wait(1.0)
            finally:
                connection.close()

    def tell_that_it_lives(self) -> None:
        for queue, name in WORKERS.items():
            if queue in self._queues:
                Heartbeat.beat(name)

    def stop(self) -> None:
        self._stopping.set()


_pulses: list[Pulse] = []


@worker_ready.connect
def _start(sender: Consumer, **_: object) -> None:
    pulse = Pulse(frozenset(sender.app.amqp.queues.consume_from))
    pulse.start()
    _pulses.append(pulse)


@worker_shutdown.connect
def _stop(**_: object) -> None:
    for pulse in _pulses:
        pulse.stop()
