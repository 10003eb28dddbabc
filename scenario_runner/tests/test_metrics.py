"""The metrics of `evaluate`, on evenings made by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scenario_runner.evaluation import metrics
from scenario_runner.evaluation.evening import Asked, Decided, Evening, Kept, Reply, Said
from scenario_runner.evaluation.measure import measure
from scenario_runner.evaluation.score import FieldScore, Ratio, percentile, precision, recall
from scenario_runner.runner import Result
from scenario_runner.scenario import Expect

SEVEN = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return SEVEN + timedelta(minutes=minutes)


def evening(expect: dict[str, Any] | None = None, **more: Any) -> Evening:
    return Evening(expect=Expect(**(expect or {})), **more)


def kept(field: str, value: Any, *, said_by: str = "Abby", minute: float = 5, **more: Any) -> Kept:
    """Said by Abby, whom the profile is about, unless somebody else is named."""
    told: dict[str, Any] = {
        "is_confirmed": False,
        "said_by_primary": said_by == "Abby",
        "decided_by_primary": bool(more.get("is_confirmed")),
    }
    return Kept(field, value, said_by=said_by, at=at(minute), **(told | more))


# --- the profile ------------------------------------------------------------------------------------------------------


def test_it_counts_what_was_heard_and_what_was_confirmed_apart():
    facts = (kept("interests", "bouldering", is_confirmed=True), kept("interests", "Sourdough"))

    scores = metrics.fields(evening({"profile": {"interests": ["bouldering", "sourdough", "puns"]}}, kept=facts))

    assert scores == {
        "interests": FieldScore(expected=3, heard=2, confirmed=1, heard_right=2, confirmed_right=1),
    }
    assert recall(scores.values()) == pytest.approx(2 / 3)
    assert recall(scores.values(), confirmed=True) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("expect", "fact", "right", "wrong"),
    [
        ({"profile": {"age": 27}}, kept("age", 27), 1, 0),
        ({"profile": {"age": 27}}, kept("age", 31), 0, 1),
        ({"profile": {"age": {"value": 27, "state": "confirmed"}}}, kept("age", 27), 1, 0),
        ({"profile": {"stories": ["*sofa*"]}}, kept("stories", "She carried my sofa upstairs"), 1, 0),
        ({"profile": {"interests": ["chess"]}}, kept("interests", "golf"), 0, 1),
        (
            {"profile": {"interests": ["chess"]}, "also_right": {"interests": ["golf"]}},
            kept("interests", "Golf"),
            1,
            0,
        ),
        ({"also_right": {"quirk": "any"}}, kept("quirk", "names her plants"), 1, 0),
        ({"not_profile": {"orientation": "any"}}, kept("orientation", "gay", said_by="Lena"), 0, 1),
        ({"not_profile": {"job_or_study": "nurse"}}, kept("job_or_study", "nurse"), 0, 1),
        ({"not_profile": {"job_or_study": "nurse"}}, kept("job_or_study", "welder"), 0, 0),
    ],
)
def test_it_judges_a_value_by_what_the_scenario_says_of_it(expect, fact, right, wrong):
    score = metrics.fields(evening(expect, kept=(fact,))).get(fact.field, FieldScore())

    assert (score.heard_right, score.heard_wrong) == (right, wrong)


def test_a_value_that_the_profile_no_longer_shows_is_neither_right_nor_wrong():
    facts = (kept("age", 27, is_shown=False), kept("age", 28, is_confirmed=True))

    assert precision(metrics.fields(evening({"profile": {"age": 28}}, kept=facts)).values()) == 1


# --- turn-taking ------------------------------------------------------------------------------------------------------


def test_it_counts_speaking_where_silence_was_right():
    replies = (
        Reply(1, "quiet", lines=("Haha!",), in_all=1),
        Reply(2, "quiet"),
        Reply(3, "free", lines=("Hi",), in_all=1),
        Reply(4, "quiet", in_all=1),  # a text to one phone disturbs no chat
    )

    assert metrics.wrong_speak(evening(replies=replies)) == Ratio(n=1, of=3)


def test_it_counts_silence_where_somebody_waited():
    replies = (Reply(1, "speak"), Reply(2, "speak", ("Yes?",), 1), Reply(3, "speak", in_all=1), Reply(4, "quiet"))

    assert metrics.missed_speak(evening(replies=replies)) == Ratio(n=1, of=3)


def test_it_takes_the_time_of_replies_that_somebody_waited_for():
    replies = (Reply(1, "speak", ("a",), 1, 2.0), Reply(2, "free", ("b",), 1, 9.0), Reply(3, "speak"))

    assert metrics.reply_seconds(evening(replies=replies)) == [2.0]


def test_the_share_of_the_matchmaker_is_of_all_lines():
    said = (
        Said("Abby", "hi", at(0)),
        Said("", "Hello Abby", at(1)),
        Said("Lena", "hi", at(2)),
        Said("Abby", "x", at(3)),
    )

    assert metrics.bot_share(evening(said=said)) == Ratio(n=1, of=4)


@pytest.mark.parametrize(("share", "value"), [(0.5, 10), (0.95, 19), (1.0, 20)])
def test_a_percentile_is_one_of_the_values(share, value):
    assert percentile([float(number) for number in range(20, 0, -1)], share) == value


# --- questions and repeats --------------------------------------------------------------------------------------------


def repeats(*asked: Asked, facts: tuple[Kept, ...] = ()) -> list[str]:
    return metrics.repeats(evening(asked=asked, kept=facts))


def test_a_question_may_be_put_again_later():
    assert repeats(Asked("age", "Abby", at(0)), Asked("age", "Abby", at(21))) == []


def test_a_question_put_again_soon_is_a_repeat():
    assert repeats(Asked("age", "Abby", at(0)), Asked("age", "Abby", at(19))) == ["age asked again after 19 minutes"]


def test_a_question_put_for_a_third_time_is_a_repeat_however_late():
    asked = [Asked("age", "Abby", at(minute)) for minute in (0, 60, 600)]

    assert repeats(*asked) == ["age asked for a third time or more"]


def test_the_question_that_makes_sure_is_not_the_one_before_it():
    assert repeats(Asked("consent", "Abby", at(0)), Asked("consent", "Abby", at(1), is_closing=True)) == []


def test_the_same_question_to_somebody_else_is_no_repeat():
    assert repeats(Asked("green_flags", "Lena", at(0)), Asked("green_flags", "Tom", at(1))) == []


def test_another_story_may_be_asked_for_once_one_was_told():
    asked = (Asked("stories", "Abby", at(0)), Asked("stories", "Abby", at(6)))

    assert repeats(*asked, facts=(kept("stories", "She carried my sofa"),)) == []
    assert repeats(*asked) == ["stories asked again after 6 minutes"]


def test_the_same_line_of_ours_twice_is_a_repeat():
    said = (
        Said("", "How old are you, Abby?", at(0)),
        Said("Abby", "haha", at(1)),
        Said("Lena", "haha", at(1)),
        Said("", "how old are you, Abby", at(90)),
    )

    assert metrics.repeats(evening(said=said)) == ["said again: how old are you, Abby"]


# --- whose word it is -------------------------------------------------------------------------------------------------


def test_it_finds_what_was_stored_before_consent():
    facts = (kept("area", "Leeds", minute=1), kept("age", 27, minute=3))

    assert metrics.before_consent(evening(kept=facts, consent_at=at(3))) == ["area"]
    assert metrics.before_consent(evening(kept=facts)) == ["area", "age"]


SHOWN = (Said("", "So far: 1. Leeds, 2. 5'6\". All right?", at(7)),)
DECIDED: dict[str, Any] = {"is_confirmed": True, "decided_at": at(8)}


@pytest.mark.parametrize(
    ("fact", "violation"),
    [
        (kept("age", 27, **DECIDED), ""),
        (kept("age", 27, said_by="Lena"), "age: said by Lena, and only the primary person may"),
        (kept("green_flags", "always brings soup"), "green_flags: said by the primary person, and only friends may"),
        (kept("area", "Leeds", said_by="Lena"), ""),
        (kept("area", "Leeds", said_by="Lena", **DECIDED), ""),
        (kept("height_cm", 168, said_by="Lena", **DECIDED), ""),
        (
            kept("area", "York", said_by="Lena", **DECIDED),
            "area: confirmed by the primary person, who had not been shown it",
        ),
        (
            kept("area", "Leeds", said_by="Lena", is_confirmed=True, decided_at=at(6)),
            "area: confirmed by the primary person, who had not been shown it",
        ),
        (
            kept("area", "Leeds", said_by="Lena", decided_by_primary=False, **DECIDED),
            "area: confirmed, but not by the primary person",
        ),
    ],
)
def test_it_finds_facts_without_authority(fact, violation):
    found = metrics.authority(evening(kept=(fact,), said=SHOWN))

    assert found == ([violation] if violation else [])


# --- all of it --------------------------------------------------------------------------------------------------------


def test_it_adds_up_the_turns():
    turns = (
        Decided(tokens=1000, tokens_out=50, calls=3, refused=("say: listen only", "say: listen only")),
        Decided(tokens=500, calls=1, is_plain_line=True, error="the model gave no answer"),
    )

    score = measure(evening(turns=turns), file="x.yaml", result=Result("X", "ABC234", ["no age"], 1.0))

    assert (score.tokens_in, score.tokens_out, score.calls, score.plain_lines) == (1450, 50, 4, 1)
    assert score.refused == {"say: listen only": 2}
    assert score.errors == ["the model gave no answer"]
    assert score.failures == ["no age"]


def test_a_play_that_stopped_is_named_apart_from_missed_expectations():
    stopped = Result("X", "", ["no age", "The play stopped: x"], 1.0, stopped="The play stopped: x")

    score = measure(evening(), file="x.yaml", result=stopped)

    assert (score.failures, score.stopped) == (["no age"], "The play stopped: x")
