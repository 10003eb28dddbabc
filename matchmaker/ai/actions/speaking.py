"""What the group reads."""

from typing import Annotated, ClassVar

from pydantic import Field

from matchmaker.ai import fixed_lines
from matchmaker.ai.actions.base import (
    Action,
    CitingAction,
    Outcome,
    ShortWords,
    Topic,
    Touches,
    Words,
    done,
    refused,
)
from matchmaker.ai.actions.questions import ask
from matchmaker.ai.actions.read_back import may_be_shown, read_back, what_to_read_back
from matchmaker.ai.effects import Write, WritePrivately
from matchmaker.ai.fields import FIELDS
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import CONSENT, PHOTOS, PRIMARY, Line, Settles
from matchmaker.ai.safety.private_matters import touches_in

MOST_MESSAGES = 2
MOST_FOLLOW_UPS = 1


def why_not_to_speak(interview: Interview, text: str) -> str:
    """Empty when one more message with these words is all right."""
    if interview.to_make_sure is not None:
        return "they are just being asked to make sure; say nothing else now"
    if len(interview.said) >= MOST_MESSAGES:
        return "at most two short messages a turn"
    if interview.has_said(text):
        return "you have said exactly that before"
    return _repeats_a_secret(interview, text)


def _repeats_a_secret(interview: Interview, text: str) -> str:
    """What a friend let slip about the primary person is not said aloud once more."""
    slipped: set[str] = set()
    own: set[str] = set()
    for line in interview.lines:
        if line.author is not None:
            (own if line.author == interview.primary else slipped).update(touches_in(line.text))
    if (slipped - own) & touches_in(text):
        return "that is the primary person's private matter; do not repeat what a friend let slip"
    return ""


class Say(CitingAction):
    """Write one short message to the whole group."""

    name = "say"
    speaks = True
    keeps_quiet_about = frozenset({"text"})

    text: Words
    touches: Touches = []

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        why_not = why_not_to_speak(interview, self.text)
        if why_not:
            return refused(why_not)
        if self.touches and cited.author != interview.primary:
            return refused("that is the primary person's private matter; do not repeat what a friend let slip")
        interview.said.append(self.text)
        return done(Write(self.text))


class SayPrivately(CitingAction):
    """Write one short message to one person's phone alone: to the primary person, or to whoever wrote the cited
    message. The others cannot read it."""

    name = "say_privately"
    speaks = True
    keeps_quiet_about = frozenset({"text"})

    person: str = Field(description="id of the person")
    text: Words

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if self.person not in (interview.primary, cited.author) or interview.person(self.person) is None:
            return refused("only the primary person and the author of the cited message can be told something alone")
        why_not = why_not_to_speak(interview, self.text)
        if why_not:
            return refused(why_not)
        interview.said.append(self.text)
        return done(WritePrivately(self.person, self.text))


class AskField(CitingAction):
    """Ask one question, about one thing. It stays open until that person answers."""

    name = "ask_field"
    speaks = True
    keeps_quiet_about = frozenset({"wording"})

    field: Topic
    wording: Words
    to: str | None = Field(None, description="id of the person asked; leave out to ask anyone in the group")
    options: Annotated[
        list[str],
        Field(max_length=6, description="of a field with fixed choices: those to offer, as a numbered list"),
    ] = []

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        why_not = self._why_not(interview) or why_not_to_speak(interview, self.wording)
        if why_not:
            return refused(why_not)
        due = what_to_read_back(interview)
        if due:
            return read_back(interview, due)
        waiting = [fact for fact in interview.proposed() if fact.field == self.field]
        if waiting and not FIELDS[self.field].many:
            # It was heard already: the one thing to ask is whether it is right, and a yes must mean that.
            due = [fact for fact in waiting if fact in may_be_shown(interview)]
            return read_back(interview, due) if due else refused("that was heard and read back; leave it")
        return self._put(interview)

    def _why_not(self, interview: Interview) -> str:
        if self.to is not None and interview.person(self.to) is None:
            return "`to` must be the id of somebody in the group"
        if interview.question is not None and interview.question.is_new:
            return "one question at a time"
        if interview.is_postponed:
            return "they want to go on later; ask nothing now"
        if interview.age_is_in_doubt:
            return "first the primary person has to say plainly how old they are"
        if self.field == CONSENT and (interview.primary is None or self.to != interview.primary):
            return "only the primary person can be asked for consent"
        if self.field == CONSENT and interview.consented:
            return "they have already said yes"
        if self.field in FIELDS:
            if not interview.consented:
                return "the primary person has to say yes to a profile first"
            if self.field != "age" and not interview.may_keep_facts:
                return "first the primary person has to say how old they are"
            if FIELDS[self.field].private:
                return "that is private; never ask it in the group"
            if set(self.options) - set(FIELDS[self.field].choices):
                return f"options must be choices of {self.field}"
        elif self.field == PHOTOS and not interview.may_keep_facts:
            return "no photo is kept before the primary person says yes"
        elif self.field not in (PRIMARY, CONSENT, PHOTOS):
            return f"there is no field {self.field}"
        if self._was_followed_up(interview):
            return "you have asked about that twice and it was answered; one follow-up is enough"
        return interview.is_resting(self.field, self.to)

    def _was_followed_up(self, interview: Interview) -> bool:
        """ "Cake" - "which cake?" makes a profile; a third question about cake makes an interrogation."""
        if self.field not in FIELDS or len(interview.live(self.field)) < FIELDS[self.field].least:
            return False
        answered = [asked for asked in interview.asked if asked.topic == self.field and asked.was_answered]
        return len(answered) > MOST_FOLLOW_UPS

    def _put(self, interview: Interview) -> Outcome:
        text, settles = self.wording, Settles()
        if self.field == CONSENT:
            # Ours and not the model's, so that a plain yes to it means just that.
            text = fixed_lines.line("consent", interview.language, name=interview.name_of(self.to))
            settles = Settles(consent=True)
        elif self.field == PRIMARY and self.to is not None:
            text = fixed_lines.line("is_it_you", interview.language, name=interview.name_of(self.to))
            settles = Settles(primary=True)
        elif self.options:
            labels = [fixed_lines.choice_in_words(option, interview.language) for option in self.options]
            text = fixed_lines.line(
                "options", interview.language, wording=self.wording, items=fixed_lines.numbered(labels)
            )
            settles = Settles(options=tuple(self.options))
        return ask(interview, text, topic=self.field, to=self.to, settles=settles)


class StaySilent(Action):
    """Say nothing this time."""

    name: ClassVar[str] = "stay_silent"

    reason: ShortWords

    def carry_out(self, interview: Interview) -> Outcome:
        return done()
