"""What somebody likes doing: one short, concrete thing at a time."""

import re
from collections.abc import Iterator, Sequence

from emulator.llm.reading.clauses import ANY_CASE, Clause, Mood, Speaker, is_denied
from emulator.llm.reading.lexicon import ACTIVITIES, PRACTICES

MOST_CHARACTERS = 30

_SO = r"(?:(?:really|also|do|does|absolutely|just|secretly|truly|still|always|so|totally|genuinely|weirdly|super|very|bit|big|massively|mildly|slightly|completely|kinda|honestly|quite)\s+)*"
_LIKES = re.compile(
    rf"(?<!\bmy )(?<!\bher )(?<!\bhis )\b{_SO}(?:love|loves|loving|enjoy|enjoys|adore|adores|(?:(?<=\bi )|(?<=\byou )|(?<=\bthey )|(?<=\bdo )|(?<=\breally )|(?<=\balso )|(?<=\bstill )|(?<=^))like|likes|(?:am |is |i'm |s?he's |'s |been |got |getting |back )?into|obsessed with|crazy about|mad about|nuts about|mad for|mad on|passionate about|keen on|addicted to|hooked on|"
    r"big on|can't get enough of|can't live without|can't resist|live for|lives for|fans? of|hobbies (?:are|include)|hobby is|interests (?:are|include)|interests:|hobbies:|aficiones:|hobbys:|happiest when|my thing is|her thing is|his thing is|"
    r"(?:my|her|his) happy place is|weekends are for|weekends mean|never misses? (?:an? )?|never says? no to|nothing beats|can't beat|who doesn't love|spare time is|free time is|(?:took|taken|taking) up|learnt to love|"
    r"me (?:gusta|encanta)|mag ich|liebe ich)\s+(?P<rest>.+)",
    ANY_CASE,
)
# "I like that you asked", "I'd like to", "I was like": no interest.
_NO_LIKING = re.compile(
    r"\b(?:would|'d|was|were|is|am|'m|'s|it's|that's|looks?|sounds?|feels?|felt|just|or|more|stuff|things|people|shaped|acts?|much) (?:\w+ )?like$|\b(?:got|get|bumped|ran|turned|turns|fell|go|went|put|move|moved|burst|back|come|came|talked|talk|walk|walked|crash\w*|let|locked) into$"
    r"|\b(?:in|with|of|my|her|his|the|much|your) love$",
    ANY_CASE,
)
_ACTIVITY = "|".join(ACTIVITIES)
_DOES = re.compile(
    rf"\b(?:go|goes|been going)\s+(?P<going>(?:[a-z-]+\s)?[a-z]+ing(?:\s+(?!with|at|in|on|when|every|most|after)[a-z]+)?)"
    rf"|\bplays?\s+(?:the\s+|a lot of\s+|a bit of\s+|some\s+)?(?P<playing>(?!(?:with|for|it|hard|dead|in|at|on|a|up|along|cool|host|uno|tricks)\b)[a-z&'-]+(?:\s+(?:a side|guitar|football|games|tennis|piano|whistle|frisbee|bass))?(?:\s+in an? (?:[a-z]+ )?(?:band|orchestra|choir|quartet|trio|duo|league|team))?(?:(?:,| and)\s+(?:the\s+)?(?!is\b|he\b|she\b|it\b|i\b|listen|watch|{'|'.join(PRACTICES)})[a-z]+)*)"
    rf"|\b(?:do|does|done|doing|been doing|at|to|to do|got|teaches|practise|practises|practice|practices|train|trains)\s+(?:a (?:lot|bit) of\s+|some\s+|lots of\s+|the\s+)*(?P<doing>(?:{_ACTIVITY})(?:(?:,| and)\s+(?:{_ACTIVITY}))*)\b(?!\s*(?:teacher|instructor|shop))"
    rf"|\b(?:been|started|starting|back|is|it's|always|mostly|usually)\s+(?P<been>(?:{_ACTIVITY}))\b(?=\s+(?:since|for|every|on|again|most|these|now|twice|every|or|and)|\W*$)"
    rf"|(?:^|\b(?:and|also|plus)\s+)(?P<weekly>(?:[\w-]+\s+)?(?:{_ACTIVITY}))\s+(?:on (?:a )?\w+days?|every \w+|twice a week|once a week|most \w+|at weekends|each \w+|after work|before work)\b"
    r"|\bspends?\s+(?:(?:my|her|his|their|most|all|of|too much|every|way|half)\s+)*(?:weekends?|\w+days?|evenings?|(?:free |spare )?time|summers?|nights?)\s+(?P<spending>[a-z]+ing[^,.;!?]*)"
    rf"|\b(?P<keen>(?!(?:big|huge|massive|biggest|an?|the|such|no|not|number|great|total|complete)\b)(?:{_ACTIVITY}|[\w&-]+(?:\s[\w-]+)?))\s+(?:addict|nerd|fan|geek|nut|enthusiast|fanatic|obsessive|lover|freak|buff|junkie)\b"
    rf"|\b(?P<mad>{_ACTIVITY})[- ]mad\b|(?P<life>(?:{_ACTIVITY}|[\w-]+)) (?:is|are) (?:my|her|his) (?:life|thing|jam|happy place|therapy|religion|escape|passion|obsession|whole personality)\b|\b(?:never shuts? up about|always (?:talking|going on|banging on|raving) about|won't stop talking about)\s+(?:(?:her|his|my|the)\s+)?(?P<shuts>[\w&-]+(?:\s[\w-]+)?)|\bin a (?P<band>choir|band|running club|book club|climbing club|walking group|(?:football|rugby|netball|quiz|hockey) team)\b|\bat the (?P<place>allotment|climbing wall|gym|pottery studio)\b"
    r"|\blisten(?:s|ing)? to (?P<listening>(?!(?:me|you|her|him|us|them|my|your|this|that|people|everyone|everybody|what|nobody|anyone|reason)\b)[a-z&'-]+(?:\s(?!to\b|when\b|while\b|on\b|in\b|every\b|all\b|at\b|and\b|for\b)[a-z&'-]+){0,2})"
    r"|\b(?:i|she|he|they)\s+(?:(?:also|still|mostly|just|really|sometimes|often)\s+)*(?P<makes_things>(?:fix|mend|repair|build|grow|keep|carve|breed|photograph|race|ride|hunt|train)(?:e?s)?\s+(?:(?!my\b|her\b|his\b|your\b|the\b|things\b|secrets\b|promises\b|tabs\b|it\b|them\b|you\b|people\b|all\b)[a-z'-]+\s+){0,2}?(?!things\b|secrets\b|promises\b|tabs\b|records\b|people's\b|notes\b|trains\b|nails\b)(?:[a-z'-]+(?<!s)s))\b(?!')"
    r"|\bgive (?:me|her|him) (?:an? |some )?(?P<given>[^,.;!?]+?) and (?:i'm|s?he's) (?:happy|fine|sorted)|\b(?P<nose>nose in a book|head in a book)\b|\bmakes? (?:my|her|his) own (?P<makes>[a-z]+(?:\s[a-z]+)?)",
    ANY_CASE,
)
_RENAMED = {
    "nose in a book": "reading",
    "head in a book": "reading",
    "choir": "singing in a choir",
    "band": "playing in a band",
}
_PRACTISES = re.compile(
    rf"(?:^(?P<none>)|\b(?:i|she|he|they|you|who|(?-i:[A-ZÀ-Ý])[\w'-]+)\s+)(?:(?:also|always|just|really|mostly|still|secretly|even|do|does|often|usually|sometimes|can|mainly|actually|only|can't stop)\s+)*(?P<verb>{'|'.join(PRACTICES)})\b(?:\s+(?:(?:way |far )?too (?:much|many)|a lot of|lots of|loads of|so (?:much|many)|some|the odd))?(?P<object>(?:\s+(?!and\b|but\b|when\b|for\b|with\b|at\b|on\b|in\b|to\b|every\b|because\b|so\b|like\b|about\b|badly\b|well\b|way\b|a lot\b|too\b|most\b|if\b|or\b|into\b|from\b|as\b|it\b|them\b|this\b|that\b|the house\b|late\b|out\b|off\b|around\b|over\b|up\b|you\b|me\b|us\b|your\b|away\b|like\b)[\w&'-]+){{0,4}})",
    ANY_CASE,
)
_WHEN = re.compile(r"\b(?:when|if|while|before|after) (?:i|she|he|they) $", ANY_CASE)
_NOT_PRACTISED = re.compile(
    r"\b(?:runs? (?:an?|my|the|her|his|late|out|into|away|on|from|in the|this|things|everything)|draws? (?:the line|a blank|blood|attention)|writes? (?:to|you|me|it|back|down|that|this|code|off|in|everything)|reads? (?:you|me|this|that|minds|my|your|his|her|the (?:whole|room)|the room|everything|it|people)|"
    r"cooks? (?:for us|the books)|box(?:es)? (?:it|them|and|in)|fish for|camp beds?|sings? (?:like)|dances? (?:like)|paints? (?:the town|a picture|nails|my|her|his|me)|collects? (?:my|the|her|his|it|you|parcels|dust)|row with|fences? and|climbs? (?:the walls|into|up|over|out|the stairs|out of)|swims? in (?:money|it|work)|skates? over|sail through|sails through|cycles? (?:to work|of)|restores? (?:my|the) (?:faith))\b",
    ANY_CASE,
)
# "One of the moth people", "a bird guy".
_PEOPLE_OF = re.compile(
    r"\b(?:one of (?:the|those)|(?:such|being|become|turned into|i'm|she's|he's|is|am) (?:an? )?(?:total |real |proper |big |massive |secret )?)\s*(?P<what>moth|bird|plant|bike|train|cat|dog|horse|book|cheese|wine|map|board ?game|vinyl|mushroom|fungi|bee|moss|puzzle|spreadsheet|museum|garden|craft|knitting|running|climbing|swimming|crossword|chess|pottery|sourdough|theatre|musical|film|comic|metal|techno|jazz)\s+(?:people|person|guy|girl|man|woman|lady|types?|gang|lot)\b",
    ANY_CASE,
)
# The rest of the sentence that tells of something else.
_ENDS = re.compile(
    r"\s*(?:[;:!?…()\n]|\.(?=\s|$)|\s[–—-]\s|\b(?:but|because|when|whenever|where|which|who|since|although|though|even|especially|while|so|if|after|before|than|until|like a|like it's|"
    r"as long as|every (?:day|morning|evening|week\w*|\w+day|night|summer|winter|year|single|time)|on (?:an? )?(?:\w+days?|the weekend|weekends)|at (?:the )?(?:weekends?|moment)|these days|more than|way too much|too much|a bit too|"
    r"(?:for|over) (?:years|ages|the|fun|hours)|with (?:my|her|his|friends|a passion)|in (?:my|her|his) (?:free|spare) time|with all|in between|that (?:i|she|he)|for (?:too many|everyone|people|friends|my|her|his|other|a living)|to (?:relax|unwind|fall asleep|sleep|wind down|death)|most (?:days|weekends|nights|mornings)|at (?:4|5|6|7)\s?am|badly|terribly)\b)",
    ANY_CASE,
)
_SPLIT = re.compile(
    r"\s*(?:,\s*(?:and|or|plus|but mostly)?|\band\b(?! (?:chips|roll|breakfast|dragons|tonic|crafts|jerry|white)\b)|&(?!\w)|\bplus\b|\bas well as\b|\bor\b|;|/|(?<!\w)\+(?!\w))\s*",
    ANY_CASE,
)
_LEADING = re.compile(
    r"^(?:(?:also|mostly|mainly|definitely|probably|maybe|well|hmm+|um+|oh|like|really|just|then|of course|obviously|especially|some|an? (?:tiny |little )?bit of|bit of|bits of|a lot of|lots of|loads of|all kinds of|all (?:the|my)|way too (?:much|many)|too (?:much|many)|so (?:much|many)|"
    r"any kind of|listen(?:ing)? to|doing|going (?=\w+ing)|going to|go to|to go|to do|to|being|the|a|an|all|very|good old|i love|i like|i enjoy|i do|i|love|loving|her|his|my|our|playing|play|anything by|anything with|everything|anything|big|yes|and|plus)\s+)+",
    ANY_CASE,
)
_TRAILING = re.compile(
    r"(?:\s+(?:too|as well|the rest|a lot|lately|mostly|mainly|obviously|honestly|i guess|really|lol|haha+|so much|very much|these days|of course|for fun|in general|and stuff|stuff|"
    r"and so on|etc\.?|most of all|the most|too much|again|sometimes|right now|atm|things|please|also|tbh|i suppose|basically|you know|to be fair|daily|weekly|twice|regularly|with him|with her|with me|every|on|for|at|with|in|is|when|of|from|but|because)|[.!…,\s]|[^\w\s'’)&+\-])+$",
    ANY_CASE,
)
# An item that begins so starts a new thought, or points at something that only the speakers see.
_NO_ITEM = re.compile(
    r"^(?:i|i'm|i've|i'd|im|she|she's|he|he's|they|we|you|you're|it|it's|that|this|these|those|there|what|how|when|who|why|him|her|them|me|us|my|your|our|its|u|"
    r"am|is|are|was|were|have|has|had|got|live|lives|work|works|from|not|never|no|don't|doesn't|hate|hates|can't|will|would|everyone|everybody|"
    r"own|owning|existing|breathing|blinking|staring|napping|sighing|overthinking|worrying|complaining|someone|somebody|everything|anything|nothing|something|sometimes|looking|searching|done with|retired|good|fine|both|one|men|women|guys|girls|people|each other|same|yes|yeah|stuff|so|being|\d+|bed|sleep in|sleep|to bits|itself|himself|herself|trouble|a fight|tears|it all|him|one another|the idea|to see|seeing|get|gets|"
    r"think|thinking|having|knowing|getting|hearing|when|whoever|if|too|tall|attention|shape|debt|character|detail|depth)\b",
    ANY_CASE,
)
_IS_FEELING = re.compile(
    r"\b(?:i|i'm|is|are|was|it|it's|the idea|idea of|you|him|her|them|us|each other|someone|a man|a woman|men|women|guys|girls|relationship|that|to bits|being|me|trust|jobs?|life|sister|brother|mum|mom|dad|family|boyfriend|girlfriend|husband|wife|country|kids|children|boss|people|"
    r"dog|cat|myself|when|casual|serious|this|these|drama|silence)\b",
    ANY_CASE,
)


