"""What has consequences: whom the profile is about, their yes to it, and that they are an adult.

A model's reading alone opens none of these. Either the whole message is the answer in words that mean nothing else
(`strict`), or whoever it concerns is asked once more, plainly, and that answer counts.
"""

from dataclasses import replace

from pydantic import Field

from matchmaker.ai import fixed_lines
from matchmaker.ai.actions.base import Action, Outcome, QuotingAction, done, refused
from matchmaker.ai.actions.questions import ask
from matchmaker.ai.effects import (
    CallStaff,
    CloseQuestion,
    Effect,
    GiveConsent,
    HoldAsUnderAge,
    KeepFact,
    MakePrimary,
    SetAdult,
    Write,
)
from matchmaker.ai.interview import ADULT_AGE, MOST_ASKINGS, Interview, ToMakeSure
from matchmaker.ai.reading.ages import plain_age
from matchmaker.ai.records import CONSENT, PRIMARY, Line, LineKind, Settles, State


class ClaimPrimary(QuotingAction):
    """The author of the message says that the profile is about them."""

    name = "claim_primary"

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return interview.primary is None

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if interview.primary == cited.author:
            return done(why="that is known")
        if interview.primary is not None:
            return refused("the profile is already about somebody else; only staff can change that")
        return _will_make_sure(interview, cited, self.words_from(cited), primary=True)


class NamePrimary(QuotingAction):
    """Somebody says that the profile is about another person in the group, who is then asked."""

    name = "name_primary"
    speaks = True

    person: str = Field(description="id of the person it is said to be about")

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return interview.primary is None

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if interview.primary is not None:
            return done(why="that is known") if interview.primary == self.person else refused("it is about another")
        if interview.person(self.person) is None:
            return refused("`person` must be the id of somebody in the group")
        if self.person == cited.author:
            return _will_make_sure(interview, cited, self.words_from(cited), primary=True)
        if interview.to_make_sure is not None:
            return refused("they are just being asked to make sure")
        interview.to_make_sure = ToMakeSure(self.person, cited.id, primary=True)
        interview.heard_from.add(str(cited.author))
        return done(why="they will be asked whether it is about them")


class RecordConsent(QuotingAction):
    """The primary person says yes, in their own words, to having a profile made."""

    name = "record_consent"

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return not interview.consented

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if interview.consented and cited.author == interview.primary:
            return done(why="that is known")
        if cited.author != _about_whom(interview):
            return refused("only the primary person can say yes to their profile")
        return _will_make_sure(interview, cited, self.words_from(cited), consent=True)


def _about_whom(interview: Interview) -> str | None:
    """The primary person, or whoever has just been understood to be it."""
    pending = interview.to_make_sure
    return interview.primary or (pending.person if pending is not None and pending.primary else None)


def _will_make_sure(interview: Interview, cited: Line, quote: str, **understood: bool) -> Outcome:
    pending = interview.to_make_sure
    if pending is not None and pending.person != cited.author:
        return refused("somebody else is just being asked to make sure")
    if pending is None:
        pending = interview.to_make_sure = ToMakeSure(str(cited.author), cited.id, quote)
    for name, value in understood.items():
        setattr(pending, name, value)
    interview.heard_from.add(str(cited.author))
    return done(why="understood; they will be asked once more, plainly, and that answer counts. Ask nothing else now")


# --- age --------------------------------------------------------------------------------------------------------------


def hear_age(interview: Interview, age: int, cited: Line, quote: str) -> Outcome | None:
    """What the model read as the primary person's age. None when it can be kept like any other value: people count
    other things, joke and slip, and models cite the wrong number, so neither an age under 18 nor the first age at all
    is believed from one reading."""
    if age >= ADULT_AGE and interview.adult is True and not interview.age_is_in_doubt:
        return None
    pending = interview.to_make_sure
    if pending is not None and pending.person != cited.author:
        return refused("somebody else is just being asked to make sure")
    if age >= ADULT_AGE and pending is None and interview.consented and _is_plainly(age, interview, cited):
        # Volunteered before we asked: model and strict reader agree, and the read-back shows it once more.
        return _volunteered(interview, age, cited, quote)
    if pending is None:
        pending = interview.to_make_sure = ToMakeSure(str(cited.author), cited.id, quote)
    pending.age, pending.cited, pending.quote = age, cited.id, quote
    interview.heard_from.add(str(cited.author))
    doubt = _doubt(interview) if age < ADULT_AGE else []
    return done(
        *doubt, why="they will be asked once more how old they are, and that answer counts. Ask nothing else now"
    )


def _is_plainly(age: int, interview: Interview, cited: Line) -> bool:
    """Their whole message is that age, and nothing puts it in doubt."""
    is_theirs = cited.author == interview.primary and plain_age(cited.text) == age
    ours = [line.position for line in interview.lines if line.kind is LineKind.MATCHMAKER]
    return is_theirs and not interview.age_is_in_doubt and interview.is_to_us(cited, since=max(ours, default=-1))


