"""Addresses as Twilio writes them: `+15550100001`, `whatsapp:+15550100001`, and identities of web chat."""

import re
from enum import StrEnum
from functools import lru_cache

# E.164: at most fifteen digits. A WhatsApp user who hides the number has `whatsapp:US.…` instead, so people's
# addresses are never checked against this; only our own numbers are.
_E164 = re.compile(r"^(whatsapp:)?\+[1-9]\d{6,14}$")
# What could be a phone number inside a text: seven or more digits with the usual separators.
_NUMBER_IN_TEXT = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?!\w)")

MAX_ADDRESS_LENGTH = 160

# Numbers that have two forms, WhatsApp's and the phone book's, with the one that we compare by. A table of our own,
# since the database has the same in an index (`canonical_address`), which a library's newer data must not change.
_COMPARED_FORMS = (
    # Mexico: WhatsApp keeps the 1 that mobiles had until 2019.
    (r"^(whatsapp:)?\+521([0-9]{10})$", r"\1+52\2"),
    # Argentina: a 9 before mobiles called from abroad.
    (r"^(whatsapp:)?\+549([0-9]{10})$", r"\1+54\2"),
    # Brazil: the ninth digit, which mobiles got by 2016. Eight digits that begin with 2 to 5 are landlines.
    (r"^(whatsapp:)?\+55([0-9]{2})([16-9][0-9]{7})$", r"\1+55\g<2>9\3"),
    # Benin: 01 before all numbers since 2024.
    (r"^(whatsapp:)?\+229([0-9]{8})$", r"\1+22901\2"),
)


class Channel(StrEnum):
    WHATSAPP = "whatsapp"
    SMS = "sms"
    CHAT = "chat"


def is_phone_address(address: str) -> bool:
    return _E164.match(address) is not None


def channel_of(address: str) -> Channel:
    if address.startswith("whatsapp:"):
        return Channel.WHATSAPP
    return Channel.SMS if address.startswith("+") else Channel.CHAT


@lru_cache(maxsize=10_000)
def canonical(address: str) -> str:
    """The one form of an address by which people are told apart. Texts go to the form in which it came."""
    for pattern, form in _COMPARED_FORMS:
        address = re.sub(pattern, form, address)
    return address


def masked(address: str) -> str:
    """For staff and logs: the channel and the last two characters only."""
    return f"{channel_of(address)} …{address[-2:]}"


def without_numbers(text: str, *, instead: str = "[number]") -> str:
    """The text with everything that looks like a phone number taken out; prompts carry no numbers."""
    return _NUMBER_IN_TEXT.sub(instead, text)
