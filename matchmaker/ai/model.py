"""The one path to a language model: chat completions with tools, by the `openai` client."""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openai import OpenAI

CALL_TIMEOUT_S = 20.0


class ModelUnavailable(Exception):
    """The model could not be reached, refused, or took too long; another try may work."""


@dataclass(frozen=True)
class ToolCall:
    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Answer:
    text: str
    calls: tuple[ToolCall, ...]
    tokens: int


@dataclass(frozen=True)
class Model:
    """Where the model is and which one it is; plain data, so that it can be handed around."""

    base_url: str
    api_key: str
    name: str
    timeout_s: float = CALL_TIMEOUT_S

    def complete(self, messages: list[dict[str, Any]], tools: list[dict[str, Any]], *, deadline: float) -> Answer:
        """One call. `deadline` is on the monotonic clock, in seconds. Raises ModelUnavailable."""
        from openai import OpenAIError

        left = min(self.timeout_s, deadline - time.monotonic())
        if left <= 0:
            raise ModelUnavailable("no time left for another call")
        arguments: dict[str, Any] = {
            "model": self.name,
            "messages": messages,
            "tools": tools,
            "timeout": left,
        }
        try:
            return _answer(_client(self.base_url, self.api_key).chat.completions.create(**arguments))
        except OpenAIError as error:
            raise ModelUnavailable(type(error).__name__) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ModelUnavailable("its answer could not be read") from error

    def status_of(self, path: str, body: dict[str, Any]) -> int:
        """The HTTP status of one more route of that server, refusals included. Raises ModelUnavailable."""
        from openai import APIStatusError, OpenAIError

        client = _client(self.base_url, self.api_key)
        try:
            client.post(path, cast_to=object, body=body, options={"timeout": self.timeout_s})
        except APIStatusError as error:
            return error.status_code
        except OpenAIError as error:
            raise ModelUnavailable(type(error).__name__) from error
        return 200


@lru_cache(maxsize=4)
def _client(base_url: str, api_key: str) -> "OpenAI":
    # Imported here: it costs half a second and 46 MB, which the web process need not pay.
    from openai import OpenAI

    # The turn itself is tried again later; a second try in here would only eat its time.
    return OpenAI(base_url=base_url, api_key=api_key, max_retries=0)


def _answer(reply: Any) -> Answer:
    """Servers that call themselves compatible leave out what they like; anything unusable counts as no answer."""
    choices = getattr(reply, "choices", None)
    if not choices or getattr(choices[0], "message", None) is None:
        raise ModelUnavailable("the answer holds no message")
    message = choices[0].message
    calls = tuple(
        ToolCall(clean(str(call.id)), clean(str(call.function.name)), clean(str(call.function.arguments)))
        for call in (message.tool_calls or [])
        if getattr(call, "function", None) is not None
    )
    return Answer(clean(str(message.content or "")), calls, _tokens(reply))


def clean(value: Any) -> Any:
    """Without what Postgres cannot store: NUL and halves of surrogate pairs, wherever they stand."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode()
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def _tokens(reply: Any) -> int:
    usage = getattr(reply, "usage", None)
    total = getattr(usage, "total_tokens", 0)
    return total if isinstance(total, int) else 0
