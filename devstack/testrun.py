"""The test runner: servers of its own, beside a demo that may be up, then pytest."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from devstack.environment import Ports, for_process, make_environment
from devstack.errors import LaunchError, Terminated
from devstack.external import check_external
from devstack.folder import REPOSITORY, RunFolder, Taken
from devstack.postgres import Postgres
from devstack.processes import SharedLog, Supervisor
from devstack.pytest_redis import OWN_REDIS
from devstack.system_packages import install_what_is_missing
from devstack.template import TEMPLATE, migrated_database
from devstack.valkey import Valkey

FOLDERS_AT_ONCE = 8
# Half of the time on two cores; a few tests alone are faster without. The files' order is ours: pytest-xdist's own, by
# how many tests there are in each, leaves the few on the stack, which take longest, for the end.
IN_TWO_PROCESSES = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
# Our own option of pytest, which keeps to what the edit loop needs: see the conftest.py at the top.
QUICK = "--quick"
PYTEST = (sys.executable, "-m", "pytest", "-p", "devstack.pytest_redis")
SECOND_REDIS = "redis-gw1"
ENDING_S = 15
ONE_OF_EACH = "whatsapp:+15005550006,+15005550007"
NOWHERE = Ports(web=9, emulator=9)


@dataclass(frozen=True)
class ThrowawayServers:
    """`environment`: of a process that uses them."""

    environment: dict[str, str]
    folder: RunFolder
    supervisor: Supervisor

    def run(self, command: Sequence[str]) -> int:
        """Run it in the foreground; its exit code. Interrupted, it gets time for an ending of its own."""
        process = subprocess.Popen(list(command), env=self.environment, cwd=REPOSITORY)
        self.supervisor.watchdog.add(process)
        try:
            code = process.wait()
        except KeyboardInterrupt as interrupt:
            if isinstance(interrupt, Terminated):
                process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(ENDING_S)
            process.kill()
            code = process.wait()
        self.supervisor.watchdog.drop(process.pid)
        return code if code >= 0 else 128 - code


@contextmanager
def throwaway_servers() -> Iterator[ThrowawayServers]:
    """They end with the block."""
    check_external(os.environ)
    log = SharedLog(quiet=("postgres", "redis", SECOND_REDIS))
    with free_folder() as folder, Supervisor(log, folder.logs, folder.lock_fd) as supervisor:
        shutil.rmtree(folder.photos, ignore_errors=True)
        settings = make_environment(
            ports=NOWHERE,
            database_url=os.environ.get("DATABASE_URL") or start_postgres(folder, supervisor),
            redis_url=os.environ.get("REDIS_URL") or start_valkey(folder, supervisor),
            photos=folder.photos,
            turn_pace="0.05",
        )
        settings |= {"PUBLIC_BASE_URL": "http://testserver", "MM_RUN_FOLDER": str(folder.path)}
        settings["TWILIO_SENDERS"] = ONE_OF_EACH
        settings["MM_EXTERNAL_REDIS"] = os.environ.get("REDIS_URL", "")
        yield ThrowawayServers(for_process(settings, "command"), folder, supervisor)


def start_postgres(folder: RunFolder, supervisor: Supervisor) -> str:
    postgres = Postgres(folder, throwaway=True)
    postgres.start(supervisor)
    return postgres.url()


def start_valkey(folder: RunFolder, supervisor: Supervisor, name: str = "redis") -> str:
    valkey = Valkey(folder, name)
    valkey.start(supervisor)
    return valkey.url()


def free_folder() -> RunFolder:
    """Several test runs may go on in one clone: each takes the first folder that is free."""
    for number in range(1, FOLDERS_AT_ONCE + 1):
        folder = RunFolder("test" if number == 1 else f"test-{number}")
        try:
            return folder.take()
        except Taken:
            continue
    raise LaunchError(f"{FOLDERS_AT_ONCE} test runs are going on in this clone. Wait for one to end.")


def run_with_servers(command: Sequence[str]) -> int:
    """Run a command with the servers up; its exit code."""
    with throwaway_servers() as servers:
        return servers.run(command)


def run_tests(arguments: Sequence[str]) -> int:
    """The whole suite, or all that is quick of it, in two processes; a narrower choice in one, and all in one when a
    Redis from outside would be shared."""
    install_what_is_missing()
    with throwaway_servers() as servers:
        if not os.environ.get("DATABASE_URL"):
            servers.environment[TEMPLATE] = migrated_database(
                servers.environment["DATABASE_URL"], servers.environment
            )
        if set(arguments) - {QUICK} or os.environ.get("REDIS_URL"):
            return servers.run([*PYTEST, *arguments])
        second = start_valkey(servers.folder, servers.supervisor, SECOND_REDIS)
        servers.environment[OWN_REDIS.format("gw1")] = second
        return servers.run([*PYTEST, *IN_TWO_PROCESSES, *arguments])
