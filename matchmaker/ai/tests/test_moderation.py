"""Moderation, against servers that behave as some do."""

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from matchmaker.ai import moderation
from matchmaker.ai.model import Model, ModelUnavailable, NotOffered
from matchmaker.ai.moderation import Verdict, judge
from matchmaker.ai.safety.rules import Concern
from matchmaker.ai.tests.model_servers import let_pass, send, serving


def flags(*categories: tuple[str, ...]) -> bytes:
    results = [{"flagged": bool(names), "categories": dict.fromkeys(names, True)} for names in categories]
    return json.dumps({"id": "modr-1", "model": "m", "results": results}).encode()


def test_one_call_judges_all_texts() -> None:
    asked: list[dict[str, Any]] = []

    def answer(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        asked.append(request)
        send(handler, flags((), ("harassment", "harassment/threatening"), ("self-harm/intent",)))

    with serving(answer) as model:
        verdicts = judge(["hi", "a nasty line", "a sad one"], model=model)

    assert [request["input"] for request in asked] == [["hi", "a nasty line", "a sad one"]]
    assert [verdict.concerns for verdict in verdicts] == [
        frozenset(),
        {Concern.HARASSMENT, Concern.THREAT},
        {Concern.SELF_HARM},
    ]
    assert not any(verdict.by_rules_alone for verdict in verdicts)


def test_phone_numbers_stay_here() -> None:
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        asked.extend(request["input"])
        send(handler, flags(()))

    with serving(answer) as model:
        judge(["call me on +44 7400 123456"], model=model)

    assert asked == ["call me on [number]"]


@pytest.mark.parametrize("categories", [("self-harm",), ("illicit",), ("a-category-of-their-own",)])
def test_mourning_and_categories_that_we_do_not_act_on_are_no_concern(categories: tuple[str, ...]) -> None:
    with serving(lambda handler, request: send(handler, flags(categories))) as model:
        assert judge(["my brother took his life in May"], model=model)[0].concerns == frozenset()


@pytest.mark.parametrize("status", [400, 403, 404, 405])
def test_a_server_without_the_route_leaves_the_rules_alone_and_is_not_asked_each_time(status: int) -> None:
    asked: list[int] = []

    def refuse(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        asked.append(status)
        send(handler, b'{"error": {"message": "no such route"}}', status=status)

    with serving(refuse) as model:
        for _ in range(2):
            verdict = judge(["I want to kill myself"], model=model)[0]

    assert verdict == Verdict(frozenset({Concern.SELF_HARM}), by_rules_alone=True)
    assert asked == [status]


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"{}", b'{"results": []}', b'{"results": [{}]}', b"[1]"])
def test_an_answer_that_cannot_be_read_leaves_the_rules_alone(body: bytes) -> None:
    with serving(lambda handler, request: send(handler, body)) as model:
        assert judge(["hello"], model=model)[0].by_rules_alone


def test_a_server_that_hangs_is_waited_for_once_and_not_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    over = threading.Event()

    def hang(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        asked.extend(request["input"])
        let_pass(moderation.PATIENCE_S, monkeypatch)
        over.wait(15)
        with suppress(OSError):  # nobody waits for it any more
            send(handler, flags(()))

    with serving(hang) as model:
        verdicts = [judge([text], model=model)[0] for text in ("hello", "anybody?", "hm")]
        over.set()

    assert all(verdict.by_rules_alone for verdict in verdicts)
    assert asked == ["hello"]


@pytest.mark.parametrize("status", [404, 500])
def test_a_server_that_refused_is_asked_again_after_a_while(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moderation, "ASK_AGAIN_AFTER_S", {NotOffered: 0.0, ModelUnavailable: 0.0})
    answers = [(status, b"{}"), (200, flags(("hate",)))]

    def answer(handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        status, body = answers.pop(0)
        send(handler, body, status=status)

    with serving(answer) as model:
        before, after = (judge(["hello"], model=model)[0] for _ in range(2))

    assert before.by_rules_alone
    assert after.concerns == {Concern.HARASSMENT}


def test_nothing_to_judge_asks_nobody() -> None:
    assert judge([], model=Model("http://127.0.0.1:9/v1", "key", "m")) == []


@pytest.mark.parametrize(
    ("categories", "sayable"),
    [
        ((), True),
        (("self-harm/intent",), True),
        (("sexual",), False),
        (("harassment",), False),
        (("violence",), False),
    ],
)
def test_it_knows_what_we_never_say(categories: tuple[str, ...], sayable: bool) -> None:
    with serving(lambda handler, request: send(handler, flags(categories))) as model:
        assert judge(["a line of the model's"], model=model)[0].is_sayable is sayable
