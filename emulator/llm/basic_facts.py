"""Plain facts that a pattern can find: age, name, place, height, work, languages, pets."""

import re
from collections.abc import Callable, Iterator

from emulator.llm import interests
from emulator.llm.clauses import ANY_CASE, Clause, Speaker, is_denied
from emulator.llm.word_lists import LANGUAGES, NO_PLACE, NOT_A_NAME, NUMBERS, OCCUPATIONS, PETS, TENS, UNITS

Value = str | int | list[int]
Reader = Callable[[Clause, Speaker], Iterator[Value]]

# age ------------------------------------------------------------------------------------------------------------

_NUMBER_WORDS = rf"(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(UNITS)}))?|{'|'.join(NUMBERS)}"
_NOT_YEARS = (
    r"(?![\d'\"’″%:]|[.,]\d|\s*(?:ft|feet|foot|cm|m|metres?|meters?|km|miles?|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|"
    r"percent|st|nd|rd|th|of|kids?|cats?|dogs?|times|stone|kg|lbs?|per|pounds?|quid|euros?|k|pm|am|o'clock|steps|years? (?:in|into|ago|sober))\b)"
)
_AGE = re.compile(
    rf"(?:\b(?:i'm|i am|im|i just turned|i turned|^just turned|^turned|i've turned|my age is|age is|aged|age:?)\s+(?:a\s+|only\s+|just\s+|now\s+|actually\s+|already\s+|"
    rf"currently\s+)*|^\s*(?:and\s+|just\s+)?)(?P<age>\d{{2}}|{_NUMBER_WORDS})\b{_NOT_YEARS}(?P<tail>\s*(?:years?[ -]old|y/?o|yrs?)?)",
    ANY_CASE,
)
BARE_AGE = re.compile(rf"(?<![\w.,:'\"/])(?P<age>\d{{2}}|{_NUMBER_WORDS})\b{_NOT_YEARS}", ANY_CASE)


def age_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _AGE.search(clause.text)
    if match is None or is_denied(clause.text, match.start("age")):
        return
    starts_with_it = match.start("age") == match.start() or clause.text[: match.start("age")].strip() in {
        "and",
        "just",
    }
    if starts_with_it and not match["tail"].strip() and clause.text[match.end() :].strip(" ,.!"):
        return
    yield from as_age(match["age"])


def as_age(written: str) -> Iterator[int]:
    age = int(written) if written.isdigit() else _spelled(written.lower())
    if 10 <= age <= 99:
        yield age


def _spelled(words: str) -> int:
    parts = re.split(r"[ -]", words)
    return sum(TENS.get(part, 0) + UNITS.get(part, 0) + NUMBERS.get(part, 0) for part in parts)


# name and place ---------------------------------------------------------------------------------------------------

WORD = r"[^\W\d_][\w'’-]*"
_NAME = re.compile(
    rf"\b(?:my name is|my name's|name is|name's|call me|i go by|goes by|everyone calls me|everybody calls me|i'm called|is called)\s+(?P<name>{WORD})",
    ANY_CASE,
)
I_AM = re.compile(rf"\b(?:i'm|i am|im|this is|it's)\s+(?P<name>{WORD})", ANY_CASE)


def first_name_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _NAME.search(clause.text)
    if match and not re.search(
        r"\b(?:dog|cat|puppy|pet|horse|sister|brother|boat|band|car)\b", clause.text, ANY_CASE
    ):
        yield from as_name(match["name"])
        return
    if not speaker.is_primary:
        return
    introduced = I_AM.search(clause.text)
    if introduced and introduced["name"].casefold() == speaker.primary_name.casefold():
        yield from as_name(introduced["name"])


def as_name(written: str) -> Iterator[str]:
    name = written.strip("'’-")
    if len(name) > 1 and name.casefold() not in NOT_A_NAME:
        yield name if not name.islower() else name.capitalize()


