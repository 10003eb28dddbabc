"""What a competent reader makes of certain lines: a scenario gives the calls with the words that they belong to.

The queue of scripted answers (`state.py`) plays its next answer whenever the model is asked. Over a whole evening that is too
brittle: one turn more or less, and everything after it is said at the wrong moment. A reading waits for its line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.llm.chat_completions import Call
from emulator.llm.interview import Message, Snapshot
from emulator.llm.script import InvalidScript, filled_in, read_script

NOTHING_TO_DO = Call("stay_silent", {"reason": "nothing to take from this"})


@dataclass
class Reading:
    """`answers`: the calls when the line is new, then those of the same turn's later rounds. `message`: the id of the line,
    once it was seen; the same words said again later are another line."""

    reader: str
    words: str
    answers: list[list[Call]]
    message: str = ""


class Readings:
    def __init__(self) -> None:
        self._all: list[Reading] = []

    def clear(self) -> None:
        self._all.clear()

    def forget(self, reader: str) -> None:
        self._all = [reading for reading in self._all if reading.reader != reader]

    def add(self, given: object) -> None:
        """`{"reader": "…", "readings": [{"text": "…", "turns": [[call, …], …]}, …]}`. Raises InvalidScript."""
        reader = given.get("reader") if isinstance(given, dict) else None
        listed = given.get("readings") if isinstance(given, dict) else None
        if not isinstance(reader, str) or not isinstance(listed, list):
            raise InvalidScript('Send {"reader": "a name", "readings": [{"text": "hello", "turns": [[…]]}]}.')
        self._all += [_reading(reader, item, number) for number, item in enumerate(listed, 1)]

    def calls_for(self, snapshot: Snapshot, round_number: int) -> list[Call] | None:
        """None where nobody gave readings for this conversation. A turn may have several new lines, and be taken again."""
        heard = [(message, self._of(message)) for message in snapshot.new]
        if not any(reading for _, reading in heard) and not self._knows(snapshot):
            return None
        calls = [
            call for message, reading in heard if reading for call in _calls(reading, message, round_number, snapshot)
        ]
        return [call for call in calls if call.name in snapshot.tools] or [NOTHING_TO_DO]

    def _of(self, message: Message) -> Reading | None:
        words = folded(message.text)
        for reading in self._all:
            if reading.message == message.id or (not reading.message and reading.words == words):
                reading.message = message.id
                return reading
        return None

    def _knows(self, snapshot: Snapshot) -> bool:
        ids = {message.id for message in snapshot.messages}
        return any(reading.message in ids for reading in self._all)


def _reading(reader: str, item: object, number: int) -> Reading:
    text = item.get("text") if isinstance(item, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise InvalidScript(f'Reading {number} needs the "text" of the line that it belongs to.')
    return Reading(reader, folded(text), read_script(item))


def _calls(reading: Reading, message: Message, round_number: int, snapshot: Snapshot) -> Iterator[Call]:
    for call in reading.answers[round_number] if round_number < len(reading.answers) else ():
        yield filled_in(call, snapshot, default=_cited(call, message, snapshot))


def _cited(call: Call, message: Message, snapshot: Snapshot) -> str:
    """The line itself, or the newest one in which the call's quote stands."""
    quote = folded(str(call.arguments.get("quote") or "")) if isinstance(call.arguments, dict) else ""
    if quote in folded(message.text):
        return message.id
    return next((said.id for said in reversed(snapshot.said_by_people) if quote in folded(said.text)), message.id)


def folded(text: str) -> str:
    """Letters and digits alone: on their way to the model, lines lose a quote mark here and gain a blank there."""
    return "".join(char for char in text.casefold() if char.isalnum()) or text.strip()
