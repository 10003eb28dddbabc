"""How `evaluate` shows a run, and two runs beside each other."""

import pytest

from scenario_runner.evaluation.report import comparison, report
from scenario_runner.evaluation.score import Evaluation, FieldScore, Ratio, Score, figures


def score(file="abby.yaml", **more):
    return Score(file=file, title="Abby", **more)


def run(*scores, model="a-model", **more):
    return Evaluation(model=model, scenarios=list(scores), **more)


def line_of(text, start):
    return next(line.split() for line in text.splitlines() if line.startswith(start))


GOOD = score(
    fields={"age": FieldScore(expected=1, heard=1, confirmed=1, heard_right=1, confirmed_right=1)},
    wrong_speak=Ratio(n=0, of=4),
    missed_speak=Ratio(n=1, of=4),
    missed_steps=[7],
    questions=6,
    facts=4,
    tokens_in=900_000,
    tokens_out=100_000,
    reply_seconds=[1.0, 2.0, 9.0],
)
WORSE = score(
    fields={"age": FieldScore(expected=1)},
    wrong_speak=Ratio(n=2, of=4),
    missed_speak=Ratio(n=1, of=4),
    repeats=["age asked again after 2 minutes"],
)


def test_it_has_a_row_for_each_scenario_and_field():
    text = report(run(GOOD, score("tom.yaml")))

    assert line_of(text, "abby.yaml")[1:7] == ["100%", "100%", "100%", "100%", "0%", "25%"]
    assert line_of(text, "age") == ["age", "1", "100%", "100%", "100%", "100%"]
    assert line_of(text, "questions per fact")[-1] == "1.5"


def test_it_sets_languages_side_by_side_where_there_are_several():
    german = WORSE.model_copy(update={"language": "de"})

    assert line_of(report(run(GOOD, german)), "de")[1] == "0%"
    assert "language" not in report(run(GOOD))


def test_it_names_what_somebody_has_to_look_at():
    text = report(run(score(stopped="The play stopped: x", missed_steps=[7, 9], refused={"say: no": 2})))

    assert "abby.yaml: The play stopped: x" in text
    assert "abby.yaml: Silent where somebody waited, after step 7, 9." in text
    assert "abby.yaml: Refused 2×: say: no" in text


def test_a_profile_costs_what_its_tokens_cost():
    priced = run(GOOD, score("tom.yaml"), price_in=0.5, price_out=2.0)

    assert figures(priced, priced.scenarios)["cost per profile, $"] == pytest.approx((0.45 + 0.2) / 2)
    assert figures(run(GOOD), [GOOD])["cost per profile, $"] is None


def test_it_shows_what_became_different():
    text = comparison(run(WORSE, score("gone.yaml")), run(GOOD, model="another"))

    assert text.startswith("a-model → another, 1 scenarios in both.")
    assert line_of(text, "wrong-speak") == ["wrong-speak", "50%", "0%", "−50.0", "points"]
    assert line_of(text, "repeats") == ["repeats", "1", "0", "−1"]
    assert line_of(text, "missed-speak") == ["missed-speak", "25%", "25%"]
    assert "abby.yaml" in text
    assert "gone.yaml" not in text


def test_it_says_when_there_is_nothing_to_compare():
    assert comparison(run(score("a.yaml")), run(score("b.yaml"))) == "The two runs have no scenario in common."


def test_a_run_is_read_back_as_it_was_written():
    written = run(GOOD, WORSE, price_in=0.4, price_out=1.6)

    assert Evaluation.model_validate_json(written.model_dump_json(indent=1)) == written
