"""People with phones, at the emulator."""

import fnmatch
import itertools
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx

from devstack.processes import wait_until

WHATSAPP = "whatsapp:"
NUMBERS = itertools.count(100)


@dataclass
class Phones:
    """The handsets of all tests in one session; addresses never repeat, so that tests do not meet."""

    emulator: httpx.Client
    senders: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.senders = self.answer(self.emulator.get("/emulator/senders"))

    def add(self, name: str, address: str = "", *, channel: str = "whatsapp") -> str:
        """Add a phone, with a number of its own unless one is given; its address."""
        if not address:
            address = f"{WHATSAPP if channel == 'whatsapp' else ''}+1555{next(NUMBERS):07d}"
        return str(
            self.answer(self.emulator.post("/emulator/phones", json={"address": address, "name": name}))["address"]
        )

    def send(
        self, address: str, body: str, *, to: str = "", media: list[dict[str, str]] | None = None
    ) -> dict[str, Any]:
        """The person writes to one of our numbers (the first of their channel); what became of it."""
        content = {"to": to or self.number_for(address), "body": body, "media": media or []}
        sent: dict[str, Any] = self.answer(self.emulator.post(f"{path(address)}/send", json=content))
        return sent

    def thread(self, address: str, *, number: str = "") -> list[dict[str, Any]]:
        """What that handset shows with that number of ours, oldest first."""
        with_number = {"with": number or self.number_for(address)}
        shown: list[dict[str, Any]] = self.answer(self.emulator.get(f"{path(address)}/thread", params=with_number))
        return shown

    def arrived(self, address: str, *, number: str = "") -> list[str]:
        """The texts that reached the handset, oldest first."""
        return [item["body"] for item in self.thread(address, number=number) if item["direction"] == "in"]

    def wait_for(self, address: str, pattern: str, timeout: float = 30, *, number: str = "", after: int = 0) -> str:
        """The first text that arrived (not counting the first `after` ones) and matches the fnmatch pattern."""
        found: list[str] = []

        def matches() -> bool:
            found[:] = fnmatch.filter(self.arrived(address, number=number)[after:], pattern)
            return bool(found)

        if not wait_until(matches, seconds=timeout, every_s=0.05):
            raise AssertionError(
                f"{address} saw no {pattern!r} but:\n" + "\n".join(self.arrived(address, number=number))
            )
        return found[0]

    def number_for(self, address: str) -> str:
        on_whatsapp = address.startswith(WHATSAPP)
        return next(number for number in self.senders if number.startswith(WHATSAPP) == on_whatsapp)

    @staticmethod
    def answer(response: httpx.Response) -> Any:
        assert response.status_code == 200, response.text
        return response.json()


def path(address: str) -> str:
    return f"/emulator/phones/{quote(address, safe='')}"
