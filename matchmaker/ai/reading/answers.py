"""An answer to our open question about one field: the value and filler, and nothing else."""

import itertools
from collections.abc import Sequence

from matchmaker.ai.reading.clauses import clauses
from matchmaker.ai.reading.folding import loosen, places_of, spellings
from matchmaker.ai.reading.grammar import LAST, YESES, Kind
from matchmaker.ai.reading.phrases import Reading, readings
from matchmaker.ai.reading.words.sentences import is_like_a_sentence
from matchmaker.ai.reading.yes_no import POLITENESS, only_a_leading_no

_AROUND = YESES | {Kind.NO, *POLITENESS, Kind.FILLER, Kind.REGRET, Kind.SIGH}
_FRAMED_FIELDS = frozenset({"first_name", "area", "job_or_study", "gender", "orientation", "faith", "politics"})
# What stands alone and is longer is a sentence rather than a value.
_MOST_WORDS_ALONE = {"first_name": 3, "area": 4, "gender": 4, "job_or_study": 5}


def is_whole_answer(value: str, text: str, *, field: str) -> bool:
    """Whether the message is this value and filler: "Leeds", "no I live in Leeds", "call me Abby".

    Accents that phones drop are no difference. A name with other words beside it must stand in a sentence that gives
    it: "hi, Jonas" is said to Jonas. And a name that is like a sentence is none: a model that copies "no idea" as the
    city settles nothing.
    """
    if field in _FRAMED_FIELDS and is_like_a_sentence(value):
        return False
    if _same_words(value, text):
        return _may_stand_alone(value, field)
    if field == "first_name":
        return any(_is_framed(reading) and _answers(reading) for reading in _with(value, text, field))
    alone = _may_stand_alone(value, field)
    return any(_answers(reading) and (alone or _is_framed(reading)) for reading in _with(value, text, field))


def chosen_option(text: str, count: int) -> int | None:
    """The number of the option that the message picks, from 1: "2", "number two", "the second", "the last one"."""
    found = {item for reading in readings(text, {Kind.ITEM}) if (item := _item(reading, count)) is not None}
    return found.pop() if len(found) == 1 else None


def option_label(text: str, labels: Sequence[str]) -> int | None:
    """The number of the option whose label the message is, from 1."""
    found = [at for at, label in enumerate(labels, 1) if _is_label(label, text)]
    return found[0] if len(found) == 1 else None


def _with(value: str, text: str, field: str) -> list[Reading]:
    """The readings of the message in which the value is one word that stands for its field."""
    if clauses(text) is None or "{" in text:
        return []
    token = f" {{{field if field in _FRAMED_FIELDS | {'option'} else 'other'}}} "
    pairs = itertools.product(spellings(value), spellings(text.replace("\n", " . ")))
    texts = {_replaced(sought, whole, token) for sought, whole in pairs}
    return list(itertools.chain.from_iterable(readings(one) for one in texts if token in one))


def _replaced(sought: str, text: str, token: str) -> str:
    for start in sorted(places_of(sought, text), reverse=True):
        text = text[:start] + token + text[start + len(sought) :]
    return text


def _same_words(value: str, text: str) -> bool:
    sought, whole = clauses(loosen(value)), clauses(loosen(text))
    return bool(sought and whole) and _joined(sought) == _joined(whole)


def _joined(parts: Sequence[Sequence[str]] | None) -> list[str]:
    return list(itertools.chain.from_iterable(parts or ()))


def _answers(reading: Reading) -> bool:
    return not reading.kinds - {Kind.ANSWER} - _AROUND and only_a_leading_no(reading)


def _is_framed(reading: Reading) -> bool:
    """Whether the message says in so many words what the value is: "I live in …"."""
    return any(phrase.kind is Kind.ANSWER and len(phrase.words) > 1 for phrase in reading.said)


def _may_stand_alone(value: str, field: str) -> bool:
    """A lone "ok" or "hola" is no value, whatever a model makes of it."""
    return len(value.split()) <= _MOST_WORDS_ALONE.get(field, 60) and not readings(value)


def _item(reading: Reading, count: int) -> int | None:
    places = {phrase.number for phrase in reading.said if phrase.kind is Kind.ITEM}
    if reading.kinds - {Kind.ITEM} - _AROUND - {Kind.AND} or Kind.NO in reading.kinds or len(places) != 1:
        return None
    (place,) = places
    place = count if place == LAST else place
    return place if place is not None and 1 <= place <= count else None


def _is_label(label: str, text: str) -> bool:
    return _same_words(label, text) or any(map(_answers, _with(label, text, "option")))
