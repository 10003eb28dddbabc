"""What the model is shown costs the same all evening."""

import json
from zoneinfo import ZoneInfo

import pytest

from matchmaker.ai import prompt
from matchmaker.ai.interview import Interview
from matchmaker.ai.tests.interviews import a_fact, an_interview, was_asked
from matchmaker.ai.turn_taking import Judge

judge = Judge("Matchmaker")


def after(turns: int) -> Interview:
    """An evening in which somebody writes, and we answer, so many times."""
    said = [
        line
        for n in range(turns)
        for line in (("lena", f"and then she said {n}, can you believe it"), ("matchmaker", f"I can, Lena: {n}."))
    ]
    asked = [was_asked("stories", minutes_ago=n, was_answered=True) for n in range(turns)]
    facts = [a_fact("stories", f"The {n}th story of the evening, with a goat in it") for n in range(min(turns, 10))]
    return an_interview(*said, ("abby", "that is me all over"), facts=facts, asked=asked)


def size_of(interview: Interview) -> int:
    return sum(len(message["content"]) for message in prompt.messages(interview, judge(interview), matchmaker="M"))


def test_the_300th_turn_costs_about_as_much_as_the_30th() -> None:
    assert size_of(after(300)) <= 1.15 * size_of(after(30))


@pytest.mark.parametrize(
    ("zones", "told"),
    [
        (["Europe/London"], {"weekday": "Friday", "clock": "19:01", "part_of_day": "evening"}),
        (["Europe/Madrid", "Atlantic/Canary"], {"weekday": "Friday", "part_of_day": "evening"}),
        (["Europe/Kaliningrad", "Asia/Kamchatka"], {}),
        ([], {}),
    ],
)
def test_it_tells_as_much_of_the_local_time_as_the_phone_does(zones: list[str], told: dict[str, str]) -> None:
    interview = an_interview(("abby", "hi"))
    interview.local_times = tuple(interview.at.astimezone(ZoneInfo(zone)) for zone in zones)

    shown = json.loads(prompt.document(interview, judge(interview), matchmaker="M"))

    assert shown["local_time"] == told


def test_novels_are_cut() -> None:
    interview = an_interview(*[("lena", "word " * 2000)] * 30, ("abby", "word " * 2000))

    assert size_of(interview) < 20_000


def test_what_stays_the_same_comes_first() -> None:
    early, late = (prompt.messages(after(turns), judge(after(turns)), matchmaker="M") for turns in (1, 50))

    assert early[0] == late[0]


def test_every_new_message_is_shown() -> None:
    interview = after(300)
    shown = json.loads(prompt.document(interview, judge(interview), matchmaker="M"))["messages"]

    assert shown[-1] == {"id": interview.lines[-1].id, "from": "abby", "text": "that is me all over", "new": True}


def test_a_private_value_stays_out_of_the_prompt() -> None:
    interview = an_interview(("lena", "is she gay?"), facts=[a_fact("orientation", "bisexual")])

    assert "bisexual" not in prompt.document(interview, judge(interview), matchmaker="M")
