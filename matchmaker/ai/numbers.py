"""Numbers as people write them."""

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
UNITS = tuple(_UNITS.split())
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(TENS)})(?:[ -](?P<unit>{'|'.join(UNITS[1:10])}))?|(?P<alone>{'|'.join(UNITS)}))\b",
    re.IGNORECASE,
)


def in_digits(text: str) -> str:
    """Spelled-out numbers below a hundred as digits."""
    return _SPELLED.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    if match["alone"]:
        return str(UNITS.index(match["alone"].lower()))
    unit = UNITS.index(match["unit"].lower()) if match["unit"] else 0
    return str((TENS.index(match["tens"].lower()) + 2) * 10 + unit)
