"""Values that were wrapped in something on their way from the older app's Redis to us."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sessions_app.legacy.index import look_through
from sessions_app.legacy.parsing import NotASession, parse_session
from sessions_app.legacy.phones import Phone
from sessions_app.legacy.reading import Dump, Entry
from sessions_app.legacy.tests.old_app import ABBY, key, person, said, value, write_dump

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def buffer_of(text: str) -> dict[str, Any]:
    return {"type": "Buffer", "data": list(text.encode())}


def entry_of(path: Path, **kept: Any) -> Entry:
    """What is read of one line of a dump."""
    (entry,) = Dump(write_dump(path / "dump.jsonl", {"key": "session:OLDAB2", "type": "string", **kept})).entries()
    return entry


WRAPPED = {
    "as it should be": json.dumps(value()),
    "a JSON text in a JSON text": json.dumps(json.dumps(value())),
    "thrice": json.dumps(json.dumps(json.dumps(value()))),
    "parsed by the tool": value(),
    "a byte order mark": "\ufeff" + json.dumps(value()),
    "a byte order mark within": json.dumps("\ufeff" + json.dumps(value())),
    "a NUL at the end": json.dumps(value()) + "\x00\n",
    "a Buffer": buffer_of(json.dumps(value())),
    "a Buffer as text": json.dumps(buffer_of(json.dumps(value()))),
    "a Buffer, its data first": dict(reversed(buffer_of(json.dumps(value())).items())),
    "a Buffer with all of it": buffer_of("\ufeff" + json.dumps(json.dumps(value())) + "\x00"),
}


@pytest.mark.parametrize("wrapped", WRAPPED.values(), ids=WRAPPED)
def test_a_session_is_read_in_whatever_it_is_wrapped(tmp_path: Path, wrapped: Any) -> None:
    entry = entry_of(tmp_path, value=wrapped)

    old = parse_session(entry.key, entry.value, now=NOW)

    assert entry.fault == "" and old.problems == []
    assert [one.name for one in old.people] == ["Abby", "Lena"]
    assert [message.body for message in old.messages] == ["Hey Abby!", "me!", "How old are you?", "27"]


@pytest.mark.parametrize(
    ("wrapped", "why"),
    [
        ({"type": "Buffer", "data": [300]}, "a Buffer that holds no text"),
        ({"type": "Buffer", "data": [255, 254, 123]}, "a Buffer that holds no text"),
        ({"type": "Buffer", "data": 4}, "a Buffer that holds no text"),
        (True, "no text"),
        (None, "no text"),
        (json.dumps(json.dumps(json.dumps(json.dumps(json.dumps(json.dumps(value())))))), "wrapped too often"),
    ],
)
def test_it_names_what_it_cannot_unwrap(tmp_path: Path, wrapped: Any, why: str) -> None:
    assert why in entry_of(tmp_path, value=wrapped).fault


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ({"value": json.dumps(value()), "ttl": -1}, "nothing of a session"),
        ({"data": json.dumps(value())}, "nothing of a session"),
        ({}, "nothing of a session"),
        ({"createdAt": "2026-11-01", "participants": "[object Object]"}, "neither its people nor its messages"),
        ({"participants": {"a": 1}, "messages": 3}, "neither its people nor its messages"),
    ],
)
def test_what_would_be_an_empty_session_is_refused(raw: dict[str, Any], why: str) -> None:
    with pytest.raises(NotASession, match=why):
        parse_session("session:OLDAB2", json.dumps(raw), now=NOW)


def test_one_that_is_empty_is_told_of() -> None:
    empty = json.dumps(value(participants=[], messages=[]))

    assert "it has neither people nor messages" in parse_session("session:OLDAB2", empty, now=NOW).problems


def test_its_lists_and_what_stands_in_them_may_be_texts() -> None:
    raw = value(
        participants=json.dumps([person(ABBY, "Abby", "creator")]),
        messages=[json.dumps(said("hi\x00")), json.dumps({"a": 1})],
        data=json.dumps({"age": 27}),
        primaryUser=buffer_of(json.dumps({"name": "Abby"})),
    )

    old = parse_session("session:OLDAB2", json.dumps(raw), now=NOW)

    assert [one.name for one in old.people if one.is_listed] == ["Abby"]
    assert [message.body for message in old.messages] == ["hi", '{"a": 1}']
    assert [(item["field"], item["value"]) for item in old.sealed] == [("age", 27)]
    assert old.primary and old.primary.name == "Abby"


@pytest.mark.parametrize("told", ["OLDAB2", '"OLDAB2"', "OLDAB2\x00", buffer_of("OLDAB2"), json.dumps('"OLDAB2"')])
def test_the_key_of_a_phone_tells_its_session_however_wrapped(tmp_path: Path, told: Any) -> None:
    lines = [{**key("phone:" + ABBY, ""), "value": told}, key("session:OLDAB2", value(participants=[]))]

    whereabouts = look_through(Dump(write_dump(tmp_path / "dump.jsonl", *lines)))

    assert whereabouts.unlisted("OLDAB2") == [Phone(ABBY)]


@pytest.mark.parametrize("name", ['"session:OLDAB2"', "\ufeffsession:OLDAB2\x00", buffer_of("session:OLDAB2")])
def test_a_key_may_be_wrapped_as_well(tmp_path: Path, name: Any) -> None:
    assert entry_of(tmp_path, key=name, value="{}").key == "session:OLDAB2"
