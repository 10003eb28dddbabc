"""One turn's decision: read the plain answers, loop to the model until it is done, check every call, and say by code
what must not be left unsaid."""

import copy
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from matchmaker.ai import exits, moderation, prompt
from matchmaker.ai.actions import (
    ACTIONS,
    Action,
    GiveUpOnGate,
    MakeSure,
    Outcome,
    PlainLine,
    RaiseConcern,
    ReadBack,
    StaySilent,
    TellStruck,
    refused,
)
from matchmaker.ai.actions.answers import plain_answers
from matchmaker.ai.actions.base import WORDED_ARGUMENTS
from matchmaker.ai.actions.facts import struck_now
from matchmaker.ai.actions.gates import gate_in_vain, must_make_sure
from matchmaker.ai.actions.read_back import what_to_read_back
from matchmaker.ai.actions.speaking import MOST_MESSAGES
from matchmaker.ai.actions.steps import due_steps
from matchmaker.ai.interview import Interview
from matchmaker.ai.model import Answer, Model, ModelUnavailable, ToolCall, clean
from matchmaker.ai.records import LineKind
from matchmaker.ai.safety.instructions import is_markup_or_instruction
from matchmaker.ai.turn_taking import Cause, Floor, Verdict

MOST_ROUNDS = 4
MOST_CALLS = 40
_TOO_MANY = f"not carried out: {MOST_CALLS} calls in one answer are the most"
DECISION_TIMEOUT_S = 60.0
CODE_ANSWERS = "code says what comes next by itself: stay silent unless somebody needs a kind word"

Judgement = Callable[[Interview], Verdict]


@dataclass(frozen=True)
class Attempt:
    """One thing that was tried: its action when it was one, what the model wrote otherwise, and what became of it.
    `by_code`: no model asked for it."""

    name: str
    action: Action | None
    outcome: Outcome
    by_code: bool = False


@dataclass
class Decision:
    attempts: list[Attempt] = field(default_factory=list)
    verdict: Verdict | None = None
    """Whose turn it was, once everything had been heard."""
    silence: str = ""
    error: str = ""
    model_was_down: bool = False
    was_useless: bool = False
    """The model answered, and nothing in it could be used."""
    is_our_fault: bool = False
    """An exception of our own code kept it from deciding, or from carrying out what was decided."""
    plain_line: str = ""
    """Why code spoke in the model's place, where it did: a `Cause`."""
    tokens: int = 0
    tokens_out: int = 0
    duration_ms: int = 0

    @property
    def failed(self) -> bool:
        """Through nothing that the group said, so that it is worth another try."""
        return self.model_was_down or self.was_useless or self.is_our_fault

    def is_wanted(self, attempt: Attempt) -> bool:
        """It was accepted. After an error nothing of the model's is said, and what was learnt before it stands."""
        if attempt.action is None or not attempt.outcome.done:
            return False
        return attempt.by_code or not (self.error and attempt.action.speaks)

    @property
    def actions(self) -> list[Action]:
        return [attempt.action for attempt in self.attempts if attempt.action and self.is_wanted(attempt)]

    @property
    def speaks(self) -> bool:
        return any(self.is_wanted(attempt) and attempt.outcome.speaks for attempt in self.attempts)


def decide(interview: Interview, judge: Judgement, *, model: Model, matchmaker: str) -> Decision:
    """Never raises for anything a model can do; `error` says in words why a turn ends in silence."""
    started = time.monotonic()
    loop = _DecisionLoop(copy.deepcopy(interview), judge, model, matchmaker)
    try:
        loop.run(deadline=started + DECISION_TIMEOUT_S)
    except ModelUnavailable as error:
        loop.decision.error = f"the model gave no answer ({error})"
        loop.decision.model_was_down = True
    loop.finish()
    loop.decision.duration_ms = round((time.monotonic() - started) * 1000)
    return loop.decision


