"""Name, age, place, height, work, languages, animals, children."""

import re
from collections.abc import Iterator

from emulator.llm.reading import numbers
from emulator.llm.reading.clauses import ANY_CASE, Clause, Mood, Speaker, Subject, is_denied
from emulator.llm.reading.lexicon import (
    LANGUAGES,
    NO_PLACE,
    NOT_A_NAME,
    OCCUPATIONS,
    OCCUPATIONS_IN_WORDS,
    PETS,
    PLACES,
)

Value = str | int | list[int]
WORD = r"[^\W\d_][\w'’-]*"
_IS = rf"\b(?:i'?m|i am|(?:s?he|they|you)(?:'s|'re| is| are)|shes|hes|{WORD}(?:'s| is)|ich bin|soy)\s+"
BE = rf"(?:{_IS}|^(?:am|is|being)?\s*)"
_ADVERBS = r"(?:(?:actually|also|just|really|currently|now|still|basically|technically|only|about|very much|like|secretly|literally|proudly|officially|obviously)\s+)*"

# age and height -------------------------------------------------------------------------------------------------------


def age_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    if not speaker.is_primary or not clause.is_so or Mood.FUTURE in clause.moods:
        return
    if re.search(r"\b(?:when|at|was|were|met)\b.*\d", clause.text, ANY_CASE) and not re.search(
        r"turned|\bi'?m \d", clause.text, ANY_CASE
    ):
        return
    yield from numbers.stated_ages(numbers.in_figures(clause.text, speaker.language))


def height_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    first = re.search(r"\d", clause.text)
    if not clause.is_now or (first and is_denied(clause.text, first.start())):
        return
    height = numbers.stated_height(numbers.in_figures(clause.text, speaker.language))
    if height is not None:
        yield height


# name -----------------------------------------------------------------------------------------------------------------

_NAME = re.compile(
    rf"\b(?:my name is|my name's|name is|name's|call me|i go by|goes by|everyone calls me|everybody calls me|friends call me|i'm called|im called|is called|me llamo|ich hei(?:ß|ss)e)\s+(?:just\s+)?(?P<name>{WORD})",
    ANY_CASE,
)
_INTRODUCED = re.compile(
    rf"(?:\b(?:i'm|i am|im|this is|it's|its)\s+(?P<name>{WORD})|^(?P<here>{WORD}) (?:here|speaking)\b)", ANY_CASE
)
_OF_ANOTHER = re.compile(
    r"\b(?:dog|cat|puppy|pet|horse|sister|brother|boat|band|car|van|plant|hamster|son|daughter|bike|tortoise)\b",
    ANY_CASE,
)


def first_name_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    if not clause.is_so or _OF_ANOTHER.search(clause.text):
        return
    match = _NAME.search(clause.text)
    if match and not is_denied(clause.text, match.start()):
        yield from as_name(match["name"])
        return
    if speaker.is_primary and re.fullmatch(
        rf"\W*{re.escape(speaker.primary_name)} (?:is (?:fine|good|ok|okay|perfect|great)|works|please|will do)\W*",
        clause.text,
        ANY_CASE,
    ):
        yield speaker.primary_name
        return
    if speaker.is_primary and (match := _INTRODUCED.search(clause.text)):
        name = match["name"] or match["here"]
        if name.casefold() == speaker.primary_name.casefold():
            yield from as_name(name)


def says_own_name(text: str, speaker: Speaker) -> bool:
    """ "Yes, Abby", "Abby": the answer to our question for a name, whatever we asked since."""
    named = rf"\W*(?:(?:yes|yeah|yep|just|only|sure)\W+)*{re.escape(speaker.primary_name)}\W*(?:please|is (?:fine|good|ok|okay)|works)?\W*"
    return speaker.is_primary and bool(re.fullmatch(named, text, ANY_CASE))


def as_name(written: str) -> Iterator[str]:
    name = written.strip("'’-")
    if len(name) > 1 and name.casefold() not in NOT_A_NAME:
        yield name if not name.islower() else name.capitalize()


