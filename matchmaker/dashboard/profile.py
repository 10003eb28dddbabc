"""The profile so far, each value with the words it rests on, who said them and in which message."""

from dataclasses import dataclass
from typing import Any

from conversations_app.staff import reports
from matchmaker.ai.fields import FIELDS, Need
from sessions_app import actions
from sessions_app.models import Fact, Session


@dataclass(frozen=True)
class Value:
    text: str
    state: str
    """In words: heard, confirmed, …"""
    is_confirmed: bool
    quote: str
    said_by: str
    message: int | None


@dataclass(frozen=True)
class ProfileField:
    label: str
    need: str
    values: list[Value]


@dataclass(frozen=True)
class Profile:
    fields: list[ProfileField]
    put_aside: list[ProfileField]
    """Values that were taken out or replaced."""
    missing: list[str]
    required: int
    sealed: int = 0
    """How many values are kept unseen until staff decide."""

    @property
    def have(self) -> int:
        return self.required - len(self.missing)


def profile_of(session: Session) -> Profile:
    live = reports.profile(session)
    required = [field for field in FIELDS.values() if field.need is Need.REQUIRED]
    missing = [
        _missing_in_words(field.slug, field.least, have)
        for field in required
        if (have := _confirmed(live.get(field.slug))) < field.least
    ]
    return Profile(
        fields=[_field(slug, value["items"]) for slug, value in live.items()],
        put_aside=_put_aside(session),
        missing=missing,
        required=len(required),
        sealed=actions.sealed_facts(session),
    )


def _confirmed(value: reports.Value | None) -> int:
    return sum(item["state"] == Fact.State.CONFIRMED for item in value["items"]) if value else 0


def _missing_in_words(slug: str, least: int, have: int) -> str:
    return f"{label_of(slug)} ({have} of {least})" if least > 1 else label_of(slug)


def _field(slug: str, items: list[reports.Item]) -> ProfileField:
    values = [
        _value(slug, item["value"], item["state"], item["quote"], item["said_by"], item["message"]) for item in items
    ]
    need = FIELDS[slug].need.value if slug in FIELDS else ""
    return ProfileField(label_of(slug), need, values)


def _put_aside(session: Session) -> list[ProfileField]:
    # Sealed words stay unseen until staff decide, whatever became of the value.
    facts = session.facts.filter(
        session__sealed_at=None, said_by__sealed_at=None, state__in=[Fact.State.REJECTED, Fact.State.REPLACED]
    ).select_related("said_by")
    return [
        ProfileField(
            label_of(fact.field),
            "",
            [_value(fact.field, fact.value, fact.state, fact.quote, fact.author_name, fact.message_id)],
        )
        for fact in facts
    ]


def _value(slug: str, value: Any, state: str, quote: str, said_by: str, message: int | None) -> Value:
    return Value(
        text=in_words(slug, value),
        state=str(Fact.State(state).label),
        is_confirmed=state == Fact.State.CONFIRMED,
        quote=quote,
        said_by=said_by,
        message=message,
    )


def label_of(slug: str) -> str:
    return slug.removesuffix("_cm").removesuffix("_km").replace("_", " ").capitalize()


def in_words(slug: str, value: Any) -> str:
    if slug == "age_range" and isinstance(value, list):
        return "–".join(str(age) for age in value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    for unit in ("cm", "km"):
        if slug.endswith(f"_{unit}"):
            return f"{value} {unit}"
    is_choice = slug in FIELDS and bool(FIELDS[slug].choices)
    return str(value).replace("_", " ") if is_choice else str(value)
