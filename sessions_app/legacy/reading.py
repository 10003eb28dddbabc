"""The older app's keys, from a dump or from its live Redis, one at a time. Nothing is ever written there."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import redis
from redis.client import Pipeline

from sessions_app.legacy.unwrapping import CannotUnwrap, text_in

KEYS_AT_ONCE = 200
SESSION, PHONE = "session:", "phone:"


class SourceLost(Exception):
    """It cannot be read, or not any further; the text says why."""


@dataclass(frozen=True)
class Entry:
    """One key. `fault` says why it has no value that could be read."""

    key: str
    value: str = ""
    fault: str = ""

    @property
    def is_session(self) -> bool:
        return self.key.startswith(SESSION)

    @property
    def is_phone(self) -> bool:
        return self.key.startswith(PHONE)


class UnreadableLine(Entry):
    """A line of a dump that tells no key, so that nobody can say what is lost with it."""


class Source(Protocol):
    def entries(self) -> Iterator[Entry]:
        """All keys, phones before sessions where the source allows it. Raises SourceLost."""


# --- a dump -----------------------------------------------------------------------------------------------------------


class Dump:
    """JSON lines, one key each: `{"key", "type", "ttl", "value"}`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> Iterator[Entry]:
        try:
            with self._path.open("rb") as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield _entry_in(line, number)
        except OSError as error:
            raise SourceLost(f"The dump cannot be read: {error.strerror}.") from error


def _entry_in(line: bytes, number: int) -> Entry:
    try:
        kept = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return UnreadableLine(f"line {number}", fault="the line is not JSON")
    key = _key_in(kept.get("key")) if isinstance(kept, dict) else ""
    if not key:
        return UnreadableLine(f"line {number}", fault="the line names no key")
    return _entry(key, str(kept.get("type") or "string").lower(), kept.get("value"))


def _key_in(written: Any) -> str:
    try:
        return text_in(written).strip('"')
    except CannotUnwrap:
        return ""


def _entry(key: str, kind: str, value: Any) -> Entry:
    if kind != "string":
        return Entry(key, fault=f"it is a {kind}, not a string")
    try:
        return Entry(key, text_in(value))
    except CannotUnwrap as why:
        return Entry(key, fault=str(why))


# --- a live Redis -----------------------------------------------------------------------------------------------------


class LiveRedis:
    """With SCAN, since KEYS would block the older app while it runs, and TYPE and GET in pipelines."""

    def __init__(self, url: str) -> None:
        try:
            self._redis = redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=30)
        except ValueError as error:
            raise SourceLost(f"That is no address of a Redis: {error}.") from error

    def entries(self) -> Iterator[Entry]:
        try:
            yield from self._matching(f"{PHONE}*")
            yield from self._matching("*", leaving_out=PHONE)
        except (redis.RedisError, OSError) as error:
            raise SourceLost(f"The Redis cannot be read any further ({type(error).__name__}).") from error

    def _matching(self, pattern: str, leaving_out: str = "") -> Iterator[Entry]:
        """SCAN may return a key twice, so the keys of sessions and phones are remembered."""
        told: set[bytes] = set()
        cursor = 0
        while True:
            cursor, scanned = self._redis.scan(cursor, match=pattern, count=KEYS_AT_ONCE)
            names = [name for name in scanned if isinstance(name, bytes)]
            new = [name for name in dict.fromkeys(names) if name not in told]
            if leaving_out:
                new = [name for name in new if not name.startswith(leaving_out.encode())]
            told.update(new)
            yield from self._read(new)
            if cursor == 0:
                return

    def _read(self, names: list[bytes]) -> Iterator[Entry]:
        kinds = self._ask(Pipeline.type, names)
        strings = [name for name, kind in zip(names, kinds, strict=True) if kind == b"string" and _matters(name)]
        values = dict(zip(strings, self._ask(Pipeline.get, strings), strict=True))
        for name, kind in zip(names, kinds, strict=True):
            yield _live_entry(name, kind.decode(), values.get(name))

    def _ask(self, command: Callable[[Pipeline, bytes], Any], names: list[bytes]) -> list[Any]:
        pipeline = self._redis.pipeline(transaction=False)
        for name in names:
            command(pipeline, name)
        return list(pipeline.execute(raise_on_error=False))


def _matters(name: bytes) -> bool:
    """Other keys are counted, not fetched."""
    return name.startswith((SESSION.encode(), PHONE.encode()))


def _live_entry(name: bytes, kind: str, value: Any) -> Entry:
    key = name.decode(errors="replace")
    if kind == "none" or (kind == "string" and _matters(name) and not isinstance(value, bytes)):
        return Entry(key, fault="it went away while it was read; run again")
    if kind != "string" or not _matters(name):
        return _entry(key, kind, "")
    try:
        return _entry(key, kind, value.decode())
    except UnicodeDecodeError:
        return Entry(key, fault="its value is no text")
