"""What the tests of the local stack share."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.short_folder import short_folder


@pytest.fixture
def short_path() -> Iterator[Path]:
    with short_folder() as folder:
        yield folder


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]
