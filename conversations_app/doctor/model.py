"""The language model, by the path that the matchmaker takes."""

import time
from collections.abc import Iterator
from typing import Any

from conversations_app.doctor.findings import Finding, bad, good, note
from conversations_app.turns.lifecycle import model_in_use
from matchmaker.ai.model import Model, ModelUnavailable

MODEL_WITHIN_S = 20.0
TOOL = "report_ready"
_TOOLS = [
    {
        "type": "function",
        "function": {
            "name": TOOL,
            "description": "Says that tools can be called.",
            "parameters": {"type": "object", "properties": {}},
        },
    }
]
_MESSAGES = [{"role": "user", "content": f"Call the tool {TOOL} now. Write nothing."}]
# How servers compatible with OpenAI answer for paths that they do not implement.
_NOT_OFFERED = {404, 405, 501}
_SETTINGS = "Check OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL, and the provider's status page."


def chat() -> Iterator[Finding]:
    """Two rounds, as in a turn: servers that call a tool may still refuse to go on after its result."""
    model = model_in_use()
    deadline = time.monotonic() + MODEL_WITHIN_S
    try:
        answer = model.complete(_MESSAGES, _TOOLS, deadline=deadline)
    except ModelUnavailable as error:
        yield bad(f"The model {model.name} does not answer ({error}).", _SETTINGS)
        return
    if not any(call.name == TOOL for call in answer.calls):
        yield bad(f"The model {model.name} answers but does not call the tool it was asked to call.", _TOOLLESS)
        return
    results = [{"role": "tool", "tool_call_id": call.id, "content": "done"} for call in answer.calls]
    try:
        model.complete([*_MESSAGES, answer.message, *results], _TOOLS, deadline=deadline)
    except ModelUnavailable as error:
        yield bad(f"The model {model.name} calls a tool but does not answer after its result ({error}).", _SETTINGS)
    else:
        yield good(f"The model {model.name} answers and calls tools.")


_TOOLLESS = "The matchmaker acts by tools alone: set OPENAI_MODEL to a model that can call them."


def extras() -> Iterator[Finding]:
    """Probed without any personal data: a harmless word, and a recording that does not exist."""
    model = model_in_use()
    # Asked as the matchmaker asks, so a 400 refuses just that; below, it only says that no recording came along.
    refusals = _NOT_OFFERED | {400, 422}
    rules_only = "messages are judged by rules only"
    yield _extra(model, "/moderations", {"input": ["hello"]}, rules_only, refusals=refusals)
    yield _extra(model, "/audio/transcriptions", {}, "voice messages are answered by rules only")


def _extra(
    model: Model, path: str, body: dict[str, Any], without: str, *, refusals: set[int] = _NOT_OFFERED
) -> Finding:
    try:
        status = model.status_of(path, body)
    except ModelUnavailable as error:
        return note(f"{path} could not be asked ({error}): while that is so, {without}.")
    if status in refusals:
        return note(f"The model's server has no {path}: {without}.")
    if status in {401, 403}:
        return note(f"The key may not use {path}: {without}.", "Allow it for the key, if you want it.")
    if status == 429 or status >= 500:
        return note(f"{path} answers {status}: while that is so, {without}.")
    return good(f"The model's server offers {path}.")
