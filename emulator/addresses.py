"""Addresses of phones and of our numbers: `+15550100001` for SMS, `whatsapp:+15550100001` for WhatsApp."""

import re
from typing import Literal

Channel = Literal["sms", "whatsapp"]

_PREFIX = "whatsapp:"
_E164 = re.compile(r"^(whatsapp:)?\+[1-9]\d{6,14}$")
# A WhatsApp user who hides the number behind a username: country and an opaque id.
_USERNAME = re.compile(r"^whatsapp:[A-Z]{2}\.[A-Za-z0-9]{1,120}$")


def is_number(address: str) -> bool:
    return _E164.match(address) is not None


def is_username(address: str) -> bool:
    return _USERNAME.match(address) is not None


def is_phone(address: str) -> bool:
    return is_number(address) or is_username(address)


def channel_of(address: str) -> Channel:
    return "whatsapp" if address.startswith(_PREFIX) else "sms"


def bare(address: str) -> str:
    return address.removeprefix(_PREFIX)
