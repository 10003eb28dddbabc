"""Texts and phrases in one plain form, so that a phrase is found however it was typed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

Phrases = Mapping[str, tuple[str, ...]]
"""By language: regular expressions on folded text. `{end}` is the end of a clause."""

_QUOTE_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‐‑‒–—-", " "))
_APOSTROPHES = re.compile("['’‘‛´`ʼ]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# What somebody cites (a song, a film, a third person) is not their own word.
_QUOTED = re.compile(r'"[^"\n]{3,}"')
_END = r"(?=\s*(?:$|[.,!?;:…)\n]))"

LAUGHTER = re.compile(
    r"\b(?:lo+l|lmf?ao+|rofl|jk|(?<!not )kidding|(?<!not )joking|(?:a*ha){2,}h?|(?:je){2,}|(?:ja){2,}|(?:he){2,}|(?:hi){2,}|"
    r"k{3,}|mdr+|ptdr+|xd+|(?<!no )es broma|de broma|(?:nur|war|bloss) (?:ein )?(?:spass|scherz)|scherzo|scherzavo|"
    r"rigole(?! pas)|blague|brincadeira|brincando)\b|[😂🤣😹😆😅😜😝🤪💀☠]"
)


def fold(text: str) -> str:
    """Lower case, one kind of blank, without accents, apostrophes and what cannot be seen."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTE_MARKS)
    plain = _APOSTROPHES.sub("", _INVISIBLE.sub("", plain)).casefold()
    letters = unicodedata.normalize("NFD", plain)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def own_words(folded: str) -> str:
    return _QUOTED.sub(" ", folded)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all of them, each as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrase.replace('{end}', _END) for phrase in phrases)})(?!\w)")


def by_language(phrases: Phrases) -> dict[str, re.Pattern[str]]:
    return {language: any_of(expressions) for language, expressions in phrases.items()}
