"""Whom it is about, their yes, their age: settled by plain words, or asked once more."""

from dataclasses import replace
from typing import Any

import pytest

from matchmaker.ai import exits
from matchmaker.ai.actions import (
    AskField,
    ClaimPrimary,
    GiveUpOnGate,
    MakeSure,
    NamePrimary,
    ProposeFact,
    ReadBack,
    RecordConsent,
    Say,
    TakeAnswer,
)
from matchmaker.ai.actions.base import Outcome
from matchmaker.ai.actions.gates import must_make_sure
from matchmaker.ai.effects import Ask, CallStaff, GiveConsent, HoldAsUnderAge, KeepFact, MakePrimary, SetAdult
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import Question, Settles
from matchmaker.ai.tests.interviews import an_interview, asked, heard, was_asked


def nobody_yet(*said: tuple[str, str], **changes: Any) -> Interview:
    return an_interview(*said, primary=None, consented=False, adult=None, **changes)


def take(interview: Interview, message: str = "m1") -> Outcome:
    return TakeAnswer(message=message).carry_out(interview)


def closing_question(interview: Interview) -> Ask:
    (ask,) = [effect for effect in MakeSure().carry_out(interview).effects if isinstance(effect, Ask)]
    return ask


def kinds(outcome: Outcome) -> list[type]:
    return [type(effect) for effect in outcome.effects]


# --- one breath -------------------------------------------------------------------------------------------------------


def test_a_plain_statement_settles_everything_that_it_says() -> None:
    interview = nobody_yet(("abby", "it's about me, yes, I'm in, I'm 27"))

    outcome = take(interview)

    assert kinds(outcome) == [MakePrimary, GiveConsent, SetAdult, KeepFact]
    assert interview.confirmed("age")[0].value == 27
    assert interview.transcript_is_open


def test_words_that_need_reading_lead_to_one_closing_question_about_all_of_it() -> None:
    text = "pues nada, el perfil va conmigo, me apunto, que ya tengo los treinta y cuatro"
    interview = nobody_yet(("abby", text))
    ClaimPrimary(quote="va conmigo", message="m1").carry_out(interview)
    RecordConsent(quote="me apunto", message="m1").carry_out(interview)
    ProposeFact(field="age", value=34, quote="treinta y cuatro", message="m1").carry_out(interview)

    ask = closing_question(interview)

    assert interview.primary is None
    assert (ask.to, ask.to_make_sure) == ("abby", True)
    assert ask.settles == Settles(primary=True, consent=True, age=34, cited="m1", quote="treinta y cuatro")


def test_a_plain_yes_to_the_closing_question_settles_what_it_asked() -> None:
    settles = Settles(primary=True, consent=True, age=34, cited="m1", quote="treinta y cuatro")
    interview = nobody_yet(
        ("abby", "el perfil va conmigo, me apunto, treinta y cuatro"),
        ("abby", "sí"),
        question=Question("consent", "abby", position=1, to_make_sure=True, settles=settles),
    )

    outcome = take(interview, "m2")

    assert kinds(outcome)[:3] == [MakePrimary, GiveConsent, SetAdult]
    (age,) = interview.confirmed("age")
    assert (age.value, age.message, age.quote) == (34, "m1", "treinta y cuatro")


# --- the primary person -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["me", "it's about me"])
def test_a_plain_answer_makes_its_author_the_primary_person(text: str) -> None:
    interview = nobody_yet(("lena", text), question=asked("primary", None))

    assert take(interview).done
    assert interview.primary == "lena"


@pytest.mark.parametrize("text", ["for me it's obviously Jonas", "not me!", "me and Jonas are waiting for Abby"])
def test_talk_makes_nobody_the_primary_person(text: str) -> None:
    interview = nobody_yet(("lena", text), question=asked("primary", None))

    assert not take(interview).done
    assert interview.primary is None


def test_who_is_named_by_another_is_asked() -> None:
    interview = nobody_yet(("lena", "it's all about Abby here"))

    NamePrimary(person="abby", quote="it's all about Abby", message="m1").carry_out(interview)

    ask = closing_question(interview)
    assert (ask.to, ask.settles.primary, interview.primary) == ("abby", True, None)
    assert ask.text == "Abby, is it you the profile is about?"


def test_it_is_about_one_person_only() -> None:
    interview = an_interview(("lena", "no, it's about me"), consented=False)

    assert not ClaimPrimary(message="m1").carry_out(interview).done


# --- consent ----------------------------------------------------------------------------------------------------------


def test_a_plain_yes_is_consent() -> None:
    interview = an_interview(("abby", "yes"), consented=False, question=asked("consent", consent=True))

    assert take(interview).done
    assert interview.consented


@pytest.mark.parametrize("text", ["yeah right", "ok who added me here", "ya veremos", "da muss ich drüber schlafen"])
def test_anything_else_is_none(text: str) -> None:
    interview = an_interview(("abby", text), consented=False, question=asked("consent", consent=True))

    assert not take(interview).done
    assert not interview.consented


