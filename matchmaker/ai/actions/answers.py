"""The plain answer to our open question, read by code alone: it counts whatever the model makes of it."""

from collections.abc import Callable, Iterable

from matchmaker.ai import fixed_lines
from matchmaker.ai.actions import drafts, photos, review
from matchmaker.ai.actions.base import CitingAction, Outcome, done, refused
from matchmaker.ai.actions.facts import is_whole_value, keep_settled, may_skip, restore, skip, strike
from matchmaker.ai.actions.gates import read_age, settle
from matchmaker.ai.actions.questions import ask
from matchmaker.ai.effects import CloseQuestion, ConfirmFacts, Effect, KeepFact, Write
from matchmaker.ai.fields import FIELDS
from matchmaker.ai.interview import Interview
from matchmaker.ai.reading.ages import plain_age
from matchmaker.ai.reading.answers import chosen_option, option_label
from matchmaker.ai.reading.heights import plain_height
from matchmaker.ai.reading.one_breath import claims_to_be_it, read_statement
from matchmaker.ai.reading.read_back import Answer, read_answer
from matchmaker.ai.reading.undo import asks_to_skip, asks_to_undo
from matchmaker.ai.reading.yes_no import plain_no, plain_yes, weak_yes
from matchmaker.ai.records import (
    ANSWERS,
    APPROVAL,
    BIO,
    CONSENT,
    PHOTO_USE,
    PRIMARY,
    READ_BACK,
    Fact,
    Line,
    LineKind,
    Question,
    Settles,
    State,
)


class TakeAnswer(CitingAction):
    """Not the model's: code tries it on each new message before the model sees any."""

    name = "take_answer"

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        for read in (_statement, _answer, _choice, _undo):
            outcome = read(interview, cited)
            if outcome is not None:
                return outcome
        return refused("no plain answer to anything")


def _statement(interview: Interview, cited: Line) -> Outcome | None:
    """ "It's about me, yes, I'm in, I'm 27": said without being asked, and complete in itself."""
    if interview.consented or interview.primary not in (None, cited.author):
        return None
    is_asked = interview.answers(cited, PRIMARY)
    statement = read_statement(cited.text, names=_names_of(interview, cited), claim_asked=is_asked)
    if statement is None or not statement.about_me:
        return None
    return settle(
        interview, Settles(primary=True, consent=statement.yes, adult=statement.adult, age=statement.age), cited
    )


def _names_of(interview: Interview, cited: Line) -> list[str]:
    return [interview.name_of(cited.author)]


def _answer(interview: Interview, cited: Line) -> Outcome | None:
    question = interview.question
    if question is None or not interview.is_for(cited, question):
        return None
    if question.topic == PRIMARY:
        return _of_primary(interview, question, cited)
    if not _is_to_us(interview, question, cited):
        return None
    if asks_to_skip(cited.text) and may_skip(interview, question, cited):
        return skip(interview, cited)
    return _READERS.get(question.topic, _of_a_field)(interview, question, cited)


def _is_to_us(interview: Interview, question: Question, cited: Line) -> bool:
    return interview.is_to_us(cited, since=question.position, is_weak=weak_yes(cited.text))


