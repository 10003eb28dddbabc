"""An age as the whole of an answer to "how old are you?"."""

from matchmaker.ai.reading.grammar import YESES, Kind
from matchmaker.ai.reading.phrases import Reading, readings
from matchmaker.ai.reading.yes_no import POLITENESS, nothing_beside_numbers, only_a_leading_no

_AGES = frozenset({Kind.AGE, Kind.AGE_IF_ASKED})
_AROUND = YESES | {Kind.NO, *POLITENESS, Kind.FILLER, Kind.REGRET, Kind.SIGH, Kind.AND}
YOUNGEST, OLDEST = 10, 99
# A lone "97" is rather the year of somebody's birth.
_FIRST_LIKELY_BIRTH_YEAR = 90


def plain_age(text: str) -> int | None:
    """The author's age, where they say nothing else: "27", "I'm 27", "tengo 27 años", "no, 28"."""
    ages = {age for reading in readings(text, _AGES) if (age := _age(reading)) is not None}
    return ages.pop() if len(ages) == 1 else None


def _age(reading: Reading) -> int | None:
    if reading.kinds - _AGES - _AROUND or len(reading.ages) != 1 or not only_a_leading_no(reading):
        return None
    # "Ok 27" may be of anything, "ok I'm 27" is of them.
    if Kind.AGE not in reading.kinds and not nothing_beside_numbers(reading, {Kind.WEAK_YES}):
        return None
    age = reading.ages[0]
    oldest = OLDEST if Kind.AGE in reading.kinds else _FIRST_LIKELY_BIRTH_YEAR - 1
    return age if age is not None and YOUNGEST <= age <= oldest else None
