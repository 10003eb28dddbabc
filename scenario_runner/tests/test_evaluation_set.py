"""The thirty scenarios of scenarios/evaluation: are they what their README promises?"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from matchmaker.ai.actions import ACTIONS
from scenario_runner.evaluation.metrics import folded
from scenario_runner.scenario import Message, Say, Scenario, Script, load_scenario

FOLDER = Path(__file__).parents[2] / "scenarios" / "evaluation"
FILES = sorted(FOLDER.glob("*.yaml"))

each_file = pytest.mark.parametrize(
    "scenario", [load_scenario(file) for file in FILES], ids=[file.stem for file in FILES]
)


def messages(scenario: Scenario) -> list[Message]:
    return [message for step in scenario.steps if isinstance(step, Say) for message in step.messages]


def scripts(scenario: Scenario) -> Iterator[tuple[Script, list[str]]]:
    """Each with the lines that can be quoted: those before it, and the ones right after it."""
    said: list[str] = []
    for step, following in zip(scenario.steps, [*scenario.steps[1:], None], strict=True):
        if isinstance(step, Say):
            said += [message.text for message in step.messages]
        if isinstance(step, Script):
            assert isinstance(following, Say)  # a reading belongs to a line
            yield step, [*said, *(message.text for message in following.messages)]


def test_there_are_thirty_in_three_languages():
    languages = Counter(load_scenario(file).language for file in FILES)

    assert sum(languages.values()) == 30
    assert languages["es"] >= 5
    assert languages["de"] >= 5
    assert languages["mixed"] >= 1


@each_file
def test_every_line_says_whether_to_speak(scenario):
    said = messages(scenario)

    assert 10 <= len(said) <= 30
    assert all(message.mark for message in said)
    assert {"speak", "quiet"} <= {message.mark for message in said}


@each_file
def test_everything_quoted_was_said(scenario):
    for script, lines in scripts(scenario):
        for call in (call for answer in script.answers for call in answer):
            quote = folded(call["arguments"].get("quote", ""))
            assert any(quote in folded(line) for line in lines), call


@each_file
def test_a_competent_reader_has_a_script(scenario):
    calls = [call["name"] for script, _ in scripts(scenario) for answer in script.answers for call in answer]

    assert {"claim_primary", "name_primary"} & set(calls)


@each_file
def test_every_call_is_one_that_a_model_can_make(scenario):
    for script, _ in scripts(scenario):
        for call in (call for answer in script.answers for call in answer):
            ACTIONS[call["name"]].model_validate({**call["arguments"], "message": "m1"})


@each_file
def test_it_says_what_the_profile_may_hold(scenario):
    assert scenario.expect.not_profile
    assert len([person for person in scenario.people.values() if person.role == "primary"]) == 1
    assert all(person.answers.keys() <= {"primary", "consent", "age"} for person in scenario.people.values())


def test_no_phone_is_in_two_scenarios():
    phones = Counter(person.address for file in FILES for person in load_scenario(file).people.values())

    assert phones.most_common(1)[0][1] == 1