_AREA = re.compile(
    r"\b(?:(?:i |she |he |they |we )?(?:currently |now )?liv(?:e|es|ing) (?:(?:with|alone|together)[^,.;!?]*? )?(?:in|near|around|just outside)|based in|(?:i'm|she's|he's|am|is) from|"
    r"^(?:and )?from|com(?:e|es) from|moved to)\s+(?P<place>[^,.;!?()]+)",
    ANY_CASE,
)
_I_AM_IN = re.compile(
    r"\b(?i:i'm|i am|she's|he's)\s+(?:in|an?\s[\w\s-]{1,40}?\sfrom)\s+(?P<place>[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)*)"
)
_PLACE_ENDS = re.compile(
    r"\s+(?:and|but|with|since|for|now|because|where|at the moment|these days|which|who|so|though|right now|atm|when|after|"
    r"all my life|last|this|in (?:a|my|the)|near (?:the|my)|not|originally|lol|haha|until|near|have|has|if|or|as|to)\b.*$",
    ANY_CASE,
)
_STREET = re.compile(r"\d|\b(?:street|road|avenue|lane|close|drive|st\.|rd\.)", ANY_CASE)


def area_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    found = sorted(_AREA.finditer(clause.text), key=lambda match: "liv" not in match[0].lower())
    for match in [*found, *_I_AM_IN.finditer(clause.text)]:
        if not is_denied(clause.text, match.start()):
            yield from as_place(match["place"])
            return


def as_place(written: str) -> Iterator[str]:
    place = _PLACE_ENDS.sub("", written.strip()).strip(" .!'\"")
    place = re.sub(r"^(?:in|near|around|just outside|sunny|lovely|rainy|good old)\s+", "", place, flags=ANY_CASE)
    words = place.split()
    if not words or len(words) > 5 or words[0].casefold() in NO_PLACE or _STREET.search(place) or len(place) > 60:
        return
    if words[0].casefold() in NOT_A_NAME:
        return
    yield place if not place.islower() else place.title()


# height, job, languages, pets -------------------------------------------------------------------------------------

HEIGHT = re.compile(
    r"(?<![\d.])(?:[4-7]\s*(?:'|′|ft\b\.?|feet\b|foot\b)\s*(?:\d{1,2}(?!\d))?\s*(?:\"|″|”|''|in\b|inches\b)?|[4-7]\.\d{1,2}\s*(?:ft|feet|foot)\b|"
    r"[12][.,]\d{1,2}\s*(?:m\b|metres?\b|meters?\b)|1\s?m\s?\d{2}\b|1[2-9]\d\s*(?:cm\b|centimet(?:er|re)s?\b)|2[0-2]\d\s*(?:cm\b|centimet(?:er|re)s?\b))",
    ANY_CASE,
)
BARE_HEIGHT = re.compile(r"(?<![\d.,])(?:1[4-9]\d|20\d|1[.,][4-9]\d)(?![\d.,%])")


def height_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = HEIGHT.search(clause.text)
    if match is None and re.search(r"\b(?:tall|height)\b", clause.text, ANY_CASE):
        match = BARE_HEIGHT.search(clause.text)
    if (
        match
        and not is_denied(clause.text, match.start())
        and not re.search(
            r"\b(?:someone|somebody|at least|over|under|taller|shorter|than|wall|jump|run)\b", clause.text, ANY_CASE
        )
    ):
        yield from centimetres(match[0])


def centimetres(written: str) -> Iterator[int]:
    """5'6", 5.6 ft, 1.68 m, 1m68 or 168 cm, in whole centimetres; nothing when no adult is that tall."""
    numbers = [float(number.replace(",", ".")) for number in re.findall(r"\d+(?:[.,]\d+)?", written)]
    first, rest = numbers[0], sum(numbers[1:2])
    if first < 2.5:
        centimetres = first * 100 + rest
    elif first < 8:
        centimetres = first * 30.48 + rest * 2.54
    else:
        centimetres = first
    if rest < 12 or first < 2.5:
        yield int(centimetres + 0.5)


