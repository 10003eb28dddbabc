from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One line. A note is worth knowing and needs nobody to do anything at once."""

    level: Level
    what: str
    to_do: str = ""


def good(what: str) -> Finding:
    return Finding(Level.GOOD, what)


def note(what: str, to_do: str = "") -> Finding:
    return Finding(Level.NOTE, what, to_do)


def bad(what: str, to_do: str) -> Finding:
    return Finding(Level.BAD, what, to_do)
