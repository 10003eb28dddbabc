from dataclasses import replace

import pytest

from matchmaker.ai.actions import AskField, ConfirmFact, ProposeFact, RecordConsent, Say
from matchmaker.ai.records import Question, State
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


def test_someone_elses_age_does_not_stop_the_interview():
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


def an_age(value):
    return ProposeFact(field="age", value=value, message="m1")


def make_sure(*said, **changes):
    """Asked by us to make sure of the age; the last line is new."""
    return an_interview(*said, question=replace(asked("age"), to_make_sure=True), **changes)


@pytest.mark.parametrize("age", [12, 16])
def test_an_age_under_18_is_asked_for_once_more(age):
    interview = an_interview(("abby", f"I'm {age}"))

    outcome = interview.carry_out(an_age(age))

    assert outcome.values == {"to_make_sure": True}
    assert interview.adult is None
    assert interview.question == Question("age", "abby", position=2, is_new=True, to_make_sure=True)


def test_nothing_else_is_said_in_the_turn_that_asks_to_make_sure():
    interview = an_interview(("abby", "I'm 16"))
    interview.carry_out(an_age(16))

    assert not interview.carry_out(Say(text="Lovely!", message="m1")).done
    assert not interview.carry_out(AskField(field="area", wording="Where?", to="abby", message="m1")).done


def test_a_plain_answer_under_18_stops_the_interview():
    interview = make_sure(("abby", "I'm sixteen"))

    outcome = interview.carry_out(interview.plain_answer_about_age())

    assert outcome.values == {"adult": False}
    assert interview.is_cut_short


@pytest.mark.parametrize("text", ["not 16 haha", "16?", "almost 18", "16 minutes", "I have 16 cats", "why?", "1995"])
def test_what_is_no_plain_answer_decides_nothing(text):
    interview = make_sure(("abby", text))

    assert interview.plain_answer_about_age() is None
    for age in (16, 18):
        assert not interview.carry_out(an_age(age)).done
    assert interview.adult is None
    assert interview.age_is_in_doubt


@pytest.mark.parametrize(
    "text", ["27", "I'm 27!", "27, promise", "twenty-seven lol", "27 years old", "tengo 27 años", "Haha I'm 27 😅"]
)
def test_a_plain_answer_of_an_adult_is_kept(text):
    interview = make_sure(("abby", text))

    interview.carry_out(interview.plain_answer_about_age())

    assert [fact.value for fact in interview.confirmed("age")] == [27]
    assert interview.question is None


def test_the_last_plain_answer_counts():
    interview = make_sure(("abby", "16"), ("abby", "26 sorry"))
    interview.lines[0] = replace(interview.lines[0], is_new=True)

    assert interview.plain_answer_about_age().value == 26


def test_a_friend_does_not_answer_for_the_primary_person():
    interview = make_sure(("lena", "16"))

    assert interview.plain_answer_about_age() is None
    assert not interview.carry_out(an_age(16)).done


def test_nothing_is_kept_and_no_stage_left_while_the_age_is_in_doubt():
    interview = make_sure(("abby", "I live in Leeds"), facts=[a_fact("age", 27)])

    assert not interview.carry_out(ProposeFact(field="area", value="Leeds", message="m1")).done
    assert interview.advance() == []


def test_the_model_may_ask_again_for_a_plain_answer_and_for_nothing_else():
    interview = make_sure(("abby", "old enough"), consented=False)

    again = interview.carry_out(AskField(field="age", wording="Just the number?", to="abby", message="m1"))
    other = interview.carry_out(AskField(field="area", wording="Where?", to="abby", message="m1"))

    assert (again.done, other.done) == (True, False)
    assert not interview.is_cut_short
