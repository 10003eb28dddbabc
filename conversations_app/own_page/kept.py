"""What is kept of somebody, as their page shows it, and what they may do with each of it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from conversations_app.folding import folded
from conversations_app.own_page.words import LABELS, in_words, label_of
from sessions_app import own_words
from sessions_app.models import Fact, PageAct, Participant


@dataclass(frozen=True)
class Kept:
    """One value."""

    id: int
    text: str
    said_by: str
    quote: str
    at: datetime
    is_confirmed: bool
    is_private: bool
    on_their_page: bool
    may_agree: bool
    may_be_quoted: bool | None
    """Their own praise, by name on the profile; None for anything else."""


@dataclass(frozen=True)
class KeptField:
    label: str
    values: list[Kept]


@dataclass(frozen=True)
class TakenOut:
    """What can still be brought back."""

    id: int
    label: str
    text: str


@dataclass(frozen=True)
class KeptSection:
    fields: list[KeptField]
    waiting: int
    """How many values the primary person has not agreed to yet."""
    taken_out: list[TakenOut]
    last_change: PageAct | None


def section_for(person: Participant, at: datetime) -> KeptSection:
    facts = sorted(own_words.kept_for(person).select_related("said_by"), key=_place)
    fields = [
        KeptField(label_of(field), [_kept(fact, person) for fact in of_field])
        for field, of_field in groupby(facts, key=lambda fact: fact.field)
    ]
    return KeptSection(
        fields=fields,
        waiting=sum(fact.state == Fact.State.PROPOSED for fact in facts),
        taken_out=[
            TakenOut(fact.pk, label_of(fact.field), in_words(fact.field, fact.value))
            for fact in own_words.taken_out_by(person, at)
        ],
        last_change=own_words.last_change(person, at),
    )


_ORDER = {field: place for place, field in enumerate(LABELS)}


def _place(fact: Fact) -> tuple[bool, int, str, int]:
    """What waits for a yes comes first."""
    is_settled = fact.state == Fact.State.CONFIRMED
    return is_settled, _ORDER.get(fact.field, len(_ORDER)), fact.field, fact.pk


def _kept(fact: Fact, reader: Participant) -> Kept:
    is_confirmed = fact.state == Fact.State.CONFIRMED
    return Kept(
        id=fact.pk,
        text=in_words(fact.field, fact.value),
        said_by="You" if fact.said_by_id == reader.pk and fact.is_author_known else _name(fact),
        # A quote that is the value itself would be read twice.
        quote="" if folded(fact.quote) == folded(str(fact.value)) else fact.quote,
        at=fact.created_at,
        is_confirmed=is_confirmed,
        is_private=fact.is_private and not fact.may_be_shown,
        on_their_page=fact.page_act_id is not None,
        may_be_quoted=fact.allowed_on_page_id is not None if _is_own_praise(fact, reader) else None,
        may_agree=reader.is_primary and not is_confirmed,
    )


def _is_own_praise(fact: Fact, reader: Participant) -> bool:
    return fact.field == "green_flags" and fact.said_by_id == reader.pk and not reader.is_primary


def _name(fact: Fact) -> str:
    return fact.said_by.name if fact.is_author_known else "A friend"
