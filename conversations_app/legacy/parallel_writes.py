"""A few threads that write, each on its own connection, so that we prepare one session while Postgres stores another."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from types import TracebackType
from typing import TypeVar

from django.db import connection, connections

Job = TypeVar("Job")
Done = TypeVar("Done")

# More gained nothing: Python runs one thread at a time, and two keep Postgres busy.
THREADS = 2


class Writers:
    """Other connections would not see an open transaction, so inside one this thread does everything itself."""

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
        """Finish what was begun, then close the connections, which would otherwise outlive their threads."""
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
