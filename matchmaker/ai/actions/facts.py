"""What is heard about the primary person, and what is taken out again."""

from datetime import timedelta
from typing import Any

from pydantic import Field

from matchmaker.ai import fields, fixed_lines
from matchmaker.ai.actions.base import (
    MAX_QUOTE,
    Action,
    FieldName,
    Outcome,
    Quote,
    QuotingAction,
    Topic,
    Touches,
    Words,
    done,
    refused,
)
from matchmaker.ai.actions.gates import hear_age
from matchmaker.ai.actions.questions import ask
from matchmaker.ai.effects import CloseQuestion, Effect, KeepFact, RestoreFacts, StrikeFacts, Write
from matchmaker.ai.fields import FIELDS, InvalidValue, Need, Source
from matchmaker.ai.interview import Interview
from matchmaker.ai.reading.ages import plain_age
from matchmaker.ai.reading.answers import is_whole_answer
from matchmaker.ai.reading.folding import fold, quote_stands
from matchmaker.ai.reading.heights import plain_height
from matchmaker.ai.reading.undo import asks_to_skip
from matchmaker.ai.reading.yes_no import plain_no, plain_yes
from matchmaker.ai.records import PHOTOS, Fact, Line, Question, Settles, State, Struck
from matchmaker.ai.safety.instructions import is_markup_or_instruction
from matchmaker.ai.safety.private_matters import touches_in

UNDO_WITHIN = timedelta(days=1)


class ProposeFact(QuotingAction):
    """Something the message says about the primary person. One value per call; call again for each item of a list. A
    value that corrects an earlier one replaces it."""

    name = "propose_fact"

    field: FieldName
    value: str | int | float | bool | list[str | int]
    about: str | None = Field(None, description="id of the person it is about; leave out for the primary person")
    touches: Touches = []

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        wanted = FIELDS.get(self.field)
        if wanted is None:
            return refused(f"there is no field {self.field}")
        if self.about not in (None, interview.primary):
            return refused("only facts about the primary person are kept")
        if wanted.slug == "vouch_quote":
            return refused("a friend is asked first whether they may be quoted: request_quote_permission")
        return keep(interview, wanted, self.value, cited, self.words_from(cited), touches=self.touches)


class RecordGreenFlag(QuotingAction):
    """One good thing that a friend says about the primary person, with the example that shows it."""

    name = "record_green_flag"

    claim: Words
    example: Words
    touches: Touches = []

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return interview.may_keep_facts

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        claim, example = self.claim.rstrip(". "), self.example
        value = example if fold(claim) in fold(example) else f"{claim}: {example}"
        return keep(interview, FIELDS["green_flags"], value, cited, self.words_from(cited), touches=self.touches)


class RequestQuotePermission(QuotingAction):
    """A friend's sentence is good enough to stand on the profile in their own words: ask that friend whether it may.
    The primary person decides after them."""

    name = "request_quote_permission"
    speaks = True

    # Here the quote is what is asked for, so it cannot be left out.
    quote: Quote = Field(min_length=1, max_length=140)

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return interview.may_keep_facts

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if cited.author == interview.primary:
            return refused("a quote on the profile comes from a friend")
        if interview.question is not None and interview.question.is_new:
            return refused("one question at a time")
        if interview.to_make_sure is not None:
            return refused("they are just being asked to make sure")
        if not interview.may_keep_facts:
            return refused("nothing is kept before the primary person says yes and their age is known")
        wanted = FIELDS["vouch_quote"]
        try:
            wanted.normalise(self.quote)
        except InvalidValue as error:
            return refused(f"the quote {error}")
        if len(interview.live(wanted.slug)) >= wanted.most:
            return refused(f"{wanted.most} quotes are the most")
        why_not = _why_not_to_keep(interview, FIELDS["vouch_quote"], self.quote, self.quote, cited, touches=[])
        if why_not:
            return refused(why_not)
        resting = interview.is_resting("vouch_quote", cited.author)
        if resting:
            return refused(resting)
        text = fixed_lines.line(
            "vouch", interview.language, name=interview.name_of(cited.author), quote=self.quote.strip()
        )
        settles = Settles(vouch_quote=self.quote.strip(), cited=cited.id, quote=self.quote.strip())
        return ask(interview, text, topic="vouch_quote", to=cited.author, settles=settles)


