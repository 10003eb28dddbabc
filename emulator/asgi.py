"""What every entry point of the emulator needs: routing by encoded path, and bounded request bodies."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send


class EncodedPaths:
    """Routes by the path as it was sent: a name in it may hold an encoded slash. Handlers decode their parts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "raw_path" in scope:
            scope = {**scope, "path": scope["raw_path"].decode("ascii", "replace")}
        await self._app(scope, receive, send)


async def read_body(request: Request, most: int) -> bytes | None:
    """The whole body, None when it is longer than `most` bytes."""
    body = bytearray()
    async for part in request.stream():
        if len(body) <= most:
            body += part
    return bytes(body) if len(body) <= most else None
