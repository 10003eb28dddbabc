"""What was heard becomes theirs by a yes to what they were shown."""

from dataclasses import replace

import pytest

from matchmaker.ai import fixed_lines
from matchmaker.ai.actions import AskField, ConfirmFact, ReadBack, TakeAnswer
from matchmaker.ai.actions.read_back import what_to_read_back
from matchmaker.ai.effects import Ask
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import READ_BACK, Question, Settles, State
from matchmaker.ai.tests.interviews import a_fact, an_interview, heard, was_asked

AREA, JOB, QUIRK = (
    heard("area", "Leeds"),
    heard("job_or_study", "nurse"),
    heard("quirk", "names plants", said_by="lena"),
)


def reading_back(*said: tuple[str, str], shown: tuple[str, ...] = (AREA.id, JOB.id, QUIRK.id)) -> Interview:
    """The list with these values was sent before everything that was said."""
    question = Question(READ_BACK, "abby", position=0, settles=Settles(facts=shown))
    return an_interview(*said, facts=[AREA, JOB, QUIRK], question=question)


def take(interview: Interview) -> bool:
    return TakeAnswer(message=interview.inputs[-1].id).carry_out(interview).done


def confirmed(interview: Interview) -> list[object]:
    return [fact.value for fact in interview.facts if fact.state is State.CONFIRMED]


def test_it_shows_each_value_with_a_number_and_whose_word_it_is() -> None:
    interview = an_interview(("abby", "what have you got?"), facts=[AREA, QUIRK])

    ReadBack(message="m1").carry_out(interview)

    (text,) = interview.said
    assert "1. lives in: Leeds" in text
    assert "2. quirk: names plants (Lena says)" in text


def test_a_yes_makes_them_theirs() -> None:
    interview = reading_back(("abby", "yes"))

    assert take(interview)
    assert confirmed(interview) == ["Leeds", "nurse", "names plants"]


def test_a_yes_counts_for_what_was_shown_and_for_nothing_else() -> None:
    interview = reading_back(("abby", "yes"), shown=(AREA.id,))

    take(interview)

    assert confirmed(interview) == ["Leeds"]


@pytest.mark.parametrize("text", ["2", "2 is wrong", "not 2"])
def test_a_number_takes_that_value_out_and_the_rest_is_right(text: str) -> None:
    interview = reading_back(("abby", text))

    assert take(interview)
    assert confirmed(interview) == ["Leeds", "names plants"]
    assert interview.live("job_or_study") == []


def test_a_bare_no_is_asked_which_number() -> None:
    interview = reading_back(("abby", "no"))

    assert take(interview)
    assert confirmed(interview) == []
    assert interview.question is not None
    assert len(interview.question.settles.facts) == 3


@pytest.mark.parametrize("said", [("lena", "yes"), ("abby", "haha yes mate, classic Tom")])
def test_nobody_else_and_no_chatter_confirms_anything(said: tuple[str, str]) -> None:
    interview = reading_back(said)

    assert not take(interview)
    assert confirmed(interview) == []


def test_saying_the_one_value_again_is_as_good_as_a_yes() -> None:
    assert take(reading_back(("abby", "Leeds"), shown=(AREA.id,)))
    assert not take(reading_back(("abby", "Leeds")))


@pytest.mark.parametrize("text", ["yes", "2 is wrong", "no"])
def test_whoever_was_the_primary_person_when_the_list_was_sent_decides_nothing_anymore(text: str) -> None:
    interview = replace(reading_back(("abby", text)), primary="lena")

    assert not take(interview)
    assert interview.facts == [AREA, JOB, QUIRK]


def test_an_ok_to_something_else_confirms_nothing() -> None:
    interview = reading_back(("lena", "I'll bring the wine"), ("abby", "ok"))

    assert not take(interview)


def test_agreeing_in_other_words_leads_to_being_shown_the_value() -> None:
    interview = an_interview(("abby", "she knows me well"), facts=[QUIRK])

    outcome = ConfirmFact(field="quirk", quote="she knows me well", message="m1").carry_out(interview)

    (ask,) = outcome.effects
    assert isinstance(ask, Ask)
    assert ask.settles.facts == (QUIRK.id,)
    assert confirmed(interview) == []