# place ----------------------------------------------------------------------------------------------------------------

_LIVES = re.compile(
    r"\b(?:liv(?:e|es|ing) (?:(?:with|alone|together)[^,.;!?]*? )?(?:in|near|around|just outside|outside|over in|up in|down in|out in)|based in|moved to|moved (?:up|down|over|back) to|settled in|ended up in|"
    r"(?:i've|she's|he's|i have|has|have)? ?been (?:in|living in)|home is|commut(?:e|es|ing) from|vivo en|vive en|(?:wohne|wohnt|lebe|lebt) in|aus)\s+(?P<place>[^,.;!?()]+)",
    ANY_CASE,
)
_FROM = re.compile(
    r"(?:\b(?:i'm|i am|im|s?he's|s?he is|is|am)\s+|^(?:and )?)(?:also |just |actually )?from\s+(?P<place>[^,.;!?()]+)|\bcomes? from\s+(?P<come>[^,.;!?()]+)",
    ANY_CASE,
)
_ONCE_FROM = re.compile(r"\b(?:originally|grew up|born|raised|native|used to|family)\b", ANY_CASE)
_IN_PLACE = re.compile(
    r"\b(?:in|near|from)\s+(?P<place>[A-ZÀ-Ý][\w'’-]+(?:[\s-]+(?:upon|on|am|de|la|le|[A-ZÀ-Ý][\w'’-]+))*)"
)
_I_AM_IN = re.compile(
    r"\b(?i:i'm|i am|she's|he's|she is|he is) (?i:over |up |down |here |currently |now )?in (?P<place>[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)*)"
)
_STAYS = re.compile(
    rf"\b(?:never leave|can't leave|love living in|born and (?:raised|bred) in)\s+(?P<place>[A-ZÀ-Ýa-z][\w'’-]+)|^(?P<home>{WORD}(?: {WORD})?) (?:is home|for (?:\w+ ){{1,2}}years|born and (?:raised|bred)|girl|boy|lad|lass)\b",
    ANY_CASE,
)
_PLACE_ENDS = re.compile(
    r"\s+(?:and|but|with|since|for|now|because|where|at the moment|these days|which|who|so|though|right now|atm|when|after|"
    r"all my life|last|this|in|near|not|originally|lol|haha|until|have|has|if|or|as|to|than|by|about|too|tbh|before|ten|five|next|still|again|actually|on|"
    r"years|year|about|is|til|till|seit|desde|w|bc)\b.*$|\s+[-–—:].*$|\s*\d.*$",
    ANY_CASE,
)
_PLACE_LEADS = re.compile(
    r"^(?:(?:in|near|around|just outside|outside|sunny|lovely|rainy|good old|beautiful|the middle of|central|downtown|greater)\s+)+",
    ANY_CASE,
)
_STREET = re.compile(r"\d|\b(?:street|road|avenue|lane|close|drive|st\.|rd\.)", ANY_CASE)


def area_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    text = clause.text
    stays = _STAYS.search(text)
    if stays and clause.is_so and (place := stays["place"] or stays["home"]).casefold().split()[0] in PLACES:
        yield from as_place(place)
        return
    if not clause.is_so or Mood.FUTURE in clause.moods:
        return
    for match in _LIVES.finditer(text):
        in_passing = re.search(r"been in", match[0], ANY_CASE) and not re.search(
            r"\b(?:since|for|now|years|ages|always)\b", text, ANY_CASE
        )
        if not in_passing and not is_denied(text, match.start()) and not _was_left(clause, match):
            yield from as_place(match["place"])
            return
    if Mood.PAST in clause.moods or _ONCE_FROM.search(text):
        return
    for match in _FROM.finditer(text):
        if not is_denied(text, match.start()):
            yield from as_place(match["place"] or match["come"])
            return
    here = _I_AM_IN.search(text)
    if here and not is_denied(text, here.start()):
        yield from as_place(here["place"])
        return
    yield from _in_passing(clause)


