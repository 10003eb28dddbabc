"""The running product, as the end-to-end tests see it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from devstack.environment import for_process, make_environment
from devstack.folder import REPOSITORY, RunFolder
from devstack.postgres import create_database, drop_database, with_database
from devstack.processes import SharedLog, Supervisor, wait_until
from devstack.stack import Stack, free_ports
from devstack.template import TEMPLATE
from devstack.valkey import Valkey
from tests.phones import Phones

TAIL_LINES = 40


@dataclass
class RunningStack:
    """Processes: web, worker, model-worker, beat, emulator, redis. `commands`: where `tests/commands_server.py` listens.
    `end`: take them down, once and for all."""

    stack: Stack
    environment: dict[str, str]
    emulator: httpx.Client
    phones: Phones
    commands: Path
    end: Callable[[], None] = lambda: None

    @property
    def web_url(self) -> str:
        return self.stack.web_url

    @property
    def emulator_url(self) -> str:
        return self.stack.emulator_url

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `manage.py` beside the running product."""
        with socket.socket(socket.AF_UNIX) as commands:
            commands.connect(str(self.commands))
            commands.sendall(json.dumps(arguments).encode() + b"\n")
            with commands.makefile() as answer:
                code, out, err = json.load(answer)
        return subprocess.CompletedProcess(arguments, code, out, err)

    def start_manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` itself, which takes two seconds more."""
        command = [sys.executable, "manage.py", *arguments]
        env = for_process(self.environment, "command")
        return subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False)

    def kill(self, name: str, number: int) -> None:
        """Send a signal to a process and its own children; SIGSTOP and SIGCONT too."""
        self.stack.supervisor.kill(name, number)

    def restart(self, name: str) -> None:
        """Start it again, whether it was killed or not; returns when the product is ready."""
        self.stack.restart(name)

    def last_lines(self) -> Iterator[tuple[str, str]]:
        """(process, the end of its log)."""
        for file in sorted(self.stack.supervisor.log_folder.glob("*.log")):
            yield file.stem, "\n".join(file.read_text().splitlines()[-TAIL_LINES:])


@contextmanager
def running_stack(name: str) -> Iterator[RunningStack]:
    """Boot it beside the test servers, with a database and a Redis of its own."""
    server = os.environ["DATABASE_URL"]
    database = f"{name.replace('-', '_')}_{os.getpid()}"
    root = Path(os.environ["MM_RUN_FOLDER"])
    create_database(server, database, fresh=True, template=os.environ.get(TEMPLATE, ""))
    quiet = SharedLog(quiet=("web", "worker", "model-worker", "beat", "emulator", "redis", "migrate", "commands"))
    try:
        with RunFolder(name, root) as folder, Supervisor(quiet, folder.logs, folder.lock_fd) as supervisor:
            yield from started(folder, supervisor, with_database(server, database))
    finally:
        drop_database(server, database)


def started(folder: RunFolder, supervisor: Supervisor, database_url: str) -> Iterator[RunningStack]:
    redis_url = os.environ["MM_EXTERNAL_REDIS"] or start_redis(folder, supervisor)
    ports = free_ports()
    environment = make_environment(
        ports=ports, database_url=database_url, redis_url=redis_url, photos=folder.photos, turn_pace="0.05"
    )
    environment["TWILIO_TIMEOUT_S"] = "1.5"  # the emulator is near; tests of calls without an answer wait for it
    stack = Stack(supervisor, ports, environment)
    stack.start()
    commands = folder.sockets / "commands.sock"
    commands.unlink(missing_ok=True)
    supervisor.start(stack.python("commands", "-m", "tests.commands_server", str(commands)))
    assert wait_until(commands.exists, seconds=60)
    with httpx.Client(base_url=stack.emulator_url, trust_env=False, timeout=60) as emulator:
        yield RunningStack(stack, environment, emulator, Phones(emulator), commands)


def start_redis(folder: RunFolder, supervisor: Supervisor) -> str:
    valkey = Valkey(folder)
    valkey.start(supervisor)
    return valkey.url()
