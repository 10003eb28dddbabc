"""Reading back what was heard, so that the primary person can agree to it: nothing else makes it theirs."""

from typing import Annotated

from pydantic import Field

from matchmaker.ai import exits, fixed_lines
from matchmaker.ai.actions.base import CitingAction, FieldName, Outcome, QuotingAction, done, refused
from matchmaker.ai.actions.questions import ask
from matchmaker.ai.effects import Write
from matchmaker.ai.fields import FIELDS
from matchmaker.ai.interview import ASK_AGAIN_AFTER, MOST_ASKINGS, QUESTION_MARKS, Interview
from matchmaker.ai.records import PHOTOS, READ_BACK, Fact, Line, Settles, State

ENOUGH_TO_READ_BACK = 6
# At the end of a stage: fewer would make a form of a talk, one question "is that right?" after each answer.
ENOUGH_AT_THE_END_OF_A_STAGE = 3
# A phone shows about this much without scrolling, and a longer list is agreed to unread.
MOST_ITEMS = 8
MOST_CHARACTERS = 700


def what_to_read_back(interview: Interview) -> list[Fact]:
    """What is due to be checked now, if anything: after some six new values, after a few when a stage waits for nothing
    else, and in the end, when there is nothing more to ask."""
    if (
        interview.is_postponed
        or not interview.may_keep_facts
        or all(line.author != interview.primary for line in interview.inputs)
    ):
        return []
    waiting = may_be_shown(interview)
    if len(waiting) >= ENOUGH_TO_READ_BACK:
        return waiting
    is_few = len(waiting) < ENOUGH_AT_THE_END_OF_A_STAGE
    # Photos are no words that would still change one.
    is_all_said = not set(exits.askable(interview)) - {PHOTOS}
    is_due = is_all_said if is_few else _is_all_that_is_missing(interview)
    return waiting if is_due else []


def to_be_confirmed(interview: Interview) -> list[Fact]:
    """Heard, not agreed to, and not shown twice in vain. Private matters are not read out to a group."""
    return [
        fact
        for fact in interview.proposed()
        if not FIELDS[fact.field].private and interview.times_shown(fact.id) < MOST_ASKINGS
    ]


def may_be_shown(interview: Interview) -> list[Fact]:
    """Of these, what was not on their screen a moment ago."""
    return [fact for fact in to_be_confirmed(interview) if not _was_shown_just_now(interview, fact)]


def _was_shown_just_now(interview: Interview, fact: Fact) -> bool:
    return any(fact.id in asked.facts and interview.at - asked.at < ASK_AGAIN_AFTER for asked in interview.asked)


def _is_all_that_is_missing(interview: Interview) -> bool:
    missing = [topic for topic in exits.missing(interview) if topic in FIELDS]
    return bool(missing) and all(len(interview.live(topic)) >= FIELDS[topic].least for topic in missing)


def read_back(interview: Interview, facts: list[Fact]) -> Outcome:
    """Ask the primary person whether these values are right, in words of ours that show each of them."""
    shown: list[Fact] = []
    items: list[str] = []
    for fact in _one_of_a_kind(facts)[:MOST_ITEMS]:
        item = _in_words(interview, fact)
        if shown and sum(map(len, [*items, item])) > MOST_CHARACTERS:
            break
        shown.append(fact)
        items.append(item)
    key, listed = ("read_back_one", items[0]) if len(shown) == 1 else ("read_back", fixed_lines.numbered(items))
    text = fixed_lines.line(key, interview.language, name=interview.name_of(interview.primary), items=listed)
    return ask(
        interview,
        text,
        topic=READ_BACK,
        to=interview.primary,
        settles=Settles(facts=tuple(fact.id for fact in shown)),
        why="they are asked whether what was heard is right",
    )


def _one_of_a_kind(facts: list[Fact]) -> list[Fact]:
    """Of what friends say differently about a field that holds one value, the latest: a yes cannot mean both."""
    latest = {fact.id if FIELDS[fact.field].many else fact.field: fact for fact in facts}
    return [fact for fact in facts if fact in latest.values()]


def tell(interview: Interview, facts: list[Fact]) -> Outcome:
    """What is known, without asking whether it is right: they were asked that a moment ago."""
    name = interview.name_of(interview.primary)
    text = fixed_lines.line("known", interview.language, name=name, items=in_words(interview, facts[:MOST_ITEMS]))
    if interview.has_said(text):
        return refused("they have just been told that")
    interview.said.append(text)
    return done(Write(text))


def in_words(interview: Interview, facts: list[Fact]) -> str:
    """The list without a question."""
    return fixed_lines.numbered([_in_words(interview, fact) for fact in facts])


def _in_words(interview: Interview, fact: Fact) -> str:
    text = fixed_lines.value_in_words(fact.field, fact.value, interview.language)
    friend = interview.name_of(fact.said_by) if fact.said_by != interview.primary else ""
    return fixed_lines.line("from_friend", interview.language, value=text, friend=friend) if friend else text


class ReadBack(CitingAction):
    """Have the primary person check what was heard: a numbered list of the stored values is sent, and their plain yes
    makes those values theirs. Use it at the end of a stage, or when they ask what you know."""

    name = "read_back"
    speaks = True

    fields: Annotated[list[FieldName], Field(description="leave out for everything that is not confirmed yet")] = []

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return bool(to_be_confirmed(interview))

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if interview.question is not None and interview.question.is_new:
            return refused("one question at a time")
        if interview.to_make_sure is not None:
            return refused("they are just being asked to make sure; say nothing else now")
        if interview.is_postponed:
            return refused("they want to go on later; ask nothing now")
        facts = [fact for fact in to_be_confirmed(interview) if not self.fields or fact.field in self.fields]
        if not facts:
            return refused("nothing of that waits to be confirmed")
        due = [fact for fact in facts if fact in may_be_shown(interview)]
        if due:
            return read_back(interview, due)
        # On their screen already: said once more only to somebody who asks for it.
        wants_to_hear = any(mark in cited.text for mark in QUESTION_MARKS)
        return tell(interview, facts) if wants_to_hear else refused("they were shown that just now; leave it")


class ConfirmFact(QuotingAction):
    """The primary person agrees, in the cited message, to what was heard about this field."""

    name = "confirm_fact"

    field: FieldName

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return bool(interview.proposed())

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if interview.primary is None or cited.author != interview.primary:
            return refused("only the primary person decides about their profile")
        waiting = [fact for fact in interview.live(self.field) if fact.state is State.PROPOSED]
        if not waiting:
            is_known = bool(interview.confirmed(self.field))
            return done(why="that is confirmed") if is_known else refused("nothing was heard about that field")
        interview.heard_from.add(cited.author)
        if interview.question is not None and interview.question.is_new:
            return done(why="they will be asked to check it")
        to_show = [fact for fact in waiting if fact in to_be_confirmed(interview)]
        if not to_show or interview.to_make_sure is not None:
            return done(why="noted; it stays unconfirmed until they agree to a list or on their own page")
        # Whatever was agreed to in other words, a yes counts for what it was shown.
        return read_back(interview, to_show)
