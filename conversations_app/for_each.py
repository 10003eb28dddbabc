"""For jobs that go through many people, one after the other."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

log = structlog.get_logger()

T = TypeVar("T")


def run_for_each(items: Iterable[T], act: Callable[[T], bool], *, job: str) -> int:
    """Act on each item; returns how many were done. One that fails is logged, and the others still get their turn."""
    done = 0
    for item in items:
        try:
            done += act(item)
        except Exception:
            log.exception("job_item_failed", job=job)
    if done:
        log.info("job_done", job=job, done=done)
    return done