def interests_of(clause: Clause, speaker: Speaker) -> Iterator[str]:
    """Interests in one clause about the primary person."""
    if not clause.is_so or clause.moods & {Mood.PAST, Mood.FUTURE}:
        return
    text, names = clause.text, (speaker.primary_name, *speaker.other_names)
    if match := _LIKES.search(text):
        before = text[: match.start("rest")]
        if (
            not is_denied(text, match.start("rest"), match.end())
            and not _NO_LIKING.search(before.strip())
            and "like to" not in text
        ):
            yield from items(match["rest"], names=names)
    for done in _DOES.finditer(text):
        what = next((group for group in done.groups() if group), "")
        if done["makes_things"]:
            what = _as_gerund(what)
        if what and not is_denied(text, done.start(), done.end()):
            yield from items(_RENAMED.get(what.casefold(), what), names=names)
    yield from _practised(text, clause, names)
    for found in _PEOPLE_OF.finditer(text):
        if not is_denied(text, found.start()) and not _IS_FEELING.search(found["what"]):
            what = found["what"].casefold()
            yield what if what.endswith(("s", "ing")) else f"{what}s"


def _as_gerund(done: str) -> str:
    """ "Fixes old radios" is fixing old radios."""
    verb, _, what = done.partition(" ")
    stem = re.sub(r"(?<=x)es$|(?<!s)s$", "", verb.casefold())
    return f"{stem.removesuffix('e')}ing {what}"


