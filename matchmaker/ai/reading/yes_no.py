"""A plain yes and a plain no: the whole message, with courtesy and cheer and nothing else.

The words are Unicode CLDR's for 17 languages, and a curated list for each in `words/`. What people also say when they
mean the opposite ("yeah, right", "sí, claro", "ja, klar"), questions, hedges and laughter beside anything but the
plainest yes are left to a closing question.
"""

from collections.abc import Callable, Set

from matchmaker.ai.reading.clauses import trails_off
from matchmaker.ai.reading.grammar import YESES, Kind
from matchmaker.ai.reading.phrases import Reading, readings

READINESS = frozenset({Kind.CONSENT, Kind.WILLING})
POLITENESS = frozenset({Kind.GREETING, Kind.COURTESY, Kind.THANKS})
_NOES = frozenset({Kind.NO, Kind.DECLINE})
_AROUND_A_YES = POLITENESS | {Kind.FILLER, Kind.SIGH, Kind.WISH, Kind.AND, Kind.LAUGHTER, Kind.EMPHASIS}
_AROUND_A_NO = POLITENESS | {Kind.FILLER, Kind.REGRET, Kind.AND, Kind.LAUGHTER}


def plain_yes(text: str) -> bool:
    return not trails_off(text) and _is_plain(text, _is_yes)


def weak_yes(text: str) -> bool:
    """A plain yes that in a group may well be for somebody else: "ok", a thumb, and "I'm in" after "pizza, anyone"."""
    return plain_yes(text) and not _is_plain(text, _is_strong_yes)


def plain_no(text: str) -> bool:
    return _is_plain(text, _is_no)


def _is_plain(text: str, meaning: Callable[[Reading], bool]) -> bool:
    """Whether a language has this meaning for the message, and none has it for doubtful."""
    found = readings(text)
    return any(map(meaning, found)) and not any(map(_is_doubtful, found))


def _is_doubtful(reading: Reading) -> bool:
    return reading.doubtful and not reading.kinds & READINESS


def _is_yes(reading: Reading) -> bool:
    kinds = reading.kinds
    if not kinds & YESES or kinds - YESES - _AROUND_A_YES or reading.said[0].kind is Kind.AND:
        return False
    if Kind.THANKS in kinds and not kinds & (READINESS | {Kind.YES}):
        return False  # "ok, thanks" takes note of something
    return Kind.LAUGHTER not in kinds or _is_plainest(reading)


def _is_plainest(reading: Reading) -> bool:
    """Whether all that it says begins with the language's own word for yes, or is readiness beside it: "haha yes
    please", "yes go ahead lol", and not "sure haha"."""
    said = [phrase for phrase in reading.said if phrase.kind in YESES | {Kind.EMPHASIS}]
    bare = [phrase for phrase in said if phrase.words[:1] in reading.language.bare_yes]
    return bool(bare) and all(phrase in bare or phrase.kind in READINESS for phrase in said)


def _is_strong_yes(reading: Reading) -> bool:
    return _is_yes(reading) and bool(reading.kinds & {Kind.CONSENT, Kind.YES})


def _is_no(reading: Reading) -> bool:
    kinds = reading.kinds
    if not kinds & _NOES or kinds - _NOES - _AROUND_A_NO or reading.said[0].kind is Kind.AND:
        return False
    return Kind.LAUGHTER not in kinds or _is_one_word(reading, _NOES)


def _is_one_word(reading: Reading, kinds: Set[Kind]) -> bool:
    """Whether it says it once, in the language's own word for it: "yes haha", and not "sure haha"."""
    return [phrase.words in reading.language.bare for phrase in reading.said if phrase.kind in kinds] == [True]


def only_a_leading_no(reading: Reading) -> bool:
    """Whether a "no" stands apart and turns down what we had: "no, 28". "No tengo 28" denies it."""
    noes = [phrase for phrase in reading.said if phrase.kind is Kind.NO]
    return not noes or (len(noes) == 1 and len(noes[0].words) == 1 and reading.clauses[0] == (noes[0],))


def nothing_beside_numbers(reading: Reading, kinds: Set[Kind]) -> bool:
    """Whether no phrase of these kinds is in a clause with a number: "gut 27" is German for more, "gut, 27" isn't."""
    return not any(
        {phrase.kind for phrase in clause} & kinds and any(phrase.number is not None for phrase in clause)
        for clause in reading.clauses
    )
