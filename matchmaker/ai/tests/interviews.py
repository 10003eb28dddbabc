"""Interviews as the tests need them, in plain data."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from matchmaker.ai.interview import Interview
from matchmaker.ai.records import Fact, Line, LineKind, Person, Question, Stage, State

STAGES = [
    Stage("introduction", "", "", ("age",)),
    Stage("basics", "", "", ("first_name", "age", "area", "gender", "job_or_study")),
    Stage("looking_for", "", "", ("intention", "first_date_idea", "dealbreakers")),
    Stage("stories", "", "", ("interests", "stories", "quirk")),
    Stage("friend_view", "", "", ("green_flags",)),
    Stage("photos", "", "", ("photos",)),
]
START = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)


def an_interview(*said: tuple[str, str], consented: bool = True, **changes: Any) -> Interview:
    """About Abby, with her friend Lena. `said` are (who, text): the last is new; "matchmaker" is us."""
    lines = [_line(position, *one) for position, one in enumerate(said, start=1)]
    if lines:
        lines[-1] = replace(lines[-1], is_new=True)
    interview = Interview(
        stages=STAGES,
        stage="introduction",
        people=[Person("abby", "Abby", is_primary=True), Person("lena", "Lena")],
        lines=lines,
        facts=[],
        primary="abby",
        consented=consented,
    )
    return replace(interview, **changes)


def _line(position: int, who: str, text: str) -> Line:
    kind = LineKind.MATCHMAKER if who == "matchmaker" else LineKind.PERSON
    author = None if kind is LineKind.MATCHMAKER else who
    return Line(f"m{position}", kind, author, text, START + timedelta(minutes=position), position)


def asked(topic: str, to: str | None = "abby") -> Question:
    return Question(topic, to, position=0)


def a_fact(field: str, value: Any, *, said_by: str = "abby", state: State = State.CONFIRMED) -> Fact:
    return Fact(field, value, state, said_by, "m0")
