"""Reads lines that are no sentences: "nurse, leeds, two cats", "pub quizzes, fishing off the pier badly".

Asked one thing, people answer another, or everything at once, in a word or a list: what a piece tells is read from its
own form, whatever was asked. Only the primary person's lines are read so; of a friend nobody knows whom they mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from emulator.llm.reading import basics, interests
from emulator.llm.reading.basics import Value
from emulator.llm.reading.clauses import ANY_CASE, Speaker, sentences, without_fillers
from emulator.llm.reading.lexicon import ACTIVITIES, NOT_A_NAME, OCCUPATIONS, OCCUPATIONS_IN_WORDS, PETS, PRACTICES
from emulator.llm.reading.places import is_place

MOST_WORDS = 9
# A list of what somebody does has at least so many items, unless we asked for it.
LEAST_ITEMS = 2

_ASIDE = re.compile(r"\([^()]*\)")
_SPLIT = re.compile(
    r"\s*(?:[,;/&]|\s[-–—]\s|(?<!\w)\+(?!\w)|\band\b(?! (?:chips|roll|breakfast|dragons|tonic|crafts)\b)|\bund\b|\by\b|\bplus\b)\s*",
    ANY_CASE,
)
# A piece that opens so has a subject or a verb of its own, and is for the readers of sentences.
_OPENS_A_SENTENCE = re.compile(
    r"^(?:i|i'm|im|i've|ive|i'd|i'll|me|my|mine|you|your|you're|youre|u|ur|he|he's|hes|she|she's|shes|they|they're|we|we're|it|it's|its|that|that's|thats|this|these|those|there|there's|"
    r"what|who|whose|which|why|how|where|when|if|because|bc|cos|but|so|for|with|to|at|from|of|by|as|like|about|into|than|then|not|no|none|never|nothing|don't|dont|do|does|did|can|can't|cant|could|will|won't|would|should|is|are|am|was|were|have|has|had|be|been|"
    r"let|let's|lets|stop|shut|please|pls|sorry|thanks|thank|wait|look|listen|ask|tell|say|says|said|put|give|get|got|make (?:it|that|sure|me)|go on|come on|see|someone|somebody|everyone|everybody|nobody|anyone|people|"
    r"ich|du|er|sie|wir|ihr|es|das|ist|bin|nein|ja|nicht|kein\w*|yo|tú|él|ella|nos|no|sí|si|que|qué|porque|pero|soy|es|está|me|te|se)\b",
    ANY_CASE,
)
_TALKS = re.compile(
    r"\?|!{2,}|\b(?:you|your|you're|yours|u|ur|lol|haha+|omg|wtf|please|pls|thanks|sorry|matchmaker|today|tonight|tomorrow|yesterday|later|soon|right now|on my way|brb|was|were|isn't|aren't|didn't|doesn't|won't|is|are|am|will|has|have|had|"
    r"yes|yep|nope|never|not|hate|hates|without|less|enough|wrong|true|right|worse|worst)\b",
    ANY_CASE,
)
_HABITUAL = re.compile(
    r"\b(?:on|every|most|each) (?:\w+ )?(?:mon|tues|wednes|thurs|fri|satur|sun)?(?:days?|mornings?|evenings?|nights?|weekends?|weeks?|summers?|winters?)\b|\b(?:at|on) (?:the )?weekends?\b|\bin (?:january|february|march|april|may|june|july|august|september|october|november|december|winter|summer|all weathers?)\b|"
    r"\b(?:badly|poorly|terribly|obsessively|too much|mostly|sometimes|the rest|when drunk)\b|\b(?:los|las) (?:lunes|martes|miércoles|jueves|viernes|sábados|domingos)\b|\b(?:montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags)\b",
    ANY_CASE,
)
_ING = re.compile(
    r"^(?:\w+ )?(?!(?:nothing|something|anything|everything|being|going|having|getting|morning|evening|thing|king|ring|spring|string|wedding|building|ceiling|darling|sibling|bring|working|living|looking|thinking|hoping|joking|kidding|dying|coming|trying|waiting|crying|saying|doing|"
    r"talking|asking|feeling|moving|leaving|meaning|during|amazing|boring|embarrassing|exciting|interesting|annoying|freezing|lying|freaking|fucking|bloody)\b)[a-z]{2,}ing\b",
    ANY_CASE,
)
_ACTIVITY = re.compile(rf"\b(?:{'|'.join(ACTIVITIES)})\b", ANY_CASE)
# What one does in one's own time, with its object: "pick up sea glass", "keep bees".
_DOES = {
    "pick": "picking", "build": "building", "fix": "fixing", "mend": "mending", "repair": "repairing", "make": "making", "grow": "growing",
    "keep": "keeping", "play": "playing", "hunt": "hunting", "watch": "watching", "walk": "walking", "ride": "riding", "race": "racing",
    "breed": "breeding", "carve": "carving", "photograph": "photographing", "train": "training", "hoard": "hoarding", "tend": "tending",
}  # fmt: skip
_STARTS_WITH_DOING = re.compile(rf"^(?P<verb>{'|'.join([*PRACTICES, *_DOES])})\b(?P<rest>.*)$", ANY_CASE)
_WHERE_IT_IS = re.compile(
    r"^(?:just )?(?:above|near|next to|by the|just off|off|not far|round the corner|around the corner|opposite|behind|beside|south|north|east|west|the (?:nice|good|bad|cheap|posh|rough|wrong|other) (?:bit|end|part|side|half)|born and|born & |all my life|my whole life|for my sins|since (?:\d{4}|forever|birth|i was)|arriba de|cerca de|al lado|über|neben|bei)\b",
    ANY_CASE,
)
_PLACE_TAIL = re.compile(
    r"\s+(?:baby|babyyy*|girl|boy|lad|lass|born and (?:bred|raised)|based|way|innit|represent|all my life|for life)\b.*$",
    ANY_CASE,
)
_JOB = re.compile(
    rf"^(?:an? |the |just (?:an? )?|also (?:an? )?|full[- ]time |part[- ]time |currently (?:an? )?)*(?P<job>(?:(?!not\b|no\b|bad\b|good\b|great\b|my\b|your\b|her\b|his\b|the\b|former\b|ex\b|future\b|retired\b|failed\b|every\b|some\b)[\w'-]+ ){{0,3}}?(?:{'|'.join(sorted(map(re.escape, [*OCCUPATIONS_IN_WORDS, *OCCUPATIONS]), key=len, reverse=True))}))(?:\s+(?:in|at|for|by|on|with|since)\b.*)?$",
    ANY_CASE,
)
_PET = re.compile(
    rf"^(?:an?|one|two|three|four|\d|my|some|dos|tres|zwei|drei|eine?n?|una?|mi) (?:[\w-]+ ){{0,2}}?(?P<pet>{'|'.join(PETS)})(?:\s+(?:called|named|who|with)\b.*)?$",
    ANY_CASE,
)


_ADDED = re.compile(r"^\W*(?:oh,? )?(?:and|also|plus|y|und|auch)\b", ANY_CASE)
_OWNS = re.compile(r"^(?:own|have|got|want|need|live|work|love|like|enjoy)\b", ANY_CASE)


@dataclass(frozen=True)
class Piece:
    """`is_added`: opens its sentence with an "and", as what continues a list does."""

    text: str
    sentence: str
    is_added: bool


def fragments_in(
    text: str, speaker: Speaker, *, asked_for_interests: bool = False
) -> Iterator[tuple[str, Value, str]]:
    """(field, value, sentence), for each piece that tells something by its form alone."""
    if not speaker.is_primary or "?" in text:
        return
    pieces = list(_pieces(text, speaker))
    names = [speaker.primary_name, *speaker.other_names]
    items: list[tuple[str, Piece]] = []
    for at, piece in enumerate(pieces):
        plain = _plain_fact(piece, pieces[at + 1] if at + 1 < len(pieces) else None)
        if plain is not None:
            yield (*plain, piece.sentence)
        elif not _WHERE_IT_IS.match(piece.text) and not _OWNS.match(piece.text):
            found = list(interests.answered_interests(_doing(piece.text) or piece.text, names=names))
            items += [(item, piece) for item in found[:1]]
    # "Coffee, then the flea market" is a plan.
    items = [(item, piece) for item, piece in items if not re.search(r"\bthen\b", piece.sentence, ANY_CASE)]
    pastimes = [piece for _, piece in items if is_pastime(piece.text)]
    is_list = len(items) >= LEAST_ITEMS and (pastimes or asked_for_interests)
    if is_list or (pastimes and (asked_for_interests or any(piece.is_added for piece in pastimes))):
        yield from (("interests", item, piece.sentence) for item, piece in items)


def _pieces(text: str, speaker: Speaker) -> Iterator[Piece]:
    names = {name.casefold() for name in (speaker.primary_name, *speaker.other_names)}
    for sentence in sentences(text):
        said = _ASIDE.sub(" ", sentence)
        # "ok so: swim in it, pick up sea glass": what comes before the colon only announces the list.
        said = re.sub(r"^\W*[\w\s']{1,25}:\s+", "", said)
        cut = [without_fillers(part).strip(" .!…*\"'") for part in _SPLIT.split(said)]
        parts = [part for part in cut if part]
        if not parts or any(_OPENS_A_SENTENCE.match(part) for part in parts[:1]):
            continue
        for part in parts:
            words = part.split()
            is_piece = (
                len(words) <= MOST_WORDS and not _OPENS_A_SENTENCE.match(part) and not _TALKS.search(_clause(part))
            )
            if is_piece and not {word.casefold().strip(",.!") for word in words} & names:
                yield Piece(part, sentence, bool(_ADDED.match(said)) and part == parts[0])


def _clause(part: str) -> str:
    """Without what only describes it: "gigs where everyone is sad"."""
    return re.split(
        r"\b(?:where|when|while|who|that|which|until|till|because|so)\b", part, maxsplit=1, flags=ANY_CASE
    )[0]


def _plain_fact(piece: Piece, following: Piece | None) -> tuple[str, Value] | None:
    if job := _JOB.match(piece.text):
        return "job_or_study", job["job"]
    if pet := _PET.match(piece.text):
        return "pets", pet["pet"].lower()
    place = _PLACE_TAIL.sub("", piece.text)
    is_followed = (
        following is not None and following.sentence == piece.sentence and _WHERE_IT_IS.match(following.text)
    )
    could_be = len(place.split()) <= 3 and not is_pastime(place) and place.split()[0].casefold() not in NOT_A_NAME
    if is_place(place) or (could_be and (is_followed or (place != piece.text and len(place.split()) == 1))):
        return next((("area", found) for found in basics.as_place(place)), None)
    return None


def is_pastime(text: str) -> bool:
    """Whether it sounds like what somebody does in their own time."""
    return bool(
        _HABITUAL.search(text) or _ING.match(text) or _ACTIVITY.search(text) or _STARTS_WITH_DOING.match(text)
    )


def _doing(text: str) -> str:
    """ "Swim in it in january" is swimming, "pick up sea glass" picking up sea glass."""
    started = _STARTS_WITH_DOING.match(text)
    if started is None:
        return ""
    verb, rest = (
        started["verb"].casefold(),
        re.split(r"\b(?:in|on|at|with|to|from|for|every)\b", started["rest"], flags=ANY_CASE)[0],
    )
    return f"{_gerunds()[verb]}{rest}".strip()


@lru_cache(maxsize=1)
def _gerunds() -> dict[str, str]:
    return PRACTICES | _DOES
