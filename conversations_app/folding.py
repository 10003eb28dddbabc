"""A text as the words that a reader hears in it: how phones spell, space and decorate them is folded away."""

import re
import unicodedata

# Left out rather than read as a gap, so that "don't" stays one word, with whichever apostrophe a keyboard has.
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ´`＇")
# "S T O P", "s.t.o.p": letters one by one are a word.
_SPELLED_OUT = re.compile(r"(?<!\S)\S(?: \S){2,}(?!\S)")


def spelled_words(text: str) -> list[str]:
    """The words in their own capitals, without accents, invisible marks, punctuation and emoji."""
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    words = " ".join(unicodedata.normalize("NFC", "".join(map(_letter_or_gap, plain))).split())
    return _SPELLED_OUT.sub(lambda found: found[0].replace(" ", ""), words).split()


def folded(text: str) -> str:
    """The words in small letters, with one blank between them."""
    return " ".join(spelled_words(text)).casefold()


def _letter_or_gap(char: str) -> str:
    kind = unicodedata.category(char)
    # Spacing marks are vowels in the scripts of India. The others are accents, and marks of direction or joining,
    # which pasted text carries along unseen.
    if kind[0] in "LN" or kind == "Mc":
        return char
    return "" if kind in {"Mn", "Me", "Cf"} else " "
