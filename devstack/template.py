"""A database with the migrations done, which tests copy instead of migrating theirs.

Made once for each state of the migrations: the servers' folder is kept from one run to the next.
"""

import hashlib
import subprocess
import sys
from collections.abc import Mapping

import psycopg
from psycopg import sql

from devstack.environment import for_process
from devstack.errors import LaunchError
from devstack.folder import REPOSITORY
from devstack.postgres import create_database, drop_database, with_database

TEMPLATE = "MM_TEMPLATE_DATABASE"
"""The variable that tells the tests its name; not set on a server from outside, which others may use."""
PREFIX = "migrated_"
UNFINISHED = "migrating"
# What decides how a migrated database looks: our migrations, those of the packages, and which of them are used.
SOURCES = ("*/migrations/*.py", "matchmaker/settings.py", "requirements-dev.txt")


def migrated_database(server_url: str, environment: Mapping[str, str]) -> str:
    """Its name. For a server that nobody else uses."""
    name = PREFIX + digest()
    kept = {found for found in database_names(server_url) if found.startswith(PREFIX)}
    if name not in kept:
        for older in kept:
            drop_database(server_url, older)
        create_database(server_url, UNFINISHED, fresh=True)
        migrate({**environment, "DATABASE_URL": with_database(server_url, UNFINISHED)})
        rename(server_url, UNFINISHED, name)
    return name


def digest() -> str:
    files = sorted({file for pattern in SOURCES for file in REPOSITORY.glob(pattern)})
    hashed = hashlib.sha256()
    for file in files:
        hashed.update(f"{file.relative_to(REPOSITORY)}\n".encode() + file.read_bytes())
    return hashed.hexdigest()[:16]


def migrate(environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "devstack.prepare"]
    env = for_process(environment, "command")
    done = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise LaunchError(f"The migrations failed:\n{(done.stdout + done.stderr).strip()[-3000:]}")


def database_names(server_url: str) -> set[str]:
    with psycopg.connect(server_url, autocommit=True) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def rename(server_url: str, old: str, new: str) -> None:
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement)
