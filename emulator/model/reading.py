"""Plain facts in plain sentences: tables of patterns, and small rules for what no pattern can carry."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from emulator.model import likes, replies, telling
from emulator.model.clauses import Clause, Speaker, clauses_about_primary, sentences
from emulator.model.words import LANGUAGES, NOT_A_NAME, NUMBERS, OCCUPATIONS, PETS, TENS, UNITS

ANY_CASE = re.IGNORECASE
Value = str | int | list[int]
# What only the primary person can say of themselves; from friends it is not even proposed.
OWN_WORDS_ONLY = frozenset(
    [
        "age",
        "gender",
        "interested_in",
        "orientation",
        "intention",
        "smoke",
        "drink",
        "diet",
        "purpose",
        "first_date_idea",
        "must_haves",
        "dealbreakers",
        "age_range",
        "tone",
    ]
)
# Answers of a word or two: a message that tells something else is none.
SHORT_ANSWERS = frozenset({"first_name", "area", "job_or_study", "interests", "must_haves", "pets"})
FRIENDS_ONLY = frozenset({"green_flags"})

_NEGATION = re.compile(
    r"\b(?:not|no|nor|never|none|hate|hates|loathe|can't|cannot|don't|dont|doesn't|didn't|won't|wouldn't|isn't|aren't|ain't|"
    r"if|wish|would|could|should|used to|no longer|stopped|without|almost|nearly)\b|\b(?:i|she|he|they)'d\b",
    ANY_CASE,
)


@dataclass(frozen=True)
class Reading:
    field: str
    value: Value


def facts_in(text: str, speaker: Speaker, *, topic: str | None = None) -> list[Reading]:
    """What the text says about the primary person. `topic`: that of our question, when this may answer it."""
    found = list(_from_clauses(text, speaker))
    found += [Reading(slug, value) for slug, value in telling.told(text, speaker, topic=topic)]
    others = any(reading.field != topic for reading in found)
    if topic and not any(reading.field == topic for reading in found) and not (others and topic in SHORT_ANSWERS):
        found += [Reading(topic, value) for value in answer_to(topic, text, speaker)]
    return _allowed(found, speaker)


def _allowed(found: list[Reading], speaker: Speaker) -> list[Reading]:
    barred = FRIENDS_ONLY if speaker.is_primary else OWN_WORDS_ONLY
    kept: list[Reading] = []
    for reading in found:
        if reading.field not in barred and not any(_same(reading, other) for other in kept):
            kept.append(reading)
    return kept


def _same(one: Reading, other: Reading) -> bool:
    return one.field == other.field and str(one.value).casefold() == str(other.value).casefold()


def _from_clauses(text: str, speaker: Speaker) -> Iterator[Reading]:
    for clause in clauses_about_primary(text, speaker):
        if clause.is_question:
            continue
        for field, read in _READERS:
            for value in read(clause, speaker):
                yield Reading(field, value)


def is_denied(clause: str, start: int) -> bool:
    """Whether a no, an if or a would stands before what was found at `start`."""
    return bool(_NEGATION.search(clause[:start]))


# age ------------------------------------------------------------------------------------------------------------

_NUMBER_WORDS = rf"(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(UNITS)}))?|{'|'.join(NUMBERS)}"
_NOT_YEARS = (
    r"(?![\d'\"’″%:]|[.,]\d|\s*(?:ft|feet|foot|cm|m|metres?|meters?|km|miles?|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|"
    r"percent|st|nd|rd|th|of|kids?|cats?|dogs?|times|stone|kg|lbs?|per|pounds?|quid|euros?|k|pm|am|o'clock|steps|years? (?:in|into|ago|sober))\b)"
)
_AGE = re.compile(
    rf"(?:\b(?:i'm|i am|im|i just turned|i turned|i've turned|my age is|age is|aged|age:?)\s+(?:a\s+|only\s+|just\s+|now\s+|actually\s+|already\s+|"
    rf"currently\s+)*|^\s*(?:and\s+|just\s+)?)(?P<age>\d{{2}}|{_NUMBER_WORDS})\b{_NOT_YEARS}(?P<tail>\s*(?:years?[ -]old|y/?o|yrs?)?)",
    ANY_CASE,
)
_BARE_AGE = re.compile(rf"(?<![\w.,:'\"/])(?P<age>\d{{2}}|{_NUMBER_WORDS})\b{_NOT_YEARS}", ANY_CASE)


def _age(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _AGE.search(clause.text)
    if match is None or is_denied(clause.text, match.start("age")):
        return
    starts_with_it = match.start("age") == match.start() or clause.text[: match.start("age")].strip() in {
        "and",
        "just",
    }
    if starts_with_it and not match["tail"].strip() and clause.text[match.end() :].strip(" ,.!"):
        return
    yield from _as_age(match["age"])


def _as_age(written: str) -> Iterator[int]:
    age = int(written) if written.isdigit() else _spelled(written.lower())
    if 10 <= age <= 99:
        yield age


def _spelled(words: str) -> int:
    parts = re.split(r"[ -]", words)
    return sum(TENS.get(part, 0) + UNITS.get(part, 0) + NUMBERS.get(part, 0) for part in parts)


def _age_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    for match in _BARE_AGE.finditer(text):
        before = text[: match.start()].lower()
        if not re.search(
            r"(?:turning|turn|almost|nearly|not|until|till|next|before|feel(?:s|ing)? like)\s+$", before
        ):
            yield from _as_age(match["age"])
            return


# name and place ---------------------------------------------------------------------------------------------------

_WORD = r"[^\W\d_][\w'’-]*"
_NAME = re.compile(
    rf"\b(?:my name is|my name's|name is|name's|call me|i go by|goes by|everyone calls me|everybody calls me|i'm called|is called)\s+(?P<name>{_WORD})",
    ANY_CASE,
)
_I_AM = re.compile(rf"\b(?:i'm|i am|im|this is|it's)\s+(?P<name>{_WORD})", ANY_CASE)


def _first_name(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _NAME.search(clause.text)
    if match and not re.search(
        r"\b(?:dog|cat|puppy|pet|horse|sister|brother|boat|band|car)\b", clause.text, ANY_CASE
    ):
        yield from _as_name(match["name"])
        return
    if not speaker.is_primary:
        return
    introduced = _I_AM.search(clause.text)
    if introduced and introduced["name"].casefold() == speaker.primary_name.casefold():
        yield from _as_name(introduced["name"])


def _as_name(written: str) -> Iterator[str]:
    name = written.strip("'’-")
    if len(name) > 1 and name.casefold() not in NOT_A_NAME:
        yield name if not name.islower() else name.capitalize()


def _name_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    introduced = _I_AM.search(text)
    if introduced and introduced["name"][0].isupper() and introduced["name"].casefold() not in NOT_A_NAME:
        yield from _as_name(introduced["name"])
        return
    if replies.agrees(text) and re.fullmatch(r"[^\W\d_][\w' -]*", speaker.primary_name):
        yield speaker.primary_name
        return
    words = [word for word in re.findall(_WORD, text) if word.casefold() not in NOT_A_NAME]
    is_bare = len(text.split()) <= 2
    named = [word for word in words if is_bare or word[0].isupper()]
    if named and len(text.split()) <= 6 and not re.search(r"\d", text):
        yield from _as_name(named[0])


_PLACE_WORD = r"(?:[A-ZÀ-Ý][\w'’.-]*|de|la|le|upon|on|of|the|near|by|an|am|del)"
_AREA = re.compile(
    r"\b(?:(?:i |she |he |they |we )?(?:currently |now )?liv(?:e|es|ing) (?:in|near|around|just outside)|based in|(?:i'm|she's|he's|am|is) from|"
    r"^(?:and )?from|com(?:e|es) from|moved to|grew up (?:in|near))\s+(?P<place>[^,.;!?()]+)",
    ANY_CASE,
)
_I_AM_IN = re.compile(r"\b(?i:i'm|i am|she's|he's)\s+in\s+(?P<place>[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)*)")
_PLACE_ENDS = re.compile(
    r"\s+(?:and|but|with|since|for|now|because|where|at the moment|these days|which|who|so|though|right now|atm|when|after|"
    r"all my life|last|this|in (?:a|my|the)|near (?:the|my)|not|originally|lol|haha|until|near|have|has|if|or|as|to)\b.*$",
    ANY_CASE,
)
_NO_PLACE = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "her",
        "his",
        "work",
        "home",
        "bed",
        "here",
        "there",
        "this",
        "that",
        "peace",
        "fear",
        "hope",
        "sin",
        "love",
        "where",
        "what",
        "everywhere",
    ]
)
_STREET = re.compile(r"\d|\b(?:street|road|avenue|lane|close|drive|st\.|rd\.)", ANY_CASE)


def _area(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    found = sorted(_AREA.finditer(clause.text), key=lambda match: "liv" not in match[0].lower())
    for match in [*found, *_I_AM_IN.finditer(clause.text)]:
        if not is_denied(clause.text, match.start()):
            yield from _as_place(match["place"])
            return


def _as_place(written: str) -> Iterator[str]:
    place = _PLACE_ENDS.sub("", written.strip()).strip(" .!'\"")
    place = re.sub(r"^(?:in|near|around|just outside|sunny|lovely|rainy|good old)\s+", "", place, flags=ANY_CASE)
    words = place.split()
    if not words or len(words) > 5 or words[0].casefold() in _NO_PLACE or _STREET.search(place) or len(place) > 60:
        return
    if words[0].casefold() in NOT_A_NAME:
        return
    yield place if not place.islower() else place.title()


def _area_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    first = re.split(r"[,.;!?(]|\s-\s|\s–\s", _without_lead(text))[0]
    names = {name.casefold() for name in (speaker.primary_name, *speaker.other_names)}
    yield from (place for place in _as_place(first) if place.casefold() not in names)


# height, job, languages, pets -------------------------------------------------------------------------------------

_HEIGHT = re.compile(
    r"(?<![\d.])(?:[4-7]\s*(?:'|′|ft\b\.?|feet\b|foot\b)\s*(?:\d{1,2}(?!\d))?\s*(?:\"|″|”|''|in\b|inches\b)?|[4-7]\.\d{1,2}\s*(?:ft|feet|foot)\b|"
    r"[12][.,]\d{1,2}\s*(?:m\b|metres?\b|meters?\b)|1\s?m\s?\d{2}\b|1[2-9]\d\s*(?:cm\b|centimet(?:er|re)s?\b)|2[0-2]\d\s*(?:cm\b|centimet(?:er|re)s?\b))",
    ANY_CASE,
)
_BARE_HEIGHT = re.compile(r"(?<![\d.,])(?:1[4-9]\d|20\d|1[.,][4-9]\d)(?![\d.,%])")


def _height(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _HEIGHT.search(clause.text)
    if match is None and re.search(r"\b(?:tall|height)\b", clause.text, ANY_CASE):
        match = _BARE_HEIGHT.search(clause.text)
    if (
        match
        and not is_denied(clause.text, match.start())
        and not re.search(
            r"\b(?:someone|somebody|at least|over|under|taller|shorter|than|wall|jump|run)\b", clause.text, ANY_CASE
        )
    ):
        yield from _centimetres(match[0])


def _centimetres(written: str) -> Iterator[int]:
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


def _height_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    match = _HEIGHT.search(text) or _BARE_HEIGHT.search(text)
    if match:
        yield from _centimetres(match[0])


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
    rf"\b(?:i'm|i am|im|she's|she is|he's|he is|they're|{_WORD} is|{_WORD}'s|^|am|is)\s*(?:an?|the)\s+(?P<job>(?:[\w-]+\s+){{0,3}}?(?:{'|'.join(sorted(OCCUPATIONS))}))\b",
    ANY_CASE,
)
_JOB_ENDS = re.compile(
    r"\s+(?:and|but|because|so|which|where|who|since|these days|at the moment|right now|by day|lol|haha)\b.*$",
    ANY_CASE,
)
_NOT_WORK = re.compile(r"\bwork(?:s|ing)? (?:on (?:my|her|his)\b|for me\b|with what|in progress|out\b)", ANY_CASE)


def _job(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    patterns = [_WORKS_AS, _IS_A, _STUDIES, _WORKS_IN]
    for pattern in patterns:
        match = pattern.search(clause.text)
        if match is None or is_denied(clause.text, match.start()) or _NOT_WORK.search(clause.text):
            continue
        if not speaker.is_primary and re.search(r"\b(?:for|at)\b", match["job"], ANY_CASE):
            continue
        job = _JOB_ENDS.sub("", match["job"]).strip()
        if 2 < len(job) <= 80:
            yield job
            return


_SPEAKS = re.compile(r"\b(?:speak(?:s|ing)?|fluent in|mother tongue is|native|bilingual in)\b(?P<rest>.*)", ANY_CASE)
_LANGUAGE = re.compile(rf"\b(?:{'|'.join(LANGUAGES)})\b", ANY_CASE)


def _languages(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _SPEAKS.search(clause.text)
    if match and not is_denied(clause.text, match.start()):
        spoken = re.split(r"\b(?:but|not|no)\b", match["rest"])[0]
        yield from (found[0].capitalize() for found in _LANGUAGE.finditer(spoken))


_PET = "|".join(PETS)
_HAS_PET = re.compile(
    rf"\b(?:(?:have|has|got|i've|she's got|adopted|own|owns|with)\s+(?:an?|two|three|my|her|his|got an?)|my|her|his|our)\s+(?:[\w-]+\s+){{0,3}}?(?P<pet>{_PET})\b(?!'s? (?:cafe|sitter))",
    ANY_CASE,
)


def _pets(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    for match in _HAS_PET.finditer(clause.text):
        between = match[0]
        if is_denied(clause.text, match.start()) or re.search(
            r"\w's\s|\b(?:friend|mum|mom|dad|sister|brother|ex|neighbou?r)\b", between, ANY_CASE
        ):
            continue
        if re.search(r"\b(?:want|wants|walk(?:ed|ing)? (?:a|the))\b", clause.text[: match.end()], ANY_CASE):
            continue
        yield match["pet"].lower()


# choices ----------------------------------------------------------------------------------------------------------

Choice = tuple[re.Pattern[str], str]


def _table(*rows: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple((re.compile(pattern, ANY_CASE), value) for pattern, value in rows)


_INTENTIONS = _table(
    (r"(?:long[ -]?term|serious|relationship)\b.*\bopen to\b.*(?:short|casual|light|fun|less)", "long_open_short"),
    (r"(?:short[ -]?term|casual|light|fun)\b.*\bopen to\b.*(?:more|long|serious)", "short_open_long"),
    (
        r"\b(?:figur(?:e|ing) (?:it |that |things )?out|see(?:ing)? (?:what|where|how)|not sure|no idea|don'?t know|undecided)\b",
        "figuring_out",
    ),
    (
        r"\b(?:not(?:hing)? (?:too )?serious|no strings|casual|something (?:light|fun|easy)|short[ -]?term|flings?)\b",
        "short_open_long",
    ),
    (
        r"\b(?:serious|long[ -]?term|a relationship|the one|settle down|marriage|marry|partner|for life|grow old|real thing|something real|lasting|love)\b",
        "long_term",
    ),
    (r"\b(?:just friends|friendships?|new friends|friends first|only friends)\b", "friendship"),
)
_SEEKS = re.compile(
    r"\b(?:look(?:ing)? for|hop(?:e|ing) for|want|after|ready for|up for|into|searching for|open to)\b", ANY_CASE
)

_SOMETHING = re.compile(
    r"^\W*(?:(?:definitely|honestly|ideally|probably|maybe|well)\W+)*(?:something|nothing|just|still|a) (?=\w)",
    ANY_CASE,
)


def _choice(table: tuple[Choice, ...], text: str) -> Iterator[str]:
    for pattern, value in table:
        if pattern.search(text):
            yield value
            return


def _intention(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _SEEKS.search(clause.text) or _SOMETHING.search(clause.text)
    if match and not re.search(r"\b(?:don't|not|never) (?:look|want|search)", clause.text, ANY_CASE):
        found = list(_choice(_INTENTIONS, clause.text[match.start() :]))
        yield from (
            value
            for value in found
            if value != "long_term" or not re.search(r"\blove (?:to|the)\b", clause.text, ANY_CASE)
        )


_SMOKES = _table(
    (
        r"\b(?:don't|do not|never|doesn't|quit|gave up|stopped) (?:really )?smok|\bnon-?smoker\b|\bsmoke[ -]?free\b",
        "no",
    ),
    (
        r"\b(?:sometimes|occasionally|socially|only|rarely) smoke|\bsmoke (?:sometimes|socially|occasionally|now and then|when|at parties)|\bsocial smoker\b",
        "sometimes",
    ),
    (r"\bi smoke\b(?! (?:salmon|fish|meat))|\b(?:a|am a|i'm a) smoker\b", "yes"),
)
_DRINKS = _table(
    (
        r"\b(?:don't|do not|never) (?:really )?drink\b(?! (?:coffee|tea|milk|enough|water))|\b(?:teetotal|sober|stopped drinking|alcohol[ -]free)\b",
        "no",
    ),
    (
        r"\b(?:sometimes|occasionally|socially|rarely) drink\b|\bdrink (?:sometimes|socially|occasionally|now and then|at weekends|a (?:little|bit))|\bsocial drinker\b",
        "sometimes",
    ),
    (r"\bi drink(?: (?:wine|beer|cocktails|a lot|alcohol))?$", "yes"),
)
_DIETS = _table(
    (r"\b(?:i'm|i am|am|been|gone|went) (?:a )?(?:\w+ )?vegan\b|^(?:and )?(?:a )?vegan$", "vegan"),
    (
        r"\b(?:i'm|i am|am|been|gone|went) (?:a )?(?:\w+ )?(?:vegetarian|veggie)\b|^(?:and )?(?:a )?vegetarian$",
        "vegetarian",
    ),
    (r"\b(?:i'm|i am|am) (?:a )?pescatarian\b", "other"),
    (r"\b(?:i |i only )?eat (?:only )?halal\b", "halal"),
    (r"\b(?:i |i only )?(?:eat|keep) (?:only )?kosher\b", "kosher"),
    (r"\bi(?:'ll)? eat (?:everything|anything)\b", "everything"),
)
# In the person's own words: what others infer from them is no fact.
_GENDER = re.compile(
    r"\b(?:i'm|i am|im|as) (?:an? )?(?:(?!into|not)\w+ )?(?P<value>woman|girl|lady|man|guy|bloke|female|male|non-?binary)\b(?! of my word)",
    ANY_CASE,
)
_MEETS = re.compile(
    r"\b(?:looking for|interested in|into|want to meet|attracted to|like to meet|date|dating)\s+(?:an?\s+|nice\s+|kind\s+|only\s+)*(?P<who>men|man|guys?|women|woman|girls?|everyone|anyone|all genders)\b"
    r"(?:\s+(?:and|or)\s+(?P<also>men|guys|women|girls))?",
    ANY_CASE,
)
_ORIENTATIONS = re.compile(
    r"\b(?:i'm|i am|im) (?P<value>gay|straight|bi|bisexual|lesbian|queer|pansexual|pan|asexual|ace)\b(?! about)",
    ANY_CASE,
)
_AGES = re.compile(
    r"\b(?:between|aged?|from|someone|somebody|anyone|men|women)\s+(?P<low>\d{2})\s*(?:to|and|-|–)\s*(?P<high>\d{2})\b",
    ANY_CASE,
)
_TONES = _table(
    (r"\b(?:gentle|gently|soft|kind|nice|go easy|easy on me|sweet)\b", "gentle"),
    (r"\b(?:dry|deadpan|sarcas\w+|ironic)\b", "dry"),
    (r"\b(?:bold|cheeky|roast|no mercy|savage|brutal|anything goes|no limits|do your worst|go wild)\b", "bold"),
)


def _from_table(table: tuple[Choice, ...]) -> "Reader":
    def read(clause: Clause, speaker: Speaker) -> Iterator[Value]:
        yield from _choice(table, clause.text)

    return read


def _interested_in(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _MEETS.search(clause.text)
    if match and not is_denied(clause.text, match.start()):
        for who in (match["who"], match["also"]):
            if who:
                yield who.lower()


def _gender(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _GENDER.search(clause.text)
    if match and not is_denied(clause.text, match.start()):
        yield match["value"].lower()


def _orientation(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _ORIENTATIONS.search(clause.text)
    if match:
        yield match["value"].lower()


def _age_range(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _AGES.search(clause.text)
    if match and re.search(r"\b(?:looking for|someone|somebody|meet|date|men|women|anyone)\b", clause.text, ANY_CASE):
        yield [int(match["low"]), int(match["high"])]


def _tone(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    if re.search(r"\b(?:friends|you (?:can|may)|you guys|keep it|be as|go)\b", clause.text, ANY_CASE) and re.search(
        r"\b(?:gentle|gently|bold|cheeky|dry|roast)\b", clause.text, ANY_CASE
    ):
        yield from _choice(_TONES, clause.text)


# answers to the open question -------------------------------------------------------------------------------------

_LEAD = re.compile(
    r"^(?:(?:so|well|hmm+|um+|uh+|oh+|ok(?:ay)?|haha+|lol|honestly|probably|definitely|maybe|i think|i guess|i'd say|let me think|let's see|"
    r"good question|easy|that's easy|tough one|yes|yeah|sure)\b[\s,.!:…-]*)+",
    ANY_CASE,
)
_NO_ANSWER = re.compile(
    r"^\W*(?:no idea|idk|dunno|i don't know|don't know|not sure|hmm+|let me think|one sec|give me a (?:sec|minute)|later|brb|wait|hold on|"
    r"ask me later|good question|what|why|huh|sorry|nothing|none|ok|okay|yes|no|yeah|haha+|lol)\b\W*$",
    ANY_CASE,
)
_YES_ONLY = re.compile(
    r"^\W*(?:oh |haha |well )*(?:yes|yeah|yep|yup|sure|ok|okay|correct|right|exactly|perfect|that's (?:it|me|right|fine)|just that|please|fine|of course|absolutely)\b",
    ANY_CASE,
)


def is_plain_yes(text: str) -> bool:
    return bool(_YES_ONLY.search(text)) and not _NEGATION.search(text)


def _without_lead(text: str) -> str:
    return _LEAD.sub("", text.strip()).strip()


def answer_to(topic: str, text: str, speaker: Speaker) -> list[Value]:
    """The text taken as a whole as the answer to our question; nothing when it is none."""
    if topic == "first_name" and replies.agrees(text):
        return list(_name_answer(text, speaker))
    if _NO_ANSWER.match(text) or (text.strip().endswith("?") and len(sentences(text)) == 1):
        return []
    read = _ANSWERS.get(topic)
    return list(read(text, speaker)) if read else []


def _whole(most: int, least: int = 3) -> Callable[[str, Speaker], Iterator[Value]]:
    def read(text: str, speaker: Speaker) -> Iterator[Value]:
        said = re.sub(r"\s+", " ", _without_lead(text)).strip()
        kept = telling.shortened(said, most)
        if least <= len(kept) and re.search(r"[^\W\d_]{3}", kept) and not is_plain_yes(text):
            yield kept.rstrip(" .,")

    return read


def _list_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    yield from likes.items(_without_lead(text), names=[speaker.primary_name, *speaker.other_names])


def _choice_answer(table: tuple[Choice, ...]) -> Callable[[str, Speaker], Iterator[Value]]:
    def read(text: str, speaker: Speaker) -> Iterator[Value]:
        yield from _choice(table, text)

    return read


def _interests(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    yield from likes.in_clause(clause.text, is_denied, names=[speaker.primary_name, *speaker.other_names])


def _language_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    yield from (found[0].capitalize() for found in _LANGUAGE.finditer(text))


def _pet_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    if not re.search(r"\b(?:no|none|not|don't)\b", text, ANY_CASE):
        yield from (found[0].lower() for found in re.finditer(rf"\b(?:{_PET})\b", text, ANY_CASE))


Reader = Callable[[Clause, Speaker], Iterator[Value]]
_READERS: tuple[tuple[str, Reader], ...] = (
    ("age", _age),
    ("first_name", _first_name),
    ("area", _area),
    ("height_cm", _height),
    ("job_or_study", _job),
    ("languages", _languages),
    ("pets", _pets),
    ("interests", _interests),
    ("intention", _intention),
    ("gender", _gender),
    ("interested_in", _interested_in),
    ("orientation", _orientation),
    ("age_range", _age_range),
    ("smoke", _from_table(_SMOKES)),
    ("drink", _from_table(_DRINKS)),
    ("diet", _from_table(_DIETS)),
    ("tone", _tone),
)
_ANSWERS: dict[str, Callable[[str, Speaker], Iterator[Value]]] = {
    "age": _age_answer,
    "first_name": _name_answer,
    "area": _area_answer,
    "height_cm": _height_answer,
    "job_or_study": _whole(80),
    "languages": _language_answer,
    "pets": _pet_answer,
    "interests": _list_answer,
    "intention": _choice_answer(_INTENTIONS),
    "tone": _choice_answer(_TONES),
    "must_haves": _list_answer,
    "purpose": _whole(200, 8),
    "quirk": _whole(140, 8),
    "first_date_idea": _whole(140, 8),
    "stories": telling.story_answer,
    "green_flags": telling.green_flag_answer,
}