def _practised(text: str, clause: Clause, names: Sequence[str]) -> Iterator[str]:
    for done in _PRACTISES.finditer(text):
        if (
            _WHEN.search(text[: done.start("verb")])
            or is_denied(text, done.start("verb"))
            or _NOT_PRACTISED.match(text[done.start("verb") :])
        ):
            continue
        doing = PRACTICES[done["verb"].casefold()]
        what = done["object"].strip()
        yield from items(
            f"{doing} {what}" if what and len(f"{doing} {what}") <= MOST_CHARACTERS else doing, names=names
        )


def items(text: str, *, names: Sequence[str]) -> Iterator[str]:
    """A list as people write it, cut into its items; ends where something else begins."""
    kept = _ENDS.split(text.strip(), maxsplit=1)[0]
    for part in _SPLIT.split(kept):
        item = _item(_without_names(part, names))
        if item is None:
            continue
        if _NO_ITEM.match(item):
            return
        if not _IS_FEELING.search(item) and not _is_person(item, names):
            yield item


def answered_interests(text: str, *, names: Sequence[str]) -> Iterator[str]:
    """The whole text as a list: each of its parts may have an end of its own ("bouldering on Tuesdays, sleep on Sundays")."""
    for sentence in re.split(r"[.!?\n]+(?:\s|$)", text):
        for part in _SPLIT.split(sentence):
            kept = _ENDS.split(part.strip(), maxsplit=1)[0]
            item = _item(_without_names(kept, names))
            if (
                item
                and not _NO_ITEM.match(item)
                and not _IS_FEELING.search(item)
                and not _is_person(item, names)
                and not is_denied(part, len(part))
            ):
                yield item


