"""What the model keeps between requests: answers scripted by a scenario, and the random draws of its faults."""

import hmac
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from emulator.faults import Chances
from emulator.llm.chat_completions import Answer, Call
from emulator.llm.interview import Snapshot
from emulator.llm.modes import MALFORMED

LAST = frozenset({"", "last", "latest", "new", "newest"})


class InvalidScript(Exception):
    """Says in a sentence what is wrong with the scripted turns."""


class ModelState:
    """`api_key`: the only one accepted; without one, any is."""

    def __init__(self, *, api_key: str = "", seed: int = 7) -> None:
        self._api_key = api_key
        self._chances = Chances(seed)
        self.script: deque[list[Call]] = deque()
        self._malformed_so_far = 0

    def reset(self) -> None:
        self.script.clear()
        self._chances.reset()
        self._malformed_so_far = 0

    def accepts(self, authorization: str) -> bool:
        scheme, _, key = authorization.partition(" ")
        if not self._api_key:
            return True
        return scheme.lower() == "bearer" and hmac.compare_digest(key.strip().encode(), self._api_key.encode())

    def hit(self, rate: float) -> bool:
        return self._chances.hit(rate)

    def malformed(self, snapshot: Snapshot) -> Answer:
        """The broken answers in rotation."""
        broken = MALFORMED[self._malformed_so_far % len(MALFORMED)]
        self._malformed_so_far += 1
        return broken(snapshot)

    def scripted(self, snapshot: Snapshot) -> list[Call] | None:
        """The next scripted answer, its people and messages by the names that a scenario can know."""
        if not self.script:
            return None
        return [_filled_in(call, snapshot) for call in self.script.popleft()]


def read_script(given: Any) -> list[list[Call]]:
    """`{"turns": [[{"name", "arguments"}, …], …]}`: each inner list is one answer. Raises InvalidScript."""
    turns = given.get("turns") if isinstance(given, dict) else None
    if not isinstance(turns, list):
        raise InvalidScript('Send {"turns": [[{"name": "say", "arguments": {"text": "Hi"}}]]}: a list of answers.')
    return [_turn(turn, number) for number, turn in enumerate(turns, start=1)]


def _turn(turn: Any, number: int) -> list[Call]:
    if not isinstance(turn, list):
        raise InvalidScript(f"Turn {number} must be a list of tool calls.")
    return [_call(call, f"Turn {number}, call {at}") for at, call in enumerate(turn, start=1)]


def _call(given: Any, where: str) -> Call:
    name = given.get("name") if isinstance(given, dict) else None
    if not isinstance(name, str) or not name:
        raise InvalidScript(f'{where} needs a "name", the tool to call.')
    arguments = given.get("arguments", {})
    if not isinstance(arguments, dict | str):
        raise InvalidScript(f'{where}: "arguments" must be an object, or a string to send unchanged.')
    return Call(name, arguments)


def _filled_in(call: Call, snapshot: Snapshot) -> Call:
    """A scenario knows no ids: `message` may be left out (the newest one) or be a person's name (their newest), and
    `to` and `about` may be names."""
    if isinstance(call.arguments, str):
        return call
    arguments = dict(call.arguments)
    if call.name != "stay_silent":
        arguments["message"] = _message_id(arguments.get("message"), snapshot)
    for key in {"to", "about"} & arguments.keys():
        arguments[key] = _person_id(arguments[key], snapshot)
    return replace(call, arguments=arguments)


def _message_id(given: Any, snapshot: Snapshot) -> Any:
    said: Sequence[Any] = snapshot.new or snapshot.said_by_people
    if given is None or str(given).casefold() in LAST:
        return said[-1].id if said else ""
    if any(message.id == given for message in snapshot.messages):
        return given
    person = _person_id(given, snapshot)
    theirs = [message.id for message in snapshot.said_by_people if message.sender == person]
    return theirs[-1] if theirs else given


def _person_id(given: Any, snapshot: Snapshot) -> Any:
    name = str(given).casefold()
    return next((person.id for person in snapshot.people if person.name.casefold() == name), given)
