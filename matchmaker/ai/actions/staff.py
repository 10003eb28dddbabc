"""What the matchmaker hands on: to staff, to a later hour, to the code that keeps the stages."""

from typing import Annotated

from pydantic import Field

from matchmaker.ai import exits, fixed_lines
from matchmaker.ai.actions.base import CitingAction, Outcome, ShortWords, done, refused
from matchmaker.ai.effects import CallStaff, Nudge, Write
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import Line


class HandToOperator(CitingAction):
    """Somebody needs a human of our team: they ask for one, or it is beyond you."""

    name = "hand_to_operator"
    keeps_quiet_about = frozenset({"reason"})

    reason: ShortWords

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        text = fixed_lines.line("called_staff", interview.language)
        interview.heard_from.add(str(cited.author))
        said = [] if interview.has_said(text) else [Write(text)]
        interview.said += [write.text for write in said]
        call = CallStaff(
            "asked-for-staff",
            f"The matchmaker asks for a human: {self.reason}",
            "Read the end of the transcript, and write to the group as staff.",
        )
        return done(*said, call, why="our team is told, and the group knows")


class NudgeLater(CitingAction):
    """They want to go on later ("after dinner", "tomorrow", "not now"): in so many hours the group is asked whether to
    go on, unless somebody writes before. Nobody is written to at night. Ask nothing more now; a short "sure" is enough."""

    name = "nudge_later"
    keeps_quiet_about = frozenset({"reason"})

    hours: Annotated[int, Field(ge=1, le=72, description='such as 3 for "after dinner", 20 for "tomorrow"')]
    reason: ShortWords

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return interview.consented

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if not interview.consented:
            return refused("the primary person has to say yes to a profile first")
        interview.is_postponed = True
        return done(Nudge(self.hours), why="they will be asked then; ask nothing more now")


class AdvanceStage(CitingAction):
    """Ask to move to the next stage; the code checks whether it is time."""

    name = "advance_stage"

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return not exits.missing(interview)

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        missing = exits.missing(interview)
        return refused(f"not yet; still missing: {', '.join(missing)}") if missing else done()
