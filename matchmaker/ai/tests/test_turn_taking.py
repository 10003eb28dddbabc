from dataclasses import replace
from datetime import timedelta

import pytest

from matchmaker.ai.interview import ToMakeSure
from matchmaker.ai.records import LineKind
from matchmaker.ai.tests.interviews import an_interview, asked
from matchmaker.ai.turn_taking import FULL, HALF, Cause, Floor, Judge, is_reaction

judge = Judge("Matchmaker")


def test_it_must_speak_once_our_question_is_answered():
    interview = an_interview(("abby", "Leeds"), is_answered=True)

    assert judge(interview).floor is Floor.MUST_SPEAK


@pytest.mark.parametrize("text", ["haha no idea", "depends who's asking", "pizza at 8"])
def test_words_under_our_question_that_answer_nothing_oblige_nobody(text):
    interview = an_interview(("matchmaker", "Where do you live, Abby?"), ("abby", text), question=asked("area"))

    assert judge(interview).floor is Floor.MAY_SPEAK


def test_a_closing_question_must_be_put():
    interview = an_interview(("abby", "go on then"), to_make_sure=ToMakeSure("abby", "m1", consent=True))

    assert judge(interview).cause is Cause.MAKE_SURE


@pytest.mark.parametrize("text", ["what do you know about me?", "¿y ahora qué?", "这是什么？"])
def test_it_must_speak_when_the_primary_person_asks_us(text):
    interview = an_interview(("matchmaker", "Noted."), ("abby", text))

    assert judge(interview).cause is Cause.ASKED


def test_a_question_to_a_friend_by_name_is_not_ours():
    interview = an_interview(("matchmaker", "Noted."), ("abby", "Lena what time is it?"))

    assert judge(interview).floor is not Floor.MUST_SPEAK


def test_a_question_in_the_middle_of_their_talk_is_not_ours():
    interview = quickly(an_interview(("abby", "I'm starving"), ("lena", "me too, since lunch"), ("abby", "pizza?")))

    assert judge(interview).floor is Floor.LISTEN_ONLY


@pytest.mark.parametrize("who", ["abby", "lena"])
def test_who_asks_whether_we_are_a_person_gets_an_answer(who):
    interview = an_interview(("matchmaker", "Hello."), (who, "wait, are you a bot?"))

    assert judge(interview).cause is Cause.ASKS_IF_HUMAN


def test_it_must_speak_when_it_is_named():
    assert judge(an_interview(("lena", "matchmaker, you there"))).cause is Cause.TURNED_TO


def test_it_only_listens_to_a_laugh_under_an_open_question():
    assert judge(an_interview(("abby", "haha"), question=asked("area"))).floor is Floor.LISTEN_ONLY


def test_it_only_listens_while_friends_answer_each_other():
    interview = quickly(an_interview(("lena", "I brought soup"), ("abby", "you angel")))

    assert judge(interview).floor is Floor.LISTEN_ONLY


def test_banter_does_not_keep_it_from_answering_an_answer():
    interview = quickly(an_interview(("lena", "tell them!"), ("abby", "Leeds"), is_answered=True))

    assert judge(interview).floor is Floor.MUST_SPEAK


@pytest.mark.parametrize("between", ["olé", "🚲💛", "go on tell us"])
def test_a_friends_word_in_between_does_not_make_it_banter(between):
    talk = [
        ("matchmaker", "What's a good first date, Abby?"),
        ("lena", between),
        ("abby", "they couldn't save my dog"),
    ]
    interview = quickly(an_interview(*talk, question=asked("first_date_idea")))

    assert judge(interview).floor is Floor.MAY_SPEAK


def test_a_friends_word_in_between_does_not_take_their_question_from_us():
    talk = [("matchmaker", "Noted."), ("lena", "olé"), ("abby", "what have you got on me so far?")]

    assert judge(quickly(an_interview(*talk))).cause is Cause.ASKED


def test_a_question_to_a_friend_who_asked_is_not_ours():
    talk = [("matchmaker", "Noted."), ("lena", "are you coming on Friday?"), ("abby", "what time?")]

    assert judge(quickly(an_interview(*talk))).floor is Floor.LISTEN_ONLY


def test_a_correction_soon_after_our_line_may_be_answered():
    talk = [("lena", "hi"), ("matchmaker", "York it is."), ("abby", "Leeds, not York")]
    interview = quickly(an_interview(*talk, heard_from={"abby"}))

    assert judge(interview).floor is Floor.MAY_SPEAK


def test_it_does_not_speak_twice_in_a_row_to_friends_who_talk_of_other_things():
    interview = an_interview(("matchmaker", "Where do you live, Abby?"), ("lena", "my bus is late"))

    assert judge(interview).floor is Floor.LISTEN_ONLY


def test_a_friend_who_brought_something_may_be_answered():
    interview = an_interview(("matchmaker", "Hi."), ("lena", "she bakes bread"), heard_from={"lena"})

    assert judge(interview).floor is Floor.MAY_SPEAK


def test_a_bad_day_may_be_answered_though_it_fills_no_field():
    interview = an_interview(("matchmaker", "What's a good first date?"), ("abby", "my gran died this morning"))

    assert judge(interview).floor is Floor.MAY_SPEAK


def quickly(interview):
    """All written within a few seconds."""
    first = interview.lines[0].at
    lines = [replace(line, at=first + timedelta(seconds=4 * n)) for n, line in enumerate(interview.lines)]
    return replace(interview, lines=lines, at=lines[-1].at)


@pytest.mark.parametrize("text", ["hi!", "ja", "hey", "27", "5'4", "2", "he is"])
def test_it_does_not_mistake_a_word_for_a_laugh(text):
    assert not is_reaction(text)


@pytest.mark.parametrize("text", ["haha", "ahahaha", "ha", "hihi", "jajaja", "lol 😂", "omg same"])
def test_it_recognises_a_laugh(text):
    assert is_reaction(text)


def test_it_recognises_a_long_laugh_quickly():
    assert not is_reaction("haha " * 2000 + "no")


def test_a_second_person_who_says_it_is_about_them_is_told_about_whom_it_is():
    verdict = judge(an_interview(("lena", "it's about me"), consented=False))

    assert verdict.floor is Floor.MUST_SPEAK
    assert "about another person" in verdict.why


@pytest.mark.parametrize(("budget", "expected"), [(FULL, Floor.MAY_SPEAK), (HALF, Floor.LISTEN_ONLY)])
def test_it_holds_back_sooner_after_a_request_for_quiet(budget, expected):
    talk = [("matchmaker", "hello"), ("matchmaker", "welcome"), ("lena", "soup today"), ("abby", "I made a lamp")]
    interview = unprompted(an_interview(*talk))
    interview.at += timedelta(hours=1)

    assert Judge("Matchmaker", budget=budget)(interview).floor is expected


def unprompted(interview):
    """Nobody had waited for what we wrote."""
    lines = [replace(line, is_unprompted=line.kind is LineKind.MATCHMAKER) for line in interview.lines]
    return replace(interview, lines=lines)


def test_answers_that_somebody_waited_for_use_up_no_budget():
    talk = [("matchmaker", f"answer {n}") for n in range(6)] + [("lena", "soup today"), ("abby", "I made a lamp")]
    interview = an_interview(*talk)
    interview.at += timedelta(hours=1)

    assert (judge(interview).floor, judge(unprompted(interview)).floor) == (Floor.MAY_SPEAK, Floor.LISTEN_ONLY)
