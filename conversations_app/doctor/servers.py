"""What runs beside the web: Postgres, Redis, the workers and beat."""

from collections.abc import Iterator
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from conversations_app.db_clock import ClockTime
from conversations_app.doctor.findings import Finding, bad, good
from conversations_app.models import Heartbeat
from matchmaker.celery import app
from matchmaker.health import FRESH_FOR
from sessions_app.photos import storage

OLDEST_POSTGRES = 15
BROKER_TIMEOUT_S = 3.0


def postgres() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        yield bad(f"Postgres cannot be reached: {_reason(error)}.", "Check DATABASE_URL, and that Postgres is up.")
        return
    version = connection.get_database_version()[0]
    if version < OLDEST_POSTGRES:
        yield bad(f"Postgres is version {version}.", f"Use Postgres {OLDEST_POSTGRES} or newer.")
    else:
        yield good(f"Postgres {version} answers.")
    yield _migrations()


def _reason(error: OperationalError) -> str:
    """Of the last address that libpq tried, without its indented hints; it names host and user, and no password."""
    reasons = [line for line in str(error).splitlines() if line and not line[0].isspace()]
    return reasons[-1].rstrip(".") if reasons else type(error).__name__


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return good("All migrations are applied.")
    first = missing[0][0]
    return bad(
        f"{len(missing)} migrations are not applied, {first.app_label}.{first.name} the first.",
        "Run: python manage.py migrate",
    )


def redis() -> Iterator[Finding]:
    yield _cache()
    yield _broker()


def _cache() -> Finding:
    key, value = f"doctor:{uuid4()}", uuid4().hex
    try:
        cache.set(key, value, timeout=5)
        kept = cache.get(key)
    except Exception as error:  # whatever the client raises, Redis is not usable
        return bad(f"Redis cannot be reached as cache ({type(error).__name__}).", _REDIS)
    return good("Redis answers as cache.") if kept == value else bad("Redis keeps nothing for the cache.", _REDIS)


def _broker() -> Finding:
    try:
        with app.connection_for_write(settings.CELERY_BROKER_URL) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_TIMEOUT_S)
    except Exception as error:  # as above
        return bad(f"Redis cannot be reached as broker of the workers ({type(error).__name__}).", _REDIS)
    return good("Redis answers as broker of the workers.")


_REDIS = "Check REDIS_URL, that Redis is up, and that its databases 0 and 1 may be written to."


def heartbeats() -> Iterator[Finding]:
    yield _heartbeat(
        "worker", "Start it: celery -A matchmaker worker -Q short. Without it nothing that people write is answered."
    )
    yield _heartbeat(
        "model worker", "Start it: celery -A matchmaker worker -Q model. Without it the matchmaker says nothing."
    )
    yield _heartbeat("beat", "Start it: celery -A matchmaker beat. Without it nothing that got lost is picked up.")


def _heartbeat(name: str, to_do: str) -> Finding:
    """By the database's clock, as the heart beats."""
    age = Heartbeat.objects.filter(name=name).values_list(ClockTime() - F("at"), flat=True).first()
    if age is None:
        return bad(f"No {name} was ever seen.", to_do)
    if age > FRESH_FOR:
        return bad(f"The {name} was last seen {int(age.total_seconds())} seconds ago.", to_do)
    return good(f"The {name} is alive.")


def photo_storage() -> Iterator[Finding]:
    try:
        storage.try_out()
    except storage.StorageTrouble as error:
        yield bad(
            f"The photo storage does not take a file and give it back ({error}).",
            "Check PHOTO_STORAGE, and with s3:// the four settings beside it; a folder has to be writable.",
        )
    else:
        yield good("The photo storage takes a file, gives it back and deletes it.")
