"""Photos and files that a person attaches, and the endpoint that serves them to phones."""

import base64
import binascii
import mimetypes
import re
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
from starlette.responses import Response

from emulator.control.endpoint import ControlCall, InvalidRequest
from emulator.entities import Media
from emulator.limits import MAX_MEDIA
from emulator.world import World

_MOST = 10
_FETCH_TIMEOUT_S = 5
_TYPE = re.compile(r"^[a-z0-9.+-]+/[a-z0-9.+-]+$")


async def read_media(world: World, items: object) -> list[Media]:
    """Files given as base64 or by URL, kept in the world; raises InvalidRequest."""
    if items is None:
        return []
    if not isinstance(items, list) or len(items) > _MOST:
        raise InvalidRequest(f'"media" must be a list of at most {_MOST} files.')
    files = [await _read_one(world, item) for item in items]
    world.media |= {media.sid: media for media in files}
    return files


async def serve(call: ControlCall) -> Response:
    media = call.world.media.get(call.path("media"))
    if media is None:
        raise InvalidRequest("There is no such file.", status=404)
    # A file from outside must not become a page with the rights of the page of phones.
    headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
    return Response(media.data, media_type=media.content_type, headers=headers)


async def _read_one(world: World, item: object) -> Media:
    if isinstance(item, dict) and isinstance(item.get("url"), str):
        return await _by_url(world, item["url"])
    if isinstance(item, dict) and isinstance(item.get("data"), str):
        return _by_data(world, item)
    raise InvalidRequest('A file is {"content_type", "filename", "data": base64} or {"url"}.')


def _by_data(world: World, item: dict[str, Any]) -> Media:
    name = item.get("filename")
    try:
        data = base64.b64decode(item["data"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidRequest('"data" is not base64.') from error
    return _file(world, data, item.get("content_type"), name if isinstance(name, str) else None)


async def _by_url(world: World, url: str) -> Media:
    if url.startswith("data:"):
        return _by_data_url(world, url)
    try:
        async with httpx.AsyncClient(timeout=_FETCH_TIMEOUT_S, trust_env=False, follow_redirects=True) as client:
            response = await client.get(url)
            response.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InvalidRequest(f"The file at {url} could not be fetched ({error}).") from error
    path = urlsplit(url).path
    kind = response.headers.get("content-type", "").partition(";")[0] or mimetypes.guess_type(path)[0]
    return _file(world, response.content, kind, path.rpartition("/")[2] or None)


def _by_data_url(world: World, url: str) -> Media:
    head, _, data = url.removeprefix("data:").partition(",")
    kind = head.partition(";")[0] or "text/plain"
    if head.endswith(";base64"):
        return _by_data(world, {"data": unquote(data), "content_type": kind})
    return _file(world, unquote(data).encode(), kind, None)


def _file(world: World, data: bytes, content_type: object, filename: str | None) -> Media:
    if not isinstance(content_type, str) or not _TYPE.match(content_type.lower()):
        raise InvalidRequest('"content_type" must be one like image/jpeg.')
    if not data:
        raise InvalidRequest("The file is empty.")
    if len(data) > MAX_MEDIA:
        raise InvalidRequest("Files can be up to 16 MB.")
    return Media(content_type.lower(), filename, data, world.now())
