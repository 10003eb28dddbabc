"""The matchmaker's turns, in words: when, spoke or silent and why, what it did and what was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conversations_app.models import Turn, TurnAction
from conversations_app.staff import reports
from conversations_app.turns.snapshot import id_in
from matchmaker.admin_pages import Tone
from matchmaker.dashboard.profile import in_words, label_of
from sessions_app.models import Session

MOST_SHOWN = 30
# Keys whose values are aliases of people.
_PEOPLE = ("to", "about")


@dataclass(frozen=True)
class ActionLine:
    name: str
    about: str
    message: int | None
    done: bool
    why: str


@dataclass(frozen=True)
class TurnCard:
    id: int
    at: datetime
    verdict: str
    tone: Tone
    reason: str
    plain_line: str
    """Why code spoke in the model's place, if it did."""
    error: str
    stage: str
    cost: str
    actions: list[ActionLine]


def turns_of(session: Session, names: Mapping[int, str]) -> list[TurnCard]:
    """The newest first. `names`: people of the session by id."""
    newest = session.turns.select_related("session").prefetch_related("actions__message").order_by("-pk")[:MOST_SHOWN]
    return [_card(turn, names) for turn in newest]


def _card(turn: Turn, names: Mapping[int, str]) -> TurnCard:
    verdict, tone = _verdict(turn)
    tokens = f" · {turn.tokens} tokens" if turn.tokens else ""
    return TurnCard(
        id=turn.pk,
        at=turn.at,
        verdict=verdict,
        tone=tone,
        # A failed turn repeats its error as the reason; once is enough.
        reason="" if turn.reason == turn.error else turn.reason,
        plain_line=reports.plain_line_in_words(turn),
        error=turn.error,
        stage=f"{turn.stage} v{turn.stage_version}",
        cost=f"{turn.duration_ms / 1000:.1f} s{tokens}" if turn.closed_at else "",
        actions=[_line(action, names) for action in turn.actions.all()],
    )


def _verdict(turn: Turn) -> tuple[str, Tone]:
    if turn.state == Turn.State.OPEN:
        return "thinking", "warn"
    if turn.state == Turn.State.ABANDONED:
        return "worker lost", "bad"
    if turn.error:
        return "failed", "bad"
    if turn.state == Turn.State.DISCARDED:
        return "put aside", "calm"
    return ("spoke", "good") if turn.spoke else ("silent", "calm")


def _line(action: TurnAction, names: Mapping[int, str]) -> ActionLine:
    return ActionLine(
        name=action.name.replace("_", " "),
        about=_about(action.unsealed_arguments(), names),
        message=action.message_id,
        done=action.is_done,
        why=action.why,
    )


def _about(arguments: Mapping[str, Any], names: Mapping[int, str]) -> str:
    """`Height: 168 cm`, `to Lena`; the cited message has its own link."""
    field = str(arguments.get("field", ""))
    parts = [label_of(field)] if field else []
    if "value" in arguments:
        parts.append(in_words(field, arguments["value"]))
    phrases = [": ".join(parts)] if parts else []
    phrases += [f"{key} {_name(arguments[key], names)}" for key in _PEOPLE if arguments.get(key)]
    phrases += [str(arguments[key]) for key in ("reason",) if arguments.get(key)]
    return ", ".join(phrases)


def _name(alias: Any, names: Mapping[int, str]) -> str:
    try:
        return names[id_in(str(alias))]
    except (ValueError, KeyError):
        return "somebody unknown"
