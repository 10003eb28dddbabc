import json
import time
from dataclasses import replace

import pytest

from matchmaker.ai import fixed_lines
from matchmaker.ai.decide import MOST_CALLS, decide
from matchmaker.ai.model import Answer, Model, ToolCall
from matchmaker.ai.records import Photo
from matchmaker.ai.tests.interviews import a_fact, an_interview, asked, heard, was_asked
from matchmaker.ai.turn_taking import Cause, Floor, Judge, Verdict


class Playing(Model):
    """Replays the given answers, one per round, without a network."""

    answers: list[Answer]

    def __init__(self, *answers):
        super().__init__("http://model.invalid/v1", "key", "playing")
        object.__setattr__(self, "answers", list(answers))

    def moderate(self, texts, *, deadline):
        return [frozenset()] * len(texts)

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
    decision = decide(an_interview(("abby", "hi")), always(floor), model=model, matchmaker="M")
    return decision, model


def always(floor, cause=Cause.TURNED_TO):
    """It is whose turn the test says."""
    return lambda interview: Verdict(floor, "the test says so", cause, "m1")


def test_it_questions_silence_once_while_someone_waits():
    decision, model = decided(Floor.MUST_SPEAK, calling(SILENT), calling(SILENT))

    assert [attempt.outcome.done for attempt in decision.attempts[:2]] == [False, True]
    assert model.answers == []


def test_whether_we_are_a_person_is_answered_beside_a_closing_question_too():
    interview = an_interview(("abby", "ok its me. wait are you a person or a bot"), consented=False)
    interview.primary, interview.adult = None, None
    claim = ("claim_primary", {"message": "m1", "quote": "ok its me"})
    model = Playing(calling(claim, SAY), calling(SILENT), calling(SILENT), calling(SILENT))

    decision = decide(interview, Judge("M"), model=model, matchmaker="M")

    what_we_are, question = [
        effect.text for a in decision.attempts for effect in a.outcome.effects if hasattr(effect, "text")
    ]
    assert "I'm an AI" in what_we_are
    assert "Abby" in question


@pytest.mark.parametrize("cause", [Cause.TURNED_TO, Cause.ASKED, Cause.ANSWERED, Cause.ASKS_IF_HUMAN])
def test_who_waits_gets_a_plain_line_where_the_model_stays_silent(cause):
    model = Playing(calling(SILENT), calling(SILENT))

    decision = decide(an_interview(("abby", "hm?")), always(Floor.MUST_SPEAK, cause), model=model, matchmaker="M")

    assert decision.speaks
    assert decision.plain_line == cause


def test_asked_what_we_know_the_plain_line_says_it():
    interview = an_interview(("abby", "what do you know about me?"), facts=[a_fact("area", "Leeds")])
    model = Playing(calling(SILENT), calling(SILENT))

    decision = decide(interview, always(Floor.MUST_SPEAK, Cause.ASKED), model=model, matchmaker="M")

    assert "Leeds" in str(decision.attempts[-1].outcome.effects)


def test_it_listens_before_it_judges_whose_turn_it_is():
    def judge(interview):
        return Verdict(Floor.MUST_SPEAK if interview.is_answered else Floor.LISTEN_ONLY, "as answered")

    interview = an_interview(("abby", "Leeds, born and bred"), question=asked("area"))
    answer = ("propose_fact", {"field": "area", "value": "Leeds", "quote": "Leeds", "message": "m1"})

    decision = decide(interview, judge, model=Playing(calling(SAY, answer)), matchmaker="M")

    assert decision.speaks


def test_it_does_not_question_silence_after_something_was_said():
    decision, _ = decided(Floor.MUST_SPEAK, calling(UNSAID, SAY), calling(SILENT))

    assert decision.speaks
    assert decision.attempts[-1].outcome.done


