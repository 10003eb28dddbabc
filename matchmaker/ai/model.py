"""The one path to a language model: chat completions with tools, by the `openai` client."""

import asyncio
import threading
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CALL_TIMEOUT_S = 20.0
Result = TypeVar("Result")


class ModelUnavailable(Exception):
    """The model could not be reached, refused, or took too long; another try may work."""


class NotOffered(ModelUnavailable):
    """The server lacks that route, or will not take what we send there; asking again would not help."""


@dataclass(frozen=True)
class ToolCall:
    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Answer:
    """`tokens_out`: of all the `tokens` those that the model wrote, which cost more. `message` is the assistant's message
    just as it came, to go back in the next round: servers that think refuse one from which their own fields
    (`reasoning_content` is one) are missing."""

    text: str
    calls: tuple[ToolCall, ...]
    tokens: int
    tokens_out: int = 0
    message: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """Where the model is and which one it is; plain data, so that it can be handed around."""

    base_url: str
    api_key: str
    name: str
    timeout_s: float = CALL_TIMEOUT_S

    def complete(self, messages: list[dict[str, Any]], tools: list[dict[str, Any]], *, deadline: float) -> Answer:
        """One call. `deadline` is on the monotonic clock, in seconds, and holds for the whole of it, down to the last
        byte of the answer. Raises ModelUnavailable."""
        seconds = min(self.timeout_s, deadline - time.monotonic())
        if seconds <= 0:
            raise ModelUnavailable("no time left for another call")
        try:
            return _answer(_within(seconds, self._ask(messages, tools)))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ModelUnavailable("its answer could not be read") from error

    async def _ask(self, messages: list[dict[str, Any]], tools: list[dict[str, Any]]) -> Any:
        from openai import BadRequestError

        ask = _client(self.base_url, self.api_key).chat.completions.create
        request: dict[str, Any] = {"model": self.name, "messages": messages, "tools": tools}
        if self.base_url not in _KNOW_NO_STORE:
            try:
                return await ask(**request, store=False)
            except BadRequestError as error:
                if "store" not in str(error):
                    raise
                _KNOW_NO_STORE.add(self.base_url)
        return await ask(**request)

    def moderate(self, texts: list[str], *, deadline: float) -> list[frozenset[str]]:
        """Which of the server's categories each text is flagged for, in one call. Raises NotOffered, ModelUnavailable."""
        seconds = min(self.timeout_s, deadline - time.monotonic())
        if seconds <= 0:
            raise ModelUnavailable("no time left for another call")
        try:
            flagged = [_flagged(result) for result in _within(seconds, self._moderate(texts)).results]
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ModelUnavailable("its answer could not be read") from error
        if len(flagged) != len(texts):
            raise ModelUnavailable("it did not judge every text")
        return flagged

    async def _moderate(self, texts: list[str]) -> Any:
        from openai import APIStatusError

        try:
            return await _client(self.base_url, self.api_key).moderations.create(input=texts)
        except APIStatusError as error:
            if error.status_code < 500 and error.status_code not in _PASSING:
                raise NotOffered(f"/moderations answers {error.status_code}") from error
            raise

    def status_of(self, path: str, body: dict[str, Any]) -> int:
        """The HTTP status of one more route of that server, refusals included. Raises ModelUnavailable."""
        return _within(self.timeout_s, self._status_of(path, body))

    async def _status_of(self, path: str, body: dict[str, Any]) -> int:
        from openai import APIStatusError

        try:
            await _client(self.base_url, self.api_key).post(path, cast_to=object, body=body)
        except APIStatusError as error:
            return error.status_code
        return 200


# Refusals that say "not now" rather than "not here": a timeout, a conflict, too many calls.
_PASSING = {408, 409, 429}
# Servers that refuse `store`, which asks OpenAI to keep nothing of a call. Each says so once in a process.
_KNOW_NO_STORE: set[str] = set()


@lru_cache(maxsize=4)
def _client(base_url: str, api_key: str) -> "AsyncOpenAI":
    # Imported here: it costs half a second and 46 MB, which the web process need not pay.
    from openai import AsyncOpenAI

    # The turn itself is tried again later; a second try in here would only eat its time.
    return AsyncOpenAI(base_url=base_url, api_key=api_key, max_retries=0, timeout=CALL_TIMEOUT_S)


def _within(seconds: float, call: Coroutine[Any, Any, Result]) -> Result:
    """Wait for a call, and break it off when its time is up. A timeout of the HTTP client counts from byte to byte, so
    a server that sends one now and then would hold a worker, and its lease, for as long as it likes. Raises
    ModelUnavailable."""
    from openai import OpenAIError

    running = asyncio.run_coroutine_threadsafe(asyncio.wait_for(call, seconds), _loop())
    try:
        return running.result()
    except TimeoutError as error:
        raise ModelUnavailable(f"it took longer than {seconds:.0f} s") from error
    except OpenAIError as error:
        raise ModelUnavailable(type(error).__name__) from error


_starting = threading.Lock()


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:  # the client's connections belong to the loop that made them, so there may be only one
        return _started_loop()


@lru_cache(maxsize=1)
def _started_loop() -> asyncio.AbstractEventLoop:
    """One event loop for all calls of this process, in a thread of its own: only there can a call be broken off."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="model-calls", daemon=True).start()
    return loop


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
    as_it_came = message.model_dump(mode="json", exclude_unset=True)
    total, written = _tokens(reply)
    return Answer(clean(str(message.content or "")), calls, total, written, as_it_came)


def _flagged(result: Any) -> frozenset[str]:
    """By the names on the wire (`self-harm/intent`), whatever others a server has beside OpenAI's."""
    categories = result.categories.model_dump(by_alias=True)
    return frozenset(name for name, is_flagged in categories.items() if is_flagged is True)


def clean(value: Any) -> Any:
    """Without what Postgres cannot store: NUL and halves of surrogate pairs, wherever they stand."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode()
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def _tokens(reply: Any) -> tuple[int, int]:
    """(in all, written by the model), as far as the server tells."""
    usage = getattr(reply, "usage", None)
    told = getattr(usage, "total_tokens", 0), getattr(usage, "completion_tokens", 0)
    total, written = (count if isinstance(count, int) else 0 for count in told)
    return total, min(written, total)
