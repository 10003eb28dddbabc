"""Finds what is due, five times a second, and wakes a worker for it.

Postgres says what is due, so nothing is lost with Redis: a wake is only a hint, sent again until the work is done.
See docs/decisions/waking.md.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from celery import Task
from celery.signals import worker_ready, worker_shutdown
from django.core.cache import cache
from django.db import connection

from conversations_app.delivery import due_deliveries
from conversations_app.intake import due_events
from conversations_app.models import Heartbeat
from conversations_app.texts import due_texts
from conversations_app.turns import due_turns

log = structlog.get_logger()

EVERY_S = 0.2
MOST_AT_ONCE = 200
# A wake that was lost (Redis emptied, a worker killed) is sent again after this.
WAKE_HOLDS_S = 10
HEARTBEAT_EVERY = 25


@dataclass(frozen=True)
class Work:
    name: str
    due: Callable[[int], list[int]]


KINDS = (
    Work("take_in", due_events),
    Work("take_turn", due_turns),
    Work("deliver", due_deliveries),
    Work("send_text", due_texts),
)


def wake_all_due() -> int:
    """One look at everything; how many wakes were sent."""
    from conversations_app import tasks

    by_name: dict[str, Task] = tasks.BY_NAME
    return sum(_wake(by_name[work.name], item) for work in KINDS for item in work.due(MOST_AT_ONCE))


def _wake(task: Task, item: int) -> bool:
    """At most one wake an item is under way; the task takes the mark away as it begins."""
    if not cache.add(wake_key(task.name, item), 1, timeout=WAKE_HOLDS_S):
        return False
    task.delay(item)
    return True


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
