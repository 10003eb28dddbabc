"""A value as the older app wrote it, taken out of what it was wrapped in on its way here: a JSON text in a JSON text,
Node's form of a Buffer, a value that a dump tool has parsed, a byte order mark, a NUL at the end."""

import json
import re
from typing import Any

_MOST_WRAPPINGS = 5
_ENDS = "\ufeff\x00 \t\r\n"
_BEGIN_JSON = ("{", "[", '"')
# Tried before reading: hardly any value is wrapped, and reading each one twice takes its time.
_WRAPPED = re.compile(r'"|\{\s*"(?:type"\s*:\s*"Buffer"|data"\s*:\s*\[)')
_LISTS = ("participants", "messages")
_OBJECTS = ("data", "profileSchema", "generatedProfile", "committedProfile", "primaryUser")
_IN_AN_ITEM = {"phoneNumber", "name", "role", "content"}


class CannotUnwrap(Exception):
    """The text says why, and holds nothing of the value."""


def text_in(value: Any) -> str:
    """The innermost text; whether it is a session's, its reader finds out. Raises CannotUnwrap."""
    for _ in range(_MOST_WRAPPINGS):
        if _is_buffer(value):
            value = _decoded(value["data"])
        if isinstance(value, dict | list):
            return json.dumps(value)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise CannotUnwrap("its value is no text")
        text = str(value).strip(_ENDS)
        inner = _read(text) if _WRAPPED.match(text) else None
        if not _is_buffer(inner) and not (isinstance(inner, str) and inner.lstrip(_ENDS).startswith(_BEGIN_JSON)):
            return text
        value = inner
    raise CannotUnwrap("its value is wrapped too often")


def with_parts_read(session: dict[str, Any]) -> dict[str, Any]:
    """Its lists and objects, where they stand in it as texts. What cannot be read stays as it is."""
    read = {name: _part(session[name], list) for name in _LISTS if name in session}
    read |= {name: _part(session[name], dict) for name in _OBJECTS if name in session}
    for name in _LISTS:
        if isinstance(read.get(name), list):
            read[name] = [_item(one) for one in read[name]]
    return {**session, **read}


def _item(value: Any) -> Any:
    """Somebody may have sent a JSON text; that stays their words."""
    read = _part(value, dict)
    return read if isinstance(read, dict) and read.keys() & _IN_AN_ITEM else value


def _part(value: Any, kind: type) -> Any:
    if not isinstance(value, str) and not _is_buffer(value):
        return value
    try:
        read = _read(text_in(value))
    except CannotUnwrap:
        return value
    return read if isinstance(read, kind) else value


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_buffer(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"type", "data"} and value["type"] == "Buffer"


def _decoded(data: Any) -> str:
    try:
        if isinstance(data, list):
            return bytes(data).decode()
    except (TypeError, ValueError):
        pass
    raise CannotUnwrap("its value is a Buffer that holds no text")
