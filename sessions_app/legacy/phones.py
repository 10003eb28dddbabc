"""Phone numbers as the older app kept them, and which of several sessions a phone is in now."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from matchmaker.addresses import Channel, canonical, is_phone_address

_PREFIX = re.compile(r"^(?P<channel>whatsapp|sms|tel):", re.IGNORECASE)
# The id that WhatsApp gives in place of a number that somebody hides: US.13491208655302741918
_HIDDEN = re.compile(r"^[A-Z]{2}\.\w{1,130}$")
_WRITTEN = re.compile(r"\(?\s*(?P<abroad>\+|00)?(?P<digits>[0-9\s()\[\].\-/\u2010-\u2015\u2212]+)")
# Ten digits alone are how Americans write a number without its country.
_FEWEST_WITH_A_COUNTRY = 11
_FEWEST = 7


@dataclass(frozen=True)
class Phone:
    """`number` tells people apart; `written`, where it differs, is how the older app wrote it, and texts go there.
    `channel` is None where the older app did not keep it."""

    number: str
    channel: Channel | None = None
    written: str = ""

    def address(self, assumed: Channel) -> str:
        on_whatsapp = (self.channel or assumed) is Channel.WHATSAPP
        number = self.written or self.number
        return f"whatsapp:{number}" if on_whatsapp else number


def phone_in(written: Any) -> Phone | None:
    """None if no text could go to it."""
    if isinstance(written, bool) or not isinstance(written, str | int):
        return None
    return _phone_in(str(written))


def is_numeric(written: str) -> bool:
    """Looks like a phone number, perhaps one without its country."""
    found = _WRITTEN.fullmatch(_plain(written))
    return phone_in(written) is not None or (found is not None and _count_digits(found["digits"]) >= _FEWEST)


@lru_cache(maxsize=1024)
def _phone_in(written: str) -> Phone | None:
    """Cached, since each message of a session names its author's number again."""
    visible = _plain(written)
    prefix = _PREFIX.match(visible)
    rest = visible[prefix.end() :].strip() if prefix else visible
    channel = _channel(prefix["channel"].lower()) if prefix else None
    if channel is Channel.WHATSAPP and _HIDDEN.match(rest):
        return Phone(rest, channel)
    number = _international(rest)
    compared = canonical(number)
    if not is_phone_address(number) or not _is_complete(compared):
        return None
    return Phone(compared, channel, "" if compared == number else number)


def _plain(written: str) -> str:
    """Without what nobody sees, and digits of any script as ours."""
    visible = "".join(char for char in written if unicodedata.category(char) != "Cf").strip()
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in unicodedata.normalize("NFKC", visible)
    )


def _international(written: str) -> str:
    """In E.164, without the zero that is dialled only within the country; empty when it names no country."""
    found = _WRITTEN.fullmatch(written)
    if found is None or not (found["abroad"] or _count_digits(found["digits"]) >= _FEWEST_WITH_A_COUNTRY):
        return ""
    try:
        parsed = phonenumbers.parse("+" + found["digits"])
    except NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def _count_digits(text: str) -> int:
    return sum(char.isdecimal() for char in text)


def _is_complete(number: str) -> bool:
    """By length only: whether somebody has the number cannot be known, and a wrong no would lose a person."""
    parsed = phonenumbers.parse(number)
    return phonenumbers.is_possible_number_with_reason(parsed) == ValidationResult.IS_POSSIBLE


def _channel(prefix: str) -> Channel | None:
    return {"whatsapp": Channel.WHATSAPP, "sms": Channel.SMS}.get(prefix)


class Whereabouts:
    """Which session each phone is in: as its own `phone:` key says, or else the one that it joined last."""

    def __init__(self) -> None:
        self.codes: set[str] = set()
        # By number; two forms of one number may be in different sessions.
        self._told: dict[str, dict[Phone, str]] = {}
        self._listed: set[tuple[str, str]] = set()
        self._guessed: dict[str, tuple[float, str]] = {}

    def tell(self, phone: Phone, code: str) -> None:
        self._told.setdefault(phone.number, {})[phone] = code

    def saw(self, number: str, code: str, joined: float) -> None:
        """A session lists the phone. Not kept if the phone's own key says where it is, which saves memory."""
        if self.is_told_to_be_in(number, code):
            self._listed.add((number, code))
        elif (joined, code) > self._guessed.get(number, (float("-inf"), "")):
            self._guessed[number] = (joined, code)

    def is_elsewhere(self, number: str, code: str) -> bool:
        """A key that names a session that does not exist tells nothing."""
        told = self.codes.intersection(self._told.get(number, {}).values())
        if told:
            return code not in told
        guessed = self._guessed.get(number)
        return guessed is not None and guessed[1] != code

    def is_told_to_be_in(self, number: str, code: str) -> bool:
        return code in self._told.get(number, {}).values()

    def unlisted(self, code: str) -> list[Phone]:
        """Phones that only their own key puts into the session: the older app lost members who joined at the same moment."""
        return self._unlisted.get(code, [])

    @cached_property
    def _unlisted(self) -> dict[str, list[Phone]]:
        found: dict[str, list[Phone]] = {}
        for number, sessions in self._told.items():
            for phone, code in sessions.items():
                if (number, code) not in self._listed and code in self.codes:
                    found.setdefault(code, []).append(phone)
        return found
