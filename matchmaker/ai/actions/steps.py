"""What code does next by itself as a profile takes shape: the model writes, code shows, asks and keeps the order."""

from collections.abc import Callable

from matchmaker.ai import exits
from matchmaker.ai.actions.base import Action
from matchmaker.ai.actions.drafts import OpenVote, ShowAnswers, are_answers_due, is_vote_due
from matchmaker.ai.actions.photos import AskAboutPhotos
from matchmaker.ai.actions.review import (
    RequestApproval,
    SendPrivateQuestions,
    TellWhatIsMissing,
    ThankForApproval,
    are_private_questions_due,
    is_approval_due,
    is_missing_due,
    is_thanks_due,
)
from matchmaker.ai.interview import Interview

# In this order: what came last is answered first, and what is private needs no turn of its own.
_STEPS: tuple[tuple[Callable[[Interview], bool], Callable[[], Action]], ...] = (
    (is_thanks_due, ThankForApproval),
    (are_private_questions_due, SendPrivateQuestions),
    (lambda interview: bool(exits.photos_to_ask_about(interview)), AskAboutPhotos),
    (is_vote_due, OpenVote),
    (are_answers_due, ShowAnswers),
    (is_approval_due, RequestApproval),
    (is_missing_due, TellWhatIsMissing),
)


def due_steps(interview: Interview) -> list[Action]:
    if interview.is_over or interview.is_postponed or not interview.may_keep_facts:
        return []
    return [step() for is_due, step in _STEPS if is_due(interview)]
