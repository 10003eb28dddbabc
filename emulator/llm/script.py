"""Tool calls that a scenario gives the model to make, in the words of a scenario: it knows names and texts, no ids."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from emulator.llm.chat_completions import Call
from emulator.llm.interview import Snapshot

LAST = frozenset({"", "last", "latest", "new", "newest"})
LATEST_FROM = "latest from "


class InvalidScript(Exception):
    """Says in a sentence what is wrong with the scripted turns."""


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


CITE_NO_MESSAGE = frozenset({"stay_silent", "draft_bio", "draft_prompt", "open_vote", "request_approval"})


def filled_in(call: Call, snapshot: Snapshot, *, default: str | None = None) -> Call:
    """A scenario knows no ids: `message` may be left out (then `default`, or the newest one) or be a person's name, with
    or without "latest from" before it (their newest); `to`, `about` and `person` may be names. A fact may be its
    field, with some of its words after a colon: `area`, `stories: bread contest`."""
    if isinstance(call.arguments, str):
        return call
    arguments = dict(call.arguments)
    if call.name not in CITE_NO_MESSAGE:
        arguments["message"] = _message_id(arguments.get("message", default), snapshot)
    for key in {"to", "about", "person"} & arguments.keys():
        arguments[key] = _person_id(arguments[key], snapshot)
    if isinstance(arguments.get("sentences"), list):
        arguments["sentences"] = [_citing(sentence, snapshot) for sentence in arguments["sentences"]]
    return replace(call, arguments=arguments)


def _citing(sentence: Any, snapshot: Snapshot) -> Any:
    if not isinstance(sentence, dict) or not isinstance(sentence.get("facts"), list):
        return sentence
    return {**sentence, "facts": [_fact_id(given, snapshot) for given in sentence["facts"]]}


def _fact_id(given: Any, snapshot: Snapshot) -> Any:
    slug, _, words = str(given).partition(":")
    for fact in snapshot.citable:
        if fact.field == slug.strip() and words.strip().casefold() in str(fact.value).casefold():
            return fact.id
    return given


def _message_id(given: Any, snapshot: Snapshot) -> Any:
    said: Sequence[Any] = snapshot.new or snapshot.said_by_people
    if given is None or str(given).casefold() in LAST:
        return said[-1].id if said else ""
    if any(message.id == given for message in snapshot.messages):
        return given
    person = _person_id(str(given).removeprefix(LATEST_FROM), snapshot)
    theirs = [message.id for message in snapshot.said_by_people if message.sender == person]
    return theirs[-1] if theirs else given


def _person_id(given: Any, snapshot: Snapshot) -> Any:
    name = str(given).casefold()
    return next((person.id for person in snapshot.people if person.name.casefold() == name), given)
