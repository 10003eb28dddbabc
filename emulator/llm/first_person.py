"""What friends tell about somebody ("She once taught a whole bus to sing"), in that person's own mouth."""

import re
from collections.abc import Iterable

_ADVERBS = {
    "always",
    "never",
    "often",
    "still",
    "once",
    "also",
    "just",
    "really",
    "even",
    "usually",
    "sometimes",
    "only",
}
_IRREGULAR = {"is": "am", "has": "have", "does": "do", "goes": "go", "was": "was", "were": "was", "are": "am"}
_ABOUT_THEM = re.compile(r"\b(?:she|he|her|hers|him|his|herself|himself)\b", re.IGNORECASE)
_ABOUT_TELLER = re.compile(r"\b(?:i|i'm|i've|i'd|me|my|mine|we|us|our)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:she|he)\b", re.IGNORECASE)
# With somebody else of the kind around, "she" may be either.
_OTHERS = re.compile(
    r"\b(?:mum|mom|mother|dad|father|sister|brother|aunt|uncle|gran\w*|friend|neighbou?r|boss|girl|boy|woman|man|lady"
    r"|guy|stranger|kid|child|baby|ex|wife|husband|daughter|son|niece|nephew|cousin|teacher|colleague)s?\b",
    re.IGNORECASE,
)
_POSSESSED = re.compile(
    r"\bher(?= (?!and\b|or\b|but\b|to\b|in\b|on\b|at\b|with\b|for\b|from\b|about\b|when\b|because\b"
    r"|the\b|a\b|an\b|that\b|this\b|who\b|so\b|again\b|home\b|back\b|up\b|down\b|out\b|off\b)\w)",
    re.IGNORECASE,
)
_STATES = r"(?:scared|tired|obsessed|addicted|excited|interested|married|retired|bored|convinced|determined|devoted|talented)"
# "Got stuck in a loft": so people type what happened to them.
_WITHOUT_SUBJECT = re.compile(
    rf"(?!{_STATES}\b)(?:once )?(?:got|lost|went|won|fell|broke|drove|took|made|had|did|ran|ate|met|saw|slept|swam|sang|spent"
    r"|bought|brought|caught|taught|built|told|found|left|wrote|drank|flew|forgot|gave|rode|stole|\w{2,}[^e\W]ed)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\w{2,}[^s\W]s")


def sentence(text: str, *, owner: str, others: Iterable[str] = ()) -> str:
    """As its owner would say it, with a capital and a full stop; empty where that would be a guess, and where one of
    the others is named."""
    told = _told(" ".join(text.split()).strip(" .!,;…"), owner, [name for name in others if name])
    return f"{told[0].upper()}{told[1:]}." if told else ""


def clause(text: str, *, owner: str, others: Iterable[str] = ()) -> str:
    """The same, to go on with after "that": "I once taught a whole bus to sing"."""
    whole = sentence(text, owner=owner, others=others)
    return lowered(whole[:-1]) if whole else ""


def lowered(text: str) -> str:
    """Without the capital of a sentence's beginning; names keep theirs as far as one can tell."""
    first = re.match(r"[\w']+", text)
    if first is None or first[0] in ("I", "I'm", "I've", "I'd", "I'll") or first[0][1:] != first[0][1:].lower():
        return text
    is_common = _BEGINNINGS.fullmatch(first[0].lower()) or first[0].endswith("ing")
    return text[0].lower() + text[1:] if is_common else text


_BEGINNINGS = re.compile(
    r"(?:a|about|after|all|an|and|any|as|at|before|being|by|coffee|cooking|"
    r"dinner|each|every|everything|fish|for|from|getting|going|good|half|having|homemade|hot|"
    r"how|ice|if|in|it|late|last|long|lots|lunch|making|maybe|most|my|"
    r"never|no|not|of|old|on|once|one|our|over|picnic|really|some|someone|"
    r"something|somewhere|street|swimming|tea|that|the|then|there|they|this|three|to|two|"
    r"under|until|walking|we|what|when|where|whoever|with|you|your)"
)


def _told(text: str, owner: str, others: list[str]) -> str:
    if not text or any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in others):
        return ""
    named = re.sub(rf"^{re.escape(owner)}\b(?!')", "She", text, flags=re.IGNORECASE) if owner else text
    if owner and re.search(rf"\b{re.escape(owner)}\b", named, re.IGNORECASE):
        return ""
    if not _ABOUT_THEM.search(named):
        return f"I {named[0].lower()}{named[1:]}" if _WITHOUT_SUBJECT.match(named) else text
    if _ABOUT_TELLER.search(named):
        # "I took her home", or her own words about another woman.
        return text if re.match(r"(?:i|i'm|i've|i'd|my|we)\b", named, re.IGNORECASE) else ""
    if _OTHERS.search(named) and len(_ABOUT_THEM.findall(named)) > 1:
        return ""
    return _turned(named)


def _turned(text: str) -> str:
    text = re.sub(r"\b(?:she|he)'s (?=(?:been|got|had|done|gone|seen)\b)", "I've ", text, flags=re.IGNORECASE)
    if re.search(rf"\b(?:she|he)'s (?!{_STATES}\b)\w+ed\b", text, re.IGNORECASE):
        return ""  # "she's walked to Rome" has, and "she's scared of geese" is
    text = re.sub(r"\b(?:she|he)'s\b", "I'm", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(?:she|he)'(d|ll)\b", r"I'\1", text, flags=re.IGNORECASE)
    words = text.split(" ")
    for at, word in enumerate(words):
        if not _SUBJECT.fullmatch(word):
            continue
        words[at] = "I"
        verb = next((n for n in range(at + 1, len(words)) if words[n].lower() not in _ADVERBS), None)
        if verb is not None:
            was = words[verb]
            words[verb] = _first(was)
            # "bakes and names it": whether a later word is a verb as well, nobody can tell by its looks.
            if (
                words[verb] != was
                and was not in _IRREGULAR
                and re.search(r"\band [a-z]+s\b", " ".join(words[verb + 1 :]))
            ):
                return ""
    told = " ".join(words)
    told = re.sub(r"\b(?:herself|himself)\b", "myself", told, flags=re.IGNORECASE)
    told = re.sub(r"\bhers\b", "mine", told, flags=re.IGNORECASE)
    told = re.sub(r"\bhis\b", "my", told, flags=re.IGNORECASE)
    told = _POSSESSED.sub("my", told)
    return re.sub(r"\b(?:her|him)\b", "me", told, flags=re.IGNORECASE)


def _first(verb: str) -> str:
    """ "remembers" to "remember"; what is no such form stays."""
    if verb.lower() in _IRREGULAR:
        return _IRREGULAR[verb.lower()]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if re.fullmatch(r"\w+(?:sh|ch|ss|x|zz)es", verb):
        return verb[:-2]
    return verb[:-1] if _PRESENT.fullmatch(verb) else verb
