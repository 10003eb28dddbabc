"""What every REST call goes through: credentials, faults, Twilio's errors, and the log of calls."""

import base64
import binascii
import hmac
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulator.account import ConversationService
from emulator.asgi import read_body
from emulator.clock import to_millis
from emulator.conversations import Cause
from emulator.core import Emulator
from emulator.errors import TwilioError, error_response, invalid, not_found
from emulator.limits import MAX_MEDIA, MAX_REQUEST
from emulator.request_log import CallEntry
from emulator.rest.fault_injection import keep_silent, refuse_by_fault
from emulator.rest.forms import Form
from emulator.safe_json import InvalidJson, read_object
from emulator.world import World

logger = logging.getLogger(__name__)

_FORM = "application/x-www-form-urlencoded"
_UNANSWERED = 0
"""Logged as the status of a call that was lost."""


@dataclass(frozen=True)
class RestCall:
    emulator: Emulator
    request: Request
    path: dict[str, str]
    """Path parameters, decoded."""
    body: bytes | None
    """None when it was too long."""
    form: Form
    """Of the body, or of the query with GET."""

    @property
    def world(self) -> World:
        return self.emulator.world

    @property
    def origin(self) -> str:
        """The emulator as this caller reaches it, with the product's prefix: http://127.0.0.1:8010/messaging."""
        return str(self.request.base_url).rstrip("/") + str(self.request.scope["root_path"])

    @property
    def cause(self) -> Cause:
        """Changes by REST tell no webhook unless this header asks for it."""
        return Cause(notifies_webhooks=self.request.headers.get("x-twilio-webhook-enabled", "").lower() == "true")

    @property
    def service(self) -> ConversationService:
        """The conversation service in the path, else the account's default."""
        account = self.world.account
        sid = self.path.get("service", account.default_service_sid)
        service = account.services.get(sid)
        if service is None:
            raise not_found(f"/Services/{sid}")
        return service

    def json(self) -> dict[str, Any]:
        """The body of a call whose parameters are JSON."""
        try:
            return read_object(self.body or b"")
        except InvalidJson as error:
            raise invalid("The body is not a JSON object") from error

    @property
    def scoped(self) -> bool:
        return "service" in self.path

    def conversations_url(self, path: str) -> str:
        """A URL as short or as service-scoped as the call itself."""
        scope = f"/Services/{self.path['service']}" if self.scoped else ""
        return f"{self.origin}/v1{scope}{path}"


Handler = Callable[[RestCall], Response | Awaitable[Response]]


def ok(body: dict[str, Any]) -> Response:
    return JSONResponse(body)


def created(body: dict[str, Any]) -> Response:
    return JSONResponse(body, status_code=201)


def accepted(body: dict[str, Any]) -> Response:
    return JSONResponse(body, status_code=202)


def no_content() -> Response:
    return Response(status_code=204)


def resource(path: str, **handlers: Handler) -> Route:
    """One path and a handler for each method that it takes: `resource("/Services", get=…, post=…)`."""

    async def answer(request: Request) -> Response:
        return await _serve(request, handlers)

    return Route(path, answer, methods=["GET", "POST", "DELETE", "PUT", "PATCH"])


def unknown_path(call: RestCall) -> Response:
    raise not_found(call.request.url.path)


async def _serve(request: Request, handlers: dict[str, Handler]) -> Response:
    world: World = request.app.state.emulator.world
    world.calls_under_way += 1
    try:
        return await _take(request, handlers)
    finally:
        world.calls_under_way -= 1


async def _take(request: Request, handlers: dict[str, Handler]) -> Response:
    emulator: Emulator = request.app.state.emulator
    world, faults = emulator.world, emulator.world.faults.rest
    started = time.monotonic()
    call = await _read(emulator, request)
    if world.chances.hit(faults.lost):
        _log(call, _UNANSWERED, started)
        return await keep_silent(request)
    response = await _answer(call, handlers)
    _log(call, response.status_code, started)
    if response.status_code < 400 and world.chances.hit(faults.timeout):
        return await keep_silent(request)
    return response


def _log(call: RestCall, status: int, started: float) -> None:
    call.world.calls.add(
        CallEntry(
            at=to_millis(call.world.now()),
            method=call.request.method,
            path=call.request.url.path,
            params=call.form.as_log(),
            status=status,
            duration_ms=round((time.monotonic() - started) * 1000),
        )
    )


async def _read(emulator: Emulator, request: Request) -> RestCall:
    is_form = request.headers.get("content-type", _FORM).lower().startswith(_FORM)
    body = await read_body(request, MAX_REQUEST if is_form else MAX_MEDIA)
    form = (body or b"").decode("utf-8", "replace") if is_form else ""
    return RestCall(
        emulator=emulator,
        request=request,
        path={name: unquote(value) for name, value in request.path_params.items()},
        body=body,
        form=Form.parse(request.url.query if request.method == "GET" else form),
    )


async def _answer(call: RestCall, handlers: dict[str, Handler]) -> Response:
    try:
        await refuse_by_fault(call.world)
        if not _is_open_to_all(call):
            _check_credentials(call)
        handler = handlers.get(call.request.method.lower())
        if handler is None:
            raise TwilioError(20004)
        if call.body is None:
            raise TwilioError(20413)
        answer = handler(call)
        return answer if isinstance(answer, Response) else await answer
    except TwilioError as error:
        error.status = call.world.faults.error_statuses.get(str(error.code), error.status)
        return error_response(error)
    except Exception:
        logger.exception("A REST call could not be answered")
        return error_response(TwilioError(20500))


def _is_open_to_all(call: RestCall) -> bool:
    """The file itself of a text, for whoever has its address, unless the account is set otherwise."""
    is_file = "media" in call.path and "message" in call.path and not call.path["media"].endswith(".json")
    return is_file and call.request.method == "GET" and not call.world.faults.media_auth


def _check_credentials(call: RestCall) -> None:
    account = call.world.account
    wanted = f"{account.sid}:{account.token}".encode()
    if not hmac.compare_digest(_credentials(call.request.headers.get("authorization", "")), wanted):
        raise TwilioError(20003)


def _credentials(header: str) -> bytes:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""
