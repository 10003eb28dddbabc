"""One turn's decision: loop to the model until it is done, checking every call, and give back what may be done."""

import copy
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from matchmaker.ai import prompt
from matchmaker.ai.actions import ACTIONS, SPEAKING, Action, StaySilent
from matchmaker.ai.interview import Interview, Outcome, refused
from matchmaker.ai.model import Answer, Model, ModelUnavailable, ToolCall, clean
from matchmaker.ai.turn_taking import Floor, Verdict

MOST_ROUNDS = 4
_ENDING = {"say", "ask_field", "stay_silent"}
MOST_CALLS = 40
_TOO_MANY = f"not carried out: {MOST_CALLS} calls in one answer are the most"
# The arguments that people will read.
_SAID = {"text", "wording"}
DECISION_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Attempt:
    """One thing the model tried: its action when it was one, what it wrote otherwise, and what became of it."""

    name: str
    action: Action | None
    outcome: Outcome


@dataclass
class Decision:
    attempts: list[Attempt] = field(default_factory=list)
    silence: str = ""
    error: str = ""
    model_was_down: bool = False
    is_our_fault: bool = False
    """An exception of our own code kept it from deciding, or from carrying out what was decided."""
    is_cut_short: bool = False
    """An age under 18 was heard: nothing of what the model would say is said."""
    tokens: int = 0
    duration_ms: int = 0

    @property
    def failed(self) -> bool:
        """Through nothing that the group said, so that it is worth another try."""
        return self.model_was_down or self.is_our_fault

    @property
    def actions(self) -> list[Action]:
        """What was accepted, in order. After an error nothing is said, and what was learnt before it stands."""
        accepted = [attempt.action for attempt in self.attempts if attempt.action and attempt.outcome.done]
        is_silenced = bool(self.error) or self.is_cut_short
        return [action for action in accepted if not (is_silenced and isinstance(action, SPEAKING))]

    @property
    def speaks(self) -> bool:
        return any(isinstance(action, SPEAKING) for action in self.actions)


def decide(interview: Interview, verdict: Verdict, *, model: Model, matchmaker: str) -> Decision:
    """Never raises for anything a model can do; `error` says in words why a turn ends in silence."""
    started = time.monotonic()
    loop = _DecisionLoop(copy.deepcopy(interview), verdict, model, matchmaker)
    try:
        loop.run(deadline=started + DECISION_TIMEOUT_S)
    except ModelUnavailable as error:
        loop.decision.error = f"the model gave no answer ({error})"
        loop.decision.model_was_down = True
    loop.decision.duration_ms = round((time.monotonic() - started) * 1000)
    return loop.decision


