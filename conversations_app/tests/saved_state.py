"""Our rows and the emulator's world as they were after some work: restored instead of worked for again.

For what many tests begin with. A process does the work once; the copies of its rows lie in a schema of the test database.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from django.apps import apps
from django.db import connection, transaction

_OURS = ("sessions_app", "conversations_app")


@dataclass(frozen=True)
class SavedState:
    """`tables`: those that had rows when it was saved."""

    name: str
    tables: list[str]

    @classmethod
    def save(cls, name: str, emulator: httpx.Client) -> "SavedState":
        """Call it when nothing is under way."""
        emulator.post(f"/emulator/kept/{name}").raise_for_status()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}")
            tables = [table for table in _tables() if _has_rows(table)]
            for table in tables:
                cursor.execute(f"CREATE TABLE {name}.{table} AS TABLE {table}")
        return cls(name, tables)

    def restore(self, emulator: httpx.Client) -> None:
        """Go back to it. The emulator keeps its present faults."""
        faults = emulator.get("/emulator/faults").json()
        emulator.post("/emulator/reset", json={"to": self.name}).raise_for_status()
        emulator.post("/emulator/faults", json=faults).raise_for_status()
        copying = (
            f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM {self.name}.{table}" for table in self.tables
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(";".join(copying))


def _tables() -> Iterator[str]:
    for app in _OURS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            yield model._meta.db_table


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
        return bool(cursor.fetchone()[0])