def is_origin(sentence: str, place: str) -> bool:
    """Whether the sentence tells of the place as where they come from."""
    return bool(
        re.search(rf"{re.escape(place)} (?:born|girl|boy|lad|lass)|from {re.escape(place)}", sentence, ANY_CASE)
    )


def _was_left(clause: Clause, match: re.Match[str]) -> bool:
    return Mood.PAST in clause.moods and not re.search(r"moved|settled|ended up", match[0], ANY_CASE)


_WHO_AND_WHERE = re.compile(
    rf"{_IS}{_ADVERBS}(?:in|an?)\b|\b(?:work|works|teach|teaches|study|studies|studying|working|teaching|run|runs|own|owns|rent|rents)\b",
    ANY_CASE,
)


def _in_passing(clause: Clause) -> Iterator[str]:
    """ "I'm a teacher in York", "studying law in Leeds": somebody's work is where they live, as far as one can hear."""
    match = _IN_PLACE.search(clause.text)
    if (
        match
        and match["place"].split()[0].casefold() in PLACES
        and _WHO_AND_WHERE.search(clause.text[: match.start()])
    ):
        yield from as_place(match["place"])


def as_place(written: str) -> Iterator[str]:
    place = _PLACE_ENDS.sub("", written.strip()).strip(" .!'\"-*")
    place = _PLACE_LEADS.sub("", place)
    words = place.split()
    if not words or len(words) > 4 or words[0].casefold() in NO_PLACE or _STREET.search(place) or len(place) > 60:
        return
    if words[0].casefold() in NOT_A_NAME and words[0].casefold() not in {"new", "bad", "long"}:
        return
    yield place if not place.islower() else place.title()


# work -----------------------------------------------------------------------------------------------------------------

_OCCUPATION = rf"(?:{'|'.join(sorted(map(re.escape, [*OCCUPATIONS_IN_WORDS, *OCCUPATIONS]), key=len, reverse=True))})"
_BEFORE_JOB = r"(?:(?!not\b|bad\b|terrible\b|big\b|wannabe\b|failed\b|frustrated\b|former\b|retired\b|bit\b|better\b|worse\b|good\b|great\b|proper\b|huge\b|home\b|amateur\b|hobby\b|born\b|natural\b|part of\b|and\b|but\b|so\b|i\b|i'm\b|im\b|am\b|is\b|she\b|he\b|a\b|an\b|the\b|my\b|her\b|his\b|their\b|your\b|another\b|some\b|every\b|with\b|for\b|to\b|of\b|by\b|like\b|married\b|dating\b|date\b|see\b|need\b|want\b|called\b)[\w'-]+\s+){0,3}?"
_IS_A = re.compile(
    rf"{BE}{_ADVERBS}(?:\d{{2}},? (?:and )?)?(?:(?:an?|the|one of the|eine?|una?)\s+)?(?P<job>{_BEFORE_JOB}{_OCCUPATION})(?!\w|'s?\s)(?! (?:of sleep|at heart))",
    ANY_CASE,
)
_WORKS_AS = re.compile(
    r"\b(?:work(?:s|ing|ed)? as|job is|job's|day job:?|trained as|training as|training to be|qualified as|retraining as|by day|trabajo (?:de|como)|arbeite als)\s+(?:an?\s+|the\s+)?(?P<job>[^,.;!?()]+)",
    ANY_CASE,
)
_WORKS_IN = re.compile(
    r"\b(?P<job>(?:work|works|working|trabajo|arbeite) (?:in|with|for|at|en|bei)\s+[^,.;!?()]+)", ANY_CASE
)
_STUDIES = re.compile(
    r"\b(?P<job>(?:study|studies|studying|estudio|studiere|teach|teaches|teaching|reading for|doing a (?:phd|masters?|degree|course))\s+(?!myself|me\b|him|her\b|them|you|for\b|my\b|the (?:dog|cat))[^,.;!?()]+)",
    ANY_CASE,
)
_FOR_A_LIVING = re.compile(
    rf"(?:^|\b(?:i|she|he|{WORD})\s+)(?P<job>(?!(?:i|she|he)\b)[a-z]+(?:\s+[\w'-]+){{0,5}}?)\s+(?:for a living|for work|for money|beruflich)\b",
    ANY_CASE,
)
_RUNS = re.compile(
    r"\b(?:i|she|he|they|we|^)\s*(?P<job>(?:run|runs|own|owns|manage|manages|drive|drives|look after|looks after)\s+(?:an?|my own|her own|his own|the)\s+(?:[\w-]+\s+){0,2}(?:caf[eé]|shop|bakery|bar|pub|company|business|studio|restaurant|bookshop|charity|farm|gallery|startup|start-up|salon|gym|school|nursery|stall|team|lorry|truck|taxi|cab|bus|tram|train|ambulance|practice|agency|garage|brewery|hotel|hostel))\b",
    ANY_CASE,
)
_TRADE = re.compile(rf"\b(?P<job>{_OCCUPATION}) by (?:trade|day|profession)\b", ANY_CASE)
_JOB_ENDS = re.compile(
    r"\s+(?:and|but|because|so|which|where|who|since|these days|at the moment|right now|by day|lol|haha|yes|no|that|though|if|when|now|until|till|tbh|mostly|currently)\b.*$|\s+[-–—]\s.*$|\s+in [A-ZÀ-Ý].*$|\s+at the .*$",
)
_NOT_WORK = re.compile(
    r"\b(?:work(?:s|ing)? (?:on|for me|for you|with what|with you|in progress|out|in (?:\w+ )?(?:silence|bed|pyjamas|theory|practice))\b|teach(?:es|ing)? (?:you|me|him|them)\b|in training\b)",
    ANY_CASE,
)
_NOT_A_JOB = re.compile(
    r"\b(?:life|heart|kitchen|dad joke|karaoke|bathroom|shower|weekend|armchair|unofficial|designated|family|group|house|dog|cat|terrible|worst|best)\b",
    ANY_CASE,
)


