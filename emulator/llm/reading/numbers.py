"""Ages and heights, in figures and in words."""

import re
from collections.abc import Iterator

from text_to_num.transforms import alpha2digit

ANY_CASE = re.IGNORECASE
SPELLED_IN = frozenset({"en", "es", "de", "fr", "pt"})

_NOT_YEARS = (
    r"(?![\d'\"’″%:°]|[.,]\d|(?:st|nd|rd|th|ish|k|m|cm|kg|am|pm)\b|[\s-]*years?[\s-]*olds\b|\s*(?:ish\b|something|odd\b|ft|feet|foot|cm|metres?|meters?|km|miles?|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|"
    r"percent|per|of\b|kids?|cats?|dogs?|times|stone|kg|lbs?|pounds?|quid|euros?|pm\b|am\b|o'clock|steps|in (?:a|my|his|her)\b|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|next\b|soon\b|"
    r"tomorrow|inches|boxes|people|more\b|other|years? (?:in|into|ago|sober|clean|at|with|of|now|younger|older)|a[ñn]os (?:de|en|con|más|mas)|jahre (?:in|bei|mit|als)))"
)
_NUMBER = rf"(?<![\w.,:'\"/£$€+-])(?P<age>\d{{2}}){_NOT_YEARS}"
_LEADS = r"(?:(?:a|only|just|now|actually|already|currently|like|about|about to be|still|definitely|officially|really|a very young|a young|an old|a fresh|a proud|ripe|yes|fucking)\s+)*"
STATED_AGE = re.compile(
    rf"(?:\b(?:i'm|i am|im|i've turned|i just turned|i turned|just turned|^turned|my age is|age is|my age:?|aged|age:?|tengo|cumpl[ií]|ich bin|bin|i was born, i'm)\s+{_LEADS}{_NUMBER}"
    rf"|^\W*(?:and\s+|just\s+|yes,?\s+|also\s+)*{_NUMBER.replace('<age>', '<bare>')}(?=\W*$|\W+(?:years|yrs|y/?o|and\b|from\b|male\b|female\b|m\b|f\b)|\s*,)"
    rf"|{_NUMBER.replace('<age>', '<old>')}(?=[\s-]*(?:years?[\s-]*old\b|yrs?[\s-]*old\b|y/?o\b|a[ñn]os|jahre(?: alt)?\b)))",
    ANY_CASE,
)
ANY_AGE = re.compile(_NUMBER, ANY_CASE)
_NOT_THAT_AGE = re.compile(
    r"(?:\b(?:not|no|almost|nearly|pushing|turning|turn|until|till|next|before|over|under|above|below|past|around|approaching|nudging|feel(?:s|ing)?(?: like)?|like|basically|practically|"
    r"mentally|spiritually|going on|closer to|older than|younger than|born in|since|bus|room|number|say|says|said|least|than|early|mid|late|knees)\s+|[-–]\s?(?=\d)(?<=\d[-–]))$",
    ANY_CASE,
)


_TENTHS = {"three": 3, "four": 4, "five": 5, "six": 6}
_BIG_O = re.compile(r"\b(?:the )?big (?P<tens>three|four|five|six)[- ]?(?:oh|o|0)\b", ANY_CASE)
# "I have a 12 year old dog".
_HAS = re.compile(r"\b(?:have|has|had|got|with|my|her|his|this|that|our)\b[^.!?]{0,20}$", ANY_CASE)


def in_figures(text: str, language: str = "en") -> str:
    """ "I'm thirty-four" becomes "I'm 34"."""
    if re.search(r"\d", text) and not re.search(r"\b(?:foot|feet)\b", text, ANY_CASE):
        return text
    text = _BIG_O.sub(lambda match: str(10 * _TENTHS[match["tens"].lower()]), text)
    return alpha2digit(text, language if language in SPELLED_IN else "en")


def stated_ages(text: str) -> Iterator[int]:
    """Ages that the text gives as somebody's own, in its order."""
    for match in STATED_AGE.finditer(text):
        group = next(name for name in ("age", "bare", "old") if match[name])
        before = text[: match.start(group)]
        if not _NOT_THAT_AGE.search(before) and not (group == "old" and _HAS.search(before)):
            yield int(match[group])


