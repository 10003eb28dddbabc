"""Phone numbers as the older app kept them, and which of several sessions a phone is in now."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from matchmaker.addresses import Channel, is_phone_address

_PREFIX = re.compile(r"^(?P<channel>whatsapp|sms|tel):", re.IGNORECASE)
# Of somebody on WhatsApp who hides the number: US.13491208655302741918
_HIDDEN = re.compile(r"^[A-Z]{2}\.\w{1,130}$")
_BETWEEN_DIGITS = re.compile(r"[\s().\-/]")


@dataclass(frozen=True)
class Phone:
    """`channel` is None where the older app did not keep it."""

    number: str
    channel: Channel | None = None

    def address(self, assumed: Channel) -> str:
        on_whatsapp = (self.channel or assumed) is Channel.WHATSAPP
        return f"whatsapp:{self.number}" if on_whatsapp else self.number


def phone_in(written: Any) -> Phone | None:
    """None when it is no number that a text could go to."""
    if isinstance(written, bool) or not isinstance(written, str | int):
        return None
    return _phone_in(str(written))


@lru_cache(maxsize=1024)
def _phone_in(written: str) -> Phone | None:
    """Each message of a session names its author's again."""
    visible = "".join(char for char in written if unicodedata.category(char) != "Cf").strip()
    prefix = _PREFIX.match(visible)
    rest = visible[prefix.end() :].strip() if prefix else visible
    channel = _channel(prefix["channel"].lower()) if prefix else None
    if channel is Channel.WHATSAPP and _HIDDEN.match(rest):
        return Phone(rest, channel)
    digits = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", rest))
    number = "+" + digits.removeprefix("+").removeprefix("00")
    return Phone(number, channel) if is_phone_address(number) else None


def _channel(prefix: str) -> Channel | None:
    return {"whatsapp": Channel.WHATSAPP, "sms": Channel.SMS}.get(prefix)


class Whereabouts:
    """Which session each phone is in: by its own `phone:` key; without one, by where it was taken in last."""

    def __init__(self) -> None:
        self.codes: set[str] = set()
        self._told: dict[str, str] = {}
        self._listed: set[str] = set()
        self._guessed: dict[str, tuple[float, str]] = {}

    def tell(self, number: str, code: str) -> None:
        self._told[number] = code

    def saw(self, number: str, code: str, joined: float) -> None:
        """A session lists the phone. What its own key settles need not be kept."""
        if self._told.get(number) == code:
            self._listed.add(number)
        elif (joined, code) > self._guessed.get(number, (float("-inf"), "")):
            self._guessed[number] = (joined, code)

    def is_elsewhere(self, number: str, code: str) -> bool:
        """A key that names a session which there is not tells nothing."""
        told = self._told.get(number)
        if told in self.codes:
            return told != code
        guessed = self._guessed.get(number)
        return guessed is not None and guessed[1] != code

    def is_told_to_be_in(self, number: str, code: str) -> bool:
        return self._told.get(number) == code

    def unlisted(self, code: str) -> list[str]:
        """Phones that are in the session by their own key alone: the older app could lose who joined at once."""
        return self._unlisted.get(code, [])

    @cached_property
    def _unlisted(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for number, code in self._told.items():
            if number not in self._listed and code in self.codes:
                found.setdefault(code, []).append(number)
        return found
