"""Reports what became of every session, in numbers that add up."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    IMPORTED = "imported"
    UPDATED = "updated"
    CONTINUED = "continued"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """One session. `why`: of a failure, or of being skipped for more than being here already."""

    key: str
    outcome: Outcome
    why: str = ""
    participants_in: int = 0
    participants_out: int = 0
    participants_added: int = 0
    messages_in: int = 0
    messages_out: int = 0
    photos: int = 0
    photos_to_fetch: int = 0
    problems: tuple[str, ...] = ()


@dataclass
class Report:
    """In: what the source lists of the sessions that are here now, or would be. Out: the rows that hold it."""

    found: int = 0
    imported: int = 0
    updated: int = 0
    skipped: int = 0
    failed: list[dict[str, str]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    participants_in: int = 0
    participants: int = 0
    participants_added: int = 0
    messages_in: int = 0
    messages: int = 0
    photos: int = 0
    photos_to_fetch: int = 0
    photos_fetched: int = 0
    photos_not_fetched: list[dict[str, str]] = field(default_factory=list)
    other_keys: dict[str, int] = field(default_factory=dict)
    stopped: str = ""

    def add(self, result: Result) -> None:
        self.found += 1
        match result.outcome:
            case Outcome.FAILED:
                self.failed.append({"key": result.key, "why": result.why})
            case Outcome.SKIPPED:
                self.skipped += 1
            case _:
                self.imported += 1
                self.updated += result.outcome is not Outcome.IMPORTED
        if result.outcome is not Outcome.FAILED:
            self._count(result)

    def _count(self, result: Result) -> None:
        self.participants_in += result.participants_in
        self.participants += result.participants_out
        self.participants_added += result.participants_added
        self.messages_in += result.messages_in
        self.messages += result.messages_out
        self.photos += result.photos
        self.photos_to_fetch += result.photos_to_fetch
        said = [*([result.why] if result.why else []), *result.problems]
        self.notes += [{"key": result.key, "what": what} for what in said]

    def count_other(self, key: str, fault: str) -> None:
        """Count a key that is no session, by its prefix only: the rest may be somebody's number."""
        kind = key.partition(":")[0] + (":*" if ":" in key else "")
        name = f"{kind} ({fault})" if fault else kind
        self.other_keys[name[:80]] = self.other_keys.get(name[:80], 0) + 1

    @property
    def participants_merged(self) -> int:
        """Listed twice under one number, so one person here."""
        return self.participants_in + self.participants_added - self.participants

    @property
    def has_failed(self) -> bool:
        return bool(self.failed or self.stopped)

    def as_json(self, *, applied: bool) -> dict[str, Any]:
        return {
            "found": self.found,
            "imported": self.imported,
            "skipped": self.skipped,
            "failed": self.failed,
            "participants": self.participants,
            "messages": self.messages,
            "applied": applied,
            "updated": self.updated,
            "participants_in": self.participants_in,
            "participants_added": self.participants_added,
            "participants_merged": self.participants_merged,
            "messages_in": self.messages_in,
            "photos": self.photos,
            "photos_to_fetch": self.photos_to_fetch,
            "photos_fetched": self.photos_fetched,
            "photos_not_fetched": self.photos_not_fetched,
            "other_keys": self.other_keys,
            "notes": self.notes,
            "stopped": self.stopped,
        }
