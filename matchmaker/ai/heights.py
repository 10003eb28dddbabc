"""Heights as people write them, in whole centimetres."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

_INCH_CM = Decimal("2.54")
_FEET = re.compile(
    r"""(?<![\d.])(?P<feet>[3-7])\s*(?:'|’|′|ft\.?(?![a-z])|feet\b|foot\b)\s*(?P<inches>\d{1,2}(?:\.\d)?)?\s*(?:"|”|″|''|in\b|inches\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_DECIMAL_FEET = re.compile(r"(?<![\d.])(?P<feet>[3-7]\.\d{1,2})\s*(?:ft\b|feet\b|foot\b)", re.IGNORECASE)
_METRES = re.compile(r"(?<![\d.])(?P<metres>[12][.,]\d{1,2})\s*(?:m\b|metres?\b|meters?\b)", re.IGNORECASE)
_METRES_AND_CM = re.compile(r"(?<![\d.])(?P<metres>[12])\s*m\s*(?P<cm>\d{2})(?!\d)", re.IGNORECASE)
_BARE_METRES = re.compile(r"(?<![\d.,])(?P<metres>1[.,]\d{2})(?![\d.,])")
_CENTIMETRES = re.compile(
    r"(?<![\d.])(?P<cm>1\d{2}|2[0-3]\d)(?:\.\d)?\s*(?:cm\b|centimet(?:er|re)s?\b)?(?![\d.])", re.IGNORECASE
)


def heights_in(text: str) -> Iterator[int]:
    """Every height that the text could mean, most explicit spelling first."""
    for match in _DECIMAL_FEET.finditer(text):
        yield _rounded(Decimal(match["feet"]) * 12 * _INCH_CM)
    for match in _FEET.finditer(text):
        inches = Decimal(match["inches"] or 0)
        if inches < 12:
            yield _rounded((Decimal(match["feet"]) * 12 + inches) * _INCH_CM)
    for pattern in (_METRES, _BARE_METRES):
        for match in pattern.finditer(text):
            yield _rounded(Decimal(match["metres"].replace(",", ".")) * 100)
    for match in _METRES_AND_CM.finditer(text):
        yield int(match["metres"]) * 100 + int(match["cm"])
    for match in _CENTIMETRES.finditer(text):
        yield int(match["cm"])


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