def answered_age(text: str) -> int | None:
    """The text answers how old they are. Of a correction the last number counts that is not denied."""
    found = [
        int(match["age"])
        for match in ANY_AGE.finditer(text)
        if not _NOT_THAT_AGE.search(text[: match.start()]) and int(match["age"]) >= 10
    ]
    return found[-1] if found else None


# heights --------------------------------------------------------------------------------------------------------------

_FRACTION = {"½": 0.5, "¼": 0.25, "¾": 0.75, "and a half": 0.5, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_FEET = re.compile(
    r"(?<![\d.,/])(?P<feet>[4-7])\s*(?:'|′|´|`|ft\.?(?![a-z])|feet\b|foot\b)[\s,-]*(?:and\s+)?(?:(?P<inches>\d{1,2})(?!\d)\s*(?P<part>½|¼|¾|and a half|1/2|1/4|3/4)?\s*(?:\"|″|”|''|in\b|inch(?:es)?\b)?)?",
    ANY_CASE,
)
_DECIMAL_FEET = re.compile(r"(?<![\d.])(?P<feet>[4-7]\.\d{1,2})\s*(?:ft|feet|foot)\b", ANY_CASE)
_METRES = re.compile(
    r"(?<![\d.,])(?P<metres>[12][.,]\d{1,2})\s*(?:m\b|metres?\b|meters?\b|metros?\b)|\b(?P<one>[12])\s?m\s?(?P<rest>\d{2})\b|(?<![\d.,])(?P<even>2)\s?(?:m|metres?|meters?)\b(?! (?:away|from|deep|long|of))",
    ANY_CASE,
)
_CENTIMETRES = re.compile(
    r"(?<![\d.,])(?P<cm>1[2-9]\d|2[0-2]\d)\s*(?:cm\b|cms\b|centimet(?:er|re)s?\b|zentimeter\b)", ANY_CASE
)
_BARE = re.compile(
    r"(?<![\d.,£$€])(?:(?P<cm>1[4-9]\d|20\d)|(?P<metres>1[.,][4-9]\d?|2[.,]0\d?))(?![\d.,%]|\s*(?:lbs?|pounds?|kg|quid|euros?|km|miles|people|a (?:week|month)))"
)
_TALL = re.compile(r"\b(?:tall|height|mido|groß|gross)\b", ANY_CASE)
_NOT_A_BODY = re.compile(
    r"\b(?:someone|somebody|anyone|at least|over|under|taller|shorter|than|wall|jump|jumped|run|ran|swim|screen|tv|sofa|tree|snow|deep|away|pool|weigh|sub|ladder|ceiling|bookshelf|men|women|guys|girls)\b",
    ANY_CASE,
)
TALLEST, SHORTEST = 230, 120


def stated_height(text: str, *, is_answer: bool = False) -> int | None:
    """In whole centimetres; None when no adult is that tall, or when the text measures something else."""
    if _NOT_A_BODY.search(text):
        return None
    found = _feet(text) or _metric(text)
    if found is None and (is_answer or _TALL.search(text)):
        match = _BARE.search(text)
        found = _as_cm(match) if match else None
    return found if found is not None and SHORTEST <= found <= TALLEST else None


def _feet(text: str) -> int | None:
    decimal = _DECIMAL_FEET.search(text)
    if decimal:
        return _rounded(float(decimal["feet"]) * 30.48)
    match = _FEET.search(text)
    if match is None:
        return None
    inches = int(match["inches"] or 0) + _FRACTION.get((match["part"] or "").lower(), 0)
    return _rounded(int(match["feet"]) * 30.48 + inches * 2.54) if inches < 12 else None


def _metric(text: str) -> int | None:
    match = _CENTIMETRES.search(text)
    if match:
        return int(match["cm"])
    match = _METRES.search(text)
    if match is None:
        return None
    if match["even"]:
        return 200
    if match["one"]:
        return int(match["one"]) * 100 + int(match["rest"])
    return _rounded(float(match["metres"].replace(",", ".")) * 100)


def _as_cm(match: re.Match[str]) -> int:
    return int(match["cm"]) if match["cm"] else _rounded(float(match["metres"].replace(",", ".")) * 100)


def _rounded(centimetres: float) -> int:
    return int(centimetres + 0.5)
