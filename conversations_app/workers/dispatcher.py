"""Looks for due work five times a second and sends a Celery task for each item.

Postgres says what is due, so losing Redis loses no work: a task is only a hint, and is sent again if it was lost.
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
from conversations_app.erasing.elsewhere import due_removals
from conversations_app.inbound.processing import due_quick_events, due_slow_events
from conversations_app.membership.welcome import due_announcements
from conversations_app.models import Heartbeat
from conversations_app.photos.fetching import due_photos
from conversations_app.turns.lifecycle import due_turns

log = structlog.get_logger()

# A person notices half a second; each round costs a few queries on small partial indexes.
EVERY_S = 0.2
# Per kind and round, so that a backlog neither fills the broker nor starves the heartbeat.
MOST_AT_ONCE = 200
# Workers start a task moments after fetching it. Once tasks sent this much later have been fetched too, or the queue is
# empty, the task was lost: Redis was flushed, or a worker was killed.
WAKE_LOST_AFTER_S = 10
# A stale mark is recognised by its timestamp, so this expiry only keeps Redis tidy. It must outlast any backlog: a mark
# that expires while its task is still queued would let a second one in.
MARK_EXPIRES_S = 3600
# Every five seconds; a worker counts as down after sixty.
ROUNDS_PER_HEARTBEAT = 25
# The heartbeat name of each queue's workers.
WORKERS = {settings.SHORT_WORK_QUEUE: "worker", settings.MODEL_QUEUE: "model worker"}


@dataclass(frozen=True)
class Work:
    """`at_once`: how many items one task carries."""

    name: str
    due: Callable[[int], list[int]]
    queue: str = settings.SHORT_WORK_QUEUE
    at_once: int = 1


KINDS = (
    Work("take_in", due_slow_events),
    # Quick events never call Twilio, so a burst of receipts shares one task instead of queueing hundreds.
    Work("take_in", due_quick_events, at_once=20),
    Work("take_turn", due_turns, queue=settings.MODEL_QUEUE),
    Work("deliver", due_deliveries),
    Work("send_text", due_texts),
    Work("announce_newcomer", due_announcements),
    Work("remove_elsewhere", due_removals),
    Work("work_on_photo", due_photos),
)


def wake_all_due() -> int:
    """Dispatch everything that is due, once. Returns the number of items."""
    return sum(_wake(current_app.tasks[work.name], work) for work in KINDS)


def _wake(task: Task, work: Work) -> int:
    """At most one task per item is in flight; the task clears the mark when it starts on the item."""
    items = _claim_unmarked(work, work.due(MOST_AT_ONCE))
    for first in range(0, len(items), work.at_once):
        task.delay(*items[first : first + work.at_once])
    return len(items)


def _claim_unmarked(work: Work, items: list[int]) -> list[int]:
    """Items with no task in flight, or whose task was lost. Each is marked as dispatched."""
    now = time.time()
    marks = cache.get_many([wake_key(work.name, item) for item in items])
    # Asking the broker costs a round trip, and the answer only matters when a mark is old enough to be doubted.
    is_any_old = any(now - sent_at > WAKE_LOST_AFTER_S for sent_at in marks.values())
    waiting_since = _oldest_wake(work.queue, now) if is_any_old else 0.0

    def is_free(item: int) -> bool:
        key = wake_key(work.name, item)
        if key not in marks:
            # `add`, not `set`: every worker process dispatches, and only one may win the item.
            return bool(cache.add(key, now, timeout=MARK_EXPIRES_S))
        return bool(waiting_since - marks[key] > WAKE_LOST_AFTER_S) and _claim_lost_wake(key, now)

    return [item for item in items if is_free(item)]


def _oldest_wake(queue: str, now: float) -> float:
    """When the first task in the queue was sent: everything sent earlier has been fetched. Now, if the queue is empty.

    We ask the broker, since a counter of our own would be wrong after Redis was flushed. Kombu keeps a queue as a Redis
    list whose first message is at the end."""
    with current_app.pool.acquire(block=True) as broker:
        first = broker.default_channel.client.lindex(queue, -1)
    if first is None:
        return now
    return float(json.loads(first)["headers"].get("sent_at", 0.0))


def _claim_lost_wake(key: str, now: float) -> bool:
    """Of several processes that notice a lost task, one sends it again."""
    if not cache.add(f"{key}:again", 1, timeout=WAKE_LOST_AFTER_S):
        return False
    cache.set(key, now, timeout=MARK_EXPIRES_S)
    return True


def wake_key(task_name: str, item: int) -> str:
    return f"wake:{task_name}:{item}"


class Dispatcher(threading.Thread):
    """The dispatcher thread of one worker process; several do no harm.

    Model workers only record their heartbeat: dispatching is left to workers of the short queue."""

    def __init__(self, queues: Collection[str]) -> None:
        # A daemon, so that a query that hangs cannot keep the worker from exiting.
        super().__init__(name="dispatcher", daemon=True)
        self._queues = queues
        self._stopping = threading.Event()

    def run(self) -> None:
        rounds = 0
        while not self._stopping.wait(EVERY_S):
            try:
                if settings.SHORT_WORK_QUEUE in self._queues:
                    wake_all_due()
                if rounds % ROUNDS_PER_HEARTBEAT == 0:
                    self.record_heartbeat()
                rounds += 1
            except Exception as error:  # Postgres or Redis is down: try again next round
                log.warning("dispatch_failed", error=type(error).__name__)
                self._stopping.wait(1.0)
            finally:
                # Back to the pool between rounds: an idle thread must not hold a connection that tasks wait for.
                connection.close()

    def record_heartbeat(self) -> None:
        for queue, name in WORKERS.items():
            if queue in self._queues:
                Heartbeat.beat(name)

    def stop(self) -> None:
        self._stopping.set()


_dispatchers: list[Dispatcher] = []


@worker_ready.connect
def _start(sender: Consumer, **_: object) -> None:
    # Only here is `-Q` known: at import every configured queue looks consumed.
    dispatcher = Dispatcher(frozenset(sender.app.amqp.queues.consume_from))
    dispatcher.start()
    _dispatchers.append(dispatcher)


@worker_shutdown.connect
def _stop(**_: object) -> None:
    for dispatcher in _dispatchers:
        dispatcher.stop()
