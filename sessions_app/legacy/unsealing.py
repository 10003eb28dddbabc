"""Turns what the older app knew about the single person into proposals, once that person has said yes here. No consent was
kept there, so the primary person is asked about each of them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matchmaker.addresses import canonical
from matchmaker.ai.fields import FIELDS, Field, InvalidValue, Source
from matchmaker.ai.reading.folding import quote_stands
from sessions_app.legacy.mapping import Sealed, is_empty
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import OLDER_APP_SEGMENT, Fact, LockedSession, Participant, Session
from sessions_app.names import skeleton

_LISTS = {"interests", "pets"}
_IN_THEIR_ORDER = ("major", "education_level", "schools")
_WORDS_OF_A_FRIEND = ("feedback", "text", "content", "quote", "answer", "message")
_NAME_OF_A_FRIEND = ("name", "friend", "sender", "from", "author")


@dataclass(frozen=True)
class Value:
    """One value that could become a fact. `said_by`: a name that the older app kept beside it."""

    origin: str
    field: str
    value: Any
    said_by: str = ""


@dataclass(frozen=True)
class Line:
    """What a person wrote in the older app."""

    message_id: int
    author_id: int
    text: str


def unseal(*, session: LockedSession, primary: Participant, message_id: int, at: datetime) -> list[Fact]:
    """Inside the transaction that records the yes in `message_id`, so that neither can happen without the other."""
    record = LegacyImport.objects.filter(session=session, unsealed_at=None).first()
    # After a restart the interview begins with nothing, as the group was told.
    if record is None or session.reads_from is not None:
        return []
    opening = _Opening(session, primary, message_id, at)
    elses = _is_about_somebody_else(record, primary)
    told = [opening.take(value, refusal=elses) for value in _values(record.sealed)]
    Fact.objects.bulk_create(opening.facts)
    record.unsealed, record.unsealed_at, record.photos_are_open = told, at, not elses
    record.save(update_fields=["unsealed", "unsealed_at", "photos_are_open"])
    return opening.facts


def _is_about_somebody_else(record: LegacyImport, primary: Participant) -> str:
    """Why the profile seems to be somebody else's than that of the person who said yes here; empty if it does not."""
    hint = record.primary_hint or {}
    if hint.get("number"):
        is_mine = canonical(primary.contact.address).removeprefix("whatsapp:") == canonical(hint["number"])
        return "" if is_mine else "the older app's profile was of another phone's owner"
    names = [hint["name"]] if hint.get("name") else [item["value"] for item in record.sealed if _is_a_name(item)]
    others = primary.session.participants.exclude(pk=primary.pk).values_list("name", flat=True)
    named = {skeleton(str(name)) for name in names}
    if skeleton(primary.name) not in named and named & {skeleton(name) for name in others}:
        return "the older app's profile was of somebody else in the group"
    return ""


def _is_a_name(item: Sealed) -> bool:
    return item["field"] == "first_name" and isinstance(item["value"], str)


# --- values -----------------------------------------------------------------------------------------------------------


def _values(sealed: list[Sealed]) -> Iterator[Value]:
    studies = [item for item in sealed if item["field"] == "job_or_study"]
    for item in sealed:
        if item["field"] != "job_or_study":
            yield from _each(item)
    if studies:
        studies.sort(key=_place_among_studies)
        said = ", ".join(_as_text(item["value"]) for item in studies)
        yield Value(" + ".join(item["origin"] for item in studies), "job_or_study", said)


def _place_among_studies(item: Sealed) -> int:
    name = item["origin"].rpartition(".")[2]
    return _IN_THEIR_ORDER.index(name) if name in _IN_THEIR_ORDER else len(_IN_THEIR_ORDER)


def _each(item: Sealed) -> Iterator[Value]:
    origin, slug, value = item["origin"], item["field"], item["value"]
    wanted = FIELDS.get(slug)
    if wanted is None or not wanted.many:
        yield Value(origin, slug, _as_text(value) if wanted and isinstance(value, list) else value)
        return
    if slug in _LISTS and isinstance(value, str):
        value = re.split(r"[,;\n]", value)
    for one in value if isinstance(value, list) else [value]:
        if not is_empty(one):
            yield _of_somebody(origin, slug, one) if isinstance(one, dict) else Value(origin, slug, one)


def _of_somebody(origin: str, slug: str, said: dict[str, Any]) -> Value:
    words = next((said[name] for name in _WORDS_OF_A_FRIEND if isinstance(said.get(name), str)), said)
    author = next((said[name] for name in _NAME_OF_A_FRIEND if isinstance(said.get(name), str)), "")
    return Value(origin, slug, words, author)


def _as_text(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


# --- facts ------------------------------------------------------------------------------------------------------------


class _Opening:
    """What the steps of one unsealing share."""

    def __init__(self, session: Session, primary: Participant, message_id: int, at: datetime) -> None:
        self._session, self._primary, self._at = session, primary, at
        self._people = list(session.participants.order_by("pk"))
        self._creator = next((one for one in self._people if one.is_creator), primary)
        self._lines, last = _transcript(session)
        self._last = last or message_id
        self._seen: set[tuple[str, str]] = set()
        self._counts: Counter[str] = Counter()
        self.facts: list[Fact] = []

    def take(self, value: Value, *, refusal: str) -> dict[str, Any]:
        """Keep it as a proposal, or say why not."""
        why = refusal or self._propose(value)
        told = {"origin": value.origin, "field": value.field, "value": value.value}
        return {**told, "outcome": "kept" if why else "proposed", "why": why}

    def _propose(self, value: Value) -> str:
        wanted = FIELDS.get(value.field)
        if wanted is None:
            return "there is no such field to fill here"
        if wanted.source is Source.PRIMARY:
            return "only the primary person may say it, so they are asked again"
        try:
            normal = wanted.normalise(value.value)
        except InvalidValue as unfit:
            return str(unfit)
        key = (wanted.slug, str(normal).casefold())
        if key in self._seen:
            return "it stood there twice"
        if self._counts[wanted.slug] >= wanted.most:
            return "another value of it came first" if not wanted.many else f"{wanted.most} are the most"
        self._seen.add(key)
        self._counts[wanted.slug] += 1
        self.facts.append(self._fact(wanted, normal, value.said_by))
        return ""

    def _fact(self, wanted: Field, value: Any, told_author: str) -> Fact:
        line = self._said_in(wanted, value)
        author = next(
            (one.pk for one in self._people if told_author and skeleton(one.name) == skeleton(told_author)), None
        )
        known = author or (line.author_id if line else None)
        return Fact(
            session=self._session,
            field=wanted.slug,
            value=value,
            state=Fact.State.PROPOSED,
            source=Fact.Source.LEGACY,
            said_by_id=known or self._creator.pk,
            # Praise is only worth something from a friend, so nobody else gets credit for it.
            is_author_known=known is not None or wanted.source is not Source.FRIENDS,
            message_id=line.message_id if line else self._last,
            created_at=self._at,
        )

    def _said_in(self, wanted: Field, value: Any) -> Line | None:
        from_friends = wanted.source is Source.FRIENDS
        return next(
            (
                line
                for line in self._lines
                if not (from_friends and line.author_id == self._primary.pk) and quote_stands(str(value), line.text)
            ),
            None,
        )


def _transcript(session: Session) -> tuple[list[Line], int | None]:
    """What people wrote in the older app, and the last message there of anybody."""
    rows = list(
        session.messages.filter(segment=OLDER_APP_SEGMENT).order_by("index").values_list("pk", "author_id", "body")
    )
    return [Line(pk, author, body) for pk, author, body in rows if author], rows[-1][0] if rows else None
