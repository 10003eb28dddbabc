"""Going on later: what is asked when, and what a yes to it must not mean."""

import pytest
from pydantic import ValidationError

from matchmaker.ai import fixed_lines, prompt
from matchmaker.ai.actions import AskField, NudgeLater, PickUpAgain, PlainLine, ReadBack
from matchmaker.ai.effects import Ask, CallStaff, CloseQuestion, Effect, Nudge, Write
from matchmaker.ai.records import PHOTOS, READ_BACK, Question, Settles
from matchmaker.ai.tests.interviews import a_fact, an_interview, asked, heard, was_asked
from matchmaker.ai.turn_taking import Cause, Floor, Verdict

TOMORROW = NudgeLater(hours=20, reason="they are off to bed", message="m1")


def test_they_are_written_to_when_they_wanted_to_go_on() -> None:
    outcome = TOMORROW.carry_out(an_interview(("abby", "off to bed, tomorrow?")))

    assert outcome.effects == (Nudge(20),)


def test_why_they_go_on_later_is_not_recorded() -> None:
    assert "reason" in NudgeLater.keeps_quiet_about


@pytest.mark.parametrize("hours", [0, 73])
def test_later_is_within_three_days(hours: int) -> None:
    with pytest.raises(ValidationError):
        NudgeLater(hours=hours, reason="they said so", message="m1")


def test_before_the_yes_there_is_nothing_to_go_on_with() -> None:
    interview = an_interview(("abby", "tomorrow"), consented=False)

    offered = [tool["function"]["name"] for tool in prompt.tools(interview, Verdict(Floor.MAY_SPEAK, ""))]

    assert "nudge_later" not in offered
    assert not TOMORROW.carry_out(interview).done
    assert not PickUpAgain().carry_out(interview).done


def test_whoever_wants_to_go_on_later_is_asked_nothing_more_now() -> None:
    interview = an_interview(("abby", "I'm into bouldering, more tomorrow"), facts=[heard("interests", "bouldering")])
    TOMORROW.carry_out(interview)

    ask = AskField(field="area", wording="Where do you live?", to="abby", message="m1")

    assert not ask.carry_out(interview).done
    assert not ReadBack(message="m1").carry_out(interview).done


def test_whoever_asked_to_go_on_later_hears_that_it_is_fine() -> None:
    interview = an_interview(("abby", "can we do this tomorrow?"))
    TOMORROW.carry_out(interview)

    PlainLine(cause=Cause.ASKED, message="m1").carry_out(interview)

    assert interview.said == ["Sure, later then."]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("off to bed, tomorrow then", "Abby, shall we pick this up again? Which city or area do you live in?"),
        ("me voy a la cama, mañana te cuento más", "Abby, ¿seguimos donde lo dejamos? ¿En qué ciudad o zona vives?"),
        (
            "ich muss ins Bett, morgen weiter ja",
            "Abby, wollen wir weitermachen? In welcher Stadt oder Gegend wohnst du?",
        ),
    ],
)
def test_it_goes_on_in_their_language_with_what_is_lacking(words: str, said: str) -> None:
    interview = an_interview(("abby", words), stage="basics", facts=[a_fact("first_name", "Abby"), a_fact("age", 27)])

    [effect] = PickUpAgain().carry_out(interview).effects

    assert isinstance(effect, Ask)
    assert (effect.text, effect.topic, effect.to) == (said, "area", "abby")


def test_what_was_asked_twice_in_vain_is_not_asked_a_third_time() -> None:
    twice = [was_asked("area", minutes_ago=1300), was_asked("area", minutes_ago=1200)]
    interview = an_interview(
        ("abby", "tomorrow then"),
        stage="basics",
        facts=[a_fact("first_name", "Abby"), a_fact("age", 27)],
        asked=twice,
    )

    [effect] = PickUpAgain().carry_out(interview).effects

    assert isinstance(effect, Ask)
    assert effect.topic == "intention"


def test_with_nothing_to_ask_its_yes_agrees_to_nothing_that_was_asked_before() -> None:
    interview = an_interview(
        ("abby", "tomorrow then"),
        stage="photos",
        facts=[heard("job_or_study", "nurse")],
        question=asked(READ_BACK, facts=("job_or_study=nurse",)),
        skipped=frozenset({(PHOTOS, "abby")}),
    )
    interview.stages = [stage for stage in interview.stages if stage.slug == "photos"]

    outcome = PickUpAgain().carry_out(interview)

    assert outcome.effects == (CloseQuestion(was_answered=False), Write("Abby, shall we pick this up again?"))
    assert interview.question is None


def test_an_age_in_doubt_is_asked_once_more_and_then_left_to_staff() -> None:
    def in_doubt(*before: float) -> tuple[Effect, ...]:
        question = Question("age", "abby", position=0, to_make_sure=True, settles=Settles())
        interview = an_interview(
            ("abby", "tomorrow"),
            question=question,
            asked=[was_asked("age", minutes_ago=ago, to_make_sure=True) for ago in before],
        )
        return PickUpAgain().carry_out(interview).effects

    [again] = in_doubt(1200)
    *_, last = in_doubt(1300, 1200)

    assert isinstance(again, Ask)
    assert again.text == fixed_lines.line("how_old_again", "en", name="Abby")
    assert isinstance(last, CallStaff)