def keep(
    interview: Interview, wanted: fields.Field, value: Any, cited: Line, quote: str, *, touches: list[Any]
) -> Outcome:
    """Keep a value as heard, or as the primary person's own where their whole message is the answer to our question."""
    why_not = _why_not_to_keep(interview, wanted, value, quote, cited, touches=touches)
    if why_not:
        return refused(why_not)
    try:
        normal = wanted.normalise(value)
    except InvalidValue as error:
        return refused(f"{wanted.slug} {error}")
    if interview.was_struck_after(cited, wanted.slug, normal):
        return refused("they had that taken out after that message")
    if wanted.slug == "age":
        outcome = hear_age(interview, normal, cited, quote)
        if outcome is not None:
            return outcome
    is_settled = cited.author == interview.primary and _is_the_whole_answer(interview, wanted, normal, cited)
    return _store(interview, wanted, normal, cited, quote, is_settled=is_settled)


def _why_not_to_keep(
    interview: Interview, wanted: fields.Field, value: Any, quote: str, cited: Line, *, touches: list[Any]
) -> str:
    about = interview.primary or (interview.to_make_sure.person if interview.to_make_sure else None)
    if about is None:
        return "nobody has said yet who the profile is about"
    is_primary = cited.author == about
    if wanted.source is Source.PRIMARY and not is_primary:
        return f"only the primary person can say {wanted.slug}"
    if wanted.source is Source.FRIENDS and is_primary:
        return f"{wanted.slug} comes from friends"
    if cited.is_of_concern:
        return "nothing of a message like that is kept"
    if not is_primary and (wanted.private or touches or touches_in(f"{quote}. {value}")):
        return "a friend's word on somebody's private matters is not kept; do not repeat it either"
    return "those words are not talk about a person" if is_markup_or_instruction(quote) else ""


def _store(
    interview: Interview, wanted: fields.Field, value: Any, cited: Line, quote: str, *, is_settled: bool
) -> Outcome:
    if not interview.consented:
        return refused("nothing is stored before the primary person says yes; you can read it again then")
    if not interview.may_keep_facts or interview.age_is_in_doubt:
        return refused("nothing is kept before their age is known; you can read it again then")
    author = str(cited.author)
    is_primary = author == interview.primary
    same = [fact for fact in interview.live(wanted.slug) if fact.is_same_value(value)]
    if any(fact.state is State.CONFIRMED for fact in same) or (same and not is_settled):
        _note_answer(interview, wanted, cited)
        return done(why="that is already known")
    others = [fact for fact in interview.live(wanted.slug) if fact not in same]
    if wanted.many and len(others) >= wanted.most:
        return refused(f"{wanted.slug} is full: {wanted.most} is the maximum")
    if not is_primary and not wanted.many and _is_their_own(interview, others):
        return refused("the primary person has said something else about that themselves")
    # What they say now about themselves stands instead of what was there; the old one comes back if it is turned down.
    replaced = same if wanted.many else [*same, *others] if is_primary else same
    interview.is_corrected |= is_primary and any(not old.is_same_value(value) for old in replaced)
    interview.drop(replaced)
    fact = interview.add_fact(
        field=wanted.slug,
        value=value,
        state=State.CONFIRMED if is_settled else State.PROPOSED,
        said_by=author,
        message=cited.id,
        quote=quote,
    )
    kept = KeepFact(
        fact.id,
        wanted.slug,
        value,
        author,
        cited.id,
        quote,
        confirmed_in=cited.id if is_settled else None,
        replaces=tuple(old.id for old in replaced),
    )
    return done(kept, *_note_answer(interview, wanted, cited))