class _DecisionLoop:
    """The rounds of one decision."""

    def __init__(self, interview: Interview, judge: Judgement, model: Model, matchmaker: str) -> None:
        self.interview, self.judge, self.model, self.matchmaker = interview, judge, model, matchmaker
        self.decision = Decision()
        self.was_corrected = False
        self.was_reminded = False
        self.was_understood = False
        self._look_at_what_came_in()
        self._read_plain_answers()
        self.stage = exits.reached(interview)
        self.messages: list[dict[str, Any]] = prompt.messages(interview, self._verdict(), matchmaker=matchmaker)

    def _look_at_what_came_in(self) -> None:
        """Where somebody may come to harm, the model is not even asked."""
        new = [line for line in self.interview.inputs if line.kind is LineKind.PERSON and not line.is_imported]
        names = tuple(person.name for person in self.interview.people)
        verdicts = moderation.judge([line.text for line in new], model=self.model, about=names)
        for line, verdict in zip(new, verdicts, strict=True):
            if verdict.gravest is not None and not line.is_of_concern:
                self._by_code(RaiseConcern(concern=verdict.gravest, message=line.id))

    def _read_plain_answers(self) -> None:
        """Before the model, which then goes on from what is known."""
        if self.interview.is_over:
            return
        for action in plain_answers(self.interview):
            outcome = action.carry_out(self.interview)
            if outcome.done:
                self.decision.attempts.append(Attempt(action.name, action, outcome, by_code=True))

    def run(self, *, deadline: float) -> None:
        if self.interview.is_over:
            return
        for _ in range(MOST_ROUNDS):
            tools = prompt.tools(self.interview, self._verdict())
            answer = self.model.complete(self.messages, tools, deadline=deadline)
            self.decision.tokens += answer.tokens
            self.decision.tokens_out += answer.tokens_out
            if not self._take(answer) or self.interview.is_over:
                break
        if not self.was_understood and not self.decision.error:
            self._was_useless("the model's answer held nothing that could be used")

    def _verdict(self) -> Verdict:
        """Whose turn it is for the model, which need not speak where code has, or is about to."""
        verdict = self.judge(self.interview)
        if verdict.floor is not Floor.MUST_SPEAK or not self._code_answers(verdict):
            return verdict
        return replace(verdict, floor=Floor.MAY_SPEAK, why=f"{CODE_ANSWERS}; {verdict.why}")

    def _code_answers(self, verdict: Verdict) -> bool:
        """They were waiting for what comes next, and code says it."""
        is_next = verdict.cause in (Cause.ANSWERED, Cause.EVENT)
        return is_next and bool(self.interview.said or self._steps())

    def _was_useless(self, why: str) -> None:
        self.decision.error, self.decision.was_useless = why, True

    # --- one answer ---------------------------------------------------------------------------------------------------

    def _take(self, answer: Answer) -> bool:
        """Carry out one answer; True when the model should be asked again."""
        if not answer.calls:
            return self._without_calls(answer)
        parsed = [(call, _parse(call, self.matchmaker)) for call in answer.calls[:MOST_CALLS]]
        unsayable = self._unsayable([action for _, action in parsed])
        # Listening first: whether we may speak depends on what was heard, in whichever order the calls came.
        in_order = sorted(range(len(parsed)), key=lambda index: _speaks(parsed[index][1]))
        attempts = {index: self._attempt(*parsed[index], is_sayable=index not in unsayable) for index in in_order}
        results = [attempts[index].outcome.why or "done" for index in range(len(parsed))]
        results[-1] += self._new_stage()
        results += [_TOO_MANY] * (len(answer.calls) - len(results))  # each call wants its result
        self.messages.append(answer.message)
        for call, result in zip(answer.calls, results, strict=True):
            self.messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
        if any(attempt.action is None for attempt in attempts.values()):
            return self._correct()
        return self._needs_another_round(list(attempts.values()))

    def _new_stage(self) -> str:
        """What the model is to do next, where what it just recorded has finished a stage: the prompt says the old one."""
        before, self.stage = self.stage, exits.reached(self.interview)
        return f"\n{prompt.stage_note(self.interview, self.stage)}" if self.stage != before else ""

    def _unsayable(self, parsed: Sequence[Action | Outcome]) -> set[int]:
        """Which of these would have us say what we never say. One call for all of them."""
        said = {index: _words_in(action) for index, action in enumerate(parsed) if _words_in(action)}
        verdicts = moderation.judge(list(said.values()), model=self.model)
        return {
            index
            for (index, words), verdict in zip(said.items(), verdicts, strict=True)
            if not verdict.is_sayable or is_markup_or_instruction(words)
        }

    def _attempt(self, call: ToolCall, parsed: Action | Outcome, *, is_sayable: bool) -> Attempt:
        if isinstance(parsed, Outcome):
            attempt = Attempt(call.name[:40], None, parsed)
        else:
            self.was_understood = True
            why_not = (
                None
                if is_sayable
                else refused("that is not something we say to people; put it kindly, in plain words")
            )
            outcome = why_not or self._not_allowed(parsed) or parsed.carry_out(self.interview)
            attempt = Attempt(call.name, parsed, outcome)
            if isinstance(parsed, StaySilent) and outcome.done:
                self.decision.silence = parsed.reason
        self.decision.attempts.append(attempt)
        return attempt

    def _not_allowed(self, action: Action) -> Outcome | None:
        verdict = self.judge(self.interview)
        if verdict.floor is Floor.LISTEN_ONLY and action.speaks:
            return refused(f"listen only: {verdict.why}")
        if isinstance(action, StaySilent) and self._is_waited_for(verdict) and not self.was_reminded:
            # Once: where it is sure that silence is best, code says the little that has to be said.
            self.was_reminded = True
            return refused(f"{verdict.why}: answer briefly, or stay silent again if that really is best")
        return None

    def _is_waited_for(self, verdict: Verdict) -> bool:
        if self.interview.to_make_sure is not None or self.interview.said:
            return False
        return verdict.floor is Floor.MUST_SPEAK and not self._code_answers(verdict)

    def _needs_another_round(self, attempts: list[Attempt]) -> bool:
        """Ask again when something was refused, or to hear a word where it only listened."""
        refused_ones = [attempt for attempt in attempts if not attempt.outcome.done]
        if self.interview.to_make_sure is not None:
            # What is said next is code's closing question, so only what was heard wrongly is worth another round.
            return any(attempt.action is not None and not attempt.action.speaks for attempt in refused_ones)
        if refused_ones:
            return True
        if any(_speaks(attempt.action) for attempt in attempts):
            return False
        return self.judge(self.interview).floor is not Floor.LISTEN_ONLY

    def _without_calls(self, answer: Answer) -> bool:
        """A closing remark after what was done is how many models end; alone, it is words that reach nobody."""
        if any(attempt.outcome.done and not attempt.by_code for attempt in self.decision.attempts):
            return False
        self.decision.attempts.append(Attempt("text", None, refused("text outside a tool call reaches nobody")))
        # Some servers refuse an assistant's message without a word in it.
        self.messages.append({**answer.message, "role": "assistant", "content": answer.text or "…"})
        self.messages.append({"role": "user", "content": "Nobody received that. Act by calling the tools."})
        return self._correct()

    def _correct(self) -> bool:
        """A call that cannot be understood is explained once; after the second the answer counts as none."""
        if self.was_corrected:
            self._was_useless("the model's answer could not be understood, twice")
            return False
        self.was_corrected = True
        return True

    # --- what code says -----------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """What must be said whatever the model did: the closing question of a gate, what is due to be read back, and a
        plain line for whoever waits. After an error only the first, since the turn is tried again."""
        if not self.interview.is_over:
            if struck_now(self.interview):
                self._by_code(TellStruck())
            if must_make_sure(self.interview):
                self._say_what_we_are_if_asked()
                self._by_code(MakeSure())
            elif gate_in_vain(self.interview):
                self._by_code(GiveUpOnGate())
            if not self.decision.error:
                self._say_what_we_are_if_asked()
                self._take_due_steps()
            if not self.decision.error and not self.interview.said:
                self._read_back_if_due()
                self._speak_if_waited_for()
        self.decision.verdict = self.judge(self.interview)
        if self.interview.waits_for_staff:
            self.decision.silence = "somebody may come to harm, so staff look first"
        if not self.decision.speaks and not self.decision.silence and not self.decision.error:
            self.decision.silence = "the model had nothing to say"

    def _take_due_steps(self) -> None:
        """What a profile that takes shape needs next, as far as two messages and one question go."""
        if self.interview.to_make_sure is not None or self.judge(self.interview).floor is Floor.LISTEN_ONLY:
            return
        for step in self._steps():
            if not self._is_asking() and len(self.interview.said) < MOST_MESSAGES:
                self._by_code(step)

    def _steps(self) -> list[Action]:
        return [] if self._is_asking() else due_steps(self.interview)

    def _is_asking(self) -> bool:
        """A question is put in this turn, or one waits that a lot follows from."""
        question = self.interview.question
        return question is not None and (question.is_new or question.to_make_sure)

    def _say_what_we_are_if_asked(self) -> None:
        """Always answered, also where a closing question lets nothing of the model's be said beside it."""
        verdict = self.judge(replace(self.interview, to_make_sure=None))
        if verdict.cause is Cause.ASKS_IF_HUMAN and not self.interview.said:
            self.decision.plain_line = verdict.cause
            self._by_code(PlainLine(cause=verdict.cause, message=verdict.message))

    def _read_back_if_due(self) -> None:
        # Not behind words of the model's: a list after "I'm so sorry" would take them back.
        if self._is_asking() or self.interview.said or not what_to_read_back(self.interview):
            return
        if self.judge(self.interview).floor is not Floor.LISTEN_ONLY:
            self._by_code(ReadBack(message=_last_of_primary(self.interview)))

    def _speak_if_waited_for(self) -> None:
        verdict = self.judge(self.interview)
        if self._is_waited_for(verdict) and verdict.message:
            self.decision.plain_line = verdict.cause
            self._by_code(PlainLine(cause=verdict.cause, message=verdict.message))

    def _by_code(self, action: Action) -> None:
        outcome = action.carry_out(self.interview)
        self.decision.attempts.append(Attempt(action.name, action, outcome, by_code=True))


