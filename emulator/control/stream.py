"""Server-sent events: what changes, as it changes."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from emulator.control.endpoint import ControlCall
from emulator.events import EventBus

_STILL_HERE_S = 15


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
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), _STILL_HERE_S)
            except TimeoutError:
                yield ": still here\n\n"  # a browser that has gone is noticed by writing to it
                continue
            if event is None:
                return
            yield f"data: {json.dumps(event)}\n\n"
