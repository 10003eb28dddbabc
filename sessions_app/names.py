"""Display names: what stands in front of a person's messages, so nobody may pass for somebody else."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from confusable_homoglyphs.confusables import confusables_data

from matchmaker.addresses import without_numbers
from matchmaker.characters import beginning_of

MAX_NAME_LENGTH = 30
FALLBACK = "Friend"
_MARKUP = str.maketrans("", "", "*_~`:")
# What reads alike in Latin letters, besides what the list of confusables knows.
_LOOK_ALIKES = str.maketrans("01|$@3i!", "olIsaell".lower())
_PAIRS = (("rn", "m"), ("vv", "w"))
_LATIN_VARIANT = re.compile(
    r"LATIN (?:LETTER SMALL CAPITAL|(?:SMALL|CAPITAL) LETTER(?: SCRIPT)?) (?P<letter>[A-Z])\b"
)
_SELECTORS = {chr(code) for code in (*range(0xFE00, 0xFE10), *range(0x180B, 0x180E), 0x34F)}
# Letters and signs that show nothing.
_BLANKS = set("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
# Phones make it a link; a slash alone is a name of two: "Anna/Lena".
_LINK = re.compile(r"https?\W|www\.|\.\w{2,}/", re.IGNORECASE)
# What a phone number leaves behind: "tel:+1 555 …", "(+44 …)", "Sam | +1 …".
_SCHEME = re.compile(r"\b(?:whatsapp|tel|sms):", re.IGNORECASE)
_LEFT_OF_A_NUMBER = " +|/,;-–—·•()[]"
# In place of a number, as texts show it to us; a name may have come through there.
_PLACEHOLDER = re.compile(r"\[number\]", re.IGNORECASE)


def clean_display_name(name: str, *, reserved: Iterable[str] = ()) -> str:
    """One line, no markup, no phone number, no invisible marks, at most thirty characters; `FALLBACK` when nothing is
    left that could be a name.

    `reserved`: names that nobody may use, such as the matchmaker's; compared by how they look.
    """
    visible = "".join(char if _is_visible(char) else " " for char in unicodedata.normalize("NFC", name))
    cleaned = beginning_of(re.sub(r"\s+", " ", _without_numbers(visible).translate(_MARKUP)).strip(), MAX_NAME_LENGTH)
    if not (_has_a_letter(cleaned) or _is_emoji_name(cleaned)):
        return FALLBACK
    return FALLBACK if _LINK.search(visible) or _reads_as_ours(cleaned, reserved) else cleaned


def _without_numbers(name: str) -> str:
    """WhatsApp's default name is often the number itself, and the group must not read anybody's number."""
    without = _PLACEHOLDER.sub("", without_numbers(name, instead=""))
    return name if without == name else _SCHEME.sub("", without).strip(_LEFT_OF_A_NUMBER)


def _reads_as_ours(name: str, reserved: Iterable[str]) -> bool:
    looks = skeleton(name)
    ours = {skeleton(word) for word in ("matchmaker", *reserved)}
    squeezed = looks.replace(" ", "")
    return looks in {"system", "staff"} or any(word in looks or word in squeezed for word in ours)


def distinct_name(name: str, taken: Iterable[str]) -> str:
    """`Sam`, then `Sam (2)`: the name that nobody in the group reads as another's."""
    looks = {skeleton(other) for other in taken}
    candidate, number = name, 1
    while skeleton(candidate) in looks:
        number += 1
        suffix = f" ({number})"
        candidate = beginning_of(name, MAX_NAME_LENGTH - len(suffix)) + suffix
    return candidate


def is_made_up(name: str) -> bool:
    """We gave it, for want of a better one: `Friend`, or the number behind a name that was taken."""
    return re.fullmatch(rf"{FALLBACK}|.* \(\d+\)", name) is not None


def skeleton(name: str) -> str:
    """How a name looks: case, accents, width, invisible marks and look-alikes of any script taken away, so that two
    names which read alike are equal. See Unicode Technical Standard 39, "confusable detection"; this one is coarser."""
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(_prototype(char) for char in decomposed if _leaves_a_mark(char))
    folded = plain.casefold().translate(_LOOK_ALIKES)
    for pair, letter in _PAIRS:
        folded = folded.replace(pair, letter)
    return re.sub(r"\s+", " ", folded).strip()


@lru_cache(maxsize=4096)
def _prototype(char: str) -> str:
    """The Latin letter or digit that it looks like, else itself."""
    if char.isascii():
        return char
    # Names are compared without case, so what its capital looks like counts as well: м as М as M.
    listed = (item["c"] for form in (char, char.upper()) for item in confusables_data.get(form, []))
    alike = [char, *(item for item in listed if len(item) == 1)]
    plain = (one for one in alike if one.isascii())
    variants = (_LATIN_VARIANT.match(unicodedata.name(one, "")) for one in alike)
    return next(plain, next((variant["letter"] for variant in variants if variant), char))


def is_letter_or_digit(char: str) -> bool:
    """One that can be seen."""
    return char.isalnum() and char not in _BLANKS


def _leaves_a_mark(char: str) -> bool:
    is_accent = unicodedata.combining(char) or unicodedata.category(char) == "Me" or char in _SELECTORS
    return _is_visible(char) and not is_accent and char not in _BLANKS and char != "\u200d"


def _is_visible(char: str) -> bool:
    """Not a line break, a control or a direction mark; a joiner stays, since emoji families and Indic names need it."""
    return char == "\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _has_a_letter(text: str) -> bool:
    """Digits and brackets alone are no name; "(2)" would even read as the second person of some name."""
    return any(char.isalpha() and char not in _BLANKS for char in text)


def _is_emoji_name(text: str) -> bool:
    return any(unicodedata.category(char) == "So" and char not in _BLANKS for char in text)
