"""All of one played scenario that is measured, as plain data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scenario_runner.scenario import Expect, Mark


@dataclass(frozen=True)
class Said:
    """A line that the group read, by the product's clock. `who` is empty for the matchmaker."""

    who: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Kept:
    """A value that was stored, whatever became of it later. `is_shown`: it stands in the profile now."""

    field: str
    value: Any
    is_confirmed: bool
    said_by: str
    said_by_primary: bool
    at: datetime
    decided_by_primary: bool = False
    decided_at: datetime | None = None
    is_shown: bool = True


@dataclass(frozen=True)
class Asked:
    """A question of the matchmaker. `is_closing`: code's own, after an answer that left doubt."""

    topic: str
    to: str
    at: datetime
    is_closing: bool = False


@dataclass(frozen=True)
class Reply:
    """What came between a marked step and the next line of a person: lines to the group, and in all (announcements and
    texts to single phones too)."""

    step: int
    mark: Mark
    lines: tuple[str, ...] = ()
    in_all: int = 0
    seconds: float | None = None


@dataclass(frozen=True)
class Decided:
    """A turn. `refused`: the calls that code did not carry out, each with its reason. `is_plain_line`: the model was silent
    where somebody waited, and code said what belongs there."""

    tokens: int = 0
    tokens_out: int = 0
    calls: int = 0
    refused: tuple[str, ...] = ()
    is_plain_line: bool = False
    error: str = ""


@dataclass(frozen=True)
class Evening:
    expect: Expect
    language: str = "en"
    said: tuple[Said, ...] = ()
    kept: tuple[Kept, ...] = ()
    asked: tuple[Asked, ...] = ()
    replies: tuple[Reply, ...] = ()
    turns: tuple[Decided, ...] = ()
    consent_at: datetime | None = None
