"""What every control request goes through: JSON in, JSON out, errors as a sentence."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulator.asgi import read_body
from emulator.core import Emulator
from emulator.faults import InvalidFaults
from emulator.safe_json import InvalidJson, read_json
from emulator.world import World

_MAX_BODY = 64 * 1024 * 1024


class InvalidRequest(Exception):
    """What is wrong with a control request, in a sentence."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        self.status = status
        super().__init__(sentence)


@dataclass(frozen=True)
class ControlCall:
    emulator: Emulator
    request: Request
    fields: dict[str, Any]
    """Of the JSON body; empty without one."""

    @property
    def world(self) -> World:
        return self.emulator.world

    def path(self, name: str) -> str:
        return unquote(self.request.path_params[name])

    def text(self, name: str, *, default: str | None = None) -> str:
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise InvalidRequest(f'"{name}" must be a string.')
        return checked_text(name, value)

    def query_number(self, name: str, default: int) -> int:
        value = self.request.query_params.get(name)
        if value is None:
            return default
        if not value.isascii() or not value.isdigit() or len(value) > 12:
            raise InvalidRequest(f"{name} must be a whole number.")
        return int(value)


def checked_text(name: str, value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InvalidRequest(f'"{name}" contains a lone surrogate, which is half a character.') from error
    return value


Handler = Callable[[ControlCall], Awaitable[Any]]
"""Answers what is to be sent as JSON, or a response of its own."""


def control(path: str, **handlers: Handler) -> Route:
    async def answer(request: Request) -> Response:
        handler = handlers.get(request.method.lower())
        try:
            if handler is None:
                raise InvalidRequest(f"{request.method} is not allowed here.", status=405)
            result = await handler(await _read(request))
        except InvalidFaults as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        except InvalidRequest as error:
            return JSONResponse({"error": str(error)}, status_code=error.status)
        return result if isinstance(result, Response) else JSONResponse(result)

    return Route(path, answer, methods=["GET", "POST", "DELETE", "PUT", "PATCH"])


async def unknown_path(call: ControlCall) -> None:
    raise InvalidRequest("There is nothing at this path; emulator/README.md lists what there is.", status=404)


async def _read(request: Request) -> ControlCall:
    body = await read_body(request, _MAX_BODY)
    if body is None:
        raise InvalidRequest("The request is longer than 64 MB.", status=413)
    return ControlCall(request.app.state.emulator, request, _fields(body))


def _fields(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        fields = read_json(body)
    except InvalidJson as error:
        raise InvalidRequest("The body is not JSON.") from error
    if not isinstance(fields, dict):
        raise InvalidRequest("The body must be a JSON object.")
    return fields