def _of_primary(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    in_person = question.asked_to is not None
    if in_person and plain_yes(cited.text) and _is_to_us(interview, question, cited):
        return settle(interview, question.settles if question.to_make_sure else Settles(primary=True), cited)
    if in_person and plain_no(cited.text):
        return _turned_down(interview, cited)
    names = _names_of(interview, cited)
    if interview.primary is None and claims_to_be_it(cited.text, asked=True, names=names):
        return settle(interview, Settles(primary=True), cited)
    return None


def _of_consent(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    if plain_yes(cited.text):
        return settle(interview, question.settles, cited)
    names = _names_of(interview, cited)
    statement = read_statement(cited.text, names, claim_asked=question.settles.primary, consent_asked=True)
    if statement is not None and statement.yes:
        said = Settles(
            primary=question.settles.primary or statement.about_me,
            consent=True,
            adult=question.settles.adult or statement.adult,
            age=statement.age or question.settles.age,
            cited="" if statement.age else question.settles.cited,
            quote="" if statement.age else question.settles.quote,
        )
        return settle(interview, said, cited)
    return _no_profile(interview, cited) if plain_no(cited.text) else None


def _no_profile(interview: Interview, cited: Line) -> Outcome:
    """Not asked again: should they change their mind, they say so."""
    interview.skipped |= {(CONSENT, cited.author)}
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    text = fixed_lines.line("declined", interview.language, name=interview.name_of(cited.author))
    interview.said.append(text)
    return done(CloseQuestion(was_skipped=True), Write(text), why="they said no; they are told that it is all right")


def _turned_down(interview: Interview, cited: Line) -> Outcome:
    """A no is an answer: what comes of it is for the model to say, kindly."""
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    return done(CloseQuestion(), why="they said no")


def _of_age(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    if cited.author != interview.primary:
        return None
    age = plain_age(cited.text)
    if age is not None:
        return read_age(interview, age, cited)
    if question.settles.age is None:
        return None
    if plain_yes(cited.text):
        return settle(interview, question.settles, cited)
    return _turned_down(interview, cited) if plain_no(cited.text) else None


def _of_a_field(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    options = question.settles.options
    if options and cited.author == interview.primary:
        labels = [fixed_lines.choice_in_words(option, interview.language) for option in options]
        number = chosen_option(cited.text, len(options)) or option_label(cited.text, labels)
        return keep_settled(interview, question.topic, options[number - 1], cited) if number else None
    if question.settles.vouch_quote:
        return _vouch(interview, question, cited)
    return None


def _of_height(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    height = plain_height(cited.text)
    if height is None or cited.author != interview.primary:
        return None
    return keep_settled(interview, "height_cm", height, cited)


def _vouch(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    """The friend's yes to their own words on the profile; the primary person's follows in a read-back."""
    if plain_no(cited.text):
        return _turned_down(interview, cited)
    if not plain_yes(cited.text) or not interview.may_keep_facts:
        return None
    settles, author = question.settles, str(cited.author)
    interview.close_question()
    interview.heard_from.add(author)
    if any(fact.is_same_value(settles.vouch_quote) for fact in interview.live("vouch_quote")):
        return done(CloseQuestion())
    fact = interview.add_fact(
        field="vouch_quote",
        value=settles.vouch_quote,
        state=State.PROPOSED,
        said_by=author,
        message=settles.cited,
        quote=settles.quote,
    )
    return done(CloseQuestion(), KeepFact(fact.id, fact.field, fact.value, author, fact.message, fact.quote))


def _of_read_back(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    """What was shown becomes theirs, but for the numbers that they say are wrong."""
    if cited.author != interview.primary:
        return None  # staff made somebody else the primary person since the list was sent
    shown = question.settles.facts
    if _says_the_value_again(interview, question, cited):
        answer: Answer | None = Answer(wrong=frozenset(), all_right=True)
    else:
        answer = read_answer(cited.text, len(shown))
    if answer is None:
        return None
    if not answer.all_right and not answer.wrong:
        return _which_is_wrong(interview, question, cited)
    wrong = [shown[number - 1] for number in sorted(answer.wrong)]
    right = [fact for fact in interview.proposed() if fact.id in shown and fact.id not in wrong]
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    effects: list[Effect] = [CloseQuestion()]
    if right:
        effects.append(_confirm(interview, right, cited))
    unwanted = [fact for fact in interview.facts if fact.id in wrong]
    if unwanted:
        effects += strike(interview, unwanted, cited).effects
    return done(*effects)


def _says_the_value_again(interview: Interview, question: Question, cited: Line) -> bool:
    """ "Is this right? age: 36" - "36": as good as a yes, where that is the one value shown."""
    shown = [fact for fact in interview.facts if fact.id in question.settles.facts]
    if len(shown) != 1 or len(question.settles.facts) != 1:
        return False
    return is_whole_value(shown[0].field, shown[0].value, cited.text)


def _confirm(interview: Interview, facts: list[Fact], cited: Line) -> Effect:
    """What others said of a field that holds one value gives way to the one agreed to."""
    settled = {fact.field for fact in facts if not FIELDS[fact.field].many}
    others = [fact for fact in interview.facts if fact.field in settled and fact not in facts]
    interview.set_state(facts, State.CONFIRMED)
    interview.drop(others)
    ids, replaced = (tuple(fact.id for fact in some) for some in (facts, others))
    return ConfirmFacts(ids, str(cited.author), cited.id, replaces=replaced)


def _which_is_wrong(interview: Interview, question: Question, cited: Line) -> Outcome:
    """A bare no. Of one value it says all; of several, not which."""
    shown = [fact for fact in interview.facts if fact.id in question.settles.facts]
    if len(shown) <= 1:
        interview.close_question()
        return done(CloseQuestion(), *(strike(interview, shown, cited).effects if shown else ()))
    interview.heard_from.add(str(cited.author))
    text = fixed_lines.line("which_number", interview.language)
    if interview.has_said(text):
        interview.close_question()  # they do not care to say; it stays as heard
        return done(CloseQuestion())
    outcome = ask(
        interview,
        text,
        topic=READ_BACK,
        to=question.asked_to,
        settles=question.settles,
    )
    interview.is_answered = True
    return outcome


def _undo(interview: Interview, cited: Line) -> Outcome | None:
    return restore(interview, cited) if asks_to_undo(cited.text) else None


def _choice(interview: Interview, cited: Line) -> Outcome | None:
    """A vote counts as long as nobody has picked, whatever was asked since."""
    question = interview.question
    is_asked_for_a_number = question is not None and question.topic != BIO and interview.is_for(cited, question)
    return None if is_asked_for_a_number else drafts.plain_choice(interview, cited)


Reader = Callable[[Interview, Question, Line], Outcome | None]
_READERS: dict[str, Reader] = {
    CONSENT: _of_consent,
    "age": _of_age,
    "height_cm": _of_height,
    READ_BACK: _of_read_back,
    PHOTO_USE: photos.plain_answer,
    ANSWERS: drafts.plain_answers,
    APPROVAL: review.plain_approval,
}


def plain_answers(interview: Interview) -> Iterable[TakeAnswer]:
    return [TakeAnswer(message=line.id) for line in interview.inputs if line.kind is LineKind.PERSON]
