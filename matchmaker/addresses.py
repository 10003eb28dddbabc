"""Addresses as Twilio writes them: `+15550100001`, `whatsapp:+15550100001`, and identities of web chat."""

import re
from enum import StrEnum

# E.164: at most fifteen digits. A WhatsApp user who hides the number has `whatsapp:US.…` instead, so people's
# addresses are never checked against this; only our own numbers are.
_E164 = re.compile(r"^(whatsapp:)?\+[1-9]\d{6,14}$")
# What could be a phone number inside a text: seven or more digits with the usual separators.
_NUMBER_IN_TEXT = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?!\w)")

MAX_ADDRESS_LENGTH = 160


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


def masked(address: str) -> str:
    """For staff and logs: the channel and the last two characters only."""
    return f"{channel_of(address)} …{address[-2:]}"


def without_numbers(text: str) -> str:
    """The text with everything that looks like a phone number taken out; prompts carry no numbers."""
    return _NUMBER_IN_TEXT.sub("[number]", text)
