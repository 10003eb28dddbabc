"""Applies the faults to REST calls."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from emulator.errors import TwilioError
from emulator.world import World

_UNANSWERED_S = 120


async def refuse_by_fault(world: World) -> None:
    """Before anything happened; a call that is let in may have to wait."""
    faults = world.faults.rest
    if world.chances.hit(faults.http_429) or 0 < faults.at_once < world.calls_under_way:
        raise TwilioError(20429)
    if world.chances.hit(faults.http_500):
        raise TwilioError(20500)
    if faults.slow_ms:
        await asyncio.sleep(faults.slow_ms / 1000)


async def keep_silent(request: Request) -> Response:
    """Never answer: until the caller gives up, or for two minutes."""
    try:
        async with asyncio.timeout(_UNANSWERED_S):
            while not await request.is_disconnected():
                await asyncio.sleep(0.05)
    except (TimeoutError, ClientDisconnect):
        pass
    return Response(status_code=504)
