"""The client of the model, against servers that behave as some do."""

import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from matchmaker.ai.model import ModelUnavailable
from matchmaker.ai.tests.model_servers import completion, let_pass, send, serving

MESSAGES = [{"role": "user", "content": "Hello?"}]


def test_it_breaks_off_a_server_that_sends_a_byte_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    broken_off = threading.Event()

    def trickle(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.end_headers()
        let_pass(20, monkeypatch)
        try:
            for _ in range(2000):
                handler.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            broken_off.set()

    with serving(trickle) as model:
        with pytest.raises(ModelUnavailable, match="took longer"):
            model.complete(MESSAGES, [], deadline=time.monotonic() + 20)

        assert broken_off.wait(30)


def test_it_hands_the_message_back_with_fields_that_only_that_server_knows() -> None:
    calls = [{"id": "t1", "type": "function", "function": {"name": "say", "arguments": "{}"}}]
    body = completion(reasoning_content="Abby seems tired.", tool_calls=calls)

    with serving(lambda handler, request: send(handler, body)) as model:
        answer = model.complete(MESSAGES, [], deadline=time.monotonic() + 5)

    assert answer.message["reasoning_content"] == "Abby seems tired."
    assert answer.message["tool_calls"] == calls


def test_it_asks_for_nothing_to_be_kept_until_a_server_refuses_that() -> None:
    asked: list[bool] = []

    def refuse_store(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        asked.append("store" in request)
        if "store" in request:
            send(handler, b'{"error": {"message": "Unrecognized request argument: store"}}', status=400)
        else:
            send(handler, completion(content="Hi!"))

    with serving(refuse_store) as model:
        for _ in range(2):
            assert model.complete(MESSAGES, [], deadline=time.monotonic() + 5).text == "Hi!"

    assert asked == [True, False, False]


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"{}", b'{"choices": []}', b'"no"', b"[1]", b""])
def test_an_answer_that_cannot_be_read_counts_as_none(body: bytes) -> None:
    with serving(lambda handler, request: send(handler, body)) as model, pytest.raises(ModelUnavailable):
        model.complete(MESSAGES, [], deadline=time.monotonic() + 5)
