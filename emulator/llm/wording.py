"""Picks lines: varied, but the same conversation always gets the same ones, and none twice in a row."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

from emulator.llm import phrases
from emulator.llm.interview import Snapshot

MOST_CHARACTERS = 300


def pick(snapshot: Snapshot, variants: Sequence[str], **filled: str) -> str:
    """One of the variants, filled in. Chosen by the newest text; lines said before are avoided while there are others."""
    lines = [_fill(variant, filled) for variant in variants]
    fresh = [line for line in lines if not is_said(line, snapshot.own_lines)]
    choices = fresh or [line for line in lines if not is_said(line, snapshot.own_lines[-1:])] or lines
    return choices[_seed(snapshot) % len(choices)]


def fresh(snapshot: Snapshot, variants: Sequence[str], **filled: str) -> str:
    """One of the variants that was not said yet; empty when all of them were."""
    known = {"name": snapshot.name_of(snapshot.primary), "matchmaker": snapshot.matchmaker}
    left = [line for line in variants if not is_said(_fill(line, known | filled), snapshot.own_lines)]
    return pick(snapshot, left, **(known | filled)) if left else ""


def is_said(line: str, earlier: Sequence[str]) -> bool:
    """Whether an earlier line contains this one, with or without the name in front."""
    core = re.sub(r"^[^\W\d_][\w' -]{0,30}, (?=.{15})", "", line).casefold()
    return any(core in other.casefold() for other in earlier)


def _seed(snapshot: Snapshot) -> int:
    newest = snapshot.messages[-1].text if snapshot.messages else ""
    told = f"{len(snapshot.own_lines)}:{newest}"
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:4], "big")


def _fill(variant: str, filled: dict[str, str]) -> str:
    what = filled.get("what", "")
    return variant.format_map(filled | {"What": what[:1].upper() + what[1:]})


def joined(*parts: str) -> str:
    """The parts that fit into one short message; the last, the question, always does."""
    kept = [part for part in parts if part]
    while len(kept) > 1 and len(" ".join(kept)) > MOST_CHARACTERS:
        kept.pop(0)
    return _without_echo(kept)[:MOST_CHARACTERS]


def _without_echo(parts: list[str]) -> str:
    """ "Lovely to meet you, Abby. Abby, how old are you?" names her once."""
    said = " ".join(parts[:-1])
    match = re.match(r"([^\W\d_][\w' -]*), (\w)", parts[-1]) if parts else None
    if match and re.search(rf"\b{re.escape(match[1])}\b", said):
        parts = [*parts[:-1], match[2].upper() + parts[-1][match.end() :]]
    called = re.search(r", ([^\W\d_][\w'-]*)(?=[?:.,])", parts[-1]) if len(parts) > 1 else None
    if called and re.search(rf"\b{re.escape(called[1])}\b", said):
        parts = [*parts[:-1], parts[-1][: called.start()] + parts[-1][called.end() :]]
    return " ".join(parts)


def listed(values: Sequence[object], *, most: int = 3) -> str:
    """ "a, b and c", the first few of them."""
    texts = list(dict.fromkeys(str(value) for value in values))[:most]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def topic_of(line: str) -> str | None:
    """Which topic one of our own earlier lines asked about; None when it asked none of them."""
    return next((topic for topic, pattern in _patterns() if pattern.search(line)), None)


def is_one_of(line: str, variants: Sequence[str]) -> bool:
    """Whether the line holds one of these, whoever was named in it."""
    return any(_pattern(variant).search(line) for variant in variants)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    tables = [phrases.QUESTIONS, phrases.MORE, phrases.AGAIN]
    tables += [{topic: (line,) for topic, line in table.items()} for table in phrases.IN_OTHER_LANGUAGES.values()]
    return tuple(
        (topic, _pattern(variant)) for table in tables for topic, variants in table.items() for variant in variants
    )


@lru_cache(maxsize=256)
def _pattern(variant: str) -> re.Pattern[str]:
    """The variant with anything in place of its {names}."""
    told = variant.removeprefix("{name}, ")
    return re.compile(".+?".join(re.escape(part) for part in re.split(r"\{\w+\}", told)), re.IGNORECASE)
