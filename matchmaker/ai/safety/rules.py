"""What a text says that must not be passed over, by phrases alone: no server is asked, so it costs nothing and never fails."""

import re
from enum import StrEnum
from functools import lru_cache

from matchmaker.ai.safety import hostility, self_harm
from matchmaker.ai.safety.folding import LAUGHTER, Phrases, any_of, by_language, fold, own_words


class Concern(StrEnum):
    SELF_HARM = "self_harm"
    HARASSMENT = "harassment"
    THREAT = "threat"
    SEXUAL_MINORS = "sexual_minors"
    SEXUAL = "sexual"
    VIOLENCE = "violence"


HOLDING = (Concern.SELF_HARM, Concern.SEXUAL_MINORS)
"""The interview goes on only when staff have looked."""
BY_GRAVITY = (*HOLDING, Concern.THREAT, Concern.HARASSMENT, Concern.VIOLENCE)

_SELF_HARM = by_language(self_harm.PHRASES)
_SEXUAL_MINORS = by_language(hostility.SEXUAL_ABOUT_MINORS)
_AFFECTION = re.compile(hostility.AFFECTION)


def concerns_in(text: str, *, about: tuple[str, ...] = ()) -> frozenset[Concern]:
    """`about`: names of the people in the group, who may be threatened or insulted by name."""
    folded = own_words(fold(text))
    found = {Concern.SEXUAL_MINORS} if _is_in(folded, _SEXUAL_MINORS) else set()
    if LAUGHTER.search(folded):
        return frozenset(found)
    if _is_in(folded, _SELF_HARM):
        found.add(Concern.SELF_HARM)
    if not _AFFECTION.search(folded):
        found |= _hostility_in(folded, about)
    return frozenset(found)


def language_of_self_harm(text: str) -> str | None:
    """The language in which somebody says it, to be answered in."""
    folded = own_words(fold(text))
    return next((language for language, phrases in _SELF_HARM.items() if phrases.search(folded)), None)


def _hostility_in(folded: str, about: tuple[str, ...]) -> set[Concern]:
    threats, harassment = _aimed_at(tuple(fold(name) for name in about))
    found = set()
    if threats.search(folded):
        found.add(Concern.THREAT)
    if harassment.search(folded):
        found.add(Concern.HARASSMENT)
    return found


def _is_in(folded: str, phrases: dict[str, re.Pattern[str]]) -> bool:
    return any(pattern.search(folded) for pattern in phrases.values())


@lru_cache(maxsize=500)
def _aimed_at(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    them = "|".join(("you", "u", "ya", "her", "she", "him", "he", "them", "they", *map(re.escape, names)))
    return _compiled(hostility.THREATS, them), _compiled(hostility.HARASSMENT, them)


def _compiled(phrases: Phrases, them: str) -> re.Pattern[str]:
    every = [phrase for of_language in phrases.values() for phrase in of_language]
    return any_of(phrase.replace("{them}", f"(?:{them})") for phrase in every)