def job_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    if not clause.is_now or _NOT_WORK.search(clause.text):
        return
    for pattern in (_WORKS_AS, _TRADE, _FOR_A_LIVING, _RUNS, _IS_A, _STUDIES, _WORKS_IN):
        match = pattern.search(clause.text)
        if match is None or is_denied(clause.text, match.start("job"), match.end()):
            continue
        if not speaker.is_primary and re.search(r"\b(?:for|at)\b", match["job"], ANY_CASE):
            # Whose payroll somebody is on is theirs to tell.
            continue
        job = re.sub(r"^\d+[- ]years?[- ]old\s+", "", _JOB_ENDS.sub("", match["job"]).strip(" -–"), flags=ANY_CASE)
        if 2 < len(job) <= 80 and not _NOT_A_JOB.search(job):
            yield job
            return


_DOES_WHAT = re.compile(
    r"^\W*(?:(?:well|um+|oh|so|ok|and|yeah|yes|honestly|currently|mostly|basically)\W+)*i\s+(?:(?:mostly|mainly|currently|basically|just|also|actually)\s+)*"
    r"(?!(?:am|was|love|like|enjoy|hate|have|had|don'?t|do not|can'?t|think|guess|know|live|want|need|wish|would|will|should|could|never|sleep|wait|said|did|mean|hope|see|get|go|play|drink|smoke)\b)(?:(?:do|work|make|run|sell)\b|[a-z]+\b)",
    ANY_CASE,
)
MOST_WORDS_OF_WORK = 16


def says_what_they_do(text: str) -> bool:
    return len(text.split()) <= MOST_WORDS_OF_WORK and "?" not in text and bool(_DOES_WHAT.match(text))


# languages ------------------------------------------------------------------------------------------------------------

_SPEAKS = re.compile(
    r"\b(?:speak(?:s|ing)?|fluent in|mother tongue is|native|bilingual in|grew up (?:with|speaking)|learnt|hablo|hablamos|spreche|reden wir|conversational|raised in)\b(?P<rest>.*)",
    ANY_CASE,
)
LANGUAGE = re.compile(rf"\b(?:{'|'.join(LANGUAGES)})\b", ANY_CASE)