@pytest.mark.parametrize(
    "broken",
    [
        Answer("just text", (), 1),
        Answer("", (), 1),
        Answer("", (ToolCall("c", "say", "{"),), 1),
        Answer("", (ToolCall("c", "publish_profile", "{}"),), 1),
    ],
)
def test_answers_that_cannot_be_used_count_as_a_failure(broken):
    decision, _ = decided(Floor.MUST_SPEAK, broken, broken)

    assert decision.failed
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
    rounds = []

    class Listening(Playing):
        def complete(self, messages, tools, *, deadline):
            rounds.append(list(messages))
            return super().complete(messages, tools, deadline=deadline)

    many = calling(*[("say", {"text": f"Hello {n}", "message": "m1"}) for n in range(MOST_CALLS + 3)])
    model = Listening(many, calling(SILENT))
    decide(an_interview(("abby", "hi")), always(Floor.MAY_SPEAK), model=model, matchmaker="M")

    results = [message for message in rounds[1] if message.get("role") == "tool"]
    assert len(results) == MOST_CALLS + 3


def test_it_reads_plain_answers_before_the_model():
    interview = an_interview(("abby", "27"), adult=None, question=asked("age"))

    decision = decide(interview, always(Floor.MUST_SPEAK), model=Playing(calling(SAY)), matchmaker="M")

    assert [attempt.name for attempt in decision.attempts] == ["take_answer", "say"]
    assert decision.speaks


def test_it_asks_no_model_once_somebody_is_under_18():
    interview = an_interview(("abby", "16"), adult=None, question=replace(asked("age"), to_make_sure=True))

    decision = decide(interview, always(Floor.MUST_SPEAK), model=Playing(), matchmaker="M")

    assert not decision.speaks
    assert not decision.failed


def test_code_puts_the_closing_question_and_the_model_says_nothing_beside_it():
    young = ("propose_fact", {"field": "age", "value": 16, "message": "m1"})
    interview = an_interview(("abby", "sweet sixteen"), adult=None)

    decision = decide(interview, always(Floor.MUST_SPEAK), model=Playing(calling(SAY, young)), matchmaker="M")

    assert [action.name for action in decision.actions if action.speaks] == ["make_sure"]


def test_what_is_due_is_read_back_even_if_the_model_is_silent():
    six = [heard("interests", f"thing {n}") for n in range(6)]
    interview = an_interview(("abby", "and that's me"), facts=six)

    decision = decide(interview, always(Floor.MAY_SPEAK), model=Playing(calling(SILENT)), matchmaker="M")

    assert [action.name for action in decision.actions] == ["stay_silent", "read_back"]


def test_no_list_follows_a_kind_word():
    six = [heard("interests", f"thing {n}") for n in range(6)]
    kind = ("say", {"text": "Oh Abby, I'm so sorry.", "message": "m1"})

    interview = an_interview(("abby", "my gran died"), facts=six)
    decision = decide(interview, always(Floor.MAY_SPEAK), model=Playing(calling(kind)), matchmaker="M")

    assert [action.name for action in decision.actions] == ["say"]


def test_nothing_is_read_back_where_it_may_only_listen():
    six = [heard("interests", f"thing {n}") for n in range(6)]

    decision = decide(
        an_interview(("abby", "lol"), facts=six),
        always(Floor.LISTEN_ONLY),
        model=Playing(calling(SILENT)),
        matchmaker="M",
    )

    assert not decision.speaks


def test_who_names_us_is_answered_even_when_no_gate_may_be_asked_again():
    before = [was_asked("consent", minutes_ago=ago, to_make_sure=True) for ago in (90, 60)]
    said = ("matchmaker", fixed_lines.line("called_staff", "en"))
    interview = an_interview(said, ("abby", "Matchmaker, it's me, go on"), consented=False, asked=before)
    claim = ("record_consent", {"quote": "go on", "message": "m2"})

    decision = decide(interview, Judge("Matchmaker"), model=Playing(calling(claim)), matchmaker="Matchmaker")

    assert decision.speaks


def test_silence_is_not_questioned_where_code_says_what_comes_next():
    interview = an_interview(("abby", "no"), stage="photos", photos=[Photo(1, "abby")], private_questions_sent=True)
    model = Playing(calling(SILENT))

    decision = decide(interview, always(Floor.MUST_SPEAK, Cause.EVENT), model=model, matchmaker="M")

    assert model.answers == []
    assert [attempt.name for attempt in decision.attempts] == ["stay_silent", "ask_about_photos"]
