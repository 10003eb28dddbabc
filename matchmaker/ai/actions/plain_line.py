"""What code says where somebody waits and the model has nothing: never silence."""

import re

from matchmaker.ai import exits, fixed_lines
from matchmaker.ai.actions.base import CitingAction, Outcome, done, refused
from matchmaker.ai.actions.questions import ask_what_is_next
from matchmaker.ai.actions.read_back import read_back, tell, what_to_read_back
from matchmaker.ai.actions.review import missing_line
from matchmaker.ai.effects import Write
from matchmaker.ai.fields import FIELDS
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import DraftKind, Line
from matchmaker.ai.safety.humanity import honest_line
from matchmaker.ai.turn_taking import Cause

# Only which plain line is said hangs on it, where a model that could have read the question stayed silent.
_ASKS_WHAT_WE_KNOW = re.compile(
    r"\b(?:know|got|have|read|wrote|written|saved|stored|down|profile|"
    r"sabes|tienes|léeme|apuntado|guardado|puesto|perfil|"
    r"weißt|hast|steht|notiert|gespeichert|aufgeschrieben|profil)\b",
    re.IGNORECASE,
)


class PlainLine(CitingAction):
    """Not the model's. `message`: whose author waits."""

    name = "plain_line"
    speaks = True

    cause: Cause

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if self.cause is Cause.ASKS_IF_HUMAN:
            return _write(interview, honest_line(interview.language, name=interview.matchmaker))
        if interview.is_postponed:
            return _write(interview, fixed_lines.line("later", interview.language))
        if self.cause is Cause.EVENT:
            return _next_question(interview) or refused("nothing is left to say about it")
        if self.cause is Cause.ANSWERED:
            return _next_question(interview) or _write(interview, fixed_lines.line("thanks", interview.language))
        if cited.author == interview.primary and _ASKS_WHAT_WE_KNOW.search(cited.text):
            return _what_we_know(interview)
        stuck = _what_it_waits_for(interview)
        if stuck:
            return _write(interview, stuck)
        if self.cause is Cause.TURNED_TO:
            outcome = _next_question(interview)
            if outcome is not None:
                return outcome
        return _write(interview, fixed_lines.line("cannot_help", interview.language))


def _what_it_waits_for(interview: Interview) -> str:
    """Of a profile that takes shape: asked how it goes, they hear what is still missing, or that no text is there yet."""
    reached = exits.reached(interview)
    if reached == "review" and exits.incomplete(interview):
        return missing_line(interview)
    kind = DraftKind.PROMPT if interview.picked(DraftKind.BIO) else DraftKind.BIO
    if reached == "drafting" and not interview.standing(kind):
        return fixed_lines.line("still_writing", interview.language, name=interview.name_of(interview.primary))
    return ""


def _write(interview: Interview, text: str) -> Outcome:
    if text in interview.said:
        return refused("that was said just now")
    interview.said.append(text)
    return done(Write(text))


def _what_we_know(interview: Interview) -> Outcome:
    shown = [fact for fact in interview.facts if fact.field in FIELDS and not FIELDS[fact.field].private]
    if not shown:
        name = interview.name_of(interview.primary)
        return _write(interview, fixed_lines.line("nothing_known", interview.language, name=name))
    told = tell(interview, shown)
    return told if told.done else _write(interview, fixed_lines.line("cannot_help", interview.language))


def _next_question(interview: Interview) -> Outcome | None:
    """What the interview lacks most, in words of ours; None when nothing may be asked just now."""
    if interview.question is not None or interview.is_over:
        return None
    due = what_to_read_back(interview)
    if due:
        return read_back(interview, due)
    return ask_what_is_next(interview)
