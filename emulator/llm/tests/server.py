"""The model on a free port, with a real server in a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from emulator.faults import Faults
from emulator.llm.routes import control_routes, routes
from emulator.llm.state import ModelState


class ModelServer:
    def __init__(self, *, api_key: str = "") -> None:
        self.app = Starlette(routes=[Mount("/openai/v1", routes=routes), Mount("/emulator", routes=control_routes)])
        self.app.state.model = ModelState(api_key=api_key)
        self.app.state.faults = Faults()
        self.url = ""

    @property
    def openai_url(self) -> str:
        return f"{self.url}/openai/v1"

    def clear(self) -> None:
        self.app.state.model.reset()
        self.app.state.faults.clear()


@contextmanager
def running(server: ModelServer) -> Iterator[ModelServer]:
    started = threading.Event()

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: object = None) -> None:
            await super().startup()
            started.set()

    runner = Announcing(uvicorn.Config(server.app, host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=runner.run, daemon=True)
    thread.start()
    assert started.wait(20), "the server did not start"
    server.url = f"http://127.0.0.1:{runner.servers[0].sockets[0].getsockname()[1]}"
    yield server
    runner.should_exit = True
    thread.join(20)
