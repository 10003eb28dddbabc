"""Words that a person writes to us rather than to the group. A command stands alone in its message."""

import re
from dataclasses import dataclass
from typing import Literal

from sessions_app.codes import CODE

_START = re.compile(r"^(?:start|new)$", re.IGNORECASE)
_JOIN = re.compile(r"^join\W+(?P<code>[A-Za-z0-9]{5,6})(?:\W+(?:please|pls))?$", re.IGNORECASE)
_NAME = re.compile(r"^(?:my )?name(?: is)?\s+(?P<name>\S+(?: \S+){0,2})$", re.IGNORECASE)


@dataclass(frozen=True)
class Command:
    name: Literal["start", "join", "name"]
    code: str = ""
    wanted_name: str = ""


def command_in(text: str, *, is_nameless: bool = False, in_thread: bool = False) -> Command | None:
    """Any case, any blanks around and between, a full stop or exclamation mark at the end.

    `in_thread`: written among friends, where "join later" is talk: a code is one by its digit or its capitals.
    `is_nameless`: we made this person's name up, so `name Lena` is theirs to say; for others it is plain talk.
    """
    words = re.sub(r"\s+", " ", text).strip().strip("\"'“”*_.!,").strip()
    if _START.match(words):
        return Command("start")
    join = _JOIN.match(words)
    if join and CODE.match(join["code"].upper()) and not (in_thread and _is_a_word(join["code"])):
        return Command("join", join["code"].upper())
    chosen = _NAME.match(words) if is_nameless else None
    return Command("name", wanted_name=chosen["name"]) if chosen else None


def _is_a_word(code: str) -> bool:
    return code.isalpha() and not code.isupper()
