"""The run folder: everything that one launcher keeps on disk, locked against a second launcher."""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from devstack.errors import LaunchError

REPOSITORY = Path(__file__).resolve().parent.parent
RUN_ROOT = REPOSITORY / ".run"
MAX_SOCKET_PATH = 103 if sys.platform == "darwin" else 107
LONGEST_SOCKET_NAME = "/.s.PGSQL.5432"


@dataclass(frozen=True)
class Account:
    """Who runs Postgres: it refuses to be root."""

    uid: int
    gid: int

    @classmethod
    def for_servers(cls) -> "Account | None":
        """None: the one who runs the launcher. For root: `nobody`."""
        if os.geteuid() != 0:
            return None
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)

    def can_enter(self, folder: Path) -> bool:
        """Asked by trying: mode bits alone do not tell (parents, access lists, mounts)."""
        tried = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            cwd="/",
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return tried.returncode == 0


class Taken(LaunchError):
    """Another launcher holds the folder."""


class RunFolder:
    """`.run/<name>` in the clone. Use as a context manager: the lock is held inside."""

    def __init__(self, name: str, root: Path = RUN_ROOT) -> None:
        self.path = root / name
        self.account = Account.for_servers()
        self.lock_fd = -1

    def take(self) -> Self:
        """Lock it; raises `Taken`."""
        make_folder(self.path)
        self.lock_fd = take_lock(self.path / "lock")
        return self

    def __enter__(self) -> Self:
        return self if self.lock_fd >= 0 else self.take()

    def __exit__(self, *_: object) -> None:
        if "sockets" in vars(self) and self.sockets.parent == Path("/tmp"):
            shutil.rmtree(self.sockets, ignore_errors=True)
        os.close(self.lock_fd)

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def photos(self) -> Path:
        return self.path / "photos"

    @cached_property
    def elsewhere(self) -> str:
        """A short name for what cannot lie in the run folder, the same at every start."""
        return "mm-" + hashlib.sha256(str(self.path).encode()).hexdigest()[:12]

    @cached_property
    def sockets(self) -> Path:
        """A private folder for unix sockets, whose paths may not be long."""
        path = self.path / "sockets"
        if len(os.fsencode(path)) + len(LONGEST_SOCKET_NAME) > MAX_SOCKET_PATH or not self.servers_can_enter():
            path = Path("/tmp") / self.elsewhere
        return private_folder(path, self.account)

    @cached_property
    def data(self) -> Path:
        """Where Postgres keeps its files: outside the clone when the clone is closed to its account."""
        if self.servers_can_enter():
            return self.path
        return shared_folder(Path("/var/tmp") / self.elsewhere)

    def servers_can_enter(self) -> bool:
        return self.account is None or self.account.can_enter(self.path)


def make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LaunchError(f"Cannot make the folder {path}: {error.strerror}.") from error


def private_folder(path: Path, owner: Account | None) -> Path:
    """Make `path` with mode 0700 for its owner; refuse one that somebody else made."""
    owners = {os.geteuid(), owner.uid if owner else os.geteuid()}
    own_folder(path, owners)
    if owner:
        os.chown(path, owner.uid, owner.gid)
    path.chmod(0o700)
    return path


def shared_folder(path: Path) -> Path:
    """Make `path` ours, readable by all."""
    own_folder(path, {os.geteuid()})
    path.chmod(0o755)
    return path


def own_folder(path: Path, owners: set[int]) -> None:
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise LaunchError(f"{path} is in the way and belongs to somebody else. Remove it and try again.")


def take_lock(path: Path) -> int:
    """Lock the folder for as long as the returned file stays open (here, or in the watchdog)."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError as error:
        raise LaunchError(f"{path.parent} belongs to another user. Remove it, or run as that user.") from error
    deadline = time.monotonic() + 8
    while not locked(fd):
        holder = os.pread(fd, 20, 0).decode()
        if is_alive(holder) or time.monotonic() > deadline:
            os.close(fd)
            raise Taken(f"It is already running here (process {holder or 'unknown'}, folder {path.parent}).")
        time.sleep(0.1)
    os.ftruncate(fd, 0)
    os.pwrite(fd, str(os.getpid()).encode(), 0)
    return fd


def locked(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_alive(pid: str) -> bool:
    """False when the holder is gone: then its watchdog is still tidying up, or a command only had a look."""
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def is_held(folder: Path) -> bool:
    """Whether a launcher runs on that run folder now."""
    try:
        fd = os.open(folder / "lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False
