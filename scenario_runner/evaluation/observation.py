"""What came of a play, read from the product's database into plain data."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from conversations_app.models import Message, Turn
from matchmaker.ai.fields import FIELDS
from scenario_runner.evaluation.evening import Asked, Decided, Evening, Kept, Reply, Said
from scenario_runner.runner import Answered
from scenario_runner.scenario import Scenario
from sessions_app.models import Consent, Fact, Session

_READ = (Message.State.SENT, Message.State.RECEIVED)
_TALK = (Message.Kind.PERSON, Message.Kind.MATCHMAKER)
# No readings of the model: its silence, which is questioned once, what is no tool, and what code does by itself.
_NO_READING = {"stay_silent", "text", "take_answer", "make_sure", "plain_line"}


def observe(scenario: Scenario, session: Session, answered: Sequence[Answered]) -> Evening:
    return Evening(
        expect=scenario.expect,
        language=scenario.language,
        said=tuple(_said(session)),
        kept=tuple(_kept(session)),
        asked=tuple(_asked(session)),
        replies=tuple(Reply(one.step, one.mark, one.lines, one.in_all, one.seconds) for one in answered),
        turns=tuple(_decided(turn) for turn in session.turns.prefetch_related("actions")),
        consent_at=_consent_at(session),
    )


def _said(session: Session) -> list[Said]:
    lines = session.messages.filter(kind__in=_TALK, state__in=_READ).in_transcript_order().select_related("author")
    return [Said(line.author.name if line.author else "", line.body, line.at) for line in lines]


def _kept(session: Session) -> list[Kept]:
    facts = list(session.facts.select_related("said_by", "decided_by"))
    shown = _shown(facts)
    return [
        Kept(
            field=fact.field,
            value=fact.value,
            is_confirmed=fact.state == Fact.State.CONFIRMED,
            said_by=fact.author_name,
            said_by_primary=fact.said_by.is_primary,
            at=fact.created_at,
            decided_by_primary=bool(fact.decided_by and fact.decided_by.is_primary),
            decided_at=fact.decided_at,
            is_shown=fact.pk in shown,
        )
        for fact in facts
    ]


def _shown(facts: list[Fact]) -> set[int]:
    """Of a field with a single value the confirmed one stands, else the newest."""
    live = [fact for fact in facts if fact.state in (Fact.State.CONFIRMED, Fact.State.PROPOSED)]
    of_one: dict[str, Fact] = {}
    for fact in live:
        standing = of_one.get(fact.field)
        if standing is None or standing.state != Fact.State.CONFIRMED or fact.state == Fact.State.CONFIRMED:
            of_one[fact.field] = fact
    return {fact.pk for fact in live if _has_many(fact.field) or of_one[fact.field] == fact}


def _has_many(slug: str) -> bool:
    return slug in FIELDS and FIELDS[slug].many


def _asked(session: Session) -> list[Asked]:
    questions = session.questions.select_related("asked_to")
    return [
        Asked(one.topic, one.asked_to.name if one.asked_to else "", one.asked_at, one.to_make_sure)
        for one in questions
    ]


def _decided(turn: Turn) -> Decided:
    actions = list(turn.actions.all())
    calls = [action for action in actions if action.name not in _NO_READING]
    return Decided(
        tokens=turn.tokens,
        tokens_out=turn.tokens_out,
        calls=len(calls),
        refused=tuple(f"{action.name}: {action.why}" for action in calls if not action.is_done),
        is_plain_line=bool(turn.plain_line),
        error=turn.error,
    )


def _consent_at(session: Session) -> datetime | None:
    given = Consent.objects.filter(participant__session=session, kind=Consent.Kind.PROFILE).order_by("given_at")
    found: Any = given.values_list("given_at", flat=True).first()
    return found if isinstance(found, datetime) else None
