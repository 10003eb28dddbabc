"""Puts the author's name in front of a text, and takes it off again.

The name is inserted by us, so the place of everything inserted is kept beside the text ("spans"), and the person's
own words are the body without them: no guessing by pattern, whatever they typed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from confusable_homoglyphs.confusables import confusables_data

from matchmaker.characters import parts_of, text_length
from sessions_app.names import is_letter_or_digit, skeleton

OUR_KEY = "matchmaker"
GUARD = "› "
# Twilio's limits: what a phone gets in one message (21617, 50504), and what `attributes` hold. Twilio counts an emoji
# as several characters, so this is a `text_length`, which never counts fewer than Twilio does.
MAX_PHONE_BODY = 1600
MAX_ATTRIBUTES_BYTES = 4096
# What people write to us holds 32 KB at most, which makes fewer than a hundred parts.
_LONGEST_NUMBER = "(99/99) "

Span = tuple[int, int]
"""(start, length) of something inserted, in characters of the finished body."""

_SYMBOLS = (("image/", "📷"), ("audio/", "🎤"))
# A line that could read as somebody speaking: something short, a colon (or what reads as one), then text. What stands
# before the first letter is decoration, or nothing that can be seen; people can type sixteen hundred blanks.
_COLONS = frozenset(":：﹕ː꞉︓").union(*(item["c"] for item in confusables_data.get(":", []) if len(item["c"]) == 1))
_MOST_BEFORE_COLON = 121
_MARKUP = re.compile(r"[*_~`]")
_LIST_MARK = re.compile(r"\d{1,3}\W+")
# Overrides, embeddings and isolates of writing direction (Unicode Standard Annex 9).
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")


@dataclass(frozen=True)
class Named:
    body: str
    spans: tuple[Span, ...]


def label(name: str, *, bold: bool) -> str:
    """`*Abby:*` where every phone shows bold, `Abby:` as soon as one of them is on SMS."""
    return f"*{name}:*" if bold else f"{name}:"


def with_name_alone(text: str, *, name: str, bold: bool) -> Named:
    """The name in front and nothing else inserted."""
    prefix = label(name, bold=bold) + " "
    return Named(prefix + text, ((0, len(prefix)),))


def with_name(text: str, *, name: str, others: Iterable[str], bold: bool, media_type: str = "") -> Named:
    """The text as the other phones show it. `others`: every name that a line in it must not pass for."""
    shown = text if text.strip() else _symbol(media_type)
    prefix = label(name, bold=bold) + " "
    body, spans = [prefix], [(0, len(prefix))]
    if not text.strip():
        return Named(prefix + shown, ((0, len(prefix) + len(shown)),))
    looks = {skeleton(other) for other in (*others, name)}
    position, written = 0, len(prefix)
    for start, line in _lines(text):
        if start == 0 or not _passes_for(line, looks):
            continue
        body.append(text[position:start] + GUARD)
        written += start - position
        spans.append((written, len(GUARD)))
        written += len(GUARD)
        position = start
    body.append(text[position:])
    return Named("".join(body), tuple(spans))


def room_beside(name: str) -> int:
    """How long a text may be that goes out in one message with this name in front."""
    return MAX_PHONE_BODY - text_length(label(name, bold=True) + " ")


def split_for_phones(text: str, *, name: str) -> list[str]:
    """The text in parts that fit into one message each with the name in front; numbered when there are several."""
    return in_numbered_parts(text, room_beside(name))


def in_numbered_parts(text: str, most: int = MAX_PHONE_BODY) -> list[str]:
    if text_length(text) <= most:
        return [text]
    parts = list(parts_of(text.strip(), most - len(_LONGEST_NUMBER)))
    if len(parts) < 2:
        return parts or [""]
    return [f"({number}/{len(parts)}) {part}" for number, part in enumerate(parts, 1)]


def in_parts(text: str, *, name: str, others: Iterable[str], bold: bool, media_type: str = "") -> list[str]:
    """The text as other phones show it, in as many messages as it takes."""
    bodies = []
    for part in split_for_phones(text, name=name):
        named = with_name(part, name=name, others=others, bold=bold, media_type=media_type).body
        # Guards in front of very many lines may not fit; the author's name has to be there in any case.
        bodies.append(
            named if text_length(named) <= MAX_PHONE_BODY else with_name_alone(part, name=name, bold=bold).body
        )
    return bodies


def _lines(text: str) -> Iterable[tuple[int, str]]:
    """(where it starts, the line), but for empty ones."""
    return ((match.start(), match.group()) for match in _LINE.finditer(text) if match.group())


def _passes_for(line: str, looks: set[str]) -> bool:
    if _TURNED.search(line):
        return True  # shown in another order than it is stored: nobody can tell what it reads as
    first = next((place for place, char in enumerate(line) if is_letter_or_digit(char)), len(line))
    beginning = line[first : first + _MOST_BEFORE_COLON]
    colon = next((place for place, char in enumerate(beginning) if char in _COLONS), None)
    if colon is None:
        return False
    speaker = _MARKUP.sub("", beginning[:colon])
    while speaker and not (is_letter_or_digit(speaker[-1]) or speaker[-1] == ")"):
        speaker = speaker[:-1]
    return bool({skeleton(speaker), skeleton(_LIST_MARK.sub("", speaker, count=1))} & looks)


def _symbol(media_type: str) -> str:
    return next((symbol for kind, symbol in _SYMBOLS if media_type.startswith(kind)), "📎" if media_type else "")


def own_words(body: str, attributes: dict[str, Any]) -> str:
    """The body without what we inserted. Spans that do not fit the body are not ours, and change nothing."""
    spans = spans_in(attributes)
    if not _fit(spans, len(body)):
        return body
    kept, position = [], 0
    for start, length in spans:
        kept.append(body[position:start])
        position = start + length
    return "".join([*kept, body[position:]])


def spans_in(attributes: dict[str, Any]) -> list[Span]:
    ours = attributes.get(OUR_KEY)
    flat = ours.get("spans") if isinstance(ours, dict) else None
    if not isinstance(flat, list) or len(flat) % 2 or not all(type(number) is int for number in flat):
        return []
    return list(zip(flat[::2], flat[1::2], strict=True))


def _fit(spans: Sequence[Span], length: int) -> bool:
    position = 0
    for start, size in spans:
        if start < position or size < 0 or start + size > length:
            return False
        position = start + size
    return True


def span_attributes(named: Named) -> dict[str, Any]:
    return {"spans": [number for span in named.spans for number in span]}
