"""`manage.py evaluate`, against the running product and a model whose every call is known."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.running_stack import RunningStack

pytestmark = pytest.mark.e2e

EVENING = """\
title: A short evening
people:
  uma: {address: "whatsapp:+15550100701", name: Uma, role: primary, answers: {consent: "yes"}}
  kit: {address: "whatsapp:+15550100702", name: Kit}
steps:
  - uma: {text: "start", mark: free}
  - kit: {text: "join {code}", mark: free}
  - model:
      - claim_primary: {}
      - ask_field: {field: consent, wording: "May I write a profile from what you all say here, Uma?", to: Uma}
  - uma: {text: "it's about me", mark: speak}
  - uma: {text: "hang on, my bus", mark: free}
  - model:
      - propose_fact: {field: age, value: 34}
      - ask_field: {field: area, wording: "And where do you live?", to: Uma}
  - uma: {text: "I'm 34", mark: speak}
  - kit: {text: "hahaha", mark: quiet}
  - model: [{say: {text: "Kit, are you hungry?"}}]
  - kit: {text: "Matchmaker, what's for dinner", mark: quiet}
expect:
  profile: {age: 34, area: Leeds}
  not_profile: {pets: any}
"""


@dataclass
class Evaluated:
    run: dict[str, Any]
    told: str
    returncode: int

    @property
    def score(self) -> dict[str, Any]:
        found: dict[str, Any] = self.run["scenarios"][0]
        return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scenarios")
    (folder / "short.yaml").write_text(EVENING)
    return folder


@pytest.fixture(scope="module")
def evaluated(stack: RunningStack, files: Path) -> Evaluated:
    done = stack.manage("evaluate", str(files), "--json", "--price-in", "1", "--price-out", "2")
    assert done.stdout, done.stderr
    return Evaluated(json.loads(done.stdout), done.stderr, done.returncode)


def test_it_plays_the_scripted_calls_of_each_line(evaluated: Evaluated) -> None:
    assert evaluated.returncode == 0
    assert "And where do you live?" in evaluated.told
    assert evaluated.score["fields"]["age"]["heard"] == 1
    assert evaluated.score["refused"] == {}


def test_whoever_was_asked_comes_to_the_answer(evaluated: Evaluated) -> None:
    lines = [line.split() for line in evaluated.told.splitlines()]

    assert lines.index(["Uma", "yes"]) == lines.index(["Uma", "hang", "on,", "my", "bus"]) + 1


def test_it_counts_what_is_missing_and_said_too_much(evaluated: Evaluated) -> None:
    assert evaluated.score["failures"] == ["The profile should have area “Leeds”, but it is unknown."]
    assert evaluated.score["missed_speak"] == {"n": 0, "of": 2}
    assert (evaluated.score["wrong_speak"], evaluated.score["wrong_steps"]) == ({"n": 1, "of": 2}, [10])


def test_it_finds_nothing_stored_without_a_right_to(evaluated: Evaluated) -> None:
    assert (evaluated.score["before_consent"], evaluated.score["authority"]) == ([], [])
    assert evaluated.score["tokens_in"] > evaluated.score["tokens_out"] > 0


def test_it_compares_with_an_earlier_run(evaluated: Evaluated, files: Path, stack: RunningStack) -> None:
    earlier = files / "earlier.json"
    earlier.write_text(json.dumps(evaluated.run))

    now = stack.manage("evaluate", str(files / "short.yaml"), "--unscripted", "--compare", str(earlier), "-v", "0")

    assert now.returncode == 0, now.stderr
    assert "1 scenarios in both" in now.stdout
    assert "where do you live" not in now.stderr
