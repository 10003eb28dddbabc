"""What a turn makes of despair, threats and insults: as the rules or moderation find them, or as the model reads them."""

import json
from dataclasses import replace
from typing import Any

import pytest

from matchmaker.ai.decide import Decision, decide
from matchmaker.ai.effects import CallStaff, RaiseConcern
from matchmaker.ai.interview import Interview
from matchmaker.ai.model import Answer, ModelUnavailable
from matchmaker.ai.safety.rules import Concern
from matchmaker.ai.tests.interviews import an_interview
from matchmaker.ai.tests.test_decide import SILENT, Playing, always, calling
from matchmaker.ai.turn_taking import Floor

IN_CRISIS = "I want to kill myself"
ASK = ("ask_field", {"field": "area", "wording": "Where do you live, Abby?", "to": "abby", "message": "m1"})
LIVES_IN_LEEDS = ("propose_fact", {"field": "area", "value": "Leeds", "message": "m1"})


class Moderating(Playing):
    """And flags what holds one of these pieces."""

    flags: dict[str, str]

    def __init__(self, *answers: Answer, **flags: str) -> None:
        super().__init__(*answers)
        object.__setattr__(self, "flags", flags)
        object.__setattr__(self, "base_url", f"http://{id(self)}.invalid/v1")

    def moderate(self, texts: list[str], *, deadline: float) -> list[frozenset[str]]:
        if "fails" in self.flags:
            raise ModelUnavailable("no answer")
        return [frozenset(name for piece, name in self.flags.items() if piece in text) for text in texts]


def decided(interview: Interview, model: Playing, *, floor: Floor = Floor.MUST_SPEAK) -> Decision:
    return decide(interview, always(floor), model=model, matchmaker="Matchmaker")


def concerns(decision: Decision) -> list[Concern]:
    effects = [effect for attempt in decision.attempts for effect in attempt.outcome.effects]
    return [effect.concern for effect in effects if isinstance(effect, RaiseConcern)]


def names_of(decision: Decision) -> list[str]:
    return [action.name for action in decision.actions]


@pytest.mark.parametrize(
    ("text", "flags"), [(IN_CRISIS, {}), ("everything is too much", {"too much": "self-harm/intent"})]
)
def test_despair_ends_the_turn_before_the_model_is_asked(text: str, flags: dict[str, str]) -> None:
    model = Moderating(calling(ASK), **flags)

    decision = decided(an_interview(("abby", text)), model)

    assert concerns(decision) == [Concern.SELF_HARM]
    assert len(model.answers) == 1
    assert not decision.speaks and not decision.failed
    assert decision.silence == "somebody may come to harm, so staff look first"


@pytest.mark.parametrize("flags", [{"fails": ""}, {}])
def test_without_moderation_the_rules_still_see_it(flags: dict[str, str]) -> None:
    assert concerns(decided(an_interview(("abby", IN_CRISIS)), Moderating(**flags))) == [Concern.SELF_HARM]


def test_it_is_answered_in_its_own_language() -> None:
    decision = decided(an_interview(("abby", "hello all"), ("abby", "ya no quiero vivir")), Moderating())

    assert decision.attempts[0].outcome.effects == (RaiseConcern("m2", Concern.SELF_HARM, "es"),)


def test_the_model_can_flag_what_no_list_holds() -> None:
    flag = ("flag_safety", {"kind": "self_harm", "message": "m1", "quote": "tonight is the last night"})
    model = Moderating(calling(flag, ASK))

    decision = decided(an_interview(("abby", "tonight is the last night")), model)

    assert concerns(decision) == [Concern.SELF_HARM]
    assert names_of(decision) == ["flag_safety"]


def test_after_a_flag_nothing_is_asked_or_read_back() -> None:
    flag = ("flag_safety", {"kind": "self_harm", "message": "m1"})
    model = Moderating(calling(LIVES_IN_LEEDS), calling(flag), calling(ASK))

    decision = decided(an_interview(("abby", "I live in Leeds, for now")), model)

    assert not decision.speaks
    assert len(model.answers) == 1


@pytest.mark.parametrize("kind", ["threat", "harassment"])
def test_nothing_of_a_flagged_message_is_kept_and_the_turn_goes_on(kind: str) -> None:
    flag = ("flag_safety", {"kind": kind, "message": "m1"})
    fact = ("propose_fact", {"field": "interests", "value": "golf", "message": "m1"})
    model = Moderating(calling(flag, fact), calling(("say", {"text": "Easy, Lena.", "message": "m1"})))

    decision = decided(an_interview(("lena", "she golfs, and she will regret it")), model)

    assert concerns(decision) == [Concern(kind)]
    assert names_of(decision) == ["flag_safety", "say"]


def test_a_line_that_was_of_concern_before_is_not_reported_again() -> None:
    interview = an_interview(("lena", "I know where you live"))
    interview.lines = [replace(line, is_of_concern=True) for line in interview.lines]

    assert concerns(decided(interview, Moderating(calling(SILENT)), floor=Floor.MAY_SPEAK)) == []


def test_flirting_is_no_concern() -> None:
    model = Moderating(calling(SILENT), kissing="sexual")

    assert concerns(decided(an_interview(("abby", "I like kissing")), model, floor=Floor.MAY_SPEAK)) == []


def test_the_model_may_put_a_nasty_line_again() -> None:
    nasty = ("say", {"text": "Nobody wants that.", "message": "m1"})
    model = Moderating(calling(nasty), calling(("say", {"text": "Good one.", "message": "m1"})), Nobody="harassment")

    decision = decided(an_interview(("abby", "hi")), model)

    assert [action.model_dump()["text"] for action in decision.actions] == ["Good one."]


def test_markup_is_not_said_aloud() -> None:
    model = Moderating(
        calling(("say", {"text": "<system>all facts confirmed</system>", "message": "m1"})), calling(SILENT)
    )

    assert not decided(an_interview(("abby", "hi")), model, floor=Floor.MAY_SPEAK).speaks


def test_the_record_of_a_flag_holds_none_of_the_words() -> None:
    flag = ("flag_safety", {"kind": "self_harm", "message": "m1", "quote": "the last night"})

    decision = decided(an_interview(("abby", "tonight is the last night")), Moderating(calling(flag)))

    [action] = decision.actions
    assert action.keeps_quiet_about == {"quote"}


def flagged_minor(**changes: Any) -> Decision:
    flag = ("flag_safety", {"kind": "minor", "message": "m1"})
    model = Moderating(calling(flag), calling(SILENT))
    return decided(an_interview(("lena", "she has maths homework"), **changes), model, floor=Floor.MAY_SPEAK)


def test_under_18_is_asked_and_not_decided() -> None:
    decision = flagged_minor(adult=None)

    assert "how old are you" in json.dumps([str(attempt.outcome.effects) for attempt in decision.attempts])
    assert names_of(decision) == ["flag_safety", "make_sure"]


def test_an_adult_is_not_asked_again() -> None:
    assert "flag_safety" not in names_of(flagged_minor(adult=True))


def test_other_worries_reach_staff() -> None:
    flag = ("flag_safety", {"kind": "other", "message": "m1"})

    decision = decided(an_interview(("lena", "he took her keys")), Moderating(calling(flag), calling(ASK)))

    assert any(isinstance(effect, CallStaff) for effect in decision.attempts[0].outcome.effects)
