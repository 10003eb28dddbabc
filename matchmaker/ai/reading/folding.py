"""Text with the differences taken out that keyboards make and people don't mean."""

import re
import unicodedata
from collections.abc import Iterator

_APOSTROPHES = "’‘‛`´′ʼʹ＇‚‹›"
_QUOTES = "“”„‟″«»〝〞＂"
_DASHES = "‐‑‒–—―−﹘﹣－"
_UNIFIED = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_QUOTES, '"'), **dict.fromkeys(_DASHES, "-"), "⁄": "/"}
)
# Drawn as nothing though Unicode doesn't class them as format characters; the keycap's square makes a digit an emoji.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u20e3")
_VULGAR_FRACTION = re.compile("(?<=[0-9])([¼-¾⅐-⅞])")
_SURROUNDINGS = " \"'.,!"
# Written without blanks between words, or with particles written onto them: there a quote may end inside one.
_WORDS_RUN_ON = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "HEBREW", "ARABIC")


def fold(text: str) -> str:
    """One form for texts that differ only in case, Unicode form, blanks, invisible marks, quote marks or dashes."""
    text = _VULGAR_FRACTION.sub(r" \1", text.translate(_UNIFIED))
    folded = _fold_once(text)
    # A character may need two rounds: its compatibility form has a capital of its own.
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_UNIFIED).casefold()
    text = "".join(character for character in text if not _is_invisible(character))
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _is_invisible(character: str) -> bool:
    if character.isspace():
        return False
    return (
        unicodedata.category(character) in {"Cf", "Cc"}
        or "\ufe00" <= character <= "\ufe0f"
        or character in _INVISIBLE
    )


def loosen(text: str) -> str:
    """Folded, and without the accents that phones drop: "sí" and "si", "Zoë" and "zoe"."""
    decomposed = unicodedata.normalize("NFD", fold(text))
    # Latin, Greek and Cyrillic accents alone: elsewhere a combining mark is a vowel.
    plain = "".join(character for character in decomposed if not "\u0300" <= character <= "\u036f")
    return unicodedata.normalize("NFC", plain).replace("ı", "i").replace("ø", "o").replace("ł", "l")


_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def spellings(text: str) -> frozenset[str]:
    """The loosened forms under which people type it: München as "munchen" and as "muenchen"."""
    return frozenset({loosen(text), loosen(fold(text).translate(_SPELLED_OUT))})


def quote_stands(quote: str, text: str) -> bool:
    """Whether the quote stands in the text, word for word. "me" doesn't stand in "some"."""
    sought, found_in = fold(quote).strip(_SURROUNDINGS), fold(text)
    if not any(_says_something(character) for character in sought):
        return False
    return next(places_of(sought, found_in), None) is not None


def places_of(sought: str, text: str) -> Iterator[int]:
    """Where these words begin in a text, both of them folded."""
    start = text.find(sought)
    while sought and start >= 0:
        if not _inside_word(text, start) and not _inside_word(text, start + len(sought)):
            yield start
        start = text.find(sought, start + 1)


def _says_something(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "So"


def _inside_word(text: str, at: int) -> bool:
    """Whether a word goes on across this place."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after).startswith("M"):
        return True
    if before.isdigit() or after.isdigit():
        return before.isdigit() and after.isdigit()
    return _is_letter(before) and _is_letter(after) and not (_runs_on(before) or _runs_on(after))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _runs_on(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_WORDS_RUN_ON)
