"""The answer to a read-back: is this numbered list of what we heard right, or which number is wrong?"""

import re
from dataclasses import dataclass

from matchmaker.ai.reading.grammar import LAST, YESES, Kind
from matchmaker.ai.reading.numbers import whole_number
from matchmaker.ai.reading.phrases import Reading, Said, readings
from matchmaker.ai.reading.yes_no import POLITENESS, plain_no, plain_yes

_SIGNS = {
    Kind.NO: "n",
    Kind.ITEM: "i",
    Kind.NOT: "t",
    Kind.ALL_BUT: "b",
    Kind.IS_WRONG: "w",
    Kind.ALL_WRONG: "a",
    Kind.AND: "&",
    **dict.fromkeys(YESES, "y"),
}
_FILLER = frozenset({*POLITENESS, Kind.FILLER, Kind.REGRET, Kind.SIGH})
_ITEMS = "i(,?&?i)*"
_JOINED_ITEMS = "i(&i)*"
_WRONG_ITEMS = re.compile(
    rf"(n,?)?{_ITEMS}"  # "2", "no, 2 and 3"
    rf"|(n,?)?{_ITEMS}w(,?&?{_ITEMS}w)*"  # "2 is wrong, and 3 is wrong"
    rf"|(n,)?w,?{_ITEMS}"  # "wrong: 2"
    rf"|(n,?)?t{_JOINED_ITEMS}"  # "not 2"
    rf"|(y,?)*(b|t|bt){_JOINED_ITEMS}"  # "all but the last", "all right, except 2", "yes but not 2"
    rf"|(y,?)*b{_JOINED_ITEMS}w"  # "yes, but 2 is wrong"
    r"|in"  # "el 2 no"
)
# Without its comma, "no está mal" is praise.
_ALL_WRONG = re.compile("(n,)?a")
_SOMETHING_WRONG = re.compile("(n,)?w")


@dataclass(frozen=True)
class Answer:
    """`wrong` are the numbers that don't hold, the others do. With neither, they said no and not to what."""

    wrong: frozenset[int] = frozenset()
    all_right: bool = False


def read_answer(text: str, count: int) -> Answer | None:
    """What the message says of a list of so many; None where it says anything besides."""
    if plain_yes(text):
        return Answer(all_right=True)
    if plain_no(text):
        return Answer()
    found = {answer for reading in readings(text, {Kind.ITEM}) if (answer := _answer(reading, count))}
    return found.pop() if len(found) == 1 else None


def _answer(reading: Reading, count: int) -> Answer | None:
    if reading.kinds - _SIGNS.keys() - _FILLER:
        return None
    clauses = ("".join(_SIGNS.get(phrase.kind, "") for phrase in clause) for clause in reading.clauses)
    signs = ",".join(filter(None, clauses))
    if _ALL_WRONG.fullmatch(signs):
        return Answer(wrong=frozenset(range(1, count + 1)))
    if _SOMETHING_WRONG.fullmatch(signs):
        return Answer()
    if not _WRONG_ITEMS.fullmatch(signs) or any(map(_is_a_count, reading.said)):
        return None
    wrong = frozenset(_place(phrase.number, count) for phrase in reading.said if phrase.kind is Kind.ITEM)
    return Answer(wrong=wrong) if all(1 <= place <= count for place in wrong) else None


def _is_a_count(phrase: Said) -> bool:
    """ "Two are wrong" says how many, not which."""
    return (
        phrase.kind is Kind.ITEM
        and whole_number(" ".join(phrase.typed), 0, 99) is not None
        and not phrase.typed[0].isdecimal()
    )


def _place(number: int | None, count: int) -> int:
    return count if number == LAST else number or 0
