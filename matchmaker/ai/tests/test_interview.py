from dataclasses import replace

import pytest

from matchmaker.ai.actions import AskField, ConfirmFact, ProposeFact, RecordConsent
from matchmaker.ai.records import State
from matchmaker.ai.tests.interviews import a_fact, an_interview, asked


def test_it_takes_a_yes_for_the_name_that_everybody_reads():
    interview = an_interview(("abby", "haha yes"), question=asked("first_name"))

    outcome = interview.carry_out(ProposeFact(field="first_name", value="Abby", message="m1"))

    assert outcome.values == {"value": "Abby", "state": State.CONFIRMED}


def test_it_does_not_take_a_yes_for_another_name():
    interview = an_interview(("abby", "yes"), question=asked("first_name"))

    assert not interview.carry_out(ProposeFact(field="first_name", value="Cassandra", message="m1")).done


def test_it_asks_for_consent_only_once_it_knows_whom_it_is_about():
    interview = an_interview(("lena", "hi"), consented=False, primary=None)

    outcome = interview.carry_out(AskField(field="consent", wording="All right?", to=None, message="m1"))

    assert not outcome.done


def test_it_stores_no_unstated_orientation():
    interview = an_interview(("abby", "something serious"))

    assert not interview.carry_out(ProposeFact(field="orientation", value="straight", message="m1")).done


def test_a_yes_to_something_else_cannot_be_asked_for_as_consent():
    interview = an_interview(("abby", "hi"), consented=False)

    outcome = interview.carry_out(AskField(field="consent", wording="Do you like pizza?", to="abby", message="m1"))

    assert not outcome.done


def test_a_friends_age_does_not_stop_the_interview():
    interview = an_interview(("abby", "my brother is 16 btw"), consented=False)

    outcome = interview.carry_out(ProposeFact(field="age", value=16, message="m1"))

    assert not outcome.done
    assert interview.adult is None


def test_a_denied_value_is_not_stored():
    interview = an_interview(("abby", "no clubbing for me, never"))

    outcome = interview.carry_out(ProposeFact(field="interests", value="clubbing", message="m1"))

    assert not outcome.done


def test_what_was_written_in_the_older_app_is_no_reason_for_anything():
    interview = an_interview(("abby", "I live in Leeds"), ("abby", "it's about me, yes, I'm in"), consented=False)
    interview.lines[0] = replace(interview.lines[0], is_imported=True)
    interview.carry_out(RecordConsent(message="m2"))

    outcome = interview.carry_out(ProposeFact(field="area", value="Leeds", message="m1"))

    assert interview.consented
    assert not outcome.done
    assert "older app" in outcome.why


@pytest.mark.parametrize(
    ("wording", "done"),
    [
        ("What first name should go on it: Kim, or something else?", False),
        ("I understood Katherine. Is that right?", True),
    ],
)
def test_a_bare_yes_settles_only_what_the_question_named(wording: str, done: bool) -> None:
    interview = an_interview(
        ("matchmaker", wording),
        ("abby", "yes"),
        facts=[a_fact("first_name", "Katherine", state=State.PROPOSED)],
        question=replace(asked("first_name"), position=1),
    )

    outcome = interview.carry_out(ConfirmFact(field="first_name", message="m2"))

    assert outcome.done is done
