"""What the last demo left: the database, and the world of phones that belongs to it. Both are kept, or neither."""

import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from devstack.environment import SENDERS, make_account, write_environment
from devstack.folder import RunFolder
from devstack.postgres import Postgres
from devstack.valkey import Valkey
from emulator.persistence import UnreadableState, read
from emulator.settings import read_settings

FRESH = "Starting over, as FRESH=1 asks."
GOES_ON = "Continuing where the last demo ended; `make demo FRESH=1` starts over."
NO_PHONES = "Starting over: the last demo's database is there, but its phones are not."
NO_DATABASE = "Starting over: the last demo's phones are there, but its database is not."


@dataclass
class LastDemo:
    folder: RunFolder

    @property
    def world(self) -> Path:
        """The emulator's file."""
        return self.folder.path / "world"

    @property
    def account_file(self) -> Path:
        return self.folder.path / "account.json"

    @cached_property
    def account(self) -> dict[str, str]:
        """The emulated Twilio account: the world belongs to it, and the database names its sids."""
        if self.account_file.exists():
            kept: dict[str, str] = json.loads(self.account_file.read_text())
            return kept
        made = make_account()
        write_environment(self.account_file, made)
        return made

    def settle(self, *, fresh: bool) -> str:
        """Keep both halves or remove both; a line that says which. Empty where there was nothing to keep."""
        has_database, has_world = Postgres(self.folder).cluster.exists(), self.has_world()
        if has_database and has_world and not fresh:
            return GOES_ON
        if not (has_database or has_world):
            self.remove()  # what of it cannot be read
            return ""
        self.remove()
        if fresh:
            return FRESH
        return NO_PHONES if has_database else NO_DATABASE

    def has_world(self) -> bool:
        if not self.account_file.exists():
            return False
        try:
            read(self.world, read_settings([], {**self.account, "TWILIO_SENDERS": SENDERS}))
        except UnreadableState:
            return False
        return True

    def remove(self) -> None:
        """The wakes in Redis too: they are for rows that are gone."""
        postgres = Postgres(self.folder)
        postgres.clear_leftovers()
        for path in (postgres.cluster, Valkey(self.folder).data, self.folder.photos):
            shutil.rmtree(path, ignore_errors=True)
        self.world.unlink(missing_ok=True)