_WORKS_AS = re.compile(
    r"\b(?:work(?:s|ing)? as|job is|job's|i'm training as|qualified as)\s+(?:an?\s+|the\s+)?(?P<job>[^,.;!?()]+)",
    ANY_CASE,
)
_WORKS_IN = re.compile(r"\b(?P<job>work(?:s|ing)? (?:in|with|for|at|on)\s+[^,.;!?()]+)", ANY_CASE)
_STUDIES = re.compile(
    r"\b(?P<job>(?:study|studies|studying|teach|teaches|teaching)\s+(?!myself|me\b|him|her\b|them|you|for\b)[^,.;!?()]+)",
    ANY_CASE,
)
_IS_A = re.compile(
    rf"\b(?:i'm|i am|im|she's|she is|he's|he is|they're|{WORD} is|{WORD}'s|^|am|is)\s*(?:an?|the)\s+(?P<job>(?:[\w-]+\s+){{0,3}}?(?:{'|'.join(sorted(OCCUPATIONS))}))\b",
    ANY_CASE,
)
_JOB_ENDS = re.compile(
    r"\s+(?:and|but|because|so|which|where|who|since|these days|at the moment|right now|by day|lol|haha)\b.*$",
    ANY_CASE,
)
_NOT_WORK = re.compile(r"\bwork(?:s|ing)? (?:on (?:my|her|his)\b|for me\b|with what|in progress|out\b)", ANY_CASE)


def job_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    patterns = [_WORKS_AS, _IS_A, _STUDIES, _WORKS_IN]
    for pattern in patterns:
        match = pattern.search(clause.text)
        if match is None or is_denied(clause.text, match.start()) or _NOT_WORK.search(clause.text):
            continue
        if not speaker.is_primary and re.search(r"\b(?:for|at)\b", match["job"], ANY_CASE):
            continue
        job = re.sub(r"^\d+[- ]years?[- ]old\s+", "", _JOB_ENDS.sub("", match["job"]).strip(), flags=ANY_CASE)
        if 2 < len(job) <= 80:
            yield job
            return


_SPEAKS = re.compile(r"\b(?:speak(?:s|ing)?|fluent in|mother tongue is|native|bilingual in)\b(?P<rest>.*)", ANY_CASE)
LANGUAGE = re.compile(rf"\b(?:{'|'.join(LANGUAGES)})\b", ANY_CASE)


def languages_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _SPEAKS.search(clause.text)
    if match and not is_denied(clause.text, match.start()):
        spoken = re.split(r"\b(?:but|not|no)\b", match["rest"])[0]
        yield from (found[0].capitalize() for found in LANGUAGE.finditer(spoken))


PET = "|".join(PETS)
_HAS_PET = re.compile(
    rf"\b(?:(?:have|has|got|i've|she's got|adopted|own|owns|with)\s+(?:an?|two|three|four|\d|my|her|his|got an?)|my|her|his|our|and an?)\s+(?:[\w-]+\s+){{0,3}}?(?P<pet>{PET})\b(?!'s? (?:cafe|sitter))",
    ANY_CASE,
)


def pets_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    for match in _HAS_PET.finditer(clause.text):
        between = match[0]
        if is_denied(clause.text, match.start()) or re.search(
            r"\w's\s|\b(?:friend|mum|mom|dad|sister|brother|ex|neighbou?r)\b", between, ANY_CASE
        ):
            continue
        if re.search(r"\b(?:want|wants|walk(?:ed|ing)? (?:a|the))\b", clause.text[: match.end()], ANY_CASE):
            continue
        yield match["pet"].lower()


def interests_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    yield from interests.in_clause(clause.text, is_denied, names=[speaker.primary_name, *speaker.other_names])