def test_asking_for_what_was_heard_asks_whether_it_is_right() -> None:
    interview = an_interview(("abby", "hi"), facts=[AREA])

    AskField(field="area", wording="Where do you live?", to="abby", message="m1").carry_out(interview)

    assert "Leeds" in interview.said[0]


# --- when -------------------------------------------------------------------------------------------------------------


def test_it_is_due_after_six_new_values() -> None:
    six = [heard("interests", f"thing {n}") for n in range(6)]

    assert what_to_read_back(an_interview(("abby", "hi"), facts=six[:5])) == []
    assert what_to_read_back(an_interview(("abby", "hi"), facts=six)) == six


def test_it_is_due_when_the_stage_waits_for_nothing_else() -> None:
    few = [AREA, JOB, QUIRK]
    facts = [a_fact("first_name", "Abby"), a_fact("age", 27), *few]

    assert what_to_read_back(an_interview(("abby", "hi"), facts=facts, stage="basics")) == few
    assert what_to_read_back(an_interview(("abby", "hi"), facts=facts[:-1], stage="basics")) == []


def test_it_is_due_when_there_is_nothing_more_to_ask() -> None:
    photos = an_interview(("abby", "hi"), facts=[AREA], stage="photos")
    photos.stages = [stage for stage in photos.stages if stage.slug == "photos"]

    assert what_to_read_back(photos) == [AREA]


def test_it_waits_for_the_primary_person() -> None:
    six = [heard("interests", f"thing {n}") for n in range(6)]

    assert what_to_read_back(an_interview(("lena", "hi"), facts=six)) == []


def test_nothing_is_shown_a_third_time() -> None:
    shown = [was_asked(READ_BACK, minutes_ago=ago, facts=(AREA.id,)) for ago in (90, 45)]
    facts = [a_fact("first_name", "Abby"), a_fact("age", 27), AREA, JOB, QUIRK]

    assert AREA not in what_to_read_back(an_interview(("abby", "hi"), facts=facts, stage="photos", asked=shown))


def test_private_matters_are_not_read_out_to_the_group() -> None:
    interview = an_interview(("abby", "hi"), facts=[heard("orientation", "bi"), AREA])

    ReadBack(message="m1").carry_out(interview)

    assert "bi" not in interview.said[0]


def test_the_options_of_a_question_are_answered_by_number() -> None:
    settles = Settles(options=("gentle", "dry", "bold"))
    interview = an_interview(("abby", "2"), question=Question("tone", "abby", position=0, settles=settles))

    assert take(interview)
    assert confirmed(interview) == ["dry"]


def test_a_correction_under_a_read_back_is_no_yes() -> None:
    interview = reading_back(("abby", "no, 28"))

    assert not take(interview)
    assert interview.facts == [replace(fact) for fact in (AREA, JOB, QUIRK)]


@pytest.mark.parametrize("text", ["2", "no", "yes"])
def test_an_answer_to_a_friends_question_is_none_to_the_list(text: str) -> None:
    assert not take(reading_back(("lena", "how many tickets do you want?"), ("abby", text)))


def test_what_they_have_on_their_screen_is_told_but_not_asked_again() -> None:
    shown = [was_asked(READ_BACK, minutes_ago=1, facts=(AREA.id,))]
    interview = an_interview(("abby", "what have you got?"), facts=[AREA], asked=shown)

    ReadBack(message="m1").carry_out(interview)

    assert interview.question is None
    assert "Leeds" in interview.said[0]
    assert not AskField(field="area", wording="Where?", to="abby", message="m1").carry_out(interview).done


def test_of_two_values_for_one_place_the_latest_is_shown() -> None:
    hamburg = heard("area", "Hamburg", said_by="lena")
    interview = an_interview(("abby", "go on"), facts=[heard("area", "Berlin", said_by="lena"), hamburg])

    ReadBack(message="m1").carry_out(interview)

    assert interview.question is not None
    assert interview.question.settles.facts == (hamburg.id,)


def test_which_number_is_wrong_is_asked_once() -> None:
    line = fixed_lines.line("which_number", "en")
    interview = reading_back(("matchmaker", line), ("abby", "no"))

    assert take(interview)
    assert interview.question is None
    assert interview.said == []