def _speaks(action: Action | Outcome | None) -> bool:
    """Says something to the group, or decides not to: it comes after everything that was heard."""
    return isinstance(action, StaySilent) or (isinstance(action, Action) and action.speaks)


def _words_in(action: Action | Outcome) -> str:
    return action.words() if isinstance(action, Action) else ""


def _last_of_primary(interview: Interview) -> str:
    return [line.id for line in interview.inputs if line.author == interview.primary][-1]


def _parse(call: ToolCall, matchmaker: str) -> Action | Outcome:
    action = ACTIONS.get(call.name)
    if action is None:
        return refused(f"there is no tool by that name; the tools are {', '.join(ACTIONS)}")
    try:
        arguments = clean(json.loads(call.arguments or "{}"))
        if action.speaks and isinstance(arguments, dict):
            arguments = {
                name: spoken_words(value, matchmaker)
                if name in WORDED_ARGUMENTS and isinstance(value, str)
                else value
                for name, value in arguments.items()
            }
        return action.model_validate(arguments)
    except ValidationError as error:
        return refused("; ".join(_describe_error(item) for item in error.errors()[:5]))
    except (ValueError, RecursionError):
        return refused("the arguments are not valid JSON")


_THOUGHT = re.compile(r"^\s*<(think|thinking|thought|reasoning)>.*?(</\1>|$)", re.DOTALL | re.IGNORECASE)


def spoken_words(text: str, matchmaker: str) -> str:
    """What a model wants said, without the thinking that some put in front, and without its own name, which phones
    show anyway."""
    own_name = rf"^[\s*_]*{re.escape(matchmaker)}[\s*_]*:[\s*_]*"
    return re.sub(own_name, "", _THOUGHT.sub("", text), flags=re.IGNORECASE).strip()


def _describe_error(item: Any) -> str:
    where = ".".join(str(part) for part in item["loc"])
    return f"{where}: {item['msg']}" if where else str(item["msg"])
