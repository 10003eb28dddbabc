"""Finds what is due, five times a second, and wakes a worker for it.

Postgres says what is due, so nothing is lost with Redis: a wake is only a hint, sent again until the work is done.
See docs/decisions/waking.md.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from celery import Task, current_app
from celery.signals import worker_ready, worker_shutdown
from django.core.cache import cache
from django.db import connection

from conversations_app.delivery.direct_messages import due_texts
from conversations_app.delivery.session_delivery import due_deliveries
from conversations_app.inbound.processing import due_quick_events, due_slow_events
from conversations_app.models import Heartbeat
from conversations_app.turns.lifecycle import due_turns

log = structlog.get_logger()

EVERY_S = 0.2
MOST_AT_ONCE = 200
# A wake that was lost (Redis emptied, a worker killed) is sent again after this.
WAKE_HOLDS_S = 10
HEARTBEAT_EVERY = 25


@dataclass(frozen=True)
class Work:
    """`at_once`: how many items one wake brings."""

    name: str
    due: Callable[[int], list[int]]
    at_once: int = 1


KINDS = (
    Work("take_in", due_slow_events),
    Work("take_in", due_quick_events, at_once=20),
    Work("take_turn", due_turns),
    Work("deliver", due_deliveries),
    Work("send_text", due_texts),
)


def wake_all_due() -> int:
    """One look at everything; how many items were sent for."""
    return sum(_wake(current_app.tasks[work.name], work) for work in KINDS)


def _wake(task: Task, work: Work) -> int:
    """At most one wake an item is under way; the task takes the mark away as it begins with the item."""
    items = [item for item in work.due(MOST_AT_ONCE) if _is_new(task, item)]
    for first in range(0, len(items), work.at_once):
        task.delay(*items[first : first + work.at_once])
    return len(items)


def _is_new(task: Task, item: int) -> bool:
    return bool(cache.add(wake_key(task.name, item), 1, timeout=WAKE_HOLDS_S))


def wake_key(task_name: str, item: int) -> str:
    return f"wake:{task_name}:{item}"


class Pulse(threading.Thread):
    """The beat of one worker process; several do no harm."""

    def __init__(self) -> None:
        super().__init__(name="pulse", daemon=True)
        self._stopping = threading.Event()

    def run(self) -> None:
        beats = 0
        while not self._stopping.wait(EVERY_S):
            try:
                wake_all_due()
                if beats % HEARTBEAT_EVERY == 0:
                    Heartbeat.beat("worker")
                beats += 1
            except Exception as error:  # Postgres or Redis away: the next beat tries again
                log.warning("pulse_missed", error=type(error).__name__)
                self._stopping.wait(1.0)
            finally:
                connection.close()

    def stop(self) -> None:
        self._stopping.set()


_pulse = Pulse()


@worker_ready.connect
def _start(**_: object) -> None:
    _pulse.start()


@worker_shutdown.connect
def _stop(**_: object) -> None:
    _pulse.stop()
