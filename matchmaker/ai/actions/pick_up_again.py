"""What code writes to a group that wanted to go on later."""

from matchmaker.ai import fixed_lines
from matchmaker.ai.actions.base import Action, Outcome, done, refused
from matchmaker.ai.actions.gates import MakeSure
from matchmaker.ai.actions.questions import ask_what_is_next
from matchmaker.ai.effects import CloseQuestion, Write
from matchmaker.ai.interview import Interview


class PickUpAgain(Action):
    """Not the model's: nobody has written since, and the time they wanted to go on at has come."""

    name = "pick_up_again"
    speaks = True

    def carry_out(self, interview: Interview) -> Outcome:
        if not interview.consented or interview.is_over:
            return refused("there is no interview to go on with")
        if interview.question is not None and interview.question.to_make_sure:
            # A yes to anything else could be taken for the answer to this one.
            return MakeSure().carry_out(interview)
        text = fixed_lines.line("pick_up_again", interview.language, name=interview.name_of(interview.primary))
        asked = ask_what_is_next(interview, opening=text)
        if asked is not None:
            return asked
        interview.said.append(text)
        if interview.question is None:
            return done(Write(text))
        # "Yes" means: let's go on. It must not agree to what was asked before.
        interview.question = None
        return done(CloseQuestion(was_answered=False), Write(text))