def languages_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    match = _SPEAKS.search(clause.text)
    if match and clause.is_so and Mood.FUTURE not in clause.moods and not is_denied(clause.text, match.start()):
        spoken = re.split(r"\b(?:but (?:not|no)|not|no)\b", match["rest"])[0]
        yield from (found[0].capitalize() for found in LANGUAGE.finditer(spoken))


# animals and children -------------------------------------------------------------------------------------------------

PET = "|".join(PETS)
_COUNT = r"(?:an?|one|two|three|four|five|six|\d|some|this|dos|tres|un|una|zwei|drei|einen?)"
_HAS_PET = re.compile(
    rf"\b(?:(?:have|has|got|i've|i have|adopted|rescued|own|owns|with|tengo|hab|habe)\s+(?:got\s+)?{_COUNT}|(?P<whose>my|her|his|our|mi|mein|meine|{WORD}'s)|and {_COUNT}|^{_COUNT})\s+(?:(?!and\b|with\b|of\b)[\w-]+\s+){{0,3}}?(?P<pet>{PET})\b"
    rf"(?!'s? (?:cafe|sitter|person|walker)|[- ](?:shelter|person|people|cafe|show|food|lover|dad|mum|mom)|s? (?:would|are better))",
    ANY_CASE,
)
_OTHERS_PET = re.compile(
    r"\w's\s|\b(?:friend|friend's|mum|mom|dad|parents|sister|brother|ex|neighbou?r|gran|nan|landlord|flatmate|housemate|boss|uncle|aunt|family)\b",
    ANY_CASE,
)
_NO_PET = re.compile(
    r"\b(?:want|wants|walk(?:s|ed|ing)? (?:a|the)|used to have|had|lost|died|dead|allergic|every|foster|like a|hot|saw|met|stuffed|toy)\b",
    ANY_CASE,
)


_DIED = re.compile(r"\b(?:died|passed away|put down|is dead)\b", ANY_CASE)


def pets_of(clause: Clause, speaker: Speaker) -> Iterator[Value]:
    """Read in every clause: "my dog runs the house" is about the dog, and hers all the same."""
    if not clause.is_so or Mood.FUTURE in clause.moods:
        return
    for match in _HAS_PET.finditer(clause.text):
        if is_denied(clause.text, match.start()) or not _is_theirs(match, clause, speaker):
            continue
        if (
            _OTHERS_PET.search(match[0].removeprefix(match["whose"] or ""))
            or _NO_PET.search(clause.text[: match.end()])
            or _DIED.search(clause.text)
        ):
            continue
        if Mood.PAST in clause.moods and not match["whose"]:
            continue
        yield match["pet"].lower()


def _is_theirs(match: re.Match[str], clause: Clause, speaker: Speaker) -> bool:
    whose = (match["whose"] or "").lower()
    if whose in {"my", "our", "mi", "mein", "meine"}:
        return speaker.is_primary
    if whose in {"her", "his"}:
        return not speaker.is_primary and clause.subject is not Subject.SPEAKER
    if whose:
        return not speaker.is_primary and whose.removesuffix("'s") == speaker.primary_name.casefold()
    return clause.subject is Subject.PRIMARY


