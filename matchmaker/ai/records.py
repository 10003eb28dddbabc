"""What the matchmaker is shown of a session: people by alias, lines, facts, the open question, the stages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Of a fact: said by somebody, agreed to by the primary person, or turned down by them."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class LineKind(StrEnum):
    PERSON = "person"
    MATCHMAKER = "matchmaker"
    NOTICE = "notice"


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    is_primary: bool = False


@dataclass(frozen=True)
class Line:
    """One message of the transcript. `position` rises along it; `author` is a person's id, None for our own lines."""

    id: str
    kind: LineKind
    author: str | None
    text: str
    at: datetime
    position: int
    is_new: bool = False
    is_imported: bool = False
    """Written in the older app: to be read, and no reason to do anything."""
    has_media: bool = False
    is_unprompted: bool = False
    """Ours, and nobody had waited for it."""


@dataclass(frozen=True)
class Fact:
    field: str
    value: Any
    state: State
    said_by: str
    message: str

    def is_same_value(self, value: Any) -> bool:
        if isinstance(value, str) and isinstance(self.value, str):
            return value.casefold() == self.value.casefold()
        return bool(self.value == value)


@dataclass(frozen=True)
class Question:
    """Our open question: a field, or `primary` or `consent`; asked of one person or, with None, of anyone."""

    topic: str
    asked_to: str | None
    position: int
    is_new: bool = False
    to_make_sure: bool = False
    """Asked by code rather than by the model, since too much follows from the answer."""


@dataclass(frozen=True)
class Stage:
    slug: str
    goal: str
    instructions: str
    fields: tuple[str, ...]
