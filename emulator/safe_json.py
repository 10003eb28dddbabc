"""Parses JSON from untrusted senders."""

import json
from typing import Any


class InvalidJson(ValueError):
    """The text is not JSON, or is nested too deeply to be read."""


def read_json(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidJson(str(error)) from error


def read_object(text: str | bytes) -> dict[str, Any]:
    """Raises InvalidJson for anything but an object."""
    fields = read_json(text)
    if not isinstance(fields, dict):
        raise InvalidJson("not an object")
    return fields


def is_json(text: str) -> bool:
    try:
        read_json(text)
    except InvalidJson:
        return False
    return True
