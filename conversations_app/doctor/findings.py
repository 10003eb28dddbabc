"""What a check found, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "note", "bad"]


@dataclass(frozen=True)
class Finding:
    """`to_do` is there when something is wrong, and sometimes with a note."""

    level: Level
    what: str
    to_do: str = ""


Check = Callable[[], Iterator[Finding]]


def good(what: str) -> Finding:
    return Finding("good", what)


def note(what: str, to_do: str = "") -> Finding:
    return Finding("note", what, to_do)


def bad(what: str, to_do: str) -> Finding:
    return Finding("bad", what, to_do)
