"""Moderation as the model's server does it: a few patterns that need no model, and what a test asked to be flagged."""

import re
from collections.abc import Mapping
from typing import Any

from emulator.llm.chat_completions import ApiError

_PATTERNS: dict[str, re.Pattern[str]] = {
    category: re.compile(pattern, re.IGNORECASE)
    for category, pattern in {
        "harassment": r"\byou(?:'re| are) (?:worthless|disgusting|trash)\b|\bshut up,? (?:you )?(?:bitch|slut|whore)\b",
        "harassment/threatening": r"\b(?:i will|i'll|i'm going to) (?:kill|murder|stab|shoot|hurt) (?:you|him|her|them)\b",
        "hate": r"\b(?:subhuman|vermin race|gas the)\b",
        "violence": r"\b(?:i will|i'll|i'm going to) (?:kill|murder|stab|shoot|hurt) (?:you|him|her|them)\b",
        "self-harm": r"\b(?:kill myself|end my life|suicid(?:e|al)|cut myself|self[- ]harm)\b",
        "self-harm/intent": r"\b(?:want to|wanna|going to|gonna) (?:kill myself|end my life|die)\b",
        "self-harm/instructions": r"\bhow (?:do i|to) (?:kill myself|end my life)\b",
        "sexual": r"\b(?:send (?:me )?nudes|dick pics?|porn)\b",
        "sexual/minors": r"\b(?:underage|minor|child)\s+(?:sex|nudes|porn)\b",
    }.items()
}
CATEGORIES = (*_PATTERNS, "hate/threatening", "violence/graphic", "illicit", "illicit/violent")

Flags = Mapping[str, tuple[str, ...]]
"""Categories by a piece of the texts that they are flagged for."""


class InvalidFlags(Exception):
    """Says in a sentence what is wrong with the wanted flags."""


def read_flags(given: Any) -> dict[str, tuple[str, ...]]:
    """`{"flag": {"a piece of the text": ["harassment"]}}`. Raises InvalidFlags."""
    wanted = given.get("flag") if isinstance(given, dict) else None
    if not isinstance(wanted, dict) or not all(isinstance(names, list) for names in wanted.values()):
        raise InvalidFlags('Send {"flag": {"a piece of the text": ["harassment"]}}.')
    unknown = sorted({str(name) for names in wanted.values() for name in names} - set(CATEGORIES))
    if unknown:
        raise InvalidFlags(f"No such category: {', '.join(unknown)}. There are {', '.join(CATEGORIES)}.")
    return {piece.casefold(): tuple(names) for piece, names in wanted.items()}


def texts_to_judge(given: Any) -> list[str]:
    """A text, a list of texts, or (one input then) a list of typed parts. Raises ApiError."""
    if isinstance(given, str):
        return [given]
    if isinstance(given, list) and given and all(isinstance(item, str) for item in given):
        return given
    if isinstance(given, list) and given and all(isinstance(item, dict) for item in given):
        return [" ".join(str(item.get("text") or "") for item in given)]
    raise ApiError("`input` must be a string or a list.", param="input")


def judge(text: str, flags: Flags) -> dict[str, Any]:
    asked_for = {name for piece, names in flags.items() if piece in text.casefold() for name in names}
    found = {name for name, pattern in _PATTERNS.items() if pattern.search(text)}
    categories = {name: name in asked_for | found for name in CATEGORIES}
    return {
        "flagged": any(categories.values()),
        "categories": categories,
        "category_scores": {name: 0.98 if hit else 0.01 for name, hit in categories.items()},
        "category_applied_input_types": {name: ["text"] for name in categories},
    }
