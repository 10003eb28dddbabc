"""The model over HTTP: `routes` belong under /openai/v1, `control_routes` under /emulator.

Both read `app.state.model` (a ModelState) and `app.state.faults`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulator.faults import ModelFaults
from emulator.llm import moderation
from emulator.llm.chat_completions import Answer, ApiError, Call, ChatRequest, completion, parse_chat, parse_object
from emulator.llm.interview import read_snapshot
from emulator.llm.modes import MODES
from emulator.llm.script import InvalidScript, read_script
from emulator.llm.state import ModelState

MODEL_NAME = "interviewer"
# How long a call without an answer is held open, unless the caller hangs up.
LONGEST_SILENCE_S = 120.0
HANG_UP_POLL_S = 0.2
PLAIN_TALK = "I'm the emulator's interviewer. I work through the matchmaker's tools, and this request offers none."

Endpoint = Callable[[Request], Awaitable[Response]]


def _in_openai_shape(endpoint: Endpoint) -> Endpoint:
    """Checks the key, and puts refusals into OpenAI's error shape."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            _check_key(request)
            return await endpoint(request)
        except ApiError as error:
            return JSONResponse(error.body(), status_code=error.status)

    return guarded


def _check_key(request: Request) -> None:
    authorization = request.headers.get("authorization", "")
    if _state(request).accepts(authorization):
        return
    if not authorization:
        raise ApiError("You did not provide an API key: send Authorization: Bearer YOUR_KEY.", status=401)
    raise ApiError("Incorrect API key provided.", status=401, code="invalid_api_key")


def _state(request: Request) -> ModelState:
    state: ModelState = request.app.state.model
    return state


def _faults(request: Request) -> ModelFaults:
    faults: ModelFaults = request.app.state.faults.model
    return faults


@_in_openai_shape
async def chat_completions(request: Request) -> Response:
    asked = parse_chat(await request.body())
    faults = _faults(request)
    if _state(request).hit(faults.timeout):
        return await _never_answer(request)
    if faults.latency_ms:
        await asyncio.sleep(faults.latency_ms / 1000)
    return JSONResponse(completion(asked, _answer(asked, _state(request), faults)))


def _answer(asked: ChatRequest, state: ModelState, faults: ModelFaults) -> Answer:
    snapshot = read_snapshot(asked)
    if snapshot is None or not asked.tools:
        return _outside_an_interview(asked)
    if state.hit(faults.malformed):
        return state.malformed(snapshot)
    scripted = state.scripted(snapshot)
    if scripted is None and faults.model_mode == "interviewer":
        scripted = state.readings.calls_for(snapshot, round_number=_rounds_so_far(asked))
    calls = scripted if scripted is not None else MODES[faults.model_mode](snapshot)
    return Answer(calls=tuple(calls))


def _rounds_so_far(asked: ChatRequest) -> int:
    return sum(message["role"] == "assistant" for message in asked.messages)


def _outside_an_interview(asked: ChatRequest) -> Answer:
    """Obeys tool_choice when it names a tool."""
    told = str(asked.messages[-1].get("content") or "")
    named = [tool["function"]["name"] for tool in asked.tools if tool["function"]["name"] in told.split()]
    return Answer(calls=tuple(Call(name) for name in named)) if named else Answer(text=PLAIN_TALK)


async def _never_answer(request: Request) -> Response:
    deadline = time.monotonic() + LONGEST_SILENCE_S
    while time.monotonic() < deadline and not await request.is_disconnected():
        await asyncio.sleep(HANG_UP_POLL_S)
    raise ApiError("The server had an error while processing your request.", status=504)


@_in_openai_shape
async def moderations(request: Request) -> Response:
    offered = _faults(request).moderations
    if offered == "absent":
        return await unknown(request)
    if offered == "failing":
        raise ApiError("The server had an error while processing your request.", status=500)
    body = parse_object(await request.body())
    flags = _state(request).flags
    results = [moderation.judge(text, flags) for text in moderation.texts_to_judge(body.get("input"))]
    model = str(body.get("model") or "omni-moderation-latest")
    return JSONResponse({"id": "modr-emulator", "model": model, "results": results})


@_in_openai_shape
async def transcriptions(request: Request) -> Response:
    raise ApiError("This server does not transcribe audio.", status=404, code="unsupported")


@_in_openai_shape
async def models(request: Request) -> Response:
    return JSONResponse({"object": "list", "data": [_model_card(MODEL_NAME)]})


@_in_openai_shape
async def model(request: Request) -> Response:
    # Every name works for completions, so every name is a model here.
    return JSONResponse(_model_card(request.path_params["name"]))


def _model_card(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1767225600, "owned_by": "emulator"}


@_in_openai_shape
async def unknown(request: Request) -> Response:
    message = f"Invalid URL ({request.method} {request.url.path})"
    raise ApiError(message, status=404, code="unknown_url")


async def flags(request: Request) -> Response:
    """POST says which texts moderation flags, for what; DELETE forgets it. Answers how many pieces it looks for."""
    wanted = _state(request).flags
    if request.method == "DELETE":
        wanted.clear()
        return JSONResponse({"flags": 0})
    try:
        wanted.update(moderation.read_flags(parse_object(await request.body())))
    except (moderation.InvalidFlags, ApiError) as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    return JSONResponse({"flags": len(wanted)})


async def script(request: Request) -> Response:
    """POST queues the tool calls of the next answers; DELETE forgets them. Answers how many wait."""
    queue = _state(request).script
    if request.method == "DELETE":
        queue.clear()
        return JSONResponse({"waiting": 0})
    try:
        queue.extend(read_script(parse_object(await request.body())))
    except (InvalidScript, ApiError) as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    return JSONResponse({"waiting": len(queue)})


async def readings(request: Request) -> Response:
    """POST adds what the model calls when it hears certain lines; DELETE forgets those of one `reader`."""
    known = _state(request).readings
    if request.method == "DELETE":
        known.forget(request.query_params.get("reader", ""))
        return JSONResponse({})
    try:
        known.add(parse_object(await request.body()))
    except (InvalidScript, ApiError) as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    return JSONResponse({})


routes = [
    Route("/chat/completions", chat_completions, methods=["POST"]),
    Route("/moderations", moderations, methods=["POST"]),
    Route("/audio/transcriptions", transcriptions, methods=["POST"]),
    Route("/models", models, methods=["GET"]),
    Route("/models/{name:path}", model, methods=["GET"]),
    Route("/{path:path}", unknown, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
]
control_routes = [
    Route("/model/script", script, methods=["POST", "DELETE"]),
    Route("/model/moderations", flags, methods=["POST", "DELETE"]),
    Route("/model/readings", readings, methods=["POST", "DELETE"]),
]
