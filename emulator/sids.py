"""Twilio's identifiers: two letters and 32 hex digits, random, so that a restarted emulator never repeats one."""

import re
import secrets

_SID = re.compile(r"^[A-Z]{2}[0-9a-f]{32}$")


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


def is_sid(value: str, prefix: str) -> bool:
    return value.startswith(prefix) and _SID.match(value) is not None