class _DecisionLoop:
    """The rounds of one decision."""

    def __init__(self, interview: Interview, verdict: Verdict, model: Model, matchmaker: str) -> None:
        self.interview, self.verdict, self.model, self.matchmaker = interview, verdict, model, matchmaker
        self.decision = Decision()
        self.was_corrected = False
        self.was_reminded = False
        self._read_answer_about_age()
        self.messages: list[dict[str, Any]] = [
            {"role": "system", "content": prompt.system_prompt(interview, matchmaker=matchmaker)},
            {"role": "user", "content": prompt.document(interview, verdict, matchmaker=matchmaker)},
        ]

    def _read_answer_about_age(self) -> None:
        """Before the model, which then goes on from what is known."""
        action = self.interview.plain_answer_about_age()
        if action is not None:
            self.decision.attempts.append(Attempt("propose_fact", action, self.interview.carry_out(action)))

    def run(self, *, deadline: float) -> None:
        if not self.interview.is_cut_short:
            self._ask_model(deadline)
        self.decision.is_cut_short = self.interview.is_cut_short
        if not self.decision.speaks and not self.decision.silence and not self.decision.error:
            self.decision.silence = "the model had nothing to say"

    def _ask_model(self, deadline: float) -> None:
        for _ in range(MOST_ROUNDS):
            tools = prompt.tools(self.interview, self.verdict)
            answer = self.model.complete(self.messages, tools, deadline=deadline)
            self.decision.tokens += answer.tokens
            if not self._take(answer) or self.interview.is_cut_short:
                break

    def _take(self, answer: Answer) -> bool:
        """Carry out one answer; True when the model should be asked again."""
        if not answer.calls:
            return self._without_calls(answer)
        attempts = [self._call(call) for call in answer.calls[:MOST_CALLS]]
        results = [attempt.outcome.why or "done" for attempt in attempts]
        results += [_TOO_MANY] * (len(answer.calls) - len(results))  # each call wants its result
        self.messages.append(answer.message)
        for call, result in zip(answer.calls, results, strict=True):
            self.messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
        if any(attempt.action is None for attempt in attempts):
            return self._correct()
        return self._needs_another_round(attempts)

    def _call(self, call: ToolCall) -> Attempt:
        parsed = _parse(call, self.matchmaker)
        if isinstance(parsed, Outcome):
            attempt = Attempt(call.name[:40], None, parsed)
        else:
            outcome = self._allowed(parsed) or self.interview.carry_out(parsed)
            attempt = Attempt(call.name, parsed, outcome)
            if isinstance(parsed, StaySilent) and outcome.done:
                self.decision.silence = parsed.reason
        self.decision.attempts.append(attempt)
        return attempt

    def _allowed(self, action: Action) -> Outcome | None:
        if self.verdict.floor is Floor.LISTEN_ONLY and isinstance(action, SPEAKING):
            return refused(f"listen only: {self.verdict.why}")
        if self._must_reconsider_silence(action):
            self.was_reminded = True
            return refused(f"{self.verdict.why}: answer briefly, or stay silent again if that really is best")
        return None

    def _must_reconsider_silence(self, action: Action) -> bool:
        """Silence is questioned once, where somebody waits and nothing was said to them in an earlier round either."""
        waited_for = self.verdict.floor is Floor.MUST_SPEAK and not self.decision.speaks
        return waited_for and isinstance(action, StaySilent) and not self.was_reminded

    def _needs_another_round(self, attempts: list[Attempt]) -> bool:
        """Ask again when something was refused, when consent opened what could not be told before, or to hear a word."""
        if any(not attempt.outcome.done for attempt in attempts):
            return True
        names = {attempt.name for attempt in attempts}
        if names & _ENDING:
            return False
        return self.verdict.floor is not Floor.LISTEN_ONLY or "record_consent" in names

    def _without_calls(self, answer: Answer) -> bool:
        """A closing remark after what was done is how many models end; alone, it is words that reach nobody."""
        if any(attempt.outcome.done for attempt in self.decision.attempts):
            return False
        self.decision.attempts.append(Attempt("text", None, refused("text outside a tool call reaches nobody")))
        # Some servers refuse an assistant's message without a word in it.
        self.messages.append({**answer.message, "role": "assistant", "content": answer.text or "…"})
        self.messages.append({"role": "user", "content": "Nobody received that. Act by calling the tools."})
        return self._correct()

    def _correct(self) -> bool:
        """A call that cannot be understood is explained once; the second one ends the turn in silence."""
        if self.was_corrected:
            self.decision.error = "the model's answer could not be understood, twice"
            return False
        self.was_corrected = True
        return True


def _parse(call: ToolCall, matchmaker: str) -> Action | Outcome:
    action = ACTIONS.get(call.name)
    if action is None:
        return refused(f"there is no tool by that name; the tools are {', '.join(ACTIONS)}")
    try:
        arguments = clean(json.loads(call.arguments or "{}"))
        if action in SPEAKING and isinstance(arguments, dict):
            arguments = {
                name: spoken_words(value, matchmaker) if name in _SAID and isinstance(value, str) else value
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
