from dataclasses import replace
from datetime import timedelta

import pytest

from matchmaker.ai.records import LineKind, State
from matchmaker.ai.tests.interviews import START, a_fact, an_interview, asked
from matchmaker.ai.turn_taking import FULL, HALF, Floor, is_reaction, judge


def floor(interview):
    return judge(interview, matchmaker="Matchmaker", at=START, said_today=0).floor


@pytest.mark.parametrize("text", ["ok", "👍", "true"])
def test_it_must_speak_after_a_short_yes_to_a_question_for_yes_or_no(text):
    interview = an_interview(("abby", text), question=asked("consent"), consented=False)

    assert floor(interview) is Floor.MUST_SPEAK


def test_it_must_speak_after_a_thumb_under_a_friends_proposal():
    proposed = a_fact("interests", "pottery", said_by="lena", state=State.PROPOSED)
    interview = an_interview(("abby", "👍"), question=asked("interests"), facts=[proposed])

    assert floor(interview) is Floor.MUST_SPEAK


def test_it_only_listens_to_a_laugh_under_an_open_question():
    interview = an_interview(("abby", "haha"), question=asked("consent"), consented=False)

    assert floor(interview) is Floor.LISTEN_ONLY


def test_ok_does_not_answer_a_question_about_a_story():
    interview = an_interview(("abby", "ok"), question=asked("stories"))

    assert floor(interview) is Floor.LISTEN_ONLY


@pytest.mark.parametrize("text", ["hi!", "ja", "hey", "27", "he is"])
def test_it_does_not_mistake_a_word_for_a_laugh(text):
    assert not is_reaction(text)


@pytest.mark.parametrize("text", ["haha", "ahahaha", "ha", "hihi", "jajaja", "lol 😂", "omg same"])
def test_it_recognises_a_laugh(text):
    assert is_reaction(text)


def test_it_recognises_a_long_laugh_quickly():
    assert not is_reaction("haha " * 2000 + "no")


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("Evening all, I brought popcorn", Floor.MAY_SPEAK),
        ("it's for Lena, she is too shy to ask", Floor.MUST_SPEAK),
        ("it's about me", Floor.MUST_SPEAK),
    ],
)
def test_a_hello_does_not_answer_who_it_is_about(text, floor):
    interview = an_interview(("abby", text), primary=None, consented=False, question=asked("primary", None))

    assert judge(interview, matchmaker="M", at=START, said_today=0).floor is floor


def test_a_second_person_who_says_it_is_about_them_is_told_about_whom_it_is():
    interview = an_interview(("lena", "wait, it's about me"), consented=False)

    ruled = judge(interview, matchmaker="Matchmaker", at=START, said_today=0)

    assert ruled.floor is Floor.MUST_SPEAK
    assert "already about another person" in ruled.why


def test_a_friends_story_is_not_a_claim_to_be_primary():
    interview = an_interview(("matchmaker", "Hi."), ("abby", "I climb"), ("lena", "I'm the one who taught her"))

    assert (
        judge(interview, matchmaker="Matchmaker", at=interview.lines[-1].at, said_today=0).floor
        is not Floor.MUST_SPEAK
    )


def test_a_yes_that_crossed_with_our_question_is_answered():
    interview = an_interview(("lena", "hi"), ("matchmaker", "Who?"), ("abby", "yes, I'm in"), consented=False)

    assert judge(interview, matchmaker="M", at=interview.lines[-1].at, said_today=0).floor is Floor.MUST_SPEAK


def test_it_may_go_on_when_the_primary_person_told_something_and_nothing_is_open():
    interview = an_interview(("lena", "hi"), ("matchmaker", "Hello."), ("abby", "I live in Leeds"))

    assert judge(interview, matchmaker="M", at=interview.lines[-2].at, said_today=0).floor is Floor.MAY_SPEAK


@pytest.mark.parametrize(("budget", "expected"), [(FULL, Floor.MAY_SPEAK), (HALF, Floor.LISTEN_ONLY)])
def test_it_holds_back_sooner_after_a_request_for_quiet(budget, expected):
    talk = [("matchmaker", "hello"), ("matchmaker", "welcome"), ("lena", "soup today"), ("abby", "I made a lamp")]
    interview = unprompted(an_interview(*talk))

    decided = judge(interview, matchmaker="Matchmaker", at=START + timedelta(hours=1), said_today=0, budget=budget)

    assert decided.floor is expected


def unprompted(interview):
    """Nobody had waited for what we wrote."""
    lines = [replace(line, is_unprompted=line.kind is LineKind.MATCHMAKER) for line in interview.lines]
    return replace(interview, lines=lines)


def test_answers_that_somebody_waited_for_use_up_no_budget():
    talk = [("matchmaker", f"answer {n}") for n in range(6)] + [("lena", "soup today"), ("abby", "I made a lamp")]
    interview = an_interview(*talk)
    later = START + timedelta(hours=1)

    answered = judge(interview, matchmaker="Matchmaker", at=later, said_today=0)
    spoke_up = judge(unprompted(interview), matchmaker="Matchmaker", at=later, said_today=0)

    assert (answered.floor, spoke_up.floor) == (Floor.MAY_SPEAK, Floor.LISTEN_ONLY)
