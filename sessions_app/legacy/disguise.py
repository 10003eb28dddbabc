"""Replaces every number of an old session with an invented one, so that playing it can reach nobody."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from matchmaker.addresses import Channel, canonical
from sessions_app.legacy.importing import Member
from sessions_app.legacy.parsing import OldSession
from sessions_app.legacy.phones import Phone, Whereabouts, phone_in
from sessions_app.legacy.reading import Entry
from sessions_app.legacy.times import time_in
from sessions_app.legacy.unwrapping import with_parts_read

INVENTED = "+1555010"
"""How every invented number begins. Nobody has one: there is no area code 555."""
NOBODYS = f"{INVENTED}0000"
"""In place of the numbers of other people."""
ELSEWHERE = "another session"
_FIRST, _TENS = 1000, 900
_BETWEEN = r"[\s().\-/_·•\u00ad\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060-\u2069]{0,3}"
_LIKE_A_NUMBER = re.compile(
    rf"(?<![^\W_])(?:\+?\(?\d(?:{_BETWEEN}\d){{6,14}}|(?<=whatsapp:)[A-Z]{{2}}\.\w{{1,130}})(?![^\W_])"
)
_A_DATE = re.compile(
    r"(?:(?:19|20)\d\d([-/. ])\d{1,2}\1\d{1,2}|\d{1,2}([-/. ])\d{1,2}\2(?:19|20)\d\d)(?:\s\d{1,2})?", re.ASCII
)
_TWILIO_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")
_TOO_FEW = 7


class NoneLeft(Exception):
    """There are fewer invented numbers left than the session needs."""


def phones_of(entry: Entry, old: OldSession, members: list[Member]) -> list[Phone]:
    """Of everybody whom the value counts among its people."""
    phones = [member.person.phone for member in members]
    phones += [old.primary.phone if old.primary else None, phone_in(json.loads(entry.value).get("createdBy"))]
    return [phone for phone in phones if phone]


def disguises(phones: list[Phone], *, code: str, taken: Collection[str]) -> dict[str, str]:
    """The invented number for each, in either form of the real one. Raises NoneLeft."""
    invented = invent(list(dict.fromkeys(phone.number for phone in phones)), code=code, taken=taken)
    return invented | {phone.written: invented[phone.number] for phone in phones if phone.written}


def invent(numbers: list[str], *, code: str, taken: Collection[str]) -> dict[str, str]:
    """One for each, the same ones for a code as long as they are free. Raises NoneLeft."""
    free = (number for number in _invented(code) if number not in taken and not _holds_one(number, numbers))
    invented = {number: _like(number, other) for number, other in zip(numbers, free, strict=False)}
    if len(invented) < len(numbers):
        raise NoneLeft
    return invented


def _invented(code: str) -> Iterator[str]:
    begin = int.from_bytes(hashlib.sha256(code.encode()).digest()[:4], "big") % _TENS * 10
    return (f"{INVENTED}{_FIRST + (begin + step) % (_TENS * 10)}" for step in range(_TENS * 10))


def _holds_one(number: str, real: list[str]) -> bool:
    return any(one.removeprefix("+") in number for one in real)


def _like(number: str, invented: str) -> str:
    """Somebody who hides the number has an id in its place."""
    return invented if number.startswith("+") else f"US.{invented.removeprefix('+')}"


class Disguise:
    """`numbers`: each person's, with the invented one. Other people's become nobody's; `ours` stay."""

    def __init__(self, numbers: Mapping[str, str], *, ours: Collection[str], photos: Collection[str]) -> None:
        self._numbers = numbers
        self._stays = {*numbers.values(), *ours}
        # Nothing that reads this later must fetch anything from the real addresses.
        self._photos = {url: f"https://photos.example/{place}" for place, url in enumerate(dict.fromkeys(photos), 1)}

    def entry(self, entry: Entry) -> Entry:
        value = self.value(with_parts_read(json.loads(entry.value)))
        return Entry(entry.key, json.dumps({**value, "conversationSid": None}))

    def whereabouts(self, code: str, members: list[Member]) -> Whereabouts:
        """Whoever is in it or elsewhere stays so."""
        found = Whereabouts()
        found.codes |= {code, ELSEWHERE}
        for member in members:
            if member.person.phone:
                number = self._numbers[member.person.phone.number]
                found.tell(Phone(number), ELSEWHERE if member.has_left else code)
                if member.person.is_listed:
                    found.saw(number, code, 0)
        return found

    def value(self, item: Any) -> Any:
        match item:
            case str():
                return self.text(item)
            case list():
                return [self.value(part) for part in item]
            case dict():
                return {self.text(name): self.value(part) for name, part in item.items()}
            case int() | float() if (number := f"+{item}".removesuffix(".0")) in self._numbers:
                return int(self._numbers[number])
        return item

    def text(self, text: str) -> str:
        if _TWILIO_SID.fullmatch(text):
            return ""
        if text.strip() in self._photos:
            return self._photos[text.strip()]
        if time_in(text) or _A_DATE.fullmatch(text):
            return text
        phone = phone_in(text)
        return _written(self._in_place_of(phone.number), phone) if phone else self._within(text)

    def _in_place_of(self, number: str) -> str:
        known = (
            self._numbers.get(number)
            or self._numbers.get(canonical(number))
            or (number if number in self._stays else "")
        )
        return known or self._ending_in(number) or NOBODYS

    def _within(self, text: str) -> str:
        for number, invented in self._numbers.items():
            text = text.replace(number.removeprefix("+"), invented.removeprefix("+"))
        return _LIKE_A_NUMBER.sub(self._instead, text)

    def _instead(self, found: re.Match[str]) -> str:
        number = _number_in(found[0])
        return found[0] if number in self._stays or _A_DATE.fullmatch(found[0]) else self._in_place_of(number)

    def _ending_in(self, number: str) -> str:
        """Somebody's number as it is written in their own country."""
        digits = number.removeprefix("+")
        ends = (invented for real, invented in self._numbers.items() if real.endswith(digits))
        return next(ends, "") if len(digits) >= _TOO_FEW else ""


def _number_in(written: str) -> str:
    """Without the zeros before it, which stand for a country or none."""
    if written[0].isalpha():
        return written
    return "+" + "".join(str(int(char)) for char in written if char.isdecimal()).lstrip("0")


def _written(number: str, phone: Phone) -> str:
    """With the channel, where it stood there."""
    prefix = {Channel.WHATSAPP: "whatsapp:", Channel.SMS: "sms:"}
    return prefix.get(phone.channel, "") + number if phone.channel else number
