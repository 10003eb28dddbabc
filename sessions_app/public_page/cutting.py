"""Texts made shorter where a reader would: after a sentence, else after a word, never inside an emoji."""

import re

from matchmaker.characters import parts_of, text_length

_SENTENCE_END = re.compile(r"[.!?…]+(?=\s)|[。！？]+|$")
# A cut at a sentence that leaves less than this much of the room is worse than one in the middle of a sentence.
_WORTHWHILE = 0.4


def sentence_ends(text: str) -> list[int]:
    """Where whole sentences end, the end of the text last."""
    return [end.end() for end in _SENTENCE_END.finditer(text)]


def cut(text: str, limit: int) -> str:
    """At most so many characters, as phones count them: an emoji is two or more."""
    if text_length(text) <= limit:
        return text
    for end in reversed(sentence_ends(text)):
        if limit * _WORTHWHILE <= text_length(text[:end]) <= limit:
            return text[:end]
    words = next(parts_of(text, limit - 1), "") if limit > 1 else ""
    return f"{words.rstrip(' ,;:–-')}…" if words else ""
