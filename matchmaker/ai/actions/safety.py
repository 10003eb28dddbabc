"""Somebody may come to harm: as moderation found it, or as the model read it."""

from dataclasses import replace
from typing import Literal

from matchmaker.ai import effects
from matchmaker.ai.actions.base import CitingAction, Outcome, QuotingAction, done, refused
from matchmaker.ai.effects import CallStaff
from matchmaker.ai.interview import ADULT_AGE, Interview, ToMakeSure
from matchmaker.ai.records import Line
from matchmaker.ai.safety.rules import HOLDING, Concern, language_of_self_harm


class RaiseConcern(CitingAction):
    """Code's own: what moderation found in a message."""

    name = "raise_concern"

    concern: Concern

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        return _raise(interview, cited, self.concern)


class FlagSafety(QuotingAction):
    """Somebody may come to harm, and means it: they want to die or to hurt themselves (self_harm; they alone are given a
    helpline, so say nothing), somebody is threatened or tormented, or the primary person seems to be under 18 (minor).
    Not for jokes and manners of speaking."""

    name = "flag_safety"
    keeps_quiet_about = frozenset({"quote"})

    kind: Literal["self_harm", "harassment", "threat", "minor", "other"]

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if self.kind == "minor":
            return _make_sure_of_age(interview, cited)
        if self.kind == "other":
            interview.heard_from.add(str(cited.author))
            return done(
                CallStaff(
                    "flagged",
                    "the matchmaker is worried about something that was said here.",
                    "Read the end of the transcript, and write to the group as staff if it matters.",
                ),
                why="our team is told",
            )
        return _raise(interview, cited, Concern(self.kind))


def _raise(interview: Interview, cited: Line, concern: Concern) -> Outcome:
    if cited.is_of_concern:
        return done(why="that is known, and our team was told")
    interview.lines = [replace(line, is_of_concern=True) if line.id == cited.id else line for line in interview.lines]
    language = language_of_self_harm(cited.text) or interview.language
    raised = effects.RaiseConcern(cited.id, concern, language)
    if concern in HOLDING:
        interview.waits_for_staff = True
        return done(raised, why="they are looked after, and our team is told; say nothing more")
    return done(raised, why="our team is told; keep nothing of that message")


def _make_sure_of_age(interview: Interview, cited: Line) -> Outcome:
    """One reading decides nothing, nor does anybody else's word: they are asked how old they are."""
    if interview.primary is None or interview.adult is True:
        return refused(
            "nobody is known to be the primary person yet" if not interview.primary else "they are an adult"
        )
    if interview.to_make_sure is None:
        # Too young, by how much nobody said.
        interview.to_make_sure = ToMakeSure(interview.primary, cited.id, age=ADULT_AGE - 1)
    interview.heard_from.add(str(cited.author))
    return done(why="they will be asked how old they are, and that answer counts. Say nothing else now")
