"""The parameters of a REST call: PascalCase names, repeated for several values."""

from datetime import datetime
from urllib.parse import parse_qsl

from emulator.clock import parse_moment
from emulator.errors import TwilioError, invalid
from emulator.safe_json import is_json


class Form:
    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    @classmethod
    def parse(cls, encoded: str) -> "Form":
        return cls(parse_qsl(encoded, keep_blank_values=True, encoding="utf-8", errors="replace"))

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def get(self, name: str) -> str | None:
        values = self._values.get(name)
        return values[-1] if values else None

    def text(self, name: str) -> str | None:
        """The value, None when it is absent or empty."""
        return self.get(name) or None

    def texts(self, name: str) -> list[str]:
        return [value for value in self._values.get(name, []) if value]

    def number(self, name: str) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not value.isascii() or not value.removeprefix("-").isdigit() or len(value) > 12:
            raise invalid(f"{name} must be a whole number")
        return int(value)

    def flag(self, name: str) -> bool | None:
        value = self.text(name)
        return None if value is None else value.lower() == "true"

    def moment(self, name: str) -> datetime | None:
        value = self.text(name)
        if value is None:
            return None
        moment = parse_moment(value)
        if moment is None:
            raise invalid(f"{name} must be an ISO 8601 date or time")
        return moment

    def attributes(self, limit: int) -> str | None:
        """A string that holds JSON; raises 50303 or 50304."""
        value = self.get("Attributes")
        if value is None:
            return None
        value = value or "{}"
        if len(value.encode()) > limit:
            raise TwilioError(50303)
        if not is_json(value):
            raise TwilioError(50304)
        return value

    def as_log(self) -> dict[str, str | list[str]]:
        return {name: values if len(values) > 1 else values[0] for name, values in self._values.items()}

    def without(self, *names: str) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self._values.items() if name not in names for value in values]