def _volunteered(interview: Interview, age: int, cited: Line, quote: str) -> Outcome:
    effects = _is_adult(interview)
    before = interview.live("age")
    interview.drop(before)
    fact = interview.add_fact(
        field="age",
        value=age,
        state=State.PROPOSED,
        said_by=str(cited.author),
        message=cited.id,
        quote=quote,
    )
    interview.heard_from.add(str(cited.author))
    replaced = tuple(old.id for old in before)
    return done(*effects, KeepFact(fact.id, "age", age, fact.said_by, cited.id, quote, replaces=replaced))


def read_age(interview: Interview, age: int, cited: Line) -> Outcome:
    """The plain answer to our question how old they are."""
    assert interview.question is not None
    if age < ADULT_AGE and not interview.is_asked_how_old:
        interview.close_question()
        interview.to_make_sure = ToMakeSure(str(cited.author), cited.id, cited.text, age=age)
        interview.heard_from.add(str(cited.author))
        return done(CloseQuestion(), *_doubt(interview), why="under 18: they are asked once more")
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    if age < ADULT_AGE:
        interview.adult = False
        interview.to_make_sure = None
        return done(CloseQuestion(), SetAdult(False), HoldAsUnderAge())
    return done(CloseQuestion(), *_is_adult(interview), *_keep_age(interview, age, cited.id, cited.text, cited.id))


def _doubt(interview: Interview) -> list[Effect]:
    """Until they have said plainly how old they are, nothing is kept, however often they talk past the question."""
    if interview.adult is None:
        return []
    interview.adult = None
    return [SetAdult(None)]


def _is_adult(interview: Interview) -> list[Effect]:
    if interview.adult is True:
        return []
    interview.adult = True
    _open_transcript(interview)
    return [SetAdult(True)]


def _open_transcript(interview: Interview) -> None:
    """Nobody has to say again what they said before it could be kept."""
    interview.transcript_is_open = interview.transcript_is_open or interview.may_keep_facts


def _keep_age(interview: Interview, age: int, message: str, quote: str, confirmed_in: str) -> list[Effect]:
    """Before consent an adult's age is no more than a yes to being one."""
    if not interview.consented or any(fact.value == age for fact in interview.confirmed("age")):
        return []
    before = interview.live("age")
    interview.drop(before)
    fact = interview.add_fact(
        field="age",
        value=age,
        state=State.CONFIRMED,
        said_by=str(interview.primary),
        message=message,
        quote=quote[:300],
    )
    replaced = tuple(old.id for old in before)
    return [
        KeepFact(fact.id, "age", age, fact.said_by, message, fact.quote, confirmed_in=confirmed_in, replaces=replaced)
    ]


# --- settling ---------------------------------------------------------------------------------------------------------


def settle(interview: Interview, settles: Settles, cited: Line) -> Outcome | None:
    """What a plain yes in `cited`, or a statement that says it all, settles; None when that is nothing new."""
    author = str(cited.author)
    effects: list[Effect] = []
    if settles.primary and interview.primary is None:
        interview.primary = author
        interview.people = [replace(person, is_primary=person.id == author) for person in interview.people]
        effects.append(MakePrimary(author))
    if interview.primary != author:
        return None
    if settles.consent and not interview.consented:
        interview.consented = True
        effects.append(GiveConsent(author, cited.id))
    is_young = settles.age is not None and settles.age < ADULT_AGE
    if (settles.adult or settles.age is not None) and not is_young:
        effects += _is_adult(interview)
    if settles.age is not None and not is_young:
        effects += _keep_age(interview, settles.age, settles.cited or cited.id, settles.quote or cited.text, cited.id)
    _open_transcript(interview)
    if is_young:
        effects += _doubt(interview)
        interview.to_make_sure = ToMakeSure(author, cited.id, cited.text, age=settles.age)
    elif not effects:
        return None
    interview.heard_from.add(author)
    if interview.question is not None and interview.question.topic in (PRIMARY, CONSENT, "age"):
        interview.close_question()
        effects.append(CloseQuestion())
    return done(*effects)


# After so many lines of the person asked that answer nothing, a closing question is put once more.
LINES_WITHOUT_AN_ANSWER = 2


def must_make_sure(interview: Interview) -> bool:
    """A gate's closing question is due: for the first time, or once more since it was talked past."""
    return interview.to_make_sure is not None or _was_talked_past(interview)


def _was_talked_past(interview: Interview) -> bool:
    question = interview.question
    if question is None or not question.to_make_sure or question.is_new:
        return False
    if all(line.author != question.asked_to for line in interview.inputs):
        return False
    of_them = [line for line in interview.spoken_since(question.position) if line.author == question.asked_to]
    return len(of_them) >= LINES_WITHOUT_AN_ANSWER


