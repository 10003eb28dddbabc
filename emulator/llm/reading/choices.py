"""Facts that are choices rather than quotations: how they live, who they are, what they are looking for."""

import re
from collections.abc import Callable, Iterator

from emulator.llm.reading.basics import Value
from emulator.llm.reading.clauses import ANY_CASE, Clause, Mood, Speaker, is_denied

Choice = tuple[re.Pattern[str], str]
Reader = Callable[[Clause, Speaker], Iterator[Value]]


def _table(*rows: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple((re.compile(pattern, ANY_CASE), value) for pattern, value in rows)


def chosen(table: tuple[Choice, ...], text: str) -> Iterator[str]:
    for pattern, value in table:
        if pattern.search(text):
            yield value
            return


# what they are looking for --------------------------------------------------------------------------------------------

INTENTIONS = _table(
    (r"(?:long[ -]?term|serious|relationship)\b.*\bopen to\b.*(?:short|casual|light|fun|less)", "long_open_short"),
    (r"(?:short[ -]?term|casual|light|fun)\b.*\bopen to\b.*(?:more|long|serious)", "short_open_long"),
    (r"\b(?:not|n't|nothing|anything but|done with|over|sick of|tired of|no more)\b[^.;!?]{0,40}\b(?:casual|flings?|hook-?ups?|situationships?|one night|short[ -]?term|games|lockeres)", "long_term"),
    (r"\b(?:not(?:hing)?|n't|no) (?:\w+ ){0,4}?(?:too |super |that |very |anything )?(?:serious|heavy|long[ -]?term|commitment|festes)\b|\bno strings\b|\bcasual\b|\bsomething (?:light|fun|easy|chill)\b|\bshort[ -]?term\b|\bflings?\b|\bkeep(?:ing)? it light\b", "short_open_long"),
    (r"\b(?:figur(?:e|ing) (?:it |that |things |stuff )?out|see(?:ing)? (?:what|where|how)|not sure|no idea|don'?t know|idk|undecided|open[- ]minded|whatever (?:happens|comes)|go with the flow|play(?:ing)? it by ear|ni idea|mal sehen)\b", "figuring_out"),
    (r"\b(?:just friends|just (?:a )?friends?|friendships?|new friends|friends first|only friends|just (?:a )?mates?|a mate\b.*\bthat's all|solo amigos|nur freundschaft)\b", "friendship"),
    (r"\b(?:serious|long[ -]?term|a relationship|the one|settle down|settling down|marriage|marry|married|life partner|partner|for life|grow old|the real (?:thing|deal)|something real|something that (?:lasts|sticks)|"
     r"lasting|long[ -]haul|long run|forever person|proper relationship|for keeps|commitment|soulmate|algo serio|largo plazo|langfristiges?|was festes|last first date|true love)\b", "long_term"),
)  # fmt: skip
_SEEKS = re.compile(
    r"\b(?:look(?:ing)? for|hop(?:e|ing) for|want|wanting|after|ready (?:for|to)|up for|into|search(?:ing)? for|open to|here for|done with|over|sick of|would like|'d like|prefer|busco|quiero|suche|in the market for|not in(?:to)? )\b",
    ANY_CASE,
)
_SOMETHING = re.compile(
    r"^\W*(?:(?:definitely|honestly|ideally|probably|maybe|well|tbh|and|but|also|oh|no|yes|for me)\W+)*(?:(?:something|nothing|just|still|no strings) (?=\w)|(?:the real thing|the real deal|long[- ]?term|settling down|marriage|no strings)\b)",
    ANY_CASE,
)
_NOT_A_SEARCH = re.compile(
    r"\b(?:my keys|parking|job|flat|house|phone|pizza|table|don't want to|want to (?:go|eat|see)|partner in crime|into (?:him|her|it)|over (?:it|him|her|the))\b|\b(?:marry|relationship with) (?:my|the|this|that|a (?:good|proper)) ?(?:pizza|bed|sofa|bread|food|sandwich|dog|cat)?",
    ANY_CASE,
)


def intention_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    if clause.moods & {Mood.IF, Mood.REPORTED, Mood.JOKE, Mood.QUESTION, Mood.PAST} or _NOT_A_SEARCH.search(
        clause.text
    ):
        return
    match = _SEEKS.search(clause.text) or _SOMETHING.search(clause.text)
    if match:
        yield from chosen(INTENTIONS, _with_its_no(clause.text, match.start()))


def _with_its_no(text: str, start: int) -> str:
    """ "not looking for anything casual": the no belongs to what follows."""
    before = re.search(r"\b(?:not|n't|never|don't)\b[^.;!?]{0,25}$", text[:start], ANY_CASE)
    return text[before.start() :] if before else text[start:]


# how they live --------------------------------------------------------------------------------------------------------

SMOKES = _table(
    (r"\b(?:don't|dont|do not|never|doesn't|no longer|stopped|quit|gave up|given up|kicked|packed in|not a|non[- ]?)\s*(?:really |ever )?(?:touch |the )?(?:smok\w*|cigs|cigarettes|fags|the habit)|\bsmoke[ -]?free\b|\bused to smoke\b|\bex[- ]smoker\b|"
     r"\bno fumo\b|\brauche nicht\b|\bnichtraucher", "no"),
    (r"\b(?:sometimes|occasionally|socially|only|rarely|might) smoke|\bsmoke (?:sometimes|socially|occasionally|now and then|when|at parties|if|on nights out|a bit)|\bsocial smoker\b|\b(?:cigarette|cig|fag|smoke) (?:at parties|when i drink|now and then|on a night out)", "sometimes"),
    (r"\bi (?:still )?smoke\b(?! (?:salmon|fish|meat|brisket|ribs|you))|\b(?:a|am a|i'm a) (?:heavy )?smoker\b|\bi vape\b|\bfumo\b|\bich rauche\b", "yes"),
)  # fmt: skip
DRINKS = _table(
    (r"\b(?:don't|dont|do not|never|no longer|stopped) (?:really |ever )?(?:drink(?:ing)?|touch alcohol|touch a drop)\b(?! (?:coffee|tea|milk|enough|water|much|a lot|often|that|and drive))|\bteetotal(?:ler)?\b|\b(?:been |i'm |am |years |months )sober\b|\balcohol[ -]free\b|"
     r"\bno (?:alcohol|booze|drinking)\b|\bnon[- ]drinker\b|\bdry for \b|\bno bebo\b|\btrinke (?:nicht|keinen)\b", "no"),
    (r"\b(?:sometimes|occasionally|socially|rarely|barely|hardly|only|seldom) (?:ever )?drink\b|\bdrink (?:sometimes|socially|occasionally|now and then|(?:at|on) (?:weekends|weddings|birthdays)|much|a lot|often|a (?:little|bit)|when)|\bsocial drinker\b|"
     r"\bnot (?:really |much of |a big )*(?:a )?(?:big )?drinker\b|\b(?:glass of wine|shandy|pint|beer|drink|cocktail|glass) (?:or two )?(?:at weddings|at christmas|on (?:a )?(?:fridays?|saturdays?|weekends?|special|birthdays)|now and (?:then|again)|with dinner|here and there)|"
     r"\bbebo solo\b|\btrinke nur\b", "sometimes"),
    (r"^i (?:do )?drink(?: (?:wine|beer|cocktails|a lot|alcohol))?$|\bi like a drink\b", "yes"),
)  # fmt: skip
DIETS = _table(
    (r"(?:\b(?:i'm|im|i am|am|been|gone|went|turned|be|soy|bin)|^(?:and )?(?:now )?) ?(?:a |an )?(?:(?!not\b|nearly\b)\w+ )?vegan[ao]?\b", "vegan"),
    (r"(?:\b(?:i'm|im|i am|am|been|gone|went|turned|be|soy|bin)|^(?:and )?(?:now )?) ?(?:a |an )?(?:(?!not\b|nearly\b)\w+ )?(?:vegetarian[ao]?|vegetarier(?:in)?|veggie)\b|"
     r"\b(?:don't|dont|do not|haven't|stopped|never|no longer|not|gave up|quit) (?:eat(?:en|ing)?|touch(?:ed)?) (?:any )?meat\b|\bmeat[- ]free\b|\bgave up meat\b|\bkein fleisch\b", "vegetarian"),
    (r"\b(?:i'm|im|i am|am) (?:a )?pescatarian\b|\b(?:no meat but fish|only fish)\b", "other"),
    (r"\b(?:eat|keep|i'm|only) (?:only )?halal\b", "halal"),
    (r"\b(?:eat|keep|i'm|only) (?:only |strictly )?kosher\b", "kosher"),
    (r"\bi(?:'ll| will)? (?:literally )?eat (?:everything|anything)\b|\bomnivore\b", "everything"),
)  # fmt: skip


def lifestyle_of(table: tuple[Choice, ...]) -> Reader:
    def read(clause: Clause, speaker: Speaker) -> Iterator[Value]:
        if clause.is_so and Mood.FUTURE not in clause.moods:
            yield from chosen(table, clause.text)

    return read


# who they are, in their own words: what others infer is no fact -------------------------------------------------------

_GENDER = re.compile(
    r"\b(?:i'm|i am|im|as|soy|ich bin) (?:an? |una? |eine? )?(?:(?!into|not|dating|seeing|the|one|a\b|with|for|looking)\w+ )?(?P<value>woman|girl|lady|man|guy|bloke|female|male|non-?binary|enby|trans (?:man|woman)|mujer|hombre|frau|mann)\b(?! of my word| for| you)",
    ANY_CASE,
)
_MEETS = re.compile(
    r"\b(?:looking for|interested in|(?:i'm|im|am|is) into|into|want to meet|like to meet|attracted to|i date|dating|prefer|open to|i (?:like|fancy|love)|stehe auf|me gustan (?:los|las)?)\s+(?:an?\s+|nice\s+|kind\s+|only\s+|both\s+|tall\s+)*(?P<who>men|man|guys?|women|woman|girls?|everyone|anyone|all genders|any gender|hombres|mujeres|männer|frauen)\b"
    r"(?:\s+(?:and|or)\s+(?P<also>men|guys|women|girls|non-?binary people))?",
    ANY_CASE,
)
_ORIENTATION = re.compile(
    r"\b(?:i'm|i am|im|soy|ich bin|as a) (?:pretty |very |super )?(?P<value>gay|straight|bi|bisexual|lesbian|queer|pansexual|pan|asexual|ace|demisexual|schwul|lesbisch)\b(?! (?:about|up|forward|to the|with you))",
    ANY_CASE,
)
_AGES = re.compile(
    r"\b(?P<low>\d{2})\s*(?:to|and|-|–|ish to|or so to|bis|y|a)\s*(?P<high>\d{2})\b(?!\s*(?:minutes|mins|people|miles|km|cm|kg|%))",
    ANY_CASE,
)
_AGE_CONTEXT = re.compile(
    r"\b(?:looking for|someone|somebody|meet|date|men|women|guys|girls|anyone|aged?|ages|between|range|open to|anything from|people)\b",
    ANY_CASE,
)
TONES = _table(
    (r"\bnot (?:too )?(?:bold|cheeky|harsh|mean|rough)\b", "gentle"),
    (r"\b(?:gentle|gently|soft|softly|be kind|be nice|nice|go easy|easy on me|sweet|tender|cariño|lieb)\b", "gentle"),
    (r"\b(?:dry|deadpan|sarcas\w+|ironic|wry|trocken|ironía)\b", "dry"),
    (r"\b(?:bold|cheeky|roast|no mercy|savage|brutal|anything goes|no limits|do your worst|go wild|full send|don't hold back|no filter|hit me|dreist|sin filtro)\b", "bold"),
)  # fmt: skip
_ABOUT_TONE = re.compile(
    r"\b(?:friends|you (?:can|may|lot|all)|you guys|y'all|keep it|be as|go|they can)\b", ANY_CASE
)
_TONE_WORD = re.compile(r"\b(?:gentle|gently|bold|cheeky|dry|roast|easy on me|your worst)\b", ANY_CASE)
_DISTANCE = re.compile(
    r"\b(?:within|up to|max(?:imum)?|no (?:more|further) than|radius of|about)\s+(?P<far>\d{1,3})\s*(?P<unit>km|kilomet\w+|miles?)\b",
    ANY_CASE,
)


def interested_in_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _MEETS.search(clause.text)
    if match and _is_own_wish(clause) and not is_denied(clause.text, match.start()):
        for who in (match["who"], match["also"]):
            if who:
                yield who.lower()


def gender_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _GENDER.search(clause.text)
    if match and clause.is_now and not is_denied(clause.text, match.start()):
        yield match["value"].lower()


def orientation_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _ORIENTATION.search(clause.text)
    if match and clause.is_now and not is_denied(clause.text, match.start()):
        yield match["value"].lower()


def age_range_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _AGES.search(clause.text)
    if match and _is_own_wish(clause) and _AGE_CONTEXT.search(clause.text):
        low, high = int(match["low"]), int(match["high"])
        if 18 <= low <= high:
            yield [low, high]


def tone_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    if _is_own_wish(clause) and _ABOUT_TONE.search(clause.text) and _TONE_WORD.search(clause.text):
        yield from chosen(TONES, clause.text)


def distance_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _DISTANCE.search(clause.text)
    if (
        match
        and _is_own_wish(clause)
        and re.search(r"\b(?:away|of me|radius|travel|date|someone|distance|meet)\b", clause.text, ANY_CASE)
    ):
        kilometres = int(match["far"]) * (1.609 if match["unit"].lower().startswith("mile") else 1)
        yield int(kilometres + 0.5)


def _is_own_wish(clause: Clause) -> bool:
    return not clause.moods & {Mood.IF, Mood.REPORTED, Mood.JOKE, Mood.QUESTION, Mood.PAST}
