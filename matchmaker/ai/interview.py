"""Where an interview stands, and what each action may change in it.

The same checks run twice: against a copy while the model talks, so that it hears what became of each call, and again
against fresh rows in the transaction that closes the turn.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from matchmaker.ai import evidence, exits
from matchmaker.ai.actions import (
    Action,
    AdvanceStage,
    AskField,
    ClaimPrimary,
    ConfirmFact,
    ProposeFact,
    RecordConsent,
    RejectFact,
    Say,
    StaySilent,
)
from matchmaker.ai.fields import FIELDS, Evidence, Field, InvalidValue, Source
from matchmaker.ai.interview_state import InterviewState
from matchmaker.ai.records import Fact, Line, Question, State

ADULT_AGE = 18
MAX_MESSAGES_PER_TURN = 2


@dataclass(frozen=True)
class Outcome:
    """What became of an action: done, or refused with words that the model (and staff) can use."""

    done: bool
    why: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def done(**values: Any) -> Outcome:
    return Outcome(True, values=values)


def refused(why: str) -> Outcome:
    return Outcome(False, why)


class Interview(InterviewState):
    """The same, with what actions may change in it. `carry_out` changes this copy only."""

    def carry_out(self, action: Action) -> Outcome:
        if isinstance(action, StaySilent):
            return done()
        cited = self.line(getattr(action, "message", ""))
        if cited is not None and cited.is_imported:
            return refused("that was written in the older app; ask again for whatever matters")
        if cited is None or cited.author is None or not (cited.is_new or self.transcript_is_open):
            return refused("cite one of this turn's new messages, by its id")
        return _CHECKS[type(action)](self, action, cited)

    def plain_answer_about_age(self) -> ProposeFact | None:
        """What the primary person answered when asked to make sure. Too much follows from it to leave it to a model."""
        if not self.age_is_in_doubt:
            return None
        for line in reversed(self.inputs):
            age = evidence.plain_age(line.text)
            if age is not None and line.author == self.primary and self.answers(line, "age"):
                return ProposeFact(field="age", value=age, message=line.id)
        return None

    def advance(self) -> list[str]:
        """Move through every stage whose exit rule holds; the slugs passed into, in order."""
        entered = []
        slugs = [stage.slug for stage in self.stages]
        while not exits.missing(self) and self.stage != slugs[-1]:
            self.stage = slugs[slugs.index(self.stage) + 1]
            entered.append(self.stage)
        return entered


def _say(interview: Interview, action: Say, cited: Line) -> Outcome:
    return _floor_is_taken(interview) or _count_message(interview)


def _floor_is_taken(interview: Interview) -> Outcome | None:
    if interview.adult is False:
        return refused("the interview has stopped: the primary person is under 18")
    if interview.asks_age_now:
        return refused("they are just being asked how old they are, to make sure; say nothing else now")
    return None


def _ask(interview: Interview, action: AskField, cited: Line) -> Outcome:
    taken = _floor_is_taken(interview)
    if taken is not None:
        return taken
    if interview.age_is_in_doubt:
        if (action.field, action.to) != ("age", interview.primary):
            return refused("first the primary person has to say plainly how old they are")
        return _count_message(interview)  # the same question in other words: it counts from its first asking
    if action.to is not None and interview.person(action.to) is None:
        return refused("`to` must be the id of somebody in the group")
    if interview.question is not None and interview.question.is_new:
        return refused("one question at a time")
    if action.field in FIELDS:
        if not interview.consented:
            return refused("the primary person has to say yes to a profile first")
        if FIELDS[action.field].private:
            return refused("that is private; never ask it in the group")
    if action.field == "consent" and not evidence.is_about_the_profile(action.wording):
        return refused("say in the question that it is about a dating profile, so that yes means yes to that")
    if action.field == "consent" and (interview.primary is None or action.to != interview.primary):
        return refused("only the primary person can be asked for consent")
    outcome = _count_message(interview)
    if outcome.done:
        position = interview.lines[-1].position + 1
        interview.question = Question(action.field, action.to, position=position, is_new=True)
    return outcome


def _count_message(interview: Interview) -> Outcome:
    if interview.messages_said >= MAX_MESSAGES_PER_TURN:
        return refused("at most two short messages a turn")
    interview.messages_said += 1
    return done()


def _claim_primary(interview: Interview, action: ClaimPrimary, cited: Line) -> Outcome:
    if interview.primary == cited.author:
        return refused("that person is already the primary person")
    if interview.primary is not None:
        return refused("the profile is already about somebody else; only staff can change that")
    in_person = interview.question is not None and interview.question.asked_to == cited.author
    if not evidence.claims_to_be_primary(cited.text, asked=interview.answers(cited, "primary"), in_person=in_person):
        return refused("the author does not say in that message that it is about them; ask who it is about")
    interview.primary = cited.author
    interview.people = [replace(person, is_primary=person.id == cited.author) for person in interview.people]
    if interview.question and interview.question.topic == "primary":
        interview.question = None
    return done(person=cited.author)


def _record_consent(interview: Interview, action: RecordConsent, cited: Line) -> Outcome:
    if interview.consented:
        return refused("they have already said yes")
    if interview.primary is None or interview.primary != cited.author:
        return refused("only the primary person can say yes to their profile")
    if not evidence.consents(cited.text, asked=interview.answers(cited, "consent")):
        return refused("that is not a clear yes to having a profile made; ask them")
    interview.consented = True
    interview.transcript_is_open = True
    if interview.question and interview.question.topic == "consent":
        interview.question = None
    return done()


def _propose(interview: Interview, action: ProposeFact, cited: Line) -> Outcome:
    wanted = FIELDS.get(action.field)
    if wanted is None:
        return refused(f"there is no field {action.field}")
    if action.about not in (None, interview.primary):
        return refused("only facts about the primary person are stored")
    outcome = _may_say(interview, wanted, cited)
    if outcome is not None:
        return outcome
    try:
        value = wanted.normalise(action.value)
    except InvalidValue as error:
        return refused(f"{action.field} {error}")
    asked = interview.answers(cited, wanted.slug)
    if not (
        evidence.supports(wanted, value, cited.text, asked=asked)
        or _agrees_to_own_name(interview, wanted, value, cited)
    ):
        return refused(f"that message does not say so; cite the one that does, or leave {action.field} alone")
    if wanted.slug == "age":
        outcome = _hear_age(interview, value, cited, asked=asked)
        if outcome is not None:
            return outcome
    elif interview.age_is_in_doubt:
        return refused("first the primary person has to say plainly how old they are")
    if not interview.consented:
        return _before_consent(wanted)
    return _keep(interview, wanted, value, cited)


def _hear_age(interview: Interview, age: int, cited: Line, *, asked: bool) -> Outcome | None:
    """None when it can be kept like any other fact. An age under 18 is never believed at first: people count other
    things, joke and slip, and models cite the wrong number. It is asked for once more, and that answer counts."""
    if interview.age_is_in_doubt:
        return _settle_age(interview, age, cited, asked=asked)
    if not asked and not evidence.states_age(age, cited.text):
        return refused("that number is not plainly their age; ask for it")
    if age < ADULT_AGE:
        interview.question = Question(
            "age", interview.primary, position=interview.lines[-1].position + 1, is_new=True, to_make_sure=True
        )
        return done(to_make_sure=True)
    interview.adult = True
    return None


def _settle_age(interview: Interview, age: int, cited: Line, *, asked: bool) -> Outcome | None:
    if not asked or evidence.plain_age(cited.text) != age:
        return refused("that is no plain answer to how old they are; ask for just the number")
    interview.question = None
    interview.adult = age >= ADULT_AGE
    if not interview.adult:
        return done(adult=False)
    is_known = any(fact.is_same_value(age) for fact in interview.confirmed("age"))
    return done(adult=True) if is_known else None


def _agrees_to_own_name(interview: Interview, wanted: Field, value: Any, cited: Line) -> bool:
    """Asked what name to write, a plain yes means the one that everybody in the group reads already."""
    author = interview.person(cited.author)
    return (
        wanted.slug == "first_name"
        and author is not None
        and value == author.name
        and interview.answers(cited, wanted.slug)
        and evidence.says_yes(cited.text)
    )


def _before_consent(wanted: Field) -> Outcome:
    if wanted.slug == "age":
        return done(adult=True)
    return refused("nothing is stored before the primary person says yes; you can read it again then")


def _may_say(interview: Interview, wanted: Field, cited: Line) -> Outcome | None:
    is_primary = interview.primary is not None and cited.author == interview.primary
    if interview.primary is None:
        return refused("nobody has said yet who the profile is about")
    if wanted.source is Source.PRIMARY and not is_primary:
        return refused(f"only the primary person can say {wanted.slug}")
    if wanted.source is Source.FRIENDS and is_primary:
        return refused(f"{wanted.slug} comes from friends")
    return None


def _keep(interview: Interview, wanted: Field, value: Any, cited: Line) -> Outcome:
    state = State.CONFIRMED if _is_settled(interview, wanted, cited) else State.PROPOSED
    same = [fact for fact in interview.live(wanted.slug) if fact.is_same_value(value)]
    if any(fact.state is State.CONFIRMED or state is State.PROPOSED for fact in same):
        return refused("that is already known")
    if wanted.many and not same and len(interview.live(wanted.slug)) >= wanted.most:
        return refused(f"{wanted.slug} is full: {wanted.most} is the maximum")
    if state is State.CONFIRMED:
        interview.facts = [fact for fact in interview.facts if not _is_replaced_by(fact, wanted, value)]
    interview.facts.append(Fact(wanted.slug, value, state, str(cited.author), cited.id))
    if interview.answers(cited, wanted.slug):
        interview.question = None
    return done(value=value, state=state)


def _is_replaced_by(fact: Fact, wanted: Field, value: Any) -> bool:
    """A value that the primary person settles replaces the field's others, or its own double in a list."""
    return fact.field == wanted.slug and (not wanted.many or fact.is_same_value(value))