class GiveUpOnGate(Action):
    """Not the model's: what everything waits for was asked twice and not answered, so staff are told, once."""

    name = "give_up_on_gate"
    speaks = True

    def carry_out(self, interview: Interview) -> Outcome:
        gate = gate_in_vain(interview)
        return call_staff(interview, gate) if gate else refused("no gate was asked about in vain")


def gate_in_vain(interview: Interview) -> str:
    """The gate that the primary person was asked about twice and talks past; empty when there is none."""
    question = interview.question
    is_here = any(line.author == interview.primary for line in interview.inputs)
    if (
        interview.primary is None
        or not is_here
        or (question is not None and (question.is_new or question.to_make_sure))
    ):
        return ""
    gate = "" if interview.may_keep_facts else CONSENT if not interview.consented else "age"
    told = interview.has_said(fixed_lines.line("called_staff", interview.language))
    return gate if gate and not told and interview.was_asked_in_vain(gate, interview.primary) else ""


class MakeSure(Action):
    """Not the model's: the closing question of this turn's gates, or once more the one that was talked past."""

    name = "make_sure"
    speaks = True

    def carry_out(self, interview: Interview) -> Outcome:
        pending, question = interview.to_make_sure, interview.question
        if pending is None and question is not None and question.to_make_sure:
            pending = ToMakeSure(
                str(question.asked_to),
                question.settles.cited,
                question.settles.quote,
                primary=question.settles.primary,
                consent=question.settles.consent,
                age=question.settles.age,
            )
        if pending is None:
            return refused("nothing has to be made sure of")
        is_young = _is_young(pending)
        if not is_young and _may_ask_along(interview, pending):
            pending.consent = True
        topic = "age" if is_young else _topic(pending)
        if interview.times_asked_in_vain(topic, pending.person) >= MOST_ASKINGS:
            return call_staff(interview, topic)
        again = "_again" if interview.times_made_sure(topic, pending.person) else ""
        name = interview.name_of(pending.person)
        if is_young:
            text, settles = fixed_lines.line(f"how_old{again}", interview.language, name=name), Settles()
        else:
            text, settles = self._question(interview, pending, f"make_sure{again}", name)
        # Asked to make sure, they have to answer this: what answered the first question does not answer it.
        return ask(interview, text, topic=topic, to=pending.person, settles=settles, to_make_sure=True)

    @staticmethod
    def _question(interview: Interview, pending: ToMakeSure, key: str, name: str) -> tuple[str, Settles]:
        wanted: dict[str, bool] = {
            "about_you": pending.primary,
            "adult": pending.consent and pending.age is None and interview.adult is None,
            "age": pending.age is not None,
            "may_i": pending.consent,
        }
        asks = [
            fixed_lines.line(part, interview.language, age=pending.age) for part, is_in in wanted.items() if is_in
        ]
        said_by = interview.line(pending.cited)
        if key == "make_sure" and pending.primary and len(asks) == 1 and said_by and said_by.author != pending.person:
            key = "is_it_you"  # a friend said so: they themselves have not been asked before
        text = fixed_lines.line(
            key, interview.language, name=name, questions=fixed_lines.listed(asks, interview.language)
        )
        return text, Settles(
            primary=pending.primary,
            consent=pending.consent,
            adult=wanted["adult"],
            age=pending.age,
            cited=pending.cited,
            quote=pending.quote,
        )


def call_staff(interview: Interview, topic: str) -> Outcome:
    interview.to_make_sure = None
    interview.question = None
    text = fixed_lines.line("called_staff", interview.language)
    said = [] if interview.has_said(text) else [Write(text)]
    interview.said += [write.text for write in said]
    what = {
        PRIMARY: "was asked twice whom the profile is about, and no plain answer came",
        CONSENT: "was asked twice for a plain yes to having a profile made, and none came",
        "age": "was asked twice how old they are, to make sure, and no plain answer came",
    }[topic]
    return done(
        CloseQuestion(was_answered=False),
        *said,
        CallStaff(
            f"unsettled-{topic}",
            f"The group {what}. The matchmaker does not ask a third time.",
            "Read the end of the transcript and write to them yourself, or close the session.",
        ),
    )


def _may_ask_along(interview: Interview, pending: ToMakeSure) -> bool:
    """An age said instead of the yes that we asked for: asked about the age alone, they would never be asked for the
    yes again, since they talked past it."""
    declined = (CONSENT, pending.person) in interview.skipped
    is_primary = interview.primary == pending.person
    asked = interview.times_asked_in_vain(CONSENT, pending.person)
    return is_primary and not interview.consented and not declined and asked < MOST_ASKINGS


def _is_young(pending: ToMakeSure) -> bool:
    """Somebody said, or seemed to say, that they are under 18; or was asked about just that before."""
    if pending.age is not None:
        return pending.age < ADULT_AGE
    return not (pending.primary or pending.consent)


def _topic(pending: ToMakeSure) -> str:
    if pending.consent:
        return CONSENT
    return PRIMARY if pending.primary else "age"
