"""What a play looks like while it runs: one line per message, in colour on a terminal."""

from typing import Protocol

from django.conf import settings

from conversations_app.models import Message
from scenario_runner.product_state import ProductState
from scenario_runner.scenario import Scenario

_COLOURS = (36, 33, 32, 34, 31, 96)
_MATCHMAKER = 35
_QUIET = 90


class Output(Protocol):
    """A stream, or Django's wrapper around one."""

    def write(self, text: str, /) -> object: ...

    def flush(self) -> None: ...


class Console:
    """Shows people's messages as they are written, and ours as they are sent."""

    def __init__(self, scenario: Scenario, product: ProductState, out: Output, *, colour: bool) -> None:
        self._scenario, self._product, self._out, self._colour = scenario, product, out, colour
        self._widest = max(len(name) for name in [*self._names().values(), settings.MATCHMAKER_NAME])
        self._shown_up_to = 0

    def person(self, who: str, text: str) -> None:
        people = list(self._scenario.people)
        self._line(self._scenario.people[who].name, text, _COLOURS[people.index(who) % len(_COLOURS)])

    def ours(self) -> None:
        """Whatever was sent since the last look."""
        if self._product.session is not None:
            for message in self._product.new_messages(self._shown_up_to):
                self._shown_up_to = message.pk
                self._message(message)
        for text in self._product.new_texts():
            name = self._names().get(text.contact.address, "?")
            self._line(settings.MATCHMAKER_NAME, f"(to {name} alone) {text.body}", _MATCHMAKER)

    def note(self, text: str) -> None:
        self._write(self._painted(f"{'':>{self._widest}}  {text}", _QUIET))

    def _message(self, message: Message) -> None:
        if message.kind == Message.Kind.ANNOUNCEMENT:
            self.note(message.body)
        else:
            author = message.author.name if message.author else settings.MATCHMAKER_NAME
            self._line(author, message.body, _MATCHMAKER)

    def _names(self) -> dict[str, str]:
        return {person.address: person.name for person in self._scenario.people.values()}

    def _line(self, name: str, text: str, colour: int) -> None:
        indented = text.replace("\n", "\n" + " " * (self._widest + 2))
        self._write(f"{self._painted(f'{name:>{self._widest}}', colour)}  {indented}")

    def _painted(self, text: str, colour: int) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour else text

    def _write(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()
