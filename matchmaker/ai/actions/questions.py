"""Putting a question of ours to the group, so that its answer can be told from talk."""

from matchmaker.ai.actions.base import Outcome, done
from matchmaker.ai.effects import Ask
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import Question, Settles


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
