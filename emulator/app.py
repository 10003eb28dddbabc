"""The whole emulator as one ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route

from emulator.control.routes import control_mount
from emulator.core import Emulator
from emulator.llm.routes import control_routes as model_controls
from emulator.llm.routes import routes as model_routes
from emulator.llm.state import ModelState
from emulator.phones.routes import routes as phones_routes
from emulator.rest.routes import routes as rest_routes
from emulator.settings import Settings


def create_app(settings: Settings) -> Starlette:
    """`app.state` has the `emulator`, its `faults` (one object, changed in place) and the `model`."""
    emulator = Emulator(settings)
    controls = control_mount(model_controls)
    home = Route("/", lambda _: RedirectResponse("/phones"))
    model = Mount("/openai/v1", routes=model_routes)
    routes = [home, *rest_routes, controls, model, *phones_routes]
    app = Starlette(routes=routes, lifespan=_lifespan(emulator))
    app.state.emulator = emulator
    app.state.faults = emulator.world.faults
    app.state.model = ModelState(seed=settings.seed)
    return app


def _lifespan(emulator: Emulator) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        running = asyncio.create_task(emulator.run())
        yield
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await emulator.close()

    return lifespan
