"""Times and texts, shortened for people."""

import re
from datetime import datetime, timedelta

from django.utils.timezone import now

from matchmaker import characters

_QUESTION_MARKS = ("?", "？", "؟")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?？؟])\s+|\n+")


def ago(moment: datetime | None) -> str:
    """`3 min ago`, `in 20 s`; rough on purpose."""
    if moment is None:
        return "never"
    gone = now() - moment
    words = _span(abs(gone))
    return "just now" if words == "0 s" else f"{words} ago" if gone > timedelta() else f"in {words}"


def _span(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def shortened(text: str, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if characters.text_length(line) <= most else next(characters.parts_of(line, most - 1), "") + "…"


def question_in(text: str, most: int = 160) -> str:
    """The question itself, where a message says more than that."""
    asking = [sentence for sentence in _SENTENCE_ENDS.split(text) if sentence.endswith(_QUESTION_MARKS)]
    return shortened(asking[-1] if asking else text, most)