@pytest.mark.parametrize("text", ["yes, I'm 27", "yes, it's about me", "sí, tengo 27 años"])
def test_a_yes_beside_other_plain_words_is_consent(text: str) -> None:
    interview = an_interview(("abby", text), consented=False, question=asked("consent", consent=True))

    assert take(interview).done
    assert interview.consented


def test_a_no_is_taken_for_an_answer_and_not_asked_again() -> None:
    interview = an_interview(("abby", "no"), consented=False, question=asked("consent", consent=True))

    assert take(interview).done
    assert interview.said == ["No problem, Abby, then I won't. If you change your mind, just say so."]
    assert exits.askable(interview) == []


def test_they_may_change_their_mind_after_a_no() -> None:
    interview = an_interview(
        ("abby", "ok you talked me into it"), consented=False, skipped=frozenset({("consent", "abby")})
    )
    RecordConsent(quote="you talked me into it", message="m1").carry_out(interview)

    assert closing_question(interview).settles.consent


def test_what_the_model_reads_as_a_yes_is_asked_once_more() -> None:
    interview = an_interview(
        ("abby", "go on then, you lot"), consented=False, question=asked("consent", consent=True)
    )

    RecordConsent(quote="go on then", message="m1").carry_out(interview)

    assert not interview.consented
    assert closing_question(interview).settles.consent


def test_a_yes_to_a_friends_question_is_no_consent() -> None:
    interview = an_interview(
        ("matchmaker", "Abby, may I?"),
        ("lena", "who's in for pizza?"),
        ("abby", "yes"),
        consented=False,
        question=replace(asked("consent", consent=True), position=1),
    )

    assert not take(interview, "m3").done


def test_a_mere_ok_among_friends_talk_is_no_consent() -> None:
    interview = an_interview(
        ("matchmaker", "Abby, may I?"),
        ("lena", "pizza at 8 then"),
        ("abby", "ok"),
        consented=False,
        question=replace(asked("consent", consent=True), position=1),
    )

    assert not take(interview, "m3").done


def test_another_persons_yes_is_no_consent() -> None:
    interview = an_interview(("lena", "yes"), consented=False, question=asked("consent", consent=True))

    assert not take(interview).done
    assert not RecordConsent(message="m1").carry_out(interview).done


def test_it_never_asks_a_third_time_but_calls_staff() -> None:
    before = [was_asked("consent", minutes_ago=ago, to_make_sure=True) for ago in (90, 60)]
    interview = an_interview(("abby", "go on then"), consented=False, asked=before)
    RecordConsent(message="m1").carry_out(interview)

    outcome = MakeSure().carry_out(interview)

    assert CallStaff in kinds(outcome)
    assert Ask not in kinds(outcome)


def talked_past(*texts: str, **changes: Any) -> Interview:
    question = Question("consent", "abby", position=0, to_make_sure=True, settles=Settles(consent=True))
    before = [was_asked("consent", minutes_ago=1, to_make_sure=True)]
    return an_interview(
        *[("abby", text) for text in texts], consented=False, question=question, asked=before, **changes
    )


def test_a_closing_question_that_was_talked_past_is_put_once_more() -> None:
    assert not must_make_sure(talked_past("hm, funny you say that"))
    interview = talked_past("hm, funny you say that", "anyway I baked bread")

    assert must_make_sure(interview)
    assert closing_question(interview).settles.consent
    assert interview.said[0].startswith("Sorry, Abby, I can't go on without a yes or no")


def test_nothing_else_is_said_beside_the_closing_question() -> None:
    interview = an_interview(("abby", "go on then"), consented=False)
    RecordConsent(message="m1").carry_out(interview)

    assert not Say(text="Lovely!", message="m1").carry_out(interview).done


# --- age --------------------------------------------------------------------------------------------------------------


def test_a_plain_answer_is_their_age() -> None:
    interview = an_interview(("abby", "I'm 27"), adult=None, question=asked("age"))

    assert kinds(take(interview))[1:] == [SetAdult, KeepFact]
    assert interview.confirmed("age")[0].value == 27


def test_the_first_age_that_the_model_reads_is_made_sure_of() -> None:
    interview = an_interview(("abby", "just hit the big four-oh"), adult=None, question=asked("age"))

    ProposeFact(field="age", value=40, quote="the big four-oh", message="m1").carry_out(interview)

    assert interview.adult is None
    assert closing_question(interview).settles.age == 40


@pytest.mark.parametrize(
    ("text", "age", "is_known"), [("33", 33, True), ("my sister is 33", 33, False), ("34", 33, False)]
)
def test_an_age_said_before_we_ask_counts_if_it_is_all_they_say(text: str, age: int, is_known: bool) -> None:
    interview = an_interview(("abby", text), adult=None)

    ProposeFact(field="age", value=age, quote=text, message="m1").carry_out(interview)

    assert (interview.adult is True) is is_known
    assert interview.confirmed("age") == []