def _is_settled(interview: Interview, wanted: Field, cited: Line) -> bool:
    """The primary person's own plain statement needs no second question.

    A choice that no text spells out is settled only as the answer to our question about it.
    """
    if wanted.source is Source.FRIENDS:
        return False
    if cited.author != interview.primary:
        return False
    if interview.answers(cited, wanted.slug):
        return True
    # Unasked, "I hate clubbing" holds the word as well, and private things are not settled by an aside.
    if wanted.private or (wanted.evidence is Evidence.WORDS and evidence.says_no(cited.text)):
        return False
    return wanted.evidence is not Evidence.MEANING


def _confirm(interview: Interview, action: ConfirmFact, cited: Line) -> Outcome:
    waiting = [fact for fact in interview.live(action.field) if fact.state is State.PROPOSED]
    outcome = _may_decide(interview, waiting, cited)
    if outcome is not None:
        return outcome
    wanted = FIELDS[action.field]
    agreed = _restated(wanted, waiting, cited)
    if _agrees(interview, action.field, cited):
        agreed = [fact for fact in waiting if fact in agreed or _was_shown(interview, wanted, fact)]
    if not agreed:
        return refused("they do not agree to it in that message; ask them")
    if not wanted.many:
        agreed = agreed[-1:]
    kept = [fact for fact in interview.facts if fact.field != action.field or (wanted.many and fact not in agreed)]
    interview.facts = kept + [replace(fact, state=State.CONFIRMED) for fact in agreed]
    if interview.question and interview.question.topic == action.field:
        interview.question = None
    return done(values=[fact.value for fact in agreed])


