"""The socket, and the server that answers on it."""

import socket

import uvicorn

from emulator.app import create_app
from emulator.events import EventBus
from emulator.settings import InvalidSettings, Settings


def listen(host: str, port: int) -> socket.socket:
    """A socket on that port, or on a free one for port 0; raises InvalidSettings when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio switches Nagle's algorithm off: else each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise InvalidSettings(
            f"The emulator cannot listen on {host}:{port}: {error}. Choose another --port."
        ) from error
    return listener


class _Server(uvicorn.Server):
    """Ends open event streams before it waits for all answers: cut off, each would leave a traceback."""

    def __init__(self, config: uvicorn.Config, events: EventBus) -> None:
        super().__init__(config)
        self._events = events

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._events.end()
        await super().shutdown(sockets)


def make_server(settings: Settings) -> uvicorn.Server:
    """Without an access log, which would hold phone numbers. Raises UnreadableState."""
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
        # Longer than clients pool their connections: none is closed just when it is used again.
        timeout_keep_alive=75,
    )
    return _Server(config, app.state.emulator.world.events)
