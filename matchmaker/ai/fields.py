"""What a profile holds: each field's source, need and the form its value must have."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from matchmaker.ai.heights import heights_in


class Need(StrEnum):
    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Source(StrEnum):
    """Who may say it: the primary person only, anyone (and the primary person confirms), friends."""

    PRIMARY = "primary"
    ANYONE = "anyone"
    FRIENDS = "friends"


class Evidence(StrEnum):
    """How a value can be recognised in the message it cites."""

    NUMBER = "number"
    HEIGHT = "height"
    WORDS = "words"
    MEANING = "meaning"  # a choice the model makes, `long_term` for "something serious": no text contains it


class InvalidValue(ValueError):
    """The value does not have the form of its field; the text says what would."""


@dataclass(frozen=True)
class Field:
    slug: str
    need: Need
    source: Source
    normalise: Callable[[Any], Any]
    evidence: Evidence = Evidence.WORDS
    many: bool = False
    most: int = 1
    least: int = 1
    private: bool = False
    hint: str = ""


def _text(most: int, least: int = 1) -> Callable[[Any], str]:
    def normalise(value: Any) -> str:
        if not isinstance(value, str):
            raise InvalidValue("must be a text")
        text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", value)).strip()
        if not least <= len(text) <= most:
            raise InvalidValue(f"must have {least} to {most} characters")
        if re.search(r"https?://|www\.|@\w+\.\w", text):
            raise InvalidValue("must hold no link or e-mail address")
        return text

    return normalise


def _name(value: Any) -> str:
    text = _text(40)(value)
    if not any(char.isalpha() for char in text) or any(char.isdigit() for char in text):
        raise InvalidValue("must be a first name in letters")
    return text


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def normalise(value: Any) -> int:
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,3}", str(value).strip()):
            raise InvalidValue("must be a whole number")
        number = int(str(value).strip())
        if not least <= number <= most:
            raise InvalidValue(f"must be from {least} to {most}")
        return number

    return normalise


def _age(value: Any) -> int:
    # Ages under 18 pass here on purpose: they stop the interview, and must be told from nonsense for that.
    return _whole(1, 99)(value)


def _height(value: Any) -> int:
    written = f"{value} cm" if isinstance(value, int) else str(value)
    for height in heights_in(written):
        if 120 <= height <= 230:
            return height
    raise InvalidValue("must be a height from 120 to 230 cm, such as 168, 1.68 m or 5'6\"")


def _one_of(*choices: str) -> Callable[[Any], str]:
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


_DECLINE = "rather_not_say"
P, A, F = Source.PRIMARY, Source.ANYONE, Source.FRIENDS
R, REC, OPT = Need.REQUIRED, Need.RECOMMENDED, Need.OPTIONAL

FIELDS: dict[str, Field] = {
    field.slug: field
    for field in (
        Field("first_name", R, A, _name, hint="What first name should be on the profile?"),
        Field("age", R, P, _age, Evidence.NUMBER, hint="How old are you?"),
        Field("area", R, A, _text(60), hint="Which city or area do you live in?"),
        # Who somebody is and whom they love is kept in their own words, and never inferred.
        Field("gender", R, P, _text(30), private=True),
        Field("interested_in", R, P, _text(30), many=True, most=6, private=True),
        Field("orientation", OPT, P, _text(30), private=True),
        Field(
            "intention",
            R,
            P,
            _one_of("long_term", "long_open_short", "short_open_long", "figuring_out", "friendship"),
            Evidence.MEANING,
            hint="What are you looking for: something long-term, something light, or are you still figuring it out?",
        ),
        Field("languages", OPT, A, _text(30), many=True, most=6),
        Field("height_cm", OPT, A, _height, Evidence.HEIGHT, hint="How tall are you?"),
        Field("job_or_study", REC, A, _text(80), hint="What do you do for work or study?"),
        Field("kids_has", OPT, P, _one_of("yes", "no", _DECLINE), Evidence.MEANING, private=True),
        Field("kids_wants", OPT, P, _one_of("yes", "no", "maybe", _DECLINE), Evidence.MEANING, private=True),
        Field("smoke", OPT, P, _one_of("no", "sometimes", "yes", _DECLINE), Evidence.MEANING),
        Field("drink", OPT, P, _one_of("no", "sometimes", "yes", _DECLINE), Evidence.MEANING),
        Field(
            "diet",
            OPT,
            P,
            _one_of("everything", "vegetarian", "vegan", "halal", "kosher", "other"),
            Evidence.MEANING,
        ),
        Field("faith", OPT, P, _text(40), private=True),
        Field("politics", OPT, P, _text(40), private=True),
        Field("pets", OPT, A, _text(30), many=True, most=6),
        Field(
            "interests",
            R,
            A,
            _text(30),
            many=True,
            most=10,
            least=3,
            hint="What do you love doing? The more specific the better.",
        ),
        Field(
            "stories",
            R,
            A,
            _text(280, 15),
            many=True,
            most=10,
            least=3,
            hint="Tell me about a typical Sunday, or something that happened lately and was so you.",
        ),
        Field("purpose", REC, P, _text(200), hint="What are you working toward right now?"),
        Field("quirk", REC, A, _text(140), hint="What's a little quirk of yours?"),
        Field(
            "green_flags",
            REC,
            F,
            _text(280, 20),
            many=True,
            most=10,
            hint="What's a green flag about them? An example would be great.",
        ),
        Field("vouch_quote", OPT, F, _text(140), many=True, most=5),
        Field("first_date_idea", REC, P, _text(140), hint="What's your idea of a good first date?"),
        Field("must_haves", OPT, P, _text(80), many=True, most=3, hint="What do you really need in a partner?"),
        Field("dealbreakers", REC, P, _text(80), many=True, most=3, private=True),
        Field("age_range", REC, P, _ages, Evidence.NUMBER, private=True),
        Field("distance_km", OPT, P, _whole(1, 500), Evidence.NUMBER),
        Field(
            "tone",
            REC,
            P,
            _one_of("gentle", "dry", "bold"),
            Evidence.MEANING,
            hint="How cheeky can your friends be: gentle, dry or bold?",
        ),
    )
}
