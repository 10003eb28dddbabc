"""Whole numbers, in digits of any script or in words of the languages that text2num knows."""

import re

from text_to_num.transforms import text2num

from matchmaker.ai.reading.folding import fold

# Longer than any number that we ask for: "one hundred and sixty eight".
MOST_WORDS = 5
LANGUAGES = ("en", "es", "de", "fr", "pt", "ru", "ca")
# Number words that are also plain words, in their own language or in another: alone they answer no "how many?".
ALSO_WORDS = frozenset(
    ("once", "elf", "cent", "mil", "mille", "un", "una", "une", "ein", "eine", "einen", "um", "uma")
)
_AS_TEXT2NUM_KNOWS_THEM = {
    "en": {"hundred and ": "hundred "},
    "es": {"veintiún": "veintiuno"},
    "de": {"dreissig": "dreißig", "fuenf": "fünf", "funf": "fünf", "zwoelf": "zwölf", "zwolf": "zwölf"},
}
_ZERO = re.compile(r"\b(?:zero|o|null|cero|zéro|ноль|нуль)\b")
_AND = re.compile(r"^(?:and|y|und|et|e|i|и)\b")


def whole_number(text: str, lo: int, hi: int) -> int | None:
    """The number that all of the text is, where it lies within these bounds."""
    words = fold(text).strip(" .!,")
    if words in ALSO_WORDS:
        return None
    found = {number_in(words, language) for language in LANGUAGES} - {None}
    number = found.pop() if len(found) == 1 else None
    return number if number is not None and lo <= number <= hi else None


def number_in(words: str, language: str) -> int | None:
    """The number that folded text is in this language."""
    if words.isdecimal():
        return int(words) if len(words) <= 6 else None
    if language not in LANGUAGES or any(map(str.isdecimal, words)) or _ZERO.search(words) or _AND.search(words):
        return None
    for typed, known in _AS_TEXT2NUM_KNOWS_THEM.get(language, {}).items():
        words = words.replace(typed, known)
    try:
        return text2num(words, language, relaxed=language == "fr")
    except ValueError:
        return None


def in_digits(text: str, language: str) -> str:
    """Folded text with every number in words as digits."""
    words, said = text.split(), []
    while words:
        lengths = range(min(len(words), MOST_WORDS), 0, -1)
        taken = next((n for n in lengths if number_in(" ".join(words[:n]), language) is not None), 0)
        said.append(str(number_in(" ".join(words[:taken]), language)) if taken else words[0])
        words = words[taken or 1 :]
    return " ".join(said)