def keep_settled(interview: Interview, field_slug: str, value: Any, cited: Line) -> Outcome:
    """The primary person's whole message is this value, and it answers our question about the field."""
    return _store(interview, FIELDS[field_slug], value, cited, cited.text[:MAX_QUOTE], is_settled=True)


def _is_their_own(interview: Interview, facts: list[Fact]) -> bool:
    return any(fact.state is State.CONFIRMED or fact.said_by == interview.primary for fact in facts)


def _note_answer(interview: Interview, wanted: fields.Field, cited: Line) -> list[Effect]:
    interview.heard_from.add(str(cited.author))
    if not interview.answers(cited, wanted.slug):
        return []
    interview.close_question()
    return [CloseQuestion()]


# What a few words say whole. A longer answer is the model's summary at best, and is read back.
_SHORT_ANSWERS = {"first_name": 3, "area": 3, "job_or_study": 4}


def _is_the_whole_answer(interview: Interview, wanted: fields.Field, value: Any, cited: Line) -> bool:
    """The message answers our question about just this field, and holds that value and nothing else."""
    question = interview.question
    if question is None or not interview.answers(cited, wanted.slug):
        return False
    return interview.is_to_us(cited, since=question.position) and is_whole_value(wanted.slug, value, cited.text)


def is_whole_value(field_slug: str, value: Any, text: str) -> bool:
    """The text is that value and filler."""
    if field_slug == "age":
        return bool(plain_age(text) == value)
    if field_slug == "height_cm":
        return bool(plain_height(text) == value)
    most_words = _SHORT_ANSWERS.get(field_slug, 0)
    if len(str(value).split()) > most_words or plain_yes(text) or plain_no(text) or asks_to_skip(text):
        return False
    return is_whole_answer(str(value), text, field=field_slug)


# --- taking out -------------------------------------------------------------------------------------------------------


class RejectFact(QuotingAction):
    """The primary person turns down something that was kept about them, or somebody takes their own words back."""

    name = "reject_fact"

    field: FieldName
    value: str | int | float | list[str | int] | None = Field(
        None, description="which of the field's values; leave out where it has one, or where the quote names it"
    )

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return bool(interview.facts)

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        is_primary = cited.author == interview.primary
        theirs = [fact for fact in interview.live(self.field) if is_primary or fact.said_by == cited.author]
        if not theirs:
            return self._nothing_to_take_out(interview, is_primary=is_primary)
        unwanted = self._named(interview, theirs, cited)
        if not unwanted:
            return refused("say in `value` which one they mean, as it stands in `known`")
        return strike(interview, unwanted, cited)

    def _nothing_to_take_out(self, interview: Interview, *, is_primary: bool) -> Outcome:
        if interview.live(self.field):
            return refused("only the primary person, or whoever said it, can have that taken out")
        if not is_primary:
            return refused("nothing of theirs is kept there")
        text = fixed_lines.line("not_kept", interview.language, name=interview.name_of(interview.primary))
        if interview.has_said(text):
            return done(why="nothing of that is kept")
        interview.said.append(text)
        return done(Write(text), why="nothing of that is kept; they are told so")

    def _named(self, interview: Interview, facts: list[Fact], cited: Line) -> list[Fact]:
        if self.value is not None:
            return [fact for fact in facts if _is_meant(fact, self.value)]
        if len(facts) == 1 or not FIELDS[self.field].many:
            return facts
        named = [fact for fact in facts if quote_stands(str(fact.value), cited.text)]
        shown = interview.question.settles.facts if interview.question else ()
        return named or [fact for fact in facts if fact.id in shown]


def _is_meant(fact: Fact, value: Any) -> bool:
    if fact.is_same_value(value):
        return True
    try:
        return fact.is_same_value(FIELDS[fact.field].normalise(value))
    except InvalidValue:
        return False


class Forget(RejectFact):
    """The primary person wants something forgotten that was kept about them, or a friend something they said."""

    name = "forget"


