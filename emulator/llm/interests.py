"""What someone likes doing: one short, concrete thing at a time."""

import re
from collections.abc import Callable, Iterator, Sequence

ANY_CASE = re.IGNORECASE
MOST_CHARACTERS = 30

_LIKES = re.compile(
    r"\b(?:(?:really|also|do|does|absolutely|just|secretly|truly|still|always|so)\s+)*"
    r"(?:love|loves|loving|enjoy|enjoys|adore|adores|like|likes|into|obsessed with|crazy about|mad about|nuts about|passionate about|keen on|addicted to|"
    r"can't get enough of|live for|lives for|fan of|hobbies are|hobbies include|hobby is|interests are|interests include|interests:|hobbies:|happiest when)\s+"
    r"(?P<rest>.+)",
    ANY_CASE,
)
# "I like that you asked", "I'd like to", "I was like": no interest.
_NO_LIKING = re.compile(
    r"\b(?:would|'d|was|were|is|am|'m|it's|that's|looks?|sounds?|feels?|felt|just|or|more|stuff|things) like\b|\b(?:got|get|bumped|ran|turned|fell|go|went|put|move|moved|burst|back|come|came) into\b"
    r"|\b(?:in|with|of|my|her|his|the|much|your) love\b",
    ANY_CASE,
)
_DOES = re.compile(
    r"\b(?:i|she|he|they|always|often|sometimes|also|^)\s*(?:go|goes)\s+(?P<going>[a-z]+ing(?:\s+[a-z]+){0,2})"
    r"|\b(?:i|she|he|they|also|and|^)\s*plays?\s+(?:the\s+|a lot of\s+)?(?P<playing>(?!(?:with|for|it|hard|dead|in|at|on|a)\b)[a-z]+(?:\s+(?:guitar|football|games|tennis|piano))?(?:(?:,| and)\s+(?:the\s+)?[a-z]+)*)"
    r"|\b(?:i|she|he|they|also|and|^)\s*(?:do|does)\s+(?P<doing>yoga|pilates|karate|judo|ballet|pottery|crosswords|improv|stand-?up|ceramics|crossfit|parkour|triathlons|boxing)\b"
    r"|\bcollects?\s+(?P<collecting>[^,.;!?]+)|\bspends?\s+(?:(?:my|her|his|their|most|all|of|too much)\s+)*(?:weekends?|\w+days?|evenings?|(?:free )?time|summers?)\s+(?P<spending>[a-z]+ing[^,.;!?]*)",
    ANY_CASE,
)
# The rest of the sentence that tells of something else.
_ENDS = re.compile(
    r"\s*(?:[;:!?…()\n]|\.(?=\s|$)|\s[–—-]\s|\b(?:but|because|when|whenever|where|which|who|since|although|though|even|especially|while|so|if|after|before|than|until|"
    r"as long as|every (?:day|morning|evening|week\w*|\w+day|night|summer|winter|year)|on (?:\w+days?|the weekend)|at the moment|these days|more than|"
    r"(?:for|over) (?:years|ages|the)|with (?:my|her|his|friends)|in (?:my|her|his) (?:free|spare) time|with all)\b)",
    ANY_CASE,
)
_SPLIT = re.compile(
    r"\s*(?:,\s*(?:and|or|plus)?|\band\b(?! (?:chips|roll|breakfast)\b)|&|\bplus\b|\bas well as\b|\bor\b)\s*",
    ANY_CASE,
)
_LEADING = re.compile(
    r"^(?:(?:also|mostly|mainly|definitely|probably|maybe|well|hmm+|um+|oh|like|really|just|then|of course|obviously|especially|some|a bit of|a lot of|lots of|all kinds of|"
    r"any kind of|doing|going|to go|to do|to|being|the|a|an|all|very|good old|i love|i like|i enjoy|love|loving|her|his|my|playing(?= (?:the )))\s+)+",
    ANY_CASE,
)
_TRAILING = re.compile(
    r"(?:\s+(?:too|as well|a lot|lately|mostly|mainly|obviously|honestly|i guess|really|lol|haha+|so much|very much|these days|of course|for fun|in general|and stuff|"
    r"and so on|etc\.?|most of all|the most|too much|again|sometimes|right now|atm|things|please)|[.!…,\s]|[^\w\s'’)&+\-])+$",
    ANY_CASE,
)
# An item that begins so starts a new thought, or points at something that only the speakers see.
_NO_ITEM = re.compile(
    r"^(?:i|i'm|i've|i'd|im|she|she's|he|he's|they|we|you|you're|it|it's|that|this|these|those|there|what|how|when|who|why|him|her|them|me|us|my|your|our|"
    r"am|is|are|was|were|have|has|had|got|live|lives|work|works|from|not|never|no|don't|doesn't|hate|hates|can't|will|would|everyone|everybody|"
    r"someone|everything|anything|nothing|something|both|one|men|women|guys|girls|people|each other|same|yes|yeah|stuff|so|being|\d+)\b",
    ANY_CASE,
)
_IS_FEELING = re.compile(
    r"\b(?:i|i'm|is|are|was|it|it's|the idea|idea of|you|him|her|them|us|each other|someone|a man|a woman|relationship|that|to bits|being|me|trust|job|life|sister|brother|mum|mom|dad|family|boyfriend|girlfriend|husband|wife|city|country)\b",
    ANY_CASE,
)
Denied = Callable[[str, int], bool]


def in_clause(text: str, is_denied: Denied, *, names: Sequence[str]) -> Iterator[str]:
    """Interests in one clause about the primary person."""
    match = _LIKES.search(text)
    if match and not is_denied(text, match.start("rest")) and not _NO_LIKING.search(text[: match.start("rest")]):
        yield from items(match["rest"], names=names)
    for done in _DOES.finditer(text):
        if not is_denied(text, done.start()):
            yield from items(next(filter(None, done.groups())), names=names)


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


def _without_names(part: str, names: Sequence[str]) -> str:
    """ "You love karaoke, Abby": the name is spoken to, not liked."""
    words = part.split()
    while len(words) > 1 and _is_person(words[-1].strip(".,!?"), names):
        words.pop()
    return " ".join(words)


def _item(part: str) -> str | None:
    said = _TRAILING.sub("", part.strip(" .!\"'"))
    said = _LEADING.sub("", said).strip()
    if len(said) > MOST_CHARACTERS:
        said = re.split(r"\s+(?:at|on|in|with|for|from|of|along|around|by|under|near|to)\b", said, flags=ANY_CASE)[0]
    if not 2 <= len(said) <= MOST_CHARACTERS or not re.search(r"[^\W\d_]{2}", said):
        return None
    return said[0].lower() + said[1:] if said.split()[0].istitle() and _is_common(said) else said


def _is_common(item: str) -> bool:
    """A capital only because it opened the message: "Bouldering" is common, "Studio Ghibli" is a name."""
    return not any(word[:1].isupper() for word in item.split()[1:])


def _is_person(item: str, names: Sequence[str]) -> bool:
    return item.casefold() in {name.casefold() for name in names}
