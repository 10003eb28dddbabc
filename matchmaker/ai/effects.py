"""What an accepted action changes, as plain data. The interview's copy has changed already; whoever holds the rows
carries these out there. People, messages and facts are named by their ids in the interview."""

from dataclasses import dataclass
from typing import Any

from matchmaker.ai.records import DraftKind, Settles, Shows
from matchmaker.ai.safety.rules import Concern


@dataclass(frozen=True)
class KeepFact:
    """`confirmed_in`: the message in which the primary person settled it; None when it was only heard."""

    id: str
    field: str
    value: Any
    said_by: str
    message: str
    quote: str
    confirmed_in: str | None = None
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConfirmFacts:
    facts: tuple[str, ...]
    by: str
    message: str
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class StrikeFacts:
    facts: tuple[str, ...]
    by: str
    message: str


@dataclass(frozen=True)
class RestoreFacts:
    facts: tuple[str, ...]
    by: str
    message: str
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class MakePrimary:
    person: str


@dataclass(frozen=True)
class GiveConsent:
    person: str
    message: str


@dataclass(frozen=True)
class SetAdult:
    """None: it is in doubt, so that nothing is kept until they have said plainly how old they are."""

    is_adult: bool | None


@dataclass(frozen=True)
class Write:
    """To the whole group."""

    text: str


@dataclass(frozen=True)
class WritePrivately:
    """To one person's phone alone."""

    person: str
    text: str


@dataclass(frozen=True)
class Ask:
    """Written to the group, and open from then on."""

    text: str
    topic: str
    to: str | None
    settles: Settles
    to_make_sure: bool = False


@dataclass(frozen=True)
class SendOwnPage:
    """To one person's phone alone: the link to their own page."""

    person: str


@dataclass(frozen=True)
class UsePhoto:
    """On the profile from now on, at the end of its order, or as the main one."""

    number: int
    shows: Shows
    is_main: bool = False


@dataclass(frozen=True)
class LeaveOutPhoto:
    number: int


@dataclass(frozen=True)
class AddDraft:
    """`sentences`: each with the facts that it rests on."""

    id: str
    kind: DraftKind
    prompt: str
    sentences: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class WriteOwn:
    """The primary person's own words, which are picked at once."""

    id: str
    kind: DraftKind
    prompt: str
    text: str
    person: str
    message: str


@dataclass(frozen=True)
class PickDrafts:
    drafts: tuple[str, ...]
    person: str
    message: str


@dataclass(frozen=True)
class LeaveDrafts:
    """The primary person wants none of these."""

    drafts: tuple[str, ...]


@dataclass(frozen=True)
class CastVote:
    draft: str
    person: str
    message: str


@dataclass(frozen=True)
class Approve:
    """Exactly this version, and by the primary person."""

    version: str
    person: str
    message: str


@dataclass(frozen=True)
class CloseQuestion:
    was_answered: bool = True
    was_skipped: bool = False
    """They would rather not say."""


@dataclass(frozen=True)
class Nudge:
    """In so many hours the group is asked whether to go on, unless somebody writes before."""

    hours: int


@dataclass(frozen=True)
class HoldAsUnderAge:
    """The interview stops and the profile is sealed until staff decide."""


@dataclass(frozen=True)
class CallStaff:
    """`what` and `to_do` are read by staff, with the session's code beside them."""

    key: str
    what: str
    to_do: str


@dataclass(frozen=True)
class RaiseConcern:
    """What follows from it is done for the people in the group, and told to staff. `language`: to answer in."""

    message: str
    concern: Concern
    language: str


Effect = (
    KeepFact
    | ConfirmFacts
    | StrikeFacts
    | RestoreFacts
    | MakePrimary
    | GiveConsent
    | SetAdult
    | Write
    | WritePrivately
    | Ask
    | SendOwnPage
    | UsePhoto
    | LeaveOutPhoto
    | AddDraft
    | WriteOwn
    | PickDrafts
    | LeaveDrafts
    | CastVote
    | Approve
    | CloseQuestion
    | Nudge
    | HoldAsUnderAge
    | CallStaff
    | RaiseConcern
)
