"""Reads the older app's times, and estimates one for each message that has none."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

_ISO = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d")
_NAME_OF_A_TIME = re.compile(r"(?:At|[tT]imestamp|[tT]ime|[dD]ate|Activity)$")
# Tells seconds from milliseconds: as milliseconds this is 1973, as seconds it is far in the future.
_MILLISECONDS_FROM = 100_000_000_000
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def time_in(written: Any) -> datetime | None:
    """From an ISO text, or seconds or milliseconds since 1970; None for anything else."""
    try:
        moment = _parsed(written)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment is not None and _FIRST_YEAR <= moment.year < _LAST_YEAR else None


def _parsed(written: Any) -> datetime | None:
    if isinstance(written, int | float) and not isinstance(written, bool):
        seconds = written / 1000 if written >= _MILLISECONDS_FROM else written
        return datetime.fromtimestamp(seconds, UTC)
    if not isinstance(written, str) or not _ISO.match(written):
        return None
    moment = datetime.fromisoformat(written)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def times_in(value: Any, depth: int = 4) -> Iterator[datetime]:
    """Every value under a key that names a time (`joinedAt`, `timestamp`), however deep."""
    if isinstance(value, dict) and depth:
        for name, item in value.items():
            found = time_in(item) if _NAME_OF_A_TIME.search(name) else None
            if found is not None:
                yield found
            else:
                yield from times_in(item, depth - 1)
    elif isinstance(value, list) and depth:
        for item in value:
            yield from times_in(item, depth - 1)


def spread(known: Sequence[datetime | None], *, start: datetime, end: datetime) -> list[datetime]:
    """A time for each: its own, or an even share of the gap between the known ones around it."""
    given: list[datetime] = []
    before, run = start, 0
    for moment in [*known, end]:
        if moment is None:
            run += 1
            continue
        given += _between(before, moment, run)
        given.append(moment)
        before, run = moment, 0
    return given[:-1]


def _between(before: datetime, after: datetime, how_many: int) -> list[datetime]:
    step = max(after - before, timedelta()) / (how_many + 1)
    return [before + step * number for number in range(1, how_many + 1)]
