"""The language model, by the path that turns take."""

import time
from collections.abc import Iterator

import httpx
from django.conf import settings

from conversations_app.doctor.findings import Finding, bad, good, note
from matchmaker.ai.model import Model, ModelUnavailable

PATIENCE_S = 20.0
_TOOL = {
    "type": "function",
    "function": {
        "name": "stay_silent",
        "description": "Say nothing.",
        "parameters": {"type": "object", "properties": {"reason": {"type": "string"}}, "required": ["reason"]},
    },
}
_WORDS = [{"role": "user", "content": "This is a test of the line. Call the tool stay_silent with the reason: test."}]
_OPTIONAL = {"/moderations": "texts are looked at by rules only", "/audio/transcriptions": "voice is not understood"}


def answers() -> Iterator[Finding]:
    model = Model(settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY, settings.OPENAI_MODEL)
    try:
        answer = model.complete(_WORDS, [_TOOL], deadline=time.monotonic() + PATIENCE_S)
    except ModelUnavailable as why:
        yield bad(
            f"The model does not answer ({why}).",
            "Check OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL and the account.",
        )
        return
    if answer.calls:
        yield good("The model answers, and calls tools.")
    else:
        yield note("The model answers without calling a tool.", "Choose a model that can, should this stay so.")


def extras() -> Iterator[Finding]:
    """An empty request tells whether the server knows the path at all, and sends it nothing."""
    for path, without in _OPTIONAL.items():
        answer = httpx.post(
            f"{settings.OPENAI_BASE_URL}{path}",
            json={},
            headers={"Authorization": f"Bearer {settings.OPENAI_API_KEY}"},
            timeout=5.0,
        )
        if answer.status_code in {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED}:
            yield note(f"The model's server has no {path}: {without}.")
