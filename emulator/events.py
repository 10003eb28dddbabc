"""Publishes what changed to its subscribers (the phones page)."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Event = dict[str, Any]

_BACKLOG = 2_000


class EventBus:
    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[Event | None]] = set()
        self.published = 0
        """How many events there were: whether anything changed since."""

    def publish(self, kind: str, **details: Any) -> None:
        self.published += 1
        for queue in list(self._watchers):
            self._put(queue, {"kind": kind, **details})

    def end(self) -> None:
        """Let every watcher go: the emulator stops."""
        for queue in list(self._watchers):
            queue.put_nowait(None)

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[Event | None]]:
        """A queue of events from now on; None means that the watcher fell too far behind and should start over."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.discard(queue)

    def _put(self, queue: asyncio.Queue[Event | None], event: Event) -> None:
        if queue.qsize() < _BACKLOG:
            queue.put_nowait(event)
        else:
            self._watchers.discard(queue)
            queue.put_nowait(None)
