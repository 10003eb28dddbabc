"""Our own Postgres and Redis, from real binaries in folders of all kinds."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from devstack import template
from devstack.errors import LaunchError
from devstack.folder import RunFolder
from devstack.postgres import Postgres, command_line
from devstack.processes import SharedLog, Supervisor
from devstack.valkey import Valkey
from tests.short_folder import short_folder

QUIET = SharedLog(quiet=("postgres", "redis"))


@contextmanager
def launched(root: Path) -> Iterator[tuple[RunFolder, Supervisor]]:
    with RunFolder("demo", root) as folder, Supervisor(QUIET, folder.logs, folder.lock_fd) as supervisor:
        yield folder, supervisor


@contextmanager
def running_postgres(root: Path) -> Iterator[Postgres]:
    with launched(root) as (folder, supervisor):
        postgres = Postgres(folder, throwaway=True)
        postgres.start(supervisor)
        yield postgres


def run_sql(postgres: Postgres, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def roomy() -> Iterator[Path]:
    """One for all tests, as making a cluster takes a second."""
    with short_folder() as folder:
        yield folder / "with a space"


def test_postgres_keeps_its_data_from_one_start_to_the_next(roomy: Path) -> None:
    with running_postgres(roomy) as postgres:
        run_sql(postgres, "CREATE TABLE kept AS SELECT 7 AS number")

    with running_postgres(roomy) as postgres:
        assert run_sql(postgres, "SELECT number FROM kept") == [(7,)]


def test_postgres_starts_again_after_it_was_killed(roomy: Path) -> None:
    with launched(roomy) as (folder, supervisor):
        postgres = Postgres(folder, throwaway=True)
        postgres.start(supervisor)
        supervisor.kill("postgres", 9)
        supervisor.children["postgres"].process.wait()

        postgres.start(supervisor)

        assert run_sql(postgres, "SELECT 1") == [(1,)]


def test_postgres_starts_although_its_old_process_number_is_taken(roomy: Path) -> None:
    with running_postgres(roomy) as postgres:
        mark = postgres.cluster / "postmaster.pid"
        lines = mark.read_text()
    mark.write_text("1\n" + lines.split("\n", 1)[1])

    with running_postgres(roomy) as postgres:
        assert run_sql(postgres, "SELECT 1") == [(1,)]


def test_postgres_refuses_the_data_of_another_version(roomy: Path) -> None:
    with running_postgres(roomy) as postgres:
        marker = postgres.cluster / "PG_VERSION"
    right = marker.read_text()
    marker.write_text("12\n")

    with pytest.raises(LaunchError, match="made by PostgreSQL 12"), running_postgres(roomy):
        pass

    assert marker.read_text() == "12\n"
    marker.write_text(right)


def test_postgres_ends_with_its_launcher(roomy: Path) -> None:
    with launched(roomy) as (folder, supervisor):
        postgres = Postgres(folder, throwaway=True)
        postgres.start(supervisor)
        pid = supervisor.children["postgres"].process.pid

    assert command_line(pid) == ""


def test_postgres_works_in_a_folder_its_account_cannot_enter(short_path: Path) -> None:
    closed = short_path / "closed"
    closed.mkdir(mode=0o700)

    with running_postgres(closed) as postgres:
        assert run_sql(postgres, "SELECT 1") == [(1,)]

    shutil.rmtree(postgres.folder.data)


def test_sockets_move_when_their_path_is_too_long(short_path: Path) -> None:
    deep = short_path / ("d" * 60) / ("e" * 60)

    with running_postgres(deep) as postgres:
        assert postgres.folder.sockets.parent == Path("/tmp")
        assert run_sql(postgres, "SELECT 1") == [(1,)]

    assert not postgres.folder.sockets.exists()


def test_sockets_are_private_to_their_owner(roomy: Path) -> None:
    with running_postgres(roomy) as postgres:
        assert postgres.folder.sockets.stat().st_mode & 0o777 == 0o700


def test_the_migrations_are_run_once_and_again_when_they_changed(
    roomy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[str] = []
    monkeypatch.setattr(template, "migrate", lambda environment: runs.append(environment["DATABASE_URL"]))
    with running_postgres(roomy) as postgres:
        first, again = (template.migrated_database(postgres.url(), {}) for _ in range(2))
        monkeypatch.setattr(template, "digest", lambda: "of other migrations")
        other = template.migrated_database(postgres.url(), {})

        names = template.database_names(postgres.url())

    assert (first == again, len(runs)) == (True, 2)
    assert other in names and not {first, template.UNFINISHED} & names


def test_redis_keeps_its_data_from_one_start_to_the_next(roomy: Path) -> None:
    with launched(roomy) as (folder, supervisor):
        valkey = Valkey(folder)
        valkey.start(supervisor)
        with redis.Redis.from_url(valkey.url()) as client:
            client.set("kept", "7")

    with launched(roomy) as (folder, supervisor):
        Valkey(folder).start(supervisor)
        with redis.Redis.from_url(Valkey(folder).url()) as client:
            assert client.get("kept") == b"7"
