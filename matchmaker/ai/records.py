"""What the matchmaker is shown of a session: people by alias, lines, facts, questions, the stages."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Of a fact: heard from somebody, agreed to by the primary person, or taken out."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class LineKind(StrEnum):
    PERSON = "person"
    MATCHMAKER = "matchmaker"
    NOTICE = "notice"
    EVENT = "event"
    """Something a person did beside the chat: on their own page, or a photo of theirs that has arrived. The words are
    ours, so nothing in them can be quoted."""


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    is_primary: bool = False
    has_left: bool = False
    """The profile may still be about them."""
    can_be_texted: bool = True
    """Just now, alone and by us: their window may be closed."""


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
    is_of_concern: bool = False
    """A threat, an insult or despair: it is met with care, and nothing of it becomes part of the profile."""
    has_media: bool = False
    is_unprompted: bool = False
    """Ours, and nobody had waited for it."""


@dataclass(frozen=True)
class Fact:
    """`quote`: the words of `message` that say so. Empty on what the older app kept, and both are on an answer from the
    person's own page."""

    field: str
    value: Any
    state: State
    said_by: str
    message: str
    quote: str = ""
    id: str = ""
    is_public: bool = True
    """Strangers may see it."""
    is_quoted: bool = False
    """A friend's words that stand on the profile under their name: they said yes to that."""

    def is_same_value(self, value: Any) -> bool:
        if isinstance(value, str) and isinstance(self.value, str):
            return value.casefold() == self.value.casefold()
        return bool(self.value == value)


@dataclass(frozen=True)
class Struck:
    """A value that its owner had taken out, as it was before. `position`: where in the transcript; older messages cannot
    bring it back."""

    fact: Fact
    by: str
    at: datetime
    position: int


@dataclass(frozen=True)
class Settles:
    """What the plain answer to a question settles. It is written down when the question is put, because a yes agrees to
    what was shown then, and to nothing that was heard since."""

    primary: bool = False
    """The person asked is the primary person."""
    consent: bool = False
    adult: bool = False
    age: int | None = None
    vouch_quote: str = ""
    """A friend's own words, to go on the profile under their name."""
    cited: str = ""
    """The message with the age or the words."""
    quote: str = ""
    facts: tuple[str, ...] = ()
    """The values of a read-back, in the order of its numbers."""
    options: tuple[str, ...] = ()
    """The choices offered, in the order of their numbers."""
    photos: tuple[int, ...] = ()
    """The numbers of the photos asked about."""
    drafts: tuple[str, ...] = ()
    """The drafts shown, in the order of the list."""
    version: str = ""
    """Which profile was shown whole: a yes approves that one, and no later one."""


@dataclass(frozen=True)
class Question:
    """Our open question: a field's slug, or one of the topics below; asked of one person or, with None, of anyone."""

    topic: str
    asked_to: str | None
    position: int
    is_new: bool = False
    to_make_sure: bool = False
    """The closing question of a gate: composed by code, and only a plain answer settles it."""
    settles: Settles = field(default_factory=Settles)


PRIMARY, CONSENT, READ_BACK = "primary", "consent", "read_back"
"""Topics that are no field: who it is about, their yes to a profile, and whether what was heard is right."""
PHOTOS, PHOTO_USE, BIO, ANSWERS, APPROVAL = "photos", "photo_use", "bio", "answers", "approval"
"""Of a profile that takes shape: asking for photos, what may be done with those that came, which bio, whether the
answers to the prompts are right, and the yes to exactly this profile."""


@dataclass(frozen=True)
class Asked:
    """A question we put earlier. `was_answered`: something that somebody said settled it, or added to it."""

    topic: str
    asked_to: str | None
    at: datetime
    was_answered: bool
    to_make_sure: bool = False
    facts: tuple[str, ...] = ()
    photos: tuple[int, ...] = ()
    drafts: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True)
class Stage:
    slug: str
    goal: str
    instructions: str
    fields: tuple[str, ...]


class Shows(StrEnum):
    """Who is in a photo, as the primary person says."""

    UNKNOWN = "unknown"
    OWNER = "owner"
    TOGETHER = "together"
    """With others, who are all right with it."""
    OTHERS = "others"
    """Only others, who are all right with it."""


@dataclass(frozen=True)
class Photo:
    """A photo that we keep. `number`: what the group calls it; `place`: in the profile, 1 is the main one."""

    number: int
    sent_by: str
    shows: Shows = Shows.UNKNOWN
    place: int | None = None


class DraftKind(StrEnum):
    BIO = "bio"
    PROMPT = "prompt"


class DraftState(StrEnum):
    OFFERED = "offered"
    PICKED = "picked"
    LEFT = "left"
    FALLEN = "fallen"


@dataclass(frozen=True)
class Draft:
    """A bio, or an answer to a starter prompt. `facts`: what it rests on; none where it is the person's own words."""

    id: str
    kind: DraftKind
    number: int
    text: str
    prompt: str = ""
    facts: tuple[str, ...] = ()
    state: DraftState = DraftState.OFFERED
    is_own: bool = False
    picked_at: datetime | None = None

    @property
    def is_new(self) -> bool:
        """Written in this turn."""
        return self.id.startswith("new")

    @property
    def is_standing(self) -> bool:
        return self.state in (DraftState.OFFERED, DraftState.PICKED)
