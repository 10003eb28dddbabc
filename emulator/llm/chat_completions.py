"""The chat completions protocol: requests read strictly, answers and errors in OpenAI's shapes."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any

ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
CHARACTERS_PER_TOKEN = 4


class ApiError(Exception):
    """An error that the caller gets to see."""

    def __init__(self, message: str, *, status: int = 400, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message, self.status, self.param, self.code = message, status, param, code

    def body(self) -> dict[str, Any]:
        kind = "server_error" if self.status >= 500 else "invalid_request_error"
        return {"error": {"message": self.message, "type": kind, "param": self.param, "code": self.code}}


@dataclass(frozen=True)
class Call:
    """A tool call. String arguments are sent unchanged, however broken."""

    name: str
    arguments: dict[str, Any] | str = field(default_factory=dict)

    @property
    def json(self) -> str:
        if isinstance(self.arguments, str):
            return self.arguments
        return json.dumps(self.arguments, ensure_ascii=False)


@dataclass(frozen=True)
class Answer:
    """What the model says: text, or tool calls."""

    calls: tuple[Call, ...] = ()
    text: str | None = None


@dataclass(frozen=True)
class ChatRequest:
    model: str
    messages: list[dict[str, Any]]
    tools: list[dict[str, Any]]

    @property
    def digest(self) -> str:
        """Identifies this request; the answer's ids derive from it, so that the same request gets the same answer."""
        whole = json.dumps([self.model, self.messages, self.tools], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


def parse_object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        raise ApiError("We could not parse the JSON body of your request.") from None
    if not isinstance(parsed, dict):
        raise ApiError("The body of your request must be a JSON object.")
    return parsed


def parse_chat(body: bytes) -> ChatRequest:
    """Raises ApiError naming the parameter that is missing or wrong."""
    request = parse_object(body)
    model = request.get("model")
    if not isinstance(model, str) or not model:
        raise ApiError("You must provide a model parameter.", param="model")
    _refuse_unsupported(request)
    return ChatRequest(model, _messages(request.get("messages")), _tools(request.get("tools")))


def _refuse_unsupported(request: dict[str, Any]) -> None:
    if request.get("stream"):
        raise ApiError("This server does not stream: leave `stream` out.", param="stream", code="unsupported_value")
    if request.get("n") not in (None, 1):
        raise ApiError("This server gives one choice: leave `n` out.", param="n", code="unsupported_value")


def _messages(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not given:
        raise ApiError("`messages` must be a list with at least one message.", param="messages")
    called: set[str] = set()
    for index, message in enumerate(given):
        _check_message(message, f"messages.[{index}]", called)
        calls = message.get("tool_calls") if message["role"] == "assistant" else None
        called |= {str(call.get("id")) for call in calls or [] if isinstance(call, dict)}
    return given


def _check_message(message: Any, where: str, called: set[str]) -> None:
    if not isinstance(message, dict):
        raise ApiError(f"{where} must be an object.", param=where)
    if message.get("role") not in ROLES:
        raise ApiError(f"{where}.role must be one of {', '.join(sorted(ROLES))}.", param=f"{where}.role")
    if not isinstance(message.get("content"), str | list | None):
        raise ApiError(f"{where}.content must be a string or a list of parts.", param=f"{where}.content")
    if not isinstance(message.get("tool_calls"), list | None):
        raise ApiError(f"{where}.tool_calls must be a list.", param=f"{where}.tool_calls")
    if message["role"] == "tool" and message.get("tool_call_id") not in called:
        raise ApiError(
            f"{where}: a message with role 'tool' must answer an earlier message with 'tool_calls'.",
            param=f"{where}.tool_call_id",
        )


def _tools(given: Any) -> list[dict[str, Any]]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise ApiError("`tools` must be a list.", param="tools")
    for index, tool in enumerate(given):
        function = tool.get("function") if isinstance(tool, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            where = f"tools[{index}].function.name"
            raise ApiError(f"Missing required parameter: '{where}'.", param=where, code="missing_required_parameter")
    return given


def completion(request: ChatRequest, answer: Answer) -> dict[str, Any]:
    digest = request.digest
    return {
        "id": f"chatcmpl-{digest[:29]}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": request.model,
        "choices": [
            {
                "index": 0,
                "message": _spoken(answer, digest),
                "logprobs": None,
                "finish_reason": "tool_calls" if answer.calls else "stop",
            }
        ],
        "usage": _usage(request, answer),
        "system_fingerprint": "fp_emulator",
    }


def _spoken(answer: Answer, digest: str) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": answer.text, "refusal": None}
    if answer.calls:
        message["tool_calls"] = [
            {
                "id": f"call_{digest[:16]}{index:08d}",
                "type": "function",
                "function": {"name": call.name, "arguments": call.json},
            }
            for index, call in enumerate(answer.calls)
        ]
    return message


def _usage(request: ChatRequest, answer: Answer) -> dict[str, int]:
    prompt = _tokens(json.dumps([request.messages, request.tools], ensure_ascii=False))
    written = (answer.text or "") + "".join(call.name + call.json for call in answer.calls)
    spoken = _tokens(written)
    return {"prompt_tokens": prompt, "completion_tokens": spoken, "total_tokens": prompt + spoken}


def _tokens(text: str) -> int:
    return max(1, len(text) // CHARACTERS_PER_TOKEN)