_CHILD = r"(?:kids?|children|child|sons?|daughters?|boys|girls|lads|toddlers?|twins|little ones?|hijos?|hijas?|niños|niñas|kinder|jungs|mädchen|söhne|töchter)"
_HAS_KIDS = re.compile(
    rf"\b(?:have|i've got|got|has|tengo|hab|habe)\s+(?:{_COUNT}\s+)?(?:(?:amazing|lovely|grown-up|grown|small|little|teenage|wonderful|young|beautiful)\s+)*{_CHILD}\b|\b(?:two|three|four|2|3|4|dos|tres|zwei|drei)\s+(?:small |grown |teenage )?{_CHILD}\b|"
    rf"\b(?:mum|mom|dad|mother|father|parent) (?:of|to) (?:an?|one|two|three|four|\d|twins)\b|\b(?:single|solo|stay-at-home) (?:mum|mom|dad|parent)\b|\bmy (?:own )?(?:son|daughter|kids|children|lads|eldest|youngest|toddler|little (?:one|girl|boy))\b",
    ANY_CASE,
)
_NO_KIDS = re.compile(
    rf"\b(?:no|don't have(?: any)?|haven't got(?: any)?|without|sin|keine) {_CHILD}\b|\bchild[- ]?(?:free|less)\b|\bkid[- ]?free\b",
    ANY_CASE,
)
_WANTS_KIDS = re.compile(
    rf"\b(?:want|love|like|hope for|ready for|see myself with|up for|open to)\b[^.;!?]*\b{_CHILD}\b|\b{_CHILD}\b[^.;!?]*\b(?:one day|some day|someday|in the future|would be (?:nice|great|lovely))\b|\bquiero tener hijos\b|\bwill (?:irgendwann )?kinder\b|\bstart a family\b|\bwant a family\b",
    ANY_CASE,
)
_WANTS_NO_KIDS = re.compile(
    rf"\b(?:don't|dont|do not|never|not) (?:really |ever )?(?:think i |sure i )?(?:want|wanting|need)\b[^.;!?]*\b(?:{_CHILD}|any)\b|\bno {_CHILD} for me\b|\b{_CHILD}\b[^.;!?]*\b(?:don't want|not for me|aren't for me|never)\b|\bchild[- ]?free\b",
    ANY_CASE,
)
_UNSURE = re.compile(r"\b(?:not sure|maybe|undecided|on the fence|don't know|no idea|we'll see)\b", ANY_CASE)
_OTHERS_KIDS = re.compile(
    r"\b(?:work with|teach|look after|babysit|nieces?|nephews?|sister's|brother's|godchild\w*|class|school|feel like|inner|at (?:work|school|the)|the kids at|students?)\b",
    ANY_CASE,
)


def kids_has_of(sentence: str, clauses: list[Clause], speaker: Speaker) -> Iterator[Value]:
    """Of a whole sentence: "my daughter is 15" has the daughter for its subject."""
    if not _is_own_word(sentence, clauses, speaker) or _OTHERS_KIDS.search(sentence):
        return
    if _NO_KIDS.search(sentence) and not re.search(r"dealbreaker|someone|with no kids|they", sentence, ANY_CASE):
        yield "no"
    elif (
        (match := _HAS_KIDS.search(sentence))
        and not is_denied(sentence, match.start())
        and not _WANTS_KIDS.search(sentence)
        and "friend" not in sentence
    ):
        yield "yes"


def kids_wants_of(sentence: str, clauses: list[Clause], speaker: Speaker) -> Iterator[Value]:
    if not _is_own_word(sentence, clauses, speaker, may_wish=True) or _OTHERS_KIDS.search(sentence):
        return
    if not re.search(rf"\b{_CHILD}\b|\bfamily\b|child[- ]?free", sentence, ANY_CASE) or re.search(
        r"\b(?:someone|somebody|who|they|partner)\b", sentence, ANY_CASE
    ):
        return
    no_doubt = re.sub(r"\bno doubt\b", "", sentence, flags=ANY_CASE)
    if _UNSURE.search(no_doubt):
        yield "maybe"
    elif _WANTS_NO_KIDS.search(no_doubt):
        yield "no"
    elif _WANTS_KIDS.search(no_doubt) and not re.search(
        r"\b(?:love|like) (?:my|the|these|those|other people's) ", sentence, ANY_CASE
    ):
        yield "yes"


def _is_own_word(sentence: str, clauses: list[Clause], speaker: Speaker, *, may_wish: bool = False) -> bool:
    if not speaker.is_primary or sentence.rstrip().endswith("?"):
        return False
    moods = {mood for clause in clauses for mood in clause.moods}
    barred = {Mood.JOKE, Mood.IF, Mood.REPORTED, Mood.QUESTION} | (set() if may_wish else {Mood.WISH, Mood.FUTURE})
    return not moods & barred
