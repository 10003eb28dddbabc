"""The stream of events that the page of phones lives on."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from emulator.tests.support import ABBY, LENA, WHATSAPP, Bench, wait_until


@contextmanager
def watching(bench: Bench) -> Iterator[list[dict[str, Any]]]:
    """The events from now on, as they come."""
    events: list[dict[str, Any]] = []
    opened, closing = threading.Event(), threading.Event()

    def read() -> None:
        with httpx.Client(timeout=30) as client, client.stream("GET", f"{bench.base}/emulator/events") as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            for line in response.iter_lines():
                opened.set()
                if line.startswith("data: "):
                    events.append(json.loads(line.removeprefix("data: ")))
                if closing.is_set():
                    return

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    assert opened.wait(10)
    try:
        yield events
    finally:
        closing.set()
        bench.control("POST", "/phones", {"address": "+15550109999", "name": "The last line"})
        thread.join(10)
        assert not thread.is_alive()


def of_kind(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event for event in events if event["kind"] == kind]


def test_it_streams_phones_and_their_messages(bench):
    with watching(bench) as events:
        bench.phone(ABBY, "Abby")
        result = bench.say(ABBY, "hi")
        wait_until(lambda: of_kind(events, "thread"))

    assert of_kind(events, "phone")[0]["phone"]["name"] == "Abby"
    told = of_kind(events, "thread")[0]
    assert (told["address"], told["with"], told["item"]["id"]) == (ABBY, WHATSAPP, result["id"])
    assert told["item"] == {**told["item"], "direction": "out", "body": "hi", "status": "sent", "media": []}


def test_it_streams_a_change_under_the_same_id(bench):
    group = bench.group(ABBY, LENA)
    with watching(bench) as events:
        group.messages.create(body="Hi")
        bench.say(LENA, "read it")
        wait_until(lambda: [e for e in of_kind(events, "thread") if e["item"]["status"] == "read"])

    hers = [e["item"] for e in of_kind(events, "thread") if e["address"] == LENA and e["item"]["body"] == "Hi"]
    assert len({item["id"] for item in hers}) == 1
    assert [item["status"] for item in hers][-1] == "read"


def test_it_streams_calls_clock_faults_and_reset(bench):
    with watching(bench) as events:
        bench.call("GET", "/conversations/v1/Conversations")
        bench.control("POST", "/clock", {"advance": "1h"})
        bench.faults(drop=1)
        bench.control("POST", "/reset")
        wait_until(lambda: of_kind(events, "reset"))

    assert of_kind(events, "call")[0]["call"]["path"] == "/conversations/v1/Conversations"
    assert of_kind(events, "clock")[0]["clock"]["offset_s"] == 3600
    assert of_kind(events, "faults")[0]["faults"]["webhook"]["drop"] == 1


def test_it_streams_a_webhook_when_it_starts_and_ends(bench, receiver):
    bench.configure_webhooks(receiver, "onMessageAdded")
    bench.group(ABBY)
    with watching(bench) as events:
        bench.say(ABBY, "hi")
        wait_until(lambda: len(of_kind(events, "webhook")) == 2)

    started, ended = (event["webhook"] for event in of_kind(events, "webhook"))
    assert started["id"] == ended["id"]
    assert (started["outcome"], ended["outcome"], ended["answer_status"]) == ("pending", "answered", 200)


def test_it_serves_several_watchers(bench):
    with watching(bench) as one, watching(bench) as two, watching(bench) as three:
        bench.phone(ABBY)
        wait_until(lambda: all(of_kind(events, "phone") for events in (one, two, three)))
