"""Sentences that belong together, and what makes one concrete: a time, a place, an object, a number."""

import re
from collections.abc import Iterator

from emulator.llm.reading.clauses import ANY_CASE, sentences
from emulator.llm.reading.lexicon import DAYS, MONTHS

LONGEST = 280
SHORT = 40

_TIME = re.compile(
    rf"\b(?:{'|'.join(DAYS)}|{'|'.join(MONTHS)}|mornings?|evenings?|nights?|midnight|noon|dawn|sunrise|sunset|weekends?|yesterday|last (?:\w+)|years? ago|once|overnight|"
    r"summer|winter|spring|autumn|christmas|diwali|easter|eid|halloween|new year'?s?|birthday|wedding|holiday|in (?:19|20)\d\d|\d ?(?:am|pm)|o'clock|first time|when (?:i|she|he|my|we|our|the) (?:was|were)?|lockdown|uni|lunchtime)\b",
    ANY_CASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred|thousand|dozen|twice|half|hours?|minutes?|miles|floors)\b",
    ANY_CASE,
)
_PLACE = re.compile(
    r"(?<!^)(?<![.!?] )\b(?!I\b|I'|Matchmaker\b)[A-Z][a-zà-ÿ]+\b|\b(?:in|at|on|to|up|down|from|through|along|into|over|under|behind|across|round|around|outside|off|off of|onto) (?:the|a|an|my|her|his|our|their|some|this) \w+"
)
_OBJECT = re.compile(
    r"\b(?:a|an|the|my|her|his|our|your|whole|with) (?:[\w-]+ ){0,2}?(?:bread|cakes?|soup|teas?|coffee|dogs?|cats?|swans?|goose|geese|bikes?|boats?|trains?|bus|car|van|books?\w*|radio|piano|guitar|sofa|tents?|table|kitchen|garden|balcony|heaters?|lasagne|ferry|"
    r"beach|river|lake|mountain|wall|roof|market|pub|bar|café|cafe|park|church|station|airport|street|door|window|phone|map|hat|coat|shoes?|umbrella|ladder|dinosaur|museum|tram|bell|whist|bet|"
    r"fridge|oven|pan|pot|spoon|letter|postcard|card|camera|record|film|song|spider|pigeon|duck|goat|cow|horse|cheese|wheel|suitcase|passport|tattoo|costume|dress|suit|trolley|turkey|wardrobe|carriage|sign|model|playlist|keys?|moped|scooter|canoe|kayak)\b",
    ANY_CASE,
)


def cues(text: str) -> int:
    """How many kinds of concrete things the text holds: a time, a number, a place, an object."""
    return sum(bool(pattern.search(text)) for pattern in (_TIME, _NUMBER, _PLACE, _OBJECT))


_ONWARD = re.compile(
    r"^(?:and|then|so|but|it|that|which|he|she|they|there|we|because|after|afterwards|turns out|in the end|also|didn't|not|still)\b",
    ANY_CASE,
)


def passages(text: str) -> Iterator[str]:
    """Sentences, with those that go on about the same thing kept together as long as they fit."""
    kept = ""
    for sentence in sentences(text):
        joined = f"{kept} {sentence}" if kept else sentence
        goes_on = kept and (_ONWARD.match(sentence) or len(kept) < SHORT or len(sentence) < SHORT)
        if (goes_on or not kept) and len(joined) <= LONGEST and not sentence.endswith("?") and joined in text:
            kept = joined
            continue
        if kept:
            yield kept
        kept = sentence
    if kept:
        yield kept


def shortened(text: str, most: int) -> str:
    """At most so many characters, ending after a whole sentence, else clause, else word."""
    if len(text) <= most:
        return text
    for pattern in (r"^.*[.!?](?=\s|$)", r"^.*(?=[,;])", r"^.*(?=\s)"):
        match = re.search(pattern, text[: most + 1], re.DOTALL)
        if match and len(match[0]) > most // 3:
            return match[0].strip()
    return text[:most]