def strike(interview: Interview, facts: list[Fact], cited: Line) -> Outcome:
    """Take values out. `TellStruck` says so in one line, however many there were."""
    interview.drop(facts)
    author = str(cited.author)
    interview.struck += [Struck(fact, author, interview.at, cited.position) for fact in facts]
    interview.heard_from.add(author)
    effect = StrikeFacts(tuple(fact.id for fact in facts), author, cited.id)
    return done(effect, why="taken out; they are told so, say nothing about it")


def struck_now(interview: Interview) -> list[Fact]:
    """What was taken out in this turn."""
    return [struck.fact for struck in interview.struck if struck.at == interview.at]


class TellStruck(Action):
    """Not the model's: one line about what was taken out in this turn, with the word that brings it back."""

    name = "tell_struck"
    speaks = True

    def carry_out(self, interview: Interview) -> Outcome:
        facts = struck_now(interview)
        if not facts:
            return refused("nothing was taken out")
        values = fixed_lines.listed([_shortly(fact, interview.language) for fact in facts], interview.language)
        text = fixed_lines.line("struck", interview.language, values=values)
        if interview.fallen:
            text = f"{text} {fixed_lines.line('fallen', interview.language)}"
        interview.said.append(text)
        return done(Write(text))


def _shortly(fact: Fact, language: str) -> str:
    """Enough to know which one. A private matter is named, not said aloud to the group."""
    if FIELDS[fact.field].private:
        return fixed_lines.label_of(fact.field, language)
    text = fixed_lines.choice_in_words(str(fact.value), language)
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


class Undo(QuotingAction):
    """Whoever had something taken out wants it back."""

    name = "undo"

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return bool(interview.struck)

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        return restore(interview, cited) or refused("nothing that they took out in the last day waits to come back")


def restore(interview: Interview, cited: Line) -> Outcome | None:
    """Bring back what this person had taken out last, within a day."""
    recent = [
        struck
        for struck in interview.struck
        if struck.by == cited.author and interview.at - struck.at <= UNDO_WITHIN and struck.position < cited.position
    ]
    if not recent or not interview.may_keep_facts or interview.age_is_in_doubt:
        return None
    last = max(struck.position for struck in recent)
    back = [struck for struck in recent if struck.position == last]
    single = {struck.fact.field for struck in back if not FIELDS[struck.fact.field].many}
    if cited.author != interview.primary and any(interview.confirmed(slug) for slug in single):
        return None  # the primary person has settled it otherwise meanwhile
    interview.struck = [struck for struck in interview.struck if struck not in back]
    replaced = [fact for fact in interview.facts if fact.field in single]
    interview.drop(replaced)
    interview.facts += [struck.fact for struck in back]
    interview.heard_from.add(str(cited.author))
    values = fixed_lines.listed([_shortly(struck.fact, interview.language) for struck in back], interview.language)
    text = fixed_lines.line("restored", interview.language, values=values)
    interview.said.append(text)
    ids = tuple(struck.fact.id for struck in back)
    restored = RestoreFacts(ids, str(cited.author), cited.id, replaces=tuple(fact.id for fact in replaced))
    return done(restored, Write(text), why="it is back; they are told so")


class SkipField(QuotingAction):
    """Whoever was asked would rather not answer that question."""

    name = "skip_field"

    field: Topic

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return interview.question is not None and interview.question.topic in {PHOTOS, *FIELDS}

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if not interview.answers(cited, self.field):
            return refused("they are not being asked that just now")
        question = interview.question
        if question is None or not may_skip(interview, question, cited):
            return refused("that is not theirs to skip")
        return skip(interview, cited)


def may_skip(interview: Interview, question: Question, cited: Line) -> bool:
    """A field that a profile can do without, or photos for now, by whoever was asked for it; of what was put to everybody, by the primary
    person."""
    is_needed = question.topic in FIELDS and FIELDS[question.topic].need is Need.REQUIRED
    if question.topic not in {PHOTOS, *FIELDS} or is_needed:
        return False
    return cited.author in (question.asked_to, interview.primary)


def skip(interview: Interview, cited: Line) -> Outcome:
    assert interview.question is not None
    interview.skipped |= {(interview.question.topic, interview.question.asked_to)}
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    return done(CloseQuestion(was_skipped=True))
