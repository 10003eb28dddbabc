"""Heights as people write them, in whole centimetres."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from matchmaker.ai.reading.folding import fold
from matchmaker.ai.reading.grammar import Kind
from matchmaker.ai.reading.numbers import LANGUAGES, in_digits
from matchmaker.ai.reading.phrases import Reading, readings
from matchmaker.ai.reading.yes_no import POLITENESS, only_a_leading_no

_SHORTEST, _TALLEST = 120, 230
_INCH = Decimal("2.54")
_FOOT_UNITS = r"(?:'(?!')|ft(?![^\W\d_])\.?|feet\b|foot\b|fuss\b|pies?\b|pieds?\b)"
_INCH_UNITS = r"(?:\"|''|in\b\.?|inch(?:es)?\b|ins\b\.?|zoll\b|pulgadas?\b|pouces?\b)"
_METRE_UNITS = r"(?:(?:mts?|met(?:er|re|ro)s?|mètres?|m|метр(?:а|ов)?|м)(?![^\W\d_])\.?|米)"
_CM_UNITS = (
    r"(?:cms?\b\.?|(?:c|z)ent[ií]m(?:et(?:er|re|ro)s?|ètres?|etern)\b|см\b\.?|сантиметр(?:а|ов)?\b|センチ|厘米|公分)"
)
_AND = r"(?:and|y|und|et|e|con)\b"
_INCHES = r"(?P<inches>1[01]|\d)(?P<tenths>\.\d+)?(?:\s+(?P<part>\d)/(?P<of>[248]))?(?![\d/])"
_FEET_AND_INCHES = rf"(?P<feet>[3-7])\s*{_FOOT_UNITS}(?:\s*[-,]?\s*(?:{_AND}\s*)?{_INCHES}\s*{_INCH_UNITS}?)?"
_DECIMAL_FEET = r"(?P<decimal_feet>[3-7]\.\d)\s*(?:ft\b|feet\b|foot\b)"
_INCHES_ALONE = rf"(?P<inches_alone>[4-9]\d)\s*{_INCH_UNITS}"
_METRES_AND_CM = rf"(?P<whole_metres>[12])\s*{_METRE_UNITS}\s*(?:{_AND}\s*)?(?P<and_cm>\d\d)(?!\d)\s*{_CM_UNITS}?"
_METRES = rf"(?P<metres>[12](?:[.,]\d{{1,3}})?)\s*{_METRE_UNITS}"
_BARE_METRES = r"(?P<bare_metres>[12][.,]\d\d)"
_CENTIMETRES = rf"(?P<cm>[12]\d\d)(?:[.,]\d)?\s*{_CM_UNITS}?"
_SPELLINGS = (
    _DECIMAL_FEET,
    _FEET_AND_INCHES,
    _INCHES_ALONE,
    _METRES_AND_CM,
    _METRES,
    _BARE_METRES,
    _CENTIMETRES,
)
_HEIGHT = re.compile(
    rf"(?<![^\s(])(?:{'|'.join(_SPELLINGS)})"
    r"(?![\w'\"/%°€$£-]|[.,]\d)"
)
# As people say them without a unit: "five eleven", "uno sesenta y cuatro", "metro ochenta".
_SPOKEN = (
    (re.compile(r"(?<!\S)([4-7]) (1[01]|\d)(?![\w.,'])"), r"\1 ft \2"),
    (re.compile(r"(?<!\S)([12]) ([1-9]\d)(?![\w.,'])"), r"\1 m \2"),
    (re.compile(r"(?<!\S)(?:1 )?met(?:ro|er) ([1-9]\d)(?![\w.,'])"), r"1 m \1"),
)
# No "ok" or "gut": "gut 1,80" is more than that.
_AROUND = frozenset(
    {Kind.CONSENT, Kind.WILLING, Kind.YES, Kind.NO, *POLITENESS, Kind.FILLER, Kind.REGRET, Kind.SIGH, Kind.AND}
)


def height_cm(value: str) -> int | None:
    """The height that a value is, in any usual spelling; None where it's anything else or no grown person's."""
    heights = {_centimetres(match) for spelling in _spellings(value) if (match := _HEIGHT.fullmatch(spelling))}
    return heights.pop() if len(heights) == 1 else None


def plain_height(text: str) -> int | None:
    """The author's height, where they say nothing else in answer to "how tall are you?"."""
    heights = set()
    for spelling in _spellings(text.replace("\n", " . ")):
        found = list(_HEIGHT.finditer(spelling))
        if (
            len(found) == 1
            and not found[0]["decimal_feet"]
            and _is_whole_answer(_HEIGHT.sub("{height_cm}", spelling))
        ):
            heights.add(_centimetres(found[0]))
    return heights.pop() if len(heights) == 1 else None


def _spellings(text: str) -> Iterator[str]:
    """Folded, and with numbers in words as digits, where there are any."""
    folded = fold(text).strip()
    yield folded
    for language in LANGUAGES:
        spelling = in_digits(folded, language)
        if spelling != folded:
            for spoken, written in _SPOKEN:
                spelling = spoken.sub(written, spelling)
            yield spelling


def _is_whole_answer(text: str) -> bool:
    return any(map(_answers, readings(text)))


def _answers(reading: Reading) -> bool:
    kinds = reading.kinds
    return Kind.ANSWER in kinds and not kinds - {Kind.ANSWER} - _AROUND and only_a_leading_no(reading)


def _centimetres(match: re.Match[str]) -> int | None:
    height = int(_exact(match).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return height if _SHORTEST <= height <= _TALLEST else None


def _exact(match: re.Match[str]) -> Decimal:
    if match["feet"]:
        return (int(match["feet"]) * 12 + _inches(match)) * _INCH
    if match["decimal_feet"]:
        return Decimal(match["decimal_feet"]) * 12 * _INCH
    if match["inches_alone"]:
        return int(match["inches_alone"]) * _INCH
    if match["whole_metres"]:
        return Decimal(match["whole_metres"]) * 100 + int(match["and_cm"])
    metres = match["metres"] or match["bare_metres"]
    return Decimal(metres.replace(",", ".")) * 100 if metres else Decimal(match["cm"])


def _inches(match: re.Match[str]) -> Decimal:
    inches = Decimal((match["inches"] or "0") + (match["tenths"] or ""))
    return inches + Decimal(match["part"]) / Decimal(match["of"]) if match["part"] else inches
