"""Texts cut where a reader would cut them: between words, and never inside what is shown as one character."""

from collections.abc import Callable, Iterator

import regex

# What a reader takes for one character: an emoji family, a flag, a letter with its accents (Unicode Standard Annex 29).
_CHARACTER = regex.compile(r"\X")
# Blanks that do not hold two words together ("10 km", "Bonjour !").
_GAP = regex.compile(r"[\s--[\u00a0\u2007\u202f]]+", regex.V1)


def text_length(text: str) -> int:
    """As Twilio and phones count: an emoji is two or more (UTF-16 code units)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def beginning_of(text: str, most: int) -> str:
    """At most so many code points of it, and no half characters."""
    return text[: _end_of_whole_characters(text, 0, most, size=len)].rstrip()


def parts_of(text: str, most: int) -> Iterator[str]:
    """The text in parts of at most this `text_length`. Blanks where it is cut are left out."""
    start, size = 0, most
    while start < len(text):
        end = _end_of_part(text, start, size)
        if part := text[start:end].rstrip():
            yield part
        gap = _GAP.match(text, end)
        start = gap.end() if gap else end


def _end_of_part(text: str, start: int, most: int) -> int:
    end = _end_of_whole_characters(text, start, most, size=text_length)
    if end == len(text) or _GAP.match(text, end):
        return end
    gaps = [gap for gap in _GAP.finditer(text, start, end) if gap.start() > start]
    if not gaps:
        return end
    following = _GAP.search(text, end)
    word = text[gaps[-1].end() : following.start() if following else len(text)]
    # A word that no part could hold is cut anyway, as are scripts that put no blanks between words.
    return end if text_length(word) > most else gaps[-1].start()


def _end_of_whole_characters(text: str, start: int, most: int, *, size: Callable[[str], int]) -> int:
    room, end = most, start
    for character in _CHARACTER.finditer(text, start):
        room -= size(character.group())
        if room < 0:
            break
        end = character.end()
    if end > start or start == len(text):
        return end
    # One letter with a thousand accents: there is no good place.
    return start + max(1, most // 2)
