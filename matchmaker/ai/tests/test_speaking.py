"""What the group reads: one question, never asked again and again, and no secret said aloud."""

import pytest

from matchmaker.ai import exits, fixed_lines
from matchmaker.ai.actions import AskField, RequestQuotePermission, Say, SayPrivately, TakeAnswer
from matchmaker.ai.effects import WritePrivately
from matchmaker.ai.records import State
from matchmaker.ai.tests.interviews import an_interview, asked, heard, was_asked


def ask(field: str, to: str | None = "abby", **more: object) -> AskField:
    return AskField.model_validate({"field": field, "wording": "What about it?", "to": to, "message": "m1", **more})


@pytest.mark.parametrize("minutes_ago", [1, 19])
def test_no_question_is_asked_twice_within_twenty_minutes(minutes_ago: int) -> None:
    interview = an_interview(("abby", "hm"), asked=[was_asked("area", minutes_ago=minutes_ago)])

    assert not ask("area").carry_out(interview).done


def test_it_may_be_asked_once_more_later_and_not_a_third_time() -> None:
    once = [was_asked("area", minutes_ago=50)]
    twice = [*once, was_asked("area", minutes_ago=25)]

    assert ask("area").carry_out(an_interview(("abby", "hm"), asked=once)).done
    assert not ask("area").carry_out(an_interview(("abby", "hm"), asked=twice)).done


def test_after_an_answer_there_is_more_to_ask_about_the_same_thing() -> None:
    answered = [was_asked("stories", minutes_ago=5, was_answered=True)]

    assert ask("stories").carry_out(an_interview(("abby", "hm"), asked=answered)).done


def test_another_friend_may_be_asked_the_same() -> None:
    interview = an_interview(("abby", "hm"), asked=[was_asked("green_flags", minutes_ago=1, to="tom")])

    assert ask("green_flags", "lena").carry_out(interview).done


def test_what_may_not_be_asked_is_not_offered_to_be() -> None:
    interview = an_interview(("abby", "hm"), asked=[was_asked("first_name", minutes_ago=1)], stage="basics")

    assert "first_name" not in exits.askable(interview)


def test_it_says_nothing_word_for_word_twice() -> None:
    interview = an_interview(("matchmaker", "Lovely to meet you!"), ("abby", "hi"))

    assert not Say(text="lovely to  meet you!", message="m2").carry_out(interview).done


def test_private_fields_are_never_asked_in_the_group() -> None:
    assert not ask("orientation").carry_out(an_interview(("abby", "hi"))).done


def test_the_question_for_consent_is_ours() -> None:
    interview = an_interview(("abby", "hola, soy yo, ¿y ahora qué?"), consented=False)

    ask("consent", wording="Do you like pizza?").carry_out(interview)

    assert interview.said == [fixed_lines.line("consent", interview.language, name="Abby")]


def test_the_choices_of_a_question_are_numbered() -> None:
    interview = an_interview(("abby", "hi"))

    ask("tone", options=["gentle", "bold"]).carry_out(interview)

    assert "1. gentle\n2. bold" in interview.said[0]


@pytest.mark.parametrize(("person", "done"), [("lena", True), ("abby", True), ("tom", False)])
def test_it_may_tell_the_author_or_the_primary_person_alone(person: str, done: bool) -> None:
    interview = an_interview(("lena", "can I tell you something?"))

    outcome = SayPrivately(person=person, text="Only you read this.", message="m1").carry_out(interview)

    assert outcome.done is done
    assert (WritePrivately(person, "Only you read this.") in outcome.effects) is done


def test_a_friend_is_asked_before_their_words_go_on_the_profile() -> None:
    interview = an_interview(("lena", "she turned up at 2am with soup and no questions"))
    words = "she turned up at 2am with soup and no questions"

    RequestQuotePermission(quote=words, message="m1").carry_out(interview)

    assert interview.question is not None
    assert (interview.question.asked_to, interview.question.settles.vouch_quote) == ("lena", words)


def test_their_yes_makes_it_a_quote_that_the_primary_person_decides_on() -> None:
    question = asked("vouch_quote", "lena", vouch_quote="soup at 2am", cited="m0", quote="soup at 2am")
    interview = an_interview(("lena", "yes"), question=question)

    TakeAnswer(message="m1").carry_out(interview)

    (quote,) = interview.live("vouch_quote")
    assert (quote.value, quote.said_by, quote.state) == ("soup at 2am", "lena", State.PROPOSED)


@pytest.mark.parametrize("person", [None, "lena"])
def test_what_a_friend_let_slip_is_not_repeated_a_turn_later_either(person: str | None) -> None:
    interview = an_interview(
        ("lena", "she is a devout catholic"), ("matchmaker", "Noted."), ("lena", "Matchmaker, hi")
    )
    text = "So she is a devout catholic!"
    action = SayPrivately(person=person, text=text, message="m3") if person else Say(text=text, message="m3")

    assert not action.carry_out(interview).done


def test_what_she_says_of_herself_may_be_taken_up() -> None:
    interview = an_interview(("lena", "she is a devout catholic"), ("abby", "I am, I sing in church every Sunday"))

    assert Say(text="What do you sing in church, Abby?", message="m2").carry_out(interview).done


def test_a_general_answer_is_followed_up_once() -> None:
    answered = [was_asked("quirk", minutes_ago=60, was_answered=True)]
    interview = an_interview(("abby", "I bake"), stage="stories", facts=[heard("quirk", "bakes")], asked=answered)
    ask = AskField(message="m1", field="quirk", wording="Which cake?", to="abby")

    assert not ask._was_followed_up(interview)
    interview.asked *= 2
    assert "one follow-up is enough" in ask.carry_out(interview).why
