"""Server-sent events: what changes, as it changes."""

import json
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from emulator.control.edge import ControlCall
from emulator.events import EventBus


async def watch(call: ControlCall) -> Response:
    return StreamingResponse(
        _events(call.world.events),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(bus: EventBus) -> AsyncIterator[str]:
    with bus.watch() as queue:
        # The first line tells the browser that the stream is open, and how soon to come back when it breaks.
        yield "retry: 1000\n\n"
        while (event := await queue.get()) is not None:
            yield f"data: {json.dumps(event)}\n\n"
