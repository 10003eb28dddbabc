"""Interviews as the tests need them, in plain data."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from matchmaker.ai.interview import Interview
from matchmaker.ai.records import Asked, Fact, Line, LineKind, Person, Question, Settles, Stage, State

STAGES = [
    Stage("introduction", "", "", ("age",)),
    Stage("basics", "", "", ("first_name", "age", "area", "gender", "job_or_study")),
    Stage("looking_for", "", "", ("intention", "first_date_idea", "dealbreakers")),
    Stage("stories", "", "", ("interests", "stories", "quirk")),
    Stage("friend_view", "", "", ("green_flags",)),
    Stage("photos", "", "", ("photos",)),
    Stage("drafting", "", "", ("bio", "prompts")),
    Stage("review", "", "", ()),
    Stage("approved", "", "", ()),
]
START = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)


def an_interview(*said: tuple[str, str], consented: bool = True, **changes: Any) -> Interview:
    """About Abby, an adult, with her friend Lena. `said` are (who, text), a minute apart; "matchmaker" is us, and the
    last is new."""
    lines = [_line(position, *one) for position, one in enumerate(said, start=1)]
    if lines:
        lines[-1] = replace(lines[-1], is_new=True)
    interview = Interview(
        stages=STAGES,
        stage="introduction",
        people=[Person("abby", "Abby", is_primary=True), Person("lena", "Lena")],
        lines=lines,
        facts=[],
        at=START + timedelta(minutes=len(lines)),
        primary="abby",
        consented=consented,
        adult=True,
    )
    return replace(interview, **changes)


def _line(position: int, who: str, text: str) -> Line:
    kind = LineKind.MATCHMAKER if who == "matchmaker" else LineKind.PERSON
    author = None if kind is LineKind.MATCHMAKER else who
    return Line(f"m{position}", kind, author, text, START + timedelta(minutes=position), position)


def asked(topic: str, to: str | None = "abby", **settles: Any) -> Question:
    """Our open question, put before everything that was said."""
    return Question(topic, to, position=0, settles=Settles(**settles))


def was_asked(topic: str, *, minutes_ago: float, to: str | None = "abby", **more: Any) -> Asked:
    """Before an interview of one line."""
    at = START + timedelta(minutes=1) - timedelta(minutes=minutes_ago)
    return Asked(topic, to, at, **{"was_answered": False, **more})


def a_fact(field: str, value: Any, *, said_by: str = "abby", state: State = State.CONFIRMED) -> Fact:
    return Fact(field, value, state, said_by, "m0", quote=str(value), id=f"{field}={value}")


def heard(field: str, value: Any, *, said_by: str = "abby") -> Fact:
    return a_fact(field, value, said_by=said_by, state=State.PROPOSED)
