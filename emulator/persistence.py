"""Saves a world to a file, so that the next emulator continues where the last one ended.

A pickle, since records refer to each other: a text to its receipt, a binding to its conversation. A file is only read
for the same account, and when its records have the same fields.
"""

import asyncio
import hashlib
import os
import pickle
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from emulator import account, entities, request_log, templates
from emulator.settings import Settings
from emulator.world import SNAPSHOT_FIELDS, World

_SAVE_EVERY_S = 2.0
# Per log; the page shows the last fifty.
_LOG_ENTRIES = 500


class UnreadableState(Exception):
    """The file is missing, or belongs to another account or version of the emulator."""


class StateFile:
    """One world's file, written at the start, every few seconds after a change, and at the end."""

    def __init__(self, path: Path, world: World) -> None:
        self._path = path
        self._world = world
        self._saved_at = -1

    def load(self) -> None:
        """Does nothing without a file; raises UnreadableState."""
        if not self._path.exists():
            return
        _restore(self._world, read(self._path, self._world.settings))

    def save(self) -> None:
        self._saved_at = self._world.events.published
        _write(self._path, pickle.dumps(_state_of(self._world)))

    async def keep_saving(self) -> None:
        while True:
            await asyncio.sleep(_SAVE_EVERY_S)
            if self._world.events.published == self._saved_at:
                continue
            self._saved_at = self._world.events.published
            # Pickle on the event loop, where nothing can change meanwhile; only the disk write goes to a thread.
            content = pickle.dumps(_state_of(self._world))
            await asyncio.to_thread(_write, self._path, content)


def read(path: Path, settings: Settings) -> dict[str, Any]:
    """The saved state; raises UnreadableState."""
    try:
        state = pickle.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise UnreadableState(f"There is no {path}.") from error
    except Exception as error:  # a truncated file, or one with other classes, can fail in any way
        raise UnreadableState(f"{path} cannot be read ({type(error).__name__}).") from error
    if not isinstance(state, dict) or state.get("shape") != shape():
        raise UnreadableState(f"{path} was written by another version of the emulator.")
    if state["account"]["sid"] != settings.account_sid or set(state["account"]["numbers"]) != set(settings.senders):
        raise UnreadableState(f"{path} belongs to another account, or to one with other numbers.")
    return state


def shape() -> str:
    """A hash of the records' fields: an old record that lacks one would break wherever it is used."""
    described = [str(SNAPSHOT_FIELDS)]
    for module in (entities, account, templates, request_log):
        for name, kind in sorted(vars(module).items()):
            if is_dataclass(kind):
                described.append(f"{name}: {[(field.name, str(field.type)) for field in fields(kind)]}")
    return hashlib.sha256("\n".join(described).encode()).hexdigest()


def _state_of(world: World) -> dict[str, Any]:
    return {
        "shape": shape(),
        "world": {name: getattr(world, name) for name in SNAPSHOT_FIELDS},
        "account": vars(world.account),
        "ahead_s": world.clock.offset_s,
        "faults": world.faults.model_dump(),
        "webhooks": world.webhooks.list(limit=_LOG_ENTRIES),
        "calls": world.calls.list(limit=_LOG_ENTRIES),
    }


def _restore(world: World, state: dict[str, Any]) -> None:
    for name, value in state["world"].items():
        setattr(world, name, value)
    # The token may be new for this run, so the saved one is not restored.
    vars(world.account).update(state["account"] | {"token": world.settings.auth_token})
    world.clock.advance(timedelta(seconds=state["ahead_s"]))
    world.faults.change(state["faults"])
    world.webhooks.replace(state["webhooks"])
    world.calls.replace(state["calls"])


def _write(path: Path, content: bytes) -> None:
    """Atomically, and readable by its owner only: it holds what people wrote."""
    temporary = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    temporary.replace(path)
