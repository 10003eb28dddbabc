"""A few threads that write, each on a connection of its own, so that our work and Postgres' go on side by side."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from types import TracebackType
from typing import TypeVar

from django.db import connection, connections

Job = TypeVar("Job")
Done = TypeVar("Done")

THREADS = 2


class Writers:
    """Inside a transaction everything stays in it, so it is all done in this thread, one after the other."""

    def __init__(self, set_up: Callable[[], None]) -> None:
        """`set_up` runs once on each connection."""
        self._threads = [] if connection.in_atomic_block else [ThreadPoolExecutor(1) for _ in range(THREADS)]
        for thread in self._threads:
            thread.submit(set_up).result()

    def __enter__(self) -> "Writers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What was begun is finished; the connections end."""
        for thread in self._threads:
            thread.submit(connections.close_all).result()
            thread.shutdown()

    def each(self, write: Callable[[Job], Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """The results in the order of the jobs."""
        if not self._threads:
            yield from map(write, jobs)
            return
        under_way = [thread.submit(write, job) for thread, job in zip(cycle(self._threads), jobs)]
        for one in under_way:
            yield one.result()
