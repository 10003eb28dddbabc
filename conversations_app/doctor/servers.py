"""Postgres, Redis, and our own processes."""

from collections.abc import Iterator

from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from conversations_app.doctor.findings import Finding, bad, good
from conversations_app.models import Heartbeat

OLDEST_POSTGRES = 150000
SILENT_S = 60


def postgres() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
    if version < OLDEST_POSTGRES:
        yield bad(f"Postgres {version // 10000} is too old.", "Use version 15 or newer.")
    else:
        yield good(f"Postgres {version // 10000} answers.")
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield bad(f"{len(missing)} migrations are not applied.", "Run manage.py migrate.")


def cache_server() -> Iterator[Finding]:
    cache.set("doctor", "well", timeout=5)
    if cache.get("doctor") == "well":
        yield good("Redis keeps what we put into the cache.")
    else:
        yield bad("Redis forgets at once what we put into the cache.", "Check its memory limit and eviction policy.")


def broker() -> Iterator[Finding]:
    with current_app.connection() as line:
        line.ensure_connection(max_retries=1, timeout=3)
    yield good("Redis takes wakes for the workers.")


def processes() -> Iterator[Finding]:
    """By the database's clock, as they themselves write it."""
    beats = {beat.name: beat.at for beat in Heartbeat.objects.all()}
    for name in ("worker", "beat"):
        at = beats.get(name)
        age = (timezone.now() - at).total_seconds() if at else None
        if age is None:
            yield bad(f"No {name} has ever shown itself.", f"Start one: celery -A matchmaker {name}.")
        elif age > SILENT_S:
            yield bad(
                f"The {name} was last seen {age:.0f} s ago.", f"Look at its log, and start it again: the {name}."
            )
        else:
            yield good(f"The {name} is at work.")
