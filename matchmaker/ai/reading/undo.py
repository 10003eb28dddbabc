"""Two wishes that are granted at once when they are all of a message: take that back, and leave that out."""

from collections.abc import Set

from matchmaker.ai.reading.grammar import Kind
from matchmaker.ai.reading.phrases import readings

_AROUND = frozenset({Kind.WEAK_YES, Kind.COURTESY, Kind.THANKS, Kind.FILLER, Kind.REGRET, Kind.AND})


def asks_to_undo(text: str) -> bool:
    return _is_all(text, {Kind.UNDO})


def asks_to_skip(text: str) -> bool:
    return _is_all(text, {Kind.SKIP, Kind.DECLINE})


def _is_all(text: str, wishes: Set[Kind]) -> bool:
    return any(reading.kinds & wishes and not reading.kinds - wishes - _AROUND for reading in readings(text))
