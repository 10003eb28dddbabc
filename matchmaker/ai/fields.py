"""What a profile holds: each field's source, need and the form its value must have."""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from matchmaker.addresses import without_numbers
from matchmaker.ai.reading.heights import height_cm
from matchmaker.ai.safety.instructions import is_markup_or_instruction


class Need(StrEnum):
    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Source(StrEnum):
    """Who may say it: the primary person only, anyone (and the primary person confirms), friends."""

    PRIMARY = "primary"
    ANYONE = "anyone"
    FRIENDS = "friends"


class InvalidValue(ValueError):
    """The value does not have the form of its field; the text says what would."""


@dataclass(frozen=True)
class Field:
    slug: str
    need: Need
    source: Source
    normalise: Callable[[Any], Any]
    choices: tuple[str, ...] = ()
    """Of a field whose value is one of a few: the model picks it, and no text need contain it."""
    many: bool = False
    most: int = 1
    least: int = 1
    private: bool = False
    """Never asked in the group, which everybody reads."""


def plain_text(most: int, least: int = 1) -> Callable[[Any], str]:
    """A text that somebody could have said: no link, and nothing written for a program."""

    def normalise(value: Any) -> str:
        if not isinstance(value, str):
            raise InvalidValue("must be a text")
        text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", value)).strip()
        if not least <= len(text) <= most:
            raise InvalidValue(f"must have {least} to {most} characters")
        if re.search(r"https?://|www\.|@\w+\.\w", text):
            raise InvalidValue("must hold no link or e-mail address")
        if without_numbers(text) != text:
            raise InvalidValue("must hold no phone number")
        if is_markup_or_instruction(text):
            raise InvalidValue("must be plain words about the person, with no markup or instructions in it")
        return text

    return normalise


def _name(value: Any) -> str:
    text = plain_text(40)(value)
    if not any(char.isalpha() for char in text) or any(char.isdigit() for char in text):
        raise InvalidValue("must be a first name in letters")
    return text


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def normalise(value: Any) -> int:
        # Models write 28.0 as well.
        written = re.fullmatch(r"(\d{1,3})(?:\.0)?", str(value).strip())
        if isinstance(value, bool) or written is None:
            raise InvalidValue("must be a whole number")
        number = int(written[1])
        if not least <= number <= most:
            raise InvalidValue(f"must be from {least} to {most}")
        return number

    return normalise


def _age(value: Any) -> int:
    # Ages under 18 pass here on purpose: they stop the interview, and must be told from nonsense for that.
    return _whole(1, 99)(value)


def _height(value: Any) -> int:
    # JSON as Python reads it knows infinity.
    whole = isinstance(value, int | float) and math.isfinite(value) and value == int(value)
    height = height_cm(f"{int(value)} cm" if whole and not isinstance(value, bool) else str(value))
    if height is not None and 120 <= height <= 230:
        return height
    raise InvalidValue("must be a height from 120 to 230 cm, such as 168, 1.68 m or 5'6\"")


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], str]:
    def normalise(value: Any) -> str:
        text = str(value).strip().lower().replace(" ", "_").replace("-", "_")
        if text not in choices:
            raise InvalidValue(f"must be one of {', '.join(choices)}")
        return text

    return normalise


def _ages(value: Any) -> list[int]:
    found = [int(number) for number in re.findall(r"\d{1,3}", str(value))]
    if len(found) != 2 or not 18 <= found[0] <= found[1] <= 99:
        raise InvalidValue("must be two ages from 18 to 99, the younger first")
    return found


P, A, F = Source.PRIMARY, Source.ANYONE, Source.FRIENDS
R, REC, OPT = Need.REQUIRED, Need.RECOMMENDED, Need.OPTIONAL


def _choice(slug: str, need: Need, *choices: str, private: bool = False) -> Field:
    return Field(slug, need, P, _one_of(choices), choices=choices, private=private)


_DECLINE = "rather_not_say"

FIELDS: dict[str, Field] = {
    field.slug: field
    for field in (
        Field("first_name", R, A, _name),
        Field("age", R, P, _age),
        Field("area", R, A, plain_text(60)),
        # Who somebody is and whom they love is kept in their own words, and never inferred.
        Field("gender", R, P, plain_text(30), private=True),
        Field("interested_in", R, P, plain_text(30), many=True, most=6, private=True),
        Field("orientation", OPT, P, plain_text(30), private=True),
        _choice("intention", R, "long_term", "long_open_short", "short_open_long", "figuring_out", "friendship"),
        Field("languages", OPT, A, plain_text(30), many=True, most=6),
        Field("height_cm", OPT, A, _height),
        Field("job_or_study", REC, A, plain_text(80)),
        _choice("kids_has", OPT, "yes", "no", _DECLINE, private=True),
        _choice("kids_wants", OPT, "yes", "no", "maybe", _DECLINE, private=True),
        _choice("smoke", OPT, "no", "sometimes", "yes", _DECLINE),
        _choice("drink", OPT, "no", "sometimes", "yes", _DECLINE),
        _choice("diet", OPT, "everything", "vegetarian", "vegan", "halal", "kosher", "other"),
        Field("faith", OPT, P, plain_text(40), private=True),
        Field("politics", OPT, P, plain_text(40), private=True),
        Field("pets", OPT, A, plain_text(30), many=True, most=6),
        Field("interests", R, A, plain_text(30), many=True, most=10, least=3),
        Field("stories", R, A, plain_text(280, 15), many=True, most=10, least=3),
        Field("purpose", REC, P, plain_text(200)),
        Field("quirk", REC, A, plain_text(140)),
        Field("green_flags", REC, F, plain_text(280, 20), many=True, most=10),
        Field("vouch_quote", OPT, F, plain_text(140), many=True, most=5),
        Field("first_date_idea", REC, P, plain_text(140)),
        Field("must_haves", OPT, P, plain_text(80), many=True, most=3),
        Field("dealbreakers", REC, P, plain_text(80), many=True, most=3, private=True),
        Field("age_range", REC, P, _ages, private=True),
        Field("distance_km", OPT, P, _whole(1, 500)),
        _choice("tone", REC, "gentle", "dry", "bold"),
    )
}
