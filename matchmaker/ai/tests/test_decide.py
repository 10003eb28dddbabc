import json
import time
from dataclasses import replace

import pytest

from matchmaker.ai.decide import MOST_CALLS, decide
from matchmaker.ai.model import Answer, Model, ToolCall
from matchmaker.ai.tests.interviews import an_interview, asked
from matchmaker.ai.turn_taking import Floor, Verdict


class Playing(Model):
    """Replays the given answers, one per round, without a network."""

    answers: list[Answer]

    def __init__(self, *answers):
        super().__init__("http://model.invalid/v1", "key", "playing")
        object.__setattr__(self, "answers", list(answers))

    def complete(self, messages, tools, *, deadline):
        assert deadline > time.monotonic()
        return self.answers.pop(0)


def calling(*calls):
    """One answer of tool calls: (name, arguments)."""
    made = [ToolCall(f"c{at}", name, json.dumps(arguments)) for at, (name, arguments) in enumerate(calls)]
    return Answer("", tuple(made), tokens=1)


SAY = ("say", {"text": "Hello!", "message": "m1"})
SILENT = ("stay_silent", {"reason": "done"})
UNSAID = ("propose_fact", {"field": "age", "value": 31, "message": "m1"})


def decided(floor, *answers):
    model = Playing(*answers)
    decision = decide(an_interview(("abby", "hi")), Verdict(floor, "the test says so"), model=model, matchmaker="M")
    return decision, model


def test_it_questions_silence_once_while_someone_waits():
    decision, model = decided(Floor.MUST_SPEAK, calling(SILENT), calling(SILENT))

    assert [attempt.outcome.done for attempt in decision.attempts] == [False, True]
    assert model.answers == []


def test_it_does_not_question_silence_after_something_was_said():
    decision, _ = decided(Floor.MUST_SPEAK, calling(UNSAID, SAY), calling(SILENT))

    assert decision.speaks
    assert decision.attempts[-1].outcome.done


@pytest.mark.parametrize("broken", [Answer("just text", (), 1), Answer("", (ToolCall("c", "say", "{"),), 1)])
def test_it_ends_in_silence_after_two_invalid_answers(broken):
    decision, _ = decided(Floor.MAY_SPEAK, broken, broken)

    assert decision.error
    assert not decision.speaks


def test_it_says_nothing_where_it_may_only_listen():
    decision, _ = decided(Floor.LISTEN_ONLY, calling(SAY), calling(SILENT))

    assert not decision.speaks


def test_a_closing_remark_after_what_was_done_ends_the_turn():
    decision, _ = decided(Floor.MAY_SPEAK, calling(SAY, UNSAID), Answer("Done!", (), 1))

    assert decision.speaks
    assert not decision.error


@pytest.mark.parametrize("value", [["bouldering", "chess"], 167.6, True])
def test_a_malformed_value_does_not_count_as_an_invalid_answer(value):
    broken = ("propose_fact", {"field": "interests", "value": value, "message": "m1"})
    decision, _ = decided(Floor.MAY_SPEAK, calling(broken, SAY), calling(SILENT))

    assert decision.speaks
    assert not decision.error


@pytest.mark.parametrize(
    "written",
    [
        "<think>Abby sounds tired.</think> How was your day?",
        "M: How was your day?",
        "*M:* How was your day?",
        "<think>She is\nnew here.</think>\n\n**M**: How was your day?",
    ],
)
def test_it_strips_the_models_thoughts_and_its_own_name(written):
    decision, _ = decided(Floor.MAY_SPEAK, calling(("say", {"text": written, "message": "m1"})))

    assert [action.text for action in decision.actions] == ["How was your day?"]


def test_a_message_of_thoughts_alone_is_not_sent():
    thought = calling(("say", {"text": "<think>What could I say?", "message": "m1"}))

    decision, _ = decided(Floor.MAY_SPEAK, thought, calling(SILENT))

    assert not decision.speaks


def test_every_call_gets_its_result_also_beyond_the_most_that_are_carried_out():
    heard = []

    class Listening(Playing):
        def complete(self, messages, tools, *, deadline):
            heard.append(list(messages))
            return super().complete(messages, tools, deadline=deadline)

    many = calling(*[("say", {"text": f"Hello {n}", "message": "m1"}) for n in range(MOST_CALLS + 3)])
    model = Listening(many, calling(SILENT))
    decide(an_interview(("abby", "hi")), Verdict(Floor.MAY_SPEAK, "why"), model=model, matchmaker="M")

    results = [message for message in heard[1] if message.get("role") == "tool"]
    assert len(results) == MOST_CALLS + 3


def test_it_reads_the_answer_about_age_before_the_model():
    interview = an_interview(("abby", "27"), question=replace(asked("age"), to_make_sure=True))
    model = Playing(calling(SAY))

    decision = decide(interview, Verdict(Floor.MUST_SPEAK, "answered"), model=model, matchmaker="M")

    assert [attempt.name for attempt in decision.attempts] == ["propose_fact", "say"]
    assert decision.speaks


def test_it_asks_no_model_once_somebody_is_under_18():
    interview = an_interview(("abby", "16"), question=replace(asked("age"), to_make_sure=True))

    decision = decide(interview, Verdict(Floor.MUST_SPEAK, "answered"), model=Playing(), matchmaker="M")

    assert decision.attempts[0].outcome.values == {"adult": False}
    assert not decision.speaks


def test_what_was_said_before_a_doubtful_age_is_not_said():
    young = ("propose_fact", {"field": "age", "value": 16, "message": "m1"})
    model = Playing(calling(SAY, young))

    decision = decide(an_interview(("abby", "I'm 16")), Verdict(Floor.MUST_SPEAK, "x"), model=model, matchmaker="M")

    assert not decision.speaks
    assert decision.attempts[1].outcome.done