@pytest.mark.parametrize("said", [{}, {"question": asked("age")}])
def test_an_age_under_18_is_asked_for_once_more(said: dict[str, Any]) -> None:
    interview = an_interview(("abby", "my dog is 14 and blind"), adult=None, **said)

    ProposeFact(field="age", value=14, quote="14", message="m1").carry_out(interview)

    ask = closing_question(interview)
    assert (ask.topic, ask.settles, interview.adult) == ("age", Settles(), None)


def test_a_plain_answer_under_18_is_asked_for_once_more_too() -> None:
    interview = an_interview(("abby", "16"), adult=None, question=asked("age"))

    take(interview)

    assert interview.adult is None
    assert closing_question(interview).topic == "age"


def test_asked_to_make_sure_a_plain_answer_under_18_ends_it() -> None:
    question = replace(asked("age"), to_make_sure=True)
    interview = an_interview(("abby", "16"), adult=None, question=question)

    outcome = take(interview)

    assert HoldAsUnderAge in kinds(outcome)
    assert interview.is_over


def test_asked_to_make_sure_an_adult_goes_on() -> None:
    question = replace(asked("age"), to_make_sure=True)
    interview = an_interview(("abby", "27"), question=question)

    take(interview)

    assert (interview.adult, interview.question) == (True, None)


def test_nothing_else_is_kept_while_an_age_is_in_doubt() -> None:
    interview = an_interview(("abby", "I'm 16 and I live in Leeds"))
    ProposeFact(field="age", value=16, quote="16", message="m1").carry_out(interview)

    assert not ProposeFact(field="area", value="Leeds", quote="Leeds", message="m1").carry_out(interview).done


def test_an_adult_may_correct_their_age() -> None:
    interview = an_interview(("abby", "31 actually"))

    ProposeFact(field="age", value=31, quote="31 actually", message="m1").carry_out(interview)

    assert interview.to_make_sure is None
    assert interview.live("age")[0].value == 31


# --- a doubt that stays -----------------------------------------------------------------------------------------------


def doubted(*said: tuple[str, str], **changes: Any) -> Interview:
    """An adult so far, who was asked how old they are, to make sure."""
    return an_interview(*said, adult=None, question=replace(asked("age"), to_make_sure=True), **changes)


def test_a_doubt_holds_everything_up_until_it_is_settled() -> None:
    interview = an_interview(("abby", "I'm 16"))

    outcome = ProposeFact(field="age", value=16, quote="16", message="m1").carry_out(interview)

    assert SetAdult(None) in outcome.effects
    assert not interview.may_keep_facts


def test_it_cannot_be_skipped_or_asked_over() -> None:
    assert not take(doubted(("abby", "pass"))).done
    waiting = [heard("area", "Leeds")]
    assert not ReadBack(message="m1").carry_out(doubted(("abby", "go on"), facts=waiting)).done


def test_a_number_for_a_friend_is_no_age() -> None:
    interview = an_interview(
        ("matchmaker", "How old are you, Abby?"),
        ("lena", "how old is your brother?"),
        ("abby", "34"),
        adult=None,
        question=replace(asked("age"), position=1),
    )

    assert not take(interview, "m3").done


def test_a_young_answer_to_are_you_26_is_asked_for_once_more() -> None:
    question = Question("age", "abby", position=0, to_make_sure=True, settles=Settles(age=26))
    interview = an_interview(("abby", "16"), adult=None, question=question)

    assert HoldAsUnderAge not in kinds(take(interview))
    assert closing_question(interview).settles == Settles()


def test_who_is_asked_whether_it_is_about_them_is_asked_in_our_words() -> None:
    interview = nobody_yet(("abby", "hm"))

    AskField(field="primary", wording="Do you like pizza?", to="lena", message="m1").carry_out(interview)

    assert interview.said == ["Lena, is it you the profile is about?"]


def test_staff_are_told_once_when_nobody_answers_what_everything_waits_for() -> None:
    before = [was_asked("age", minutes_ago=ago) for ago in (90, 60)]
    interview = an_interview(("abby", "anyway, bread"), adult=None, asked=before)

    assert CallStaff in kinds(GiveUpOnGate().carry_out(interview))
    assert not GiveUpOnGate().carry_out(interview).done


def test_whether_it_is_about_them_is_not_asked_a_third_time_under_another_name() -> None:
    before = [was_asked("consent", minutes_ago=ago, to="lena", to_make_sure=True) for ago in (90, 60)]
    interview = nobody_yet(("lena", "well it would be me"), asked=before)
    ClaimPrimary(quote="it would be me", message="m1").carry_out(interview)

    assert CallStaff in kinds(MakeSure().carry_out(interview))


def test_an_age_instead_of_a_yes_is_asked_about_along_with_the_yes() -> None:
    interview = an_interview(("abby", "26"), consented=False, adult=None, question=asked("consent", consent=True))
    ProposeFact(field="age", value=26, quote="26", message="m1").carry_out(interview)

    settles = closing_question(interview).settles
    assert (settles.age, settles.consent) == (26, True)
