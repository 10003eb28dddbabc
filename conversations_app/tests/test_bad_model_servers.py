"""Every way that we know for a model's server to misbehave, from its socket to what the group hears and staff see."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db.models import F

from conversations_app.models import Message, Problem, Turn
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.turns import lifecycle
from matchmaker import clock
from matchmaker.ai.model import Model
from matchmaker.ai.tests.model_servers import completion, send, serving
from sessions_app.models import Session

Answer = Callable[[BaseHTTPRequestHandler], None]
DOWN, USELESS = "Check OPENAI_BASE_URL", "Try another model"
# In seconds: how long we wait for servers that never finish. Those that do answer have the usual time.
SHORT = 0.2


@dataclass(frozen=True)
class Kind:
    """`to_do`: what staff are told to do."""

    answer: Answer
    to_do: str = DOWN
    patience_s: float = 20.0


def a_body(body: bytes, status: int = 200) -> Answer:
    return lambda handler: send(handler, body, status)


def an_error(status: int, message: str = "no") -> Kind:
    return Kind(a_body(json.dumps({"error": {"message": message, "type": "x", "code": None}}).encode(), status))


def a_choice(*choices: Any) -> Kind:
    body = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": list(choices)}
    return Kind(a_body(json.dumps(body).encode()))


def a_message(**message: Any) -> Kind:
    return Kind(a_body(completion(**message)), USELESS)


def a_call(name: str, arguments: str) -> Kind:
    function = {"name": name, "arguments": arguments}
    return a_message(tool_calls=[{"id": "t1", "type": "function", "function": function}])


def with_headers(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def slam_the_door(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def trickle(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        return


def say_nothing(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(5 * SHORT)


JSON = "application/json"
KINDS = {
    "closes the connection": Kind(slam_the_door),
    "never answers": Kind(say_nothing, patience_s=SHORT),
    "sends a byte now and then": Kind(trickle, patience_s=SHORT),
    "breaks off in the middle": Kind(with_headers(b'{"id": ', Content_Type=JSON, Content_Length="4000")),
    "redirects to itself": Kind(with_headers(b"", 307, Location="/v1/chat/completions", Content_Length="0")),
    "is not compressed as it says": Kind(with_headers(completion(content="hi"), Content_Encoding="gzip")),
    "answers 400": an_error(400, "maximum context length exceeded"),
    "answers 401": an_error(401),
    "answers 403": an_error(403),
    "answers 404": an_error(404, "no such model"),
    "answers 429": an_error(429),
    "answers 500": an_error(500),
    "answers 503 in HTML": Kind(a_body(b"<html>busy</html>", 503)),
    "answers 200 with an error": an_error(200, "overloaded"),
    "answers in HTML": Kind(a_body(b"<html>welcome</html>")),
    "answers nothing": Kind(a_body(b"")),
    "answers half of its JSON": Kind(a_body(completion(content="hi")[:60])),
    "answers a list": Kind(a_body(b"[1]")),
    "answers a text": Kind(a_body(b'"no"')),
    "answers no UTF-8": Kind(a_body(b'{"choices": "\xff\xfe"}')),
    "streams": Kind(with_headers(b'data: {"choices": []}\n\ndata: [DONE]\n\n', Content_Type="text/event-stream")),
    "has no choice": a_choice(),
    "has an empty choice": a_choice(None),
    "has a choice without a message": a_choice({"index": 0, "finish_reason": "stop", "message": None}),
    "has an empty message": a_message(content=None),
    "only talks": a_message(content="Hello Abby, how are you today?"),
    "only thinks": a_message(content="<think>Abby seems to be waiting. What should I"),
    "declines": a_message(content=None, refusal="I cannot help with that."),
    "is cut off": Kind(a_body(completion(content="").replace(b'"stop"', b'"length"')), USELESS),
    "writes its call as text": a_message(content='<tool_call>{"name": "say", "arguments": {}}</tool_call>'),
    "calls what there is not": a_call("send_money", "{}"),
    "calls without a name": a_call("", "{}"),
    "cuts its arguments off": a_call("say", '{"text": "Hel'),
    "writes a list for arguments": a_call("say", "[1, 2]"),
    "leaves arguments out": a_call("say", "{}"),
    "mistakes their types": a_call("say", '{"text": {"en": "Hi"}, "message": 7}'),
    "nests them without end": a_call("say", "[" * 50_000),
    "says nothing at length": a_call("say", json.dumps({"text": " ", "message": "m1"})),
}


@pytest.fixture
def group(harness: ChatHarness) -> Group:
    return harness.settled_group("Abby", "Lena", "Sam")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_server_that(
    harness: ChatHarness, group: Group, settings: Any, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    settings.TURN_PACE = 1000
    message = Message.objects.create(
        session=group.session,
        kind="person",
        author=group.session.participants.get(name="Abby"),
        body="Matchmaker?",
        needs_turn=True,
        at=clock.now(),
    )

    with serving(lambda handler, request: kind.answer(handler)) as model:
        slow = Model(model.base_url, model.api_key, model.name, kind.patience_s)
        monkeypatch.setattr(lifecycle, "model_in_use", lambda: slow)
        for failed in range(6):
            assert Turn.objects.filter(state="discarded").count() == failed
            Session.objects.update(turn_due_at=F("created_at"))
            assert lifecycle.take_turn(group.session.pk)
            assert lifecycle.due_turns(10) == []

    session = Session.objects.get()
    assert session.turn_due_at is None
    assert not Turn.objects.exclude(leased_until=None).exists()
    message.refresh_from_db()
    assert message.turn is not None
    assert message.turn.state == "closed"
    assert kind.to_do in Problem.objects.get(key="model-down").to_do
    assert Problem.objects.filter(key=f"unanswered-{session.pk}").exists()
    assert Message.objects.filter(purpose="outage").count() == 1
    assert not Message.objects.filter(kind="matchmaker", state="waiting").exclude(purpose="outage").exists()
