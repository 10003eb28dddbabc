"""Facts that are choices rather than quotations: what someone is looking for, how they live, who they are."""

import re
from collections.abc import Iterator

from emulator.llm.basic_facts import Reader, Value
from emulator.llm.clauses import ANY_CASE, Clause, Speaker, is_denied

Choice = tuple[re.Pattern[str], str]


def _table(*rows: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple((re.compile(pattern, ANY_CASE), value) for pattern, value in rows)


INTENTIONS = _table(
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


def chosen(table: tuple[Choice, ...], text: str) -> Iterator[str]:
    for pattern, value in table:
        if pattern.search(text):
            yield value
            return


def intention_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _SEEKS.search(clause.text) or _SOMETHING.search(clause.text)
    if match and not re.search(r"\b(?:don't|not|never) (?:look|want|search)", clause.text, ANY_CASE):
        found = list(chosen(INTENTIONS, clause.text[match.start() :]))
        yield from (
            value
            for value in found
            if value != "long_term" or not re.search(r"\blove (?:to|the)\b", clause.text, ANY_CASE)
        )


SMOKES = _table(
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
DRINKS = _table(
    (
        r"\b(?:don't|do not|never) (?:really )?drink\b(?! (?:coffee|tea|milk|enough|water|much|a lot|often|that))|\b(?:teetotal|sober|stopped drinking|alcohol[ -]free)\b",
        "no",
    ),
    (
        r"\b(?:sometimes|occasionally|socially|rarely) drink\b|\bdrink (?:sometimes|socially|occasionally|now and then|(?:at|on) weekends|much|a (?:little|bit))|\bsocial drinker\b",
        "sometimes",
    ),
    (r"\bi drink(?: (?:wine|beer|cocktails|a lot|alcohol))?$", "yes"),
)
DIETS = _table(
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
TONES = _table(
    (r"\b(?:gentle|gently|soft|kind|nice|go easy|easy on me|sweet)\b", "gentle"),
    (r"\b(?:dry|deadpan|sarcas\w+|ironic)\b", "dry"),
    (r"\b(?:bold|cheeky|roast|no mercy|savage|brutal|anything goes|no limits|do your worst|go wild)\b", "bold"),
)


def from_table(table: tuple[Choice, ...]) -> Reader:
    def read(clause: Clause, speaker: Speaker) -> Iterator[Value]:
        yield from chosen(table, clause.text)

    return read


def interested_in_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _MEETS.search(clause.text)
    if match and not is_denied(clause.text, match.start()):
        for who in (match["who"], match["also"]):
            if who:
                yield who.lower()


def gender_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _GENDER.search(clause.text)
    if match and not is_denied(clause.text, match.start()):
        yield match["value"].lower()


def orientation_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _ORIENTATIONS.search(clause.text)
    if match:
        yield match["value"].lower()


def age_range_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _AGES.search(clause.text)
    if match and re.search(r"\b(?:looking for|someone|somebody|meet|date|men|women|anyone)\b", clause.text, ANY_CASE):
        yield [int(match["low"]), int(match["high"])]


def tone_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    if re.search(r"\b(?:friends|you (?:can|may)|you guys|keep it|be as|go)\b", clause.text, ANY_CASE) and re.search(
        r"\b(?:gentle|gently|bold|cheeky|dry|roast)\b", clause.text, ANY_CASE
    ):
        yield from chosen(TONES, clause.text)
