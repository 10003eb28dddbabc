"""The faults that can be switched on, and the random draws behind them."""

import random
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator

from emulator.ambiguities import Ambiguities, ErrorCode, Group, Rate

Millis = Annotated[int, Field(ge=0, le=120_000)]
ModelMode = Literal["interviewer", "chatterbox", "liar", "mute"]
DeliveryOutcome = Annotated[str, Field(pattern=r"^(\d{5}|sent|delivered)$")]
"""For texts to one phone: an error code, or how far they get (`sent`: it is off; `delivered`: its read receipts are off)."""


class InvalidFaults(Exception):
    """Says in a sentence what is wrong with the requested faults."""


class WebhookFaults(Group):
    """For every webhook except the pre-event one."""

    drop: Rate = 0
    duplicate: Rate = 0
    reorder: Rate = 0
    delay_ms: Millis = 0
    muted: list[Literal["post", "messaging", "status"]] = Field(default_factory=list)
    """Kinds that are never sent."""


class RestFaults(Group):
    """429 and 500 refuse a call before anything happens; timed-out and lost calls are never answered."""

    http_429: Rate = 0
    http_500: Rate = 0
    timeout: Rate = 0
    """Carried out and not answered."""
    lost: Rate = 0
    """Neither carried out nor answered."""
    slow_ms: Millis = 0
    at_once: int = Field(default=0, ge=0, le=1_000)
    """Concurrent calls above this get 429; 0 for no limit."""


class ModelFaults(Group):
    timeout: Rate = 0
    malformed: Rate = 0
    latency_ms: Millis = 0
    model_mode: ModelMode = "interviewer"
    moderations: Literal["offered", "absent", "failing"] = "offered"
    """Many servers that call themselves compatible have no such route."""


class Faults(Ambiguities):
    """Everything that can be made to go wrong. One object for the emulator's life: change() alters it in place."""

    webhook: WebhookFaults = Field(default_factory=WebhookFaults)
    rest: RestFaults = Field(default_factory=RestFaults)
    receipts: dict[ErrorCode, Rate] = Field(default_factory=dict)
    """The chance, by error code, that a text fails on its way to a phone."""
    receipts_for: dict[str, DeliveryOutcome] = Field(default_factory=dict)
    """What happens to every text to this phone; null clears it."""
    model: ModelFaults = Field(default_factory=ModelFaults)

    @field_validator("receipts", "receipts_for", "error_statuses", mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        return {name: each for name, each in value.items() if each is not None} if isinstance(value, dict) else value

    def change(self, wanted: object) -> None:
        """Change what is named, grouped or flat; raises InvalidFaults and changes nothing when any of it is wrong."""
        merged = _merge(self.model_dump(), _grouped(wanted))
        try:
            self._become(Faults.model_validate(merged))
        except ValidationError as error:
            raise InvalidFaults(_sentence(error)) from error

    def clear(self) -> None:
        self._become(Faults())

    def _become(self, other: "Faults") -> None:
        for name in Faults.model_fields:
            setattr(self, name, getattr(other, name))


class Chances:
    """Seeded, so that runs with faults are repeatable."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.reset()

    def reset(self) -> None:
        self._random = random.Random(self._seed)

    def hit(self, rate: float) -> bool:
        return rate > 0 and self._random.random() < rate

    def pick(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


_FLAT_GROUPS: dict[str, str] = {
    **dict.fromkeys(ModelFaults.model_fields, "model"),
    **dict.fromkeys(WebhookFaults.model_fields, "webhook"),
    **dict.fromkeys(RestFaults.model_fields, "rest"),
}


def _grouped(wanted: object) -> dict[str, Any]:
    """Flat names (`drop`, `63016`, `model_mode`) put into their groups; `timeout` alone means REST's."""
    if not isinstance(wanted, dict):
        raise InvalidFaults('Faults must be a JSON object, such as {"webhook": {"drop": 0.1}}.')
    grouped: dict[str, Any] = {}
    for name, value in wanted.items():
        group = "receipts" if name.isdigit() else _FLAT_GROUPS.get(name)
        if group is None:
            grouped[name] = _merge(grouped.get(name), value)
        else:
            grouped[group] = _merge(grouped.get(group), {name: value})
    return grouped


def _merge(old: Any, new: Any) -> Any:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    return old | {name: _merge(old.get(name), value) for name, value in new.items()}


def _sentence(error: ValidationError) -> str:
    parts = [f"{'.'.join(str(step) for step in item['loc'])}: {item['msg']}" for item in error.errors()]
    return "These faults are invalid. " + "; ".join(parts) + "."
