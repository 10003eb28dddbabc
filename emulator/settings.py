"""The settings of one emulator."""

import argparse
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from emulator.addresses import is_number
from emulator.sids import is_sid, new_sid

DEFAULT_SENDERS = ("whatsapp:+15005550006", "+15005550007")


class InvalidSettings(Exception):
    """Every invalid setting, one line each."""


@dataclass(frozen=True)
class Settings:
    account_sid: str = field(default_factory=lambda: new_sid("AC"))
    auth_token: str = field(default_factory=lambda: secrets.token_hex(16))
    senders: tuple[str, ...] = DEFAULT_SENDERS
    conversation_service_sid: str | None = None
    messaging_service_sid: str | None = None
    host: str = "127.0.0.1"
    port: int = 8010
    conversations_hook_timeout_s: float = 5.0
    messaging_hook_timeout_s: float = 15.0
    carrier_delay_s: float = 0.05
    """From `sent` to `delivered`."""
    state_file: Path | None = None
    """Where the world is kept from one start to the next; without one it lives in memory alone."""
    seed: int = 7
    """Of all chances taken (faults, gaps in the message index)."""

    @property
    def public_url(self) -> str:
        """Where others reach this emulator: the start of media links."""
        host = "127.0.0.1" if self.host in ("", "0.0.0.0") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def read_settings(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> Settings:
    """The options, else the environment, else what Settings invents; raises InvalidSettings."""
    options = _parser().parse_args(argv)
    values: dict[str, str | None] = {
        "account_sid": options.account_sid or environ.get("TWILIO_ACCOUNT_SID"),
        "auth_token": options.auth_token or environ.get("TWILIO_AUTH_TOKEN"),
        "conversation_service_sid": environ.get("TWILIO_CONVERSATIONS_SERVICE_SID"),
        "messaging_service_sid": environ.get("TWILIO_MESSAGING_SERVICE_SID"),
    }
    given = {name: value for name, value in values.items() if value}
    senders = _senders(options.senders or environ.get("TWILIO_SENDERS") or "")
    problems = _problems(given, senders)
    if problems:
        raise InvalidSettings("\n".join(problems))
    defaults = Settings()
    return Settings(
        host=options.host,
        port=options.port,
        state_file=options.state,
        senders=senders or DEFAULT_SENDERS,
        account_sid=given.get("account_sid", defaults.account_sid),
        auth_token=given.get("auth_token", defaults.auth_token),
        conversation_service_sid=given.get("conversation_service_sid"),
        messaging_service_sid=given.get("messaging_service_sid"),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m emulator", description="A local stand-in for Twilio.")
    parser.add_argument("--port", type=int, default=8010, help="0 picks a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--account-sid", help="else TWILIO_ACCOUNT_SID, else a new one")
    parser.add_argument("--auth-token", help="else TWILIO_AUTH_TOKEN, else a new one")
    parser.add_argument(
        "--state", type=Path, metavar="FILE", help="keep the world there, and go on with what is there"
    )
    parser.add_argument("--senders", help="our numbers, separated by commas; else TWILIO_SENDERS")
    return parser


def _senders(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _problems(given: Mapping[str, str], senders: Sequence[str]) -> list[str]:
    prefixes = {"account_sid": "AC", "conversation_service_sid": "IS", "messaging_service_sid": "MG"}
    problems = [
        f"{name.upper()} must be {prefix} and 32 hex digits."
        for name, prefix in prefixes.items()
        if name in given and not is_sid(given[name], prefix)
    ]
    wrong = [sender for sender in senders if not is_number(sender)]
    if wrong:
        problems.append(
            f"SENDERS must be numbers such as +15005550007 or whatsapp:+15005550006, which these are not: {', '.join(wrong)}"
        )
    return problems
