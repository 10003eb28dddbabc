"""The whole product on this machine: emulator, web, two workers and beat, on given servers and ports."""

import os
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from devstack.environment import Ports, for_process
from devstack.errors import LaunchError
from devstack.folder import REPOSITORY
from devstack.processes import Child, Program, Supervisor, wait_until
from devstack.provision import provision
from devstack.web_client import ask, status_of

START_S = 90
ROLES = {"web": "web", "worker": "worker", "model-worker": "worker", "beat": "beat"}
"""The product's processes; whatever else runs is a command."""


@dataclass
class Stack:
    """`preparation`: what only the preparing process gets to see (the admin's password). `world`: where the emulator
    keeps its own; without it, in memory. `announce`: called for each process that is started."""

    supervisor: Supervisor
    ports: Ports
    environment: Mapping[str, str]
    preparation: Mapping[str, str] = field(default_factory=dict)
    world: Path | None = None
    announce: Callable[[str], None] = lambda name: None

    @property
    def web_url(self) -> str:
        return f"http://127.0.0.1:{self.ports.web}"

    @property
    def emulator_url(self) -> str:
        return f"http://127.0.0.1:{self.ports.emulator}"

    def start(self) -> None:
        """Returns when everything is up and the product says that it is ready."""
        self.start_one("emulator")
        self.start_product()

    def start_product(self) -> None:
        """Beat is last: nothing that has to be ready needs it, and loading so many Djangos at once takes its time."""
        self.announce("migrate")
        preparing = self.supervisor.start(self.python("migrate", "-m", "devstack.prepare", extra=self.preparation))
        self.wait_for(f"{self.emulator_url}/emulator/clock", "emulator")
        provision(self.environment)
        end_well(self.supervisor, preparing)
        self.start_one("web")
        self.start_one("worker")
        self.start_one("model-worker")
        self.wait_for(f"{self.web_url}/readyz", "web", "worker", "model-worker")
        self.start_one("beat")

    def start_one(self, name: str) -> Child:
        self.announce(name)
        return self.supervisor.start(self.python(name, *self.arguments(name)))

    def arguments(self, name: str) -> Sequence[str]:
        if name == "emulator":
            kept = ("--state", str(self.world)) if self.world else ()
            return ("-m", "emulator", "--port", str(self.ports.emulator), *kept)
        if name == "web":
            return ("-m", "granian", *WEB_OPTIONS, "--port", str(self.ports.web))
        celery = ("-m", "celery", "-q", "-A", "matchmaker", ROLES[name], "--loglevel", "INFO")
        if name == "beat":
            return (*celery, "--scheduler", "celery.beat:Scheduler")
        return (*celery, *WORKER_OPTIONS[name], "-P", "threads", "--without-gossip", "--without-mingle")

    def python(self, name: str, *arguments: str, extra: Mapping[str, str] | None = None) -> Program:
        role = ROLES.get(name, "command")
        env = {**for_process(self.environment, role), **(extra or {})}
        return Program(name=name, argv=(sys.executable, *arguments), env=env, cwd=REPOSITORY)

    def wait_for(self, url: str, *names: str) -> None:
        """Wait for a 200, and no longer than the processes that have to give it live."""
        children = [self.supervisor.children[name] for name in names]

        def settled() -> bool:
            return status_of(url) == 200 or not all(child.is_running() for child in children)

        in_time = wait_until(settled, seconds=START_S, every_s=0.05)
        for child in children:
            if not child.is_running():
                raise LaunchError(ended_by_itself(child))
        if not in_time:
            status, body = ask(url)
            raise LaunchError(f"{url} is not ready after {START_S} s (status {status}): {body[:2000]}")

    def restart(self, name: str) -> None:
        """Stop it (or what is left of it) and start it again; returns when it answers."""
        self.supervisor.restart(name)
        self.wait_ready()

    def wait_ready(self) -> None:
        self.wait_for(f"{self.emulator_url}/emulator/clock", "emulator")
        self.wait_for(f"{self.web_url}/readyz", "web")


WEB_OPTIONS = (
    "matchmaker.wsgi:application",
    "--interface=wsgi",
    "--no-ws",
    "--host=127.0.0.1",
    f"--workers={min(2, os.cpu_count() or 1)}",
    "--blocking-threads=2",
    "--backpressure=64",
    "--workers-kill-timeout=3",
)
"""Few threads, since each keeps a database connection; granian's own default is 512 of them."""


WORKER_OPTIONS = {
    "worker": ("-Q", "short", "-c", "16", "-n", "short@%h"),
    "model-worker": ("-Q", "model", "-c", "64", "-n", "model@%h"),
}
"""Each queue has a process of its own: what is short does not wait for the model."""


def end_well(supervisor: Supervisor, child: Child) -> None:
    """Wait for a program that does one thing and ends."""
    child.process.wait()
    supervisor.stop_some([child.name])
    if child.process.returncode != 0:
        raise LaunchError(ended_by_itself(child))


def ended_by_itself(child: Child) -> str:
    how = how_it_ended(child.process.returncode)
    return f"{child.name} ended by itself ({how}). Its last lines:\n{child.last_lines()}"


def how_it_ended(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {-code}"


def check_free(port: int, variable: str) -> None:
    """Raises when somebody listens there, or when we may not."""
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise OSError("somebody listens there")
    except (OSError, OverflowError) as error:
        raise LaunchError(
            f"Port {port} cannot be used ({getattr(error, 'strerror', None) or error}). "
            f"Choose another: {variable}=<port> make demo"
        ) from error


def free_ports() -> Ports:
    with socket.socket() as first, socket.socket() as second:
        for probe in (first, second):
            probe.bind(("127.0.0.1", 0))
        return Ports(web=first.getsockname()[1], emulator=second.getsockname()[1])
