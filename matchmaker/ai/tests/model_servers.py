"""Model servers that behave as a test wants, on a port of their own."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from matchmaker.ai.model import Model, _loop


def completion(**message: Any) -> bytes:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": None, **message}}
    return json.dumps(
        {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    ).encode()


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]) -> Iterator[Model]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def log_message(self, *_: Any) -> None:
            """Nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        # The server's own pause of half a second would be most of what a test takes.
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield Model(f"http://127.0.0.1:{server.server_port}/v1", "key", "m")
        server.shutdown()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def let_pass(seconds: float, patch: pytest.MonkeyPatch) -> None:
    """Time, for the calls that are under way: a test waits for no timeout, and none ends before its server was asked."""
    loop = _loop()
    patch.setattr(loop, "time", lambda: time.monotonic() + seconds)
    # It sleeps until the earliest timeout, as it stood before.
    loop.call_soon_threadsafe(lambda: None)
