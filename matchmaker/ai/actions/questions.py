"""Putting a question of ours to the group, so that its answer can be told from talk."""

from matchmaker.ai import exits, fixed_lines
from matchmaker.ai.actions.base import Outcome, done, refused
from matchmaker.ai.effects import Ask
from matchmaker.ai.fields import FIELDS, Source
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import CONSENT, PRIMARY, Question, Settles


def ask(
    interview: Interview,
    text: str,
    *,
    topic: str,
    to: str | None,
    settles: Settles | None = None,
    to_make_sure: bool = False,
    why: str = "",
) -> Outcome:
    """`settles`: what a plain answer to just these words settles."""
    if interview.question is not None and interview.question.to_make_sure and not to_make_sure:
        return refused("they have not answered yet what they were asked to make sure; ask nothing else")
    question = Question(
        topic,
        to,
        position=interview.next_position,
        is_new=True,
        to_make_sure=to_make_sure,
        settles=settles or Settles(),
    )
    interview.open_question(question, text)
    return done(Ask(text, topic, to, question.settles, to_make_sure=to_make_sure), why=why)


def ask_what_is_next(interview: Interview, *, opening: str = "") -> Outcome | None:
    """What the interview lacks most, in words of ours and after the opening; None when nothing may be asked just now."""
    for topic in exits.askable(interview):
        to = None if topic == PRIMARY else _whom_to_ask(interview, topic)
        text, settles = _worded(interview, topic, has_opening=bool(opening))
        if text and not interview.is_resting(topic, to):
            text = f"{opening} {text}".strip()
            if not interview.has_said(text):
                return ask(interview, text, topic=topic, to=to, settles=settles)
    return None


def _worded(interview: Interview, topic: str, *, has_opening: bool) -> tuple[str, Settles]:
    name = interview.name_of(interview.primary)
    if topic == CONSENT:
        return fixed_lines.line("consent", interview.language, name=name), Settles(consent=True)
    # An opening has named them already.
    return fixed_lines.question_about(topic, interview.language, name=name, is_named=has_opening), Settles()


def _whom_to_ask(interview: Interview, topic: str) -> str | None:
    from_friends = topic in FIELDS and FIELDS[topic].source is Source.FRIENDS
    return None if from_friends else interview.primary