def _without_names(part: str, names: Sequence[str]) -> str:
    """ "You love karaoke, Abby": the name is spoken to, not liked."""
    words = part.split()
    while len(words) > 1 and _is_person(words[-1].strip(".,!?"), names):
        words.pop()
    return " ".join(words)


def _item(part: str) -> str | None:
    said = _TRAILING.sub("", part.strip(" .!\"'*"))
    said = _LEADING.sub("", said).strip()
    if len(said) > MOST_CHARACTERS:
        said = re.split(r"\s+(?:at|on|in|with|for|from|of|along|around|by|under|near|to)\b", said, flags=ANY_CASE)[0]
    if not 2 <= len(said) <= MOST_CHARACTERS or len(said.split()) > 5 or not re.search(r"[^\W\d_]{2}|\w&\w", said):
        return None
    if _GRAND.match(said) and not _HOBBY.search(said):
        return None
    return said[0].lower() + said[1:] if said.split()[0].istitle() and _is_common(said) else said


def _is_common(item: str) -> bool:
    """A capital only because it opened the message: "Bouldering" is common, "Studio Ghibli" is a name."""
    return not any(word[:1].isupper() for word in item.split()[1:])


def _is_person(item: str, names: Sequence[str]) -> bool:
    return item.casefold() in {name.casefold() for name in names}


# "Competitive blinking" is a joke, "competitive swimming" is not.
_GRAND = re.compile(r"^(?:competitive|professional|olympic|extreme|advanced|elite)\b", ANY_CASE)
_HOBBY = re.compile(rf"\b(?:{_ACTIVITY})\b", ANY_CASE)
_HAS_A_VERB = re.compile(
    r"\b(?:is|are|was|were|am|i'm|have|has|had|do|does|did|can|will|would|hate|not|no|you|he|she|we|they|it|my|her|his|the|to)\b",
    ANY_CASE,
)


def is_list_of_activities(text: str) -> bool:
    """ "Bouldering, sourdough and terrible puns": nothing but a list, and a hobby in it."""
    parts = [part for part in _SPLIT.split(text.strip(" .!")) if part]
    return len(parts) >= 2 and bool(_HOBBY.search(text)) and not _HAS_A_VERB.search(text) and "?" not in text
