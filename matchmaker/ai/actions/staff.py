"""What the matchmaker hands on: to staff, to the code that keeps the stages."""

from matchmaker.ai import exits, fixed_lines
from matchmaker.ai.actions.base import CitingAction, Outcome, ShortWords, done, refused
from matchmaker.ai.effects import CallStaff, Write
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


class AdvanceStage(CitingAction):
    """Ask to move to the next stage; the code checks whether it is time."""

    name = "advance_stage"

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return not exits.missing(interview)

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        missing = exits.missing(interview)
        return refused(f"not yet; still missing: {', '.join(missing)}") if missing else done()
