"""The latest webhooks sent and REST calls received."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any, Generic, Literal, TypeVar

Kind = Literal["pre", "post", "messaging", "status"]

_KEPT = 5_000


@dataclass
class WebhookEntry:
    at: str
    kind: Kind
    event_type: str
    url: str
    method: str
    params: dict[str, str]
    signature: str
    outcome: str = "pending"
    answer_status: int | None = None
    answer_body: str | None = None
    duration_ms: int | None = None
    error: str | None = None
    target: str = ""
    """The URL as it was configured; with GET, `url` has the fields too."""
    id: int = 0

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "target"}


@dataclass
class CallEntry:
    at: str
    method: str
    path: str
    params: dict[str, str | list[str]]
    status: int = 0
    duration_ms: int = 0
    id: int = field(default=0)

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))


Entry = TypeVar("Entry", WebhookEntry, CallEntry)


class RequestLog(Generic[Entry]):
    """The latest entries, numbered; a reset does not restart the numbers."""

    def __init__(self, told: Callable[[Entry], None]) -> None:
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self._numbers = count(1)
        self._told: Callable[[Entry], None] = told

    def add(self, entry: Entry) -> Entry:
        entry.id = next(self._numbers)
        self._entries.append(entry)
        self._told(entry)
        return entry

    def changed(self, entry: Entry) -> None:
        self._told(entry)

    def find(self, number: int) -> Entry | None:
        return next((entry for entry in self._entries if entry.id == number), None)

    def list(self, after: int = 0, limit: int = _KEPT) -> list[Entry]:
        """The newest `limit` entries with a higher number than `after`, oldest first."""
        newest = list(islice((entry for entry in reversed(self._entries) if entry.id > after), limit))
        return newest[::-1]

    def replace(self, entries: Iterable[Entry]) -> None:
        self._entries.clear()
        self._entries.extend(entries)
        last = max((entry.id for entry in self._entries), default=0)
        self._numbers = count(max(next(self._numbers), last + 1))
