"""The emulator's control API: phones that people write on, its clock, its faults, its model's script."""

import base64
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import httpx
from django.conf import settings

from matchmaker.addresses import channel_of

# A person's message is accepted after the pre-event hook has answered or run out of time.
TIMEOUT_S = 90.0


class EmulatorUnavailable(Exception):
    """The emulator cannot be reached; says why."""


class EmulatorRefused(Exception):
    """The emulator refused a request; says why."""


@dataclass(frozen=True)
class Accepted:
    """`sid` is Twilio's id of the message, `outcome` one of published, rejected, messaging, keyword."""

    sid: str | None
    outcome: str


@dataclass(frozen=True)
class Bubble:
    """One message as a handset shows it."""

    id: str
    is_own: bool
    body: str


class EmulatorClient:
    def __init__(self) -> None:
        if not settings.TWILIO_BASE_URL:
            raise EmulatorUnavailable(
                "Scenarios are played on the emulator's phones, and TWILIO_BASE_URL is not set: this server talks to "
                "the real Twilio. Start the local stack with `make demo`, then play."
            )
        self._http = httpx.Client(base_url=settings.TWILIO_BASE_URL, timeout=TIMEOUT_S, trust_env=False)
        self.numbers: list[str] = []

    def __enter__(self) -> Self:
        """Raises EmulatorUnavailable when there is none."""
        self.numbers = [str(number) for number in self._ask("GET", "/emulator/senders")]
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def number_for(self, address: str) -> str:
        """Our number of that phone's channel. Raises EmulatorRefused when we have none."""
        ours = [number for number in self.numbers if channel_of(number) is channel_of(address)]
        if not ours:
            raise EmulatorRefused(f"we have no {channel_of(address)} number to write to")
        return ours[0]

    def add(self, address: str, name: str) -> None:
        self._ask("POST", "/emulator/phones", {"address": address, "name": name})

    def addresses(self) -> set[str]:
        """Of all phones that there are."""
        return {str(phone["address"]) for phone in self._ask("GET", "/emulator/phones")}

    def show_old_thread(self, address: str, number: str, texts: list[dict[str, str]]) -> None:
        """With that number of ours, in place of whatever that handset showed of it."""
        self._ask("POST", f"{_phone(address)}/history", {"with": number, "messages": texts, "afresh": True})

    def send(self, address: str, body: str, photo: Path | None = None) -> Accepted:
        content = {"to": self.number_for(address), "body": body, "media": [_file(photo)] if photo else []}
        answer = self._ask("POST", f"{_phone(address)}/send", content)
        return Accepted(answer.get("sid"), str(answer.get("outcome")))

    def thread(self, address: str) -> list[Bubble]:
        """All that the handset shows, of every number of ours, each number's in order."""
        ours = [number for number in self.numbers if channel_of(number) is channel_of(address)]
        items = [
            item for number in ours for item in self._ask("GET", f"{_phone(address)}/thread?with={quote(number)}")
        ]
        return [Bubble(str(item["id"]), item["direction"] == "out", str(item["body"])) for item in items]

    def advance_clock(self, by: str) -> None:
        self._ask("POST", "/emulator/clock", {"advance": by})

    def faults(self) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("GET", "/emulator/faults")
        return found

    def set_faults(self, wanted: dict[str, Any]) -> None:
        """Change what is named."""
        self._ask("POST", "/emulator/faults", wanted)

    def restore_faults(self, before: dict[str, Any]) -> None:
        self._ask("DELETE", "/emulator/faults")
        self._ask("POST", "/emulator/faults", before)

    def script_model(self, answers: list[list[dict[str, Any]]]) -> None:
        """The tool calls of the model's next answers."""
        self._ask("POST", "/emulator/model/script", {"turns": answers})

    def clear_script(self) -> None:
        self._ask("DELETE", "/emulator/model/script")

    def add_reading(self, reader: str, text: str, answers: list[list[dict[str, Any]]]) -> None:
        """The tool calls that the model makes when it first hears that line."""
        content = {"reader": reader, "readings": [{"text": text, "turns": answers}]}
        self._ask("POST", "/emulator/model/readings", content)

    def forget_readings(self, reader: str) -> None:
        self._ask("DELETE", f"/emulator/model/readings?reader={quote(reader)}")

    def _ask(self, method: str, path: str, content: dict[str, Any] | None = None) -> Any:
        try:
            response = self._http.request(method, path, json=content)
        except httpx.TransportError as error:
            raise EmulatorUnavailable(
                f"The emulator at {settings.TWILIO_BASE_URL} does not answer ({type(error).__name__}). "
                "Is `make demo` up?"
            ) from None
        if response.status_code != httpx.codes.OK:
            raise EmulatorRefused(_why(response))
        return response.json()


def _phone(address: str) -> str:
    return f"/emulator/phones/{quote(address, safe='')}"


def _file(photo: Path) -> dict[str, str]:
    kind = mimetypes.guess_type(photo.name)[0] or "application/octet-stream"
    data = base64.b64encode(photo.read_bytes()).decode()
    return {"content_type": kind, "filename": photo.name, "data": data}


def _why(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"])
    except (ValueError, KeyError, TypeError):
        return f"the emulator answered {response.status_code}"