def _agrees(interview: Interview, field_slug: str, cited: Line) -> bool:
    return interview.answers(cited, field_slug) and evidence.says_yes(cited.text)


def _was_shown(interview: Interview, wanted: Field, fact: Fact) -> bool:
    """A bare yes is to what our question said: a value that it did not name, they may never have seen."""
    question = interview.question
    asked = next((line for line in interview.lines if question and line.position == question.position), None)
    if asked is None or wanted.many or wanted.evidence is Evidence.MEANING:
        return True
    return evidence.mentions(wanted, fact.value, asked.text)


def _restated(wanted: Field, waiting: list[Fact], cited: Line) -> list[Fact]:
    """The waiting values that the primary person says again in their own words, without a no."""
    if wanted.evidence is Evidence.MEANING or evidence.says_no(cited.text):
        return []
    return [fact for fact in waiting if evidence.supports(wanted, fact.value, cited.text)]


def _reject(interview: Interview, action: RejectFact, cited: Line) -> Outcome:
    live = interview.live(action.field)
    outcome = _may_decide(interview, live, cited)
    if outcome is not None:
        return outcome
    if not evidence.says_no(cited.text):
        return refused("they do not turn it down in that message")
    wanted = FIELDS[action.field]
    named = [fact for fact in live if evidence.mentions(wanted, fact.value, cited.text)]
    unwanted = named or [fact for fact in live if fact.state is State.PROPOSED]
    if not unwanted:
        return refused("what they confirmed stays until they name it themselves")
    interview.facts = [replace(f, state=State.REJECTED) if f in unwanted else f for f in interview.facts]
    return done(values=[fact.value for fact in unwanted])


def _may_decide(interview: Interview, facts: list[Fact], cited: Line) -> Outcome | None:
    if interview.primary is None or cited.author != interview.primary:
        return refused("only the primary person decides about their profile")
    return None if facts else refused("there is nothing to decide about that field")


def _advance(interview: Interview, action: AdvanceStage, cited: Line) -> Outcome:
    missing = exits.missing(interview)
    if missing:
        return refused(f"not yet; still missing: {', '.join(missing)}")
    return done()


_CHECKS: dict[type[Action], Callable[[Interview, Any, Line], Outcome]] = {
    Say: _say,
    AskField: _ask,
    ClaimPrimary: _claim_primary,
    RecordConsent: _record_consent,
    ProposeFact: _propose,
    ConfirmFact: _confirm,
    RejectFact: _reject,
    AdvanceStage: _advance,
}
