"""Serves the phones page from this folder. It needs no other host."""

import os
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_HERE = Path(__file__).parent
# The scenarios' photos are at hand on every phone, so that nobody has to look for some.
_SAMPLES = _HERE.parents[1] / "scenarios" / "photos"
_LOOPBACK = "http://127.0.0.1:* http://localhost:*"
_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Media may come from the product, or from this emulator under its other name.
        f"img-src 'self' blob: data: {_LOOPBACK}",
        f"media-src 'self' blob: {_LOOPBACK}",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


async def page(request: Request) -> Response:
    """The page, told by which name the matchmaker signs its lines (MATCHMAKER_NAME, as in the product)."""
    name = os.environ.get("MATCHMAKER_NAME", "").strip() or "Matchmaker"
    html = (_HERE / "page.html").read_text(encoding="utf-8").replace("{{matchmaker_name}}", escape(name))
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})


async def samples(request: Request) -> Response:
    names = sorted(path.name for path in _SAMPLES.glob("*.jpg"))
    return JSONResponse([{"name": name, "url": f"/phones/samples/{name}"} for name in names])


class _Fresh(StaticFiles):
    """Asks browsers to check for a newer file each time: an updated page must not run with older modules."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


routes: list[BaseRoute] = [
    Route("/phones", page),
    Route("/phones/samples", samples),
    Mount("/phones/samples", StaticFiles(directory=_SAMPLES, check_dir=False)),
    Mount("/phones/static", _Fresh(directory=_HERE / "static")),
]
