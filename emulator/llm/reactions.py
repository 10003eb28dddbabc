"""What a message does in the chat: agrees, refuses, claims, asks us something, banters."""

import re
from collections.abc import Sequence
from enum import StrEnum

ANY_CASE = re.IGNORECASE

_YES = re.compile(
    r"^\W*(?:(?:oh|ha(?:ha)+|well|hmm+|aw+|ok(?:ay)? so|omg|lol|hell|uh|um+|ah+|and)\b[\s,.!…-]*)*"
    r"(?:yes|yeah|yep|yup|ya|sure|ok(?:ay)?|of course|absolutely|definitely|correct|right|true|exactly|deal|go (?:ahead|for it|on)|"
    r"sounds good|fine|please do|let's (?:go|do (?:it|this))|i'm (?:in|up for it|game|ready)|i am in|i (?:do|agree|consent)|that's (?:me|right|true)|"
    r"it's me|guilty|s[ií]|oui|ja|👍|✅|💯|🙌)(?!\w)",
    ANY_CASE,
)
_NO = re.compile(
    r"\b(?:no|nope|nah|not|never|don'?t|do not|won'?t|can'?t|wouldn'?t|stop|wait|hold on|wrong|isn'?t|aren'?t|unsure|maybe|rather)\b",
    ANY_CASE,
)
_NO_NO = re.compile(r"\b(?:can'?t wait|why not|no (?:problem|worries|doubt)|not a problem|if not now)\b", ANY_CASE)
_CONSENT = re.compile(
    r"\b(?:i(?:'m| am) (?:so |totally |all )?in\b(?!\s+[\w])|count me in|i (?:agree|consent)|i(?:'m| am) (?:up for it|game|happy to do (?:it|this))|"
    r"you have my (?:yes|consent|ok)|yes[,.! ]+(?:i'?m (?:in|ready|up)|i am in|please|let'?s|do it|go ahead|make (?:me )?(?:a|my) profile))",
    ANY_CASE,
)
_CLAIM = re.compile(
    r"\b(?:(?:it(?:'s| is)|this is|that(?:'s| is)|profile is|all)\s+(?:about|for)\s+me|about me|it'?s me|it is me|that'?s me|"
    r"i'?m the (?:one|single|primary)|i am the (?:one|single)|for myself|my (?:own )?(?:dating )?profile|i'?m single|i am single|the single one is me)\b",
    ANY_CASE,
)
_NOT_ME = re.compile(r"\bnot (?:about |for )?me\b|\bisn'?t (?:about |for )?me\b", ANY_CASE)
_BARE_ME = re.compile(
    r"^\W*(?:(?:haha+|oh|well|um+)\W+)*(?:me|myself|mine|moi|i am|guilty)\b(?!\s+(?:and|neither|too))", ANY_CASE
)
_ABOUT = re.compile(
    r"\b(?:it(?:'s| is)|this is|that(?:'s| is)|profile is|we're here|we are here)?\s*(?:all )?(?:about|for)\s+(?:my (?:best |dear |lovely |good )?(?:friend|mate|sister|"
    r"brother|flatmate|housemate|roommate|cousin|bestie|colleague)\s*,?\s*)?(?P<name>[A-ZÀ-Ý][\w'-]*)",
)
_IS_THE_ONE = re.compile(
    r"\b(?P<name>[A-ZÀ-Ý][\w-]*)(?:'s| is) (?:the (?:single )?(?:one|single|person|star)|single|looking)\b|\b(?:it's|its|it is|that's|that would be)\s+(?P<it>[A-ZÀ-Ý][\w-]*)"
)
_FRIEND = re.compile(
    r"\b(?:about|for)\s+(?:my|a|our)\s+(?:best |dear |lovely |good )?(?:friend|mate|sister|brother|flatmate|housemate|roommate|cousin|bestie|colleague)\b",
    ANY_CASE,
)

_SKIP = re.compile(
    r"^\W*(?:(?:can (?:i|we) |let's |i'd rather |please )?(?:skip|pass)(?: (?:this|that|it|please|on that))*|next(?: (?:one|question))?|rather not(?: say)?|i'd rather not(?: say)?|prefer not to say|no comment)\W*$",
    ANY_CASE,
)
_TAKE_OUT = re.compile(
    r"\b(?:delete|remove|erase|forget|drop|scrap|scratch|cut|lose|strike|take (?:\w+ )*(?:out|off|down|away)|leave (?:\w+ )*out|get rid of|"
    r"(?:was|were|is|that's|only) (?:just |only )?(?:a joke|joking|kidding|not true|wrong|a lie)|isn'?t true|not true)\b",
    ANY_CASE,
)
_TIME = re.compile(
    r"^\W*(?:hmm+\W*)?(?:let me think|one (?:sec|second|moment|minute)|give me a (?:sec|second|moment|minute)|wait|hold on|brb|hang on|later|in a (?:sec|minute)|"
    r"ask me later|good question|tough one|thinking|need to think)\b.{0,30}$",
    ANY_CASE,
)
_LAUGH_WORD = re.compile(
    r"\d|a*(?:ha|he|hi|ja|je){2,}[ahj]*|ha+h?|l+o+l+|lmf?ao+|rofl|omg|wow|nice|aw+|x+d+|wtf|same|true|fr|dead|iconic|classic|ok+|k+|yay+|woo+|"
    r"hmm+|mhm|ugh|oof|stop|help|please|brilliant|amazing|excellent|legend",
    ANY_CASE,
)
_LAUGH_PHRASE = re.compile(r"\b(?:love it|so true|so good|stop it|no way)\b", ANY_CASE)
_GREETING = re.compile(
    r"^\W*(?:hi|hey|hello|hiya|good (?:morning|evening|afternoon)|evening|morning|yo|heya|howdy)\b", ANY_CASE
)
_THANKS = re.compile(r"\b(?:thanks|thank you|thx|cheers|ta)\b", ANY_CASE)
_COMMAND = re.compile(r"^\W*(?:start|new|join\s+\w{4,8})\W*$", ANY_CASE)


class AskedAbout(StrEnum):
    """What people ask the matchmaker."""

    WHAT = "what"
    WHO_SEES = "who_sees"
    BOT = "bot"
    DATA = "data"
    HOW_LONG = "how_long"
    HOW = "how"
    COST = "cost"
    PRIVATE = "private"
    WHY = "why"
    PHOTOS = "photos"
    PROFILE = "profile"
    WHO_ARE_YOU = "who_are_you"
    OTHER = "other"


_ASKS: tuple[tuple[re.Pattern[str], AskedAbout], ...] = tuple(
    (re.compile(pattern, ANY_CASE), asking)
    for pattern, asking in (
        (
            r"\b(?:who|anyone|anybody|people|everyone|public)\b.*\b(?:see|sees|read|reads|reading|access|shown)\b|\bis (?:it|this) (?:public|private)\b",
            AskedAbout.WHO_SEES,
        ),
        (
            r"\b(?:are you|is (?:this|that|it)|am i talking to|you're|is matchmaker)\b.*\b(?:a |an )?(?:bot|robot|ai|human|real|machine|chatgpt|person|computer)\b",
            AskedAbout.BOT,
        ),
        (r"\b(?:delete|erase|remove|forget|data|stored|store|keep|kept|gdpr)\b", AskedAbout.DATA),
        (r"\bhow (?:long|many questions|much longer)\b", AskedAbout.HOW_LONG),
        (r"\b(?:cost|free|pay|price|money)\b", AskedAbout.COST),
        (r"\b(?:photos?|pictures?|pics?)\b", AskedAbout.PHOTOS),
        (
            r"\b(?:profile|bio)\b.*\b(?:look|so far|ready|done|see)\b|\bwhat (?:have you got|do you have)\b",
            AskedAbout.PROFILE,
        ),
        (r"\bwhy (?:do you|are you|d'you)\b.*\b(?:ask|want|need|know)", AskedAbout.WHY),
        (r"\bdo (?:i|we) have to\b|\bcan (?:i|we) skip\b|\bmust (?:i|we)\b", AskedAbout.PRIVATE),
        (
            r"\bwho are you\b|\bwhat(?:'s| is) your name\b|\bwho is (?:this|that)\b|\bwhat are you\b",
            AskedAbout.WHO_ARE_YOU,
        ),
        (
            r"\bhow (?:does|do|will|is) (?:this|it|that|we|you)\b|\bwhat (?:do|should) (?:i|we) (?:do|have to|write|say)\b|\bwhat happens\b|\bwhat now\b|\bwhat next\b",
            AskedAbout.HOW,
        ),
        (
            r"\bwhat(?:'s| is| was) (?:this|that|all this|going on)\b|\bwhat are we doing\b|\bexplain\b",
            AskedAbout.WHAT,
        ),
    )
)


def agrees(text: str) -> bool:
    return bool(_YES.search(text)) and not refuses(text)


def refuses(text: str) -> bool:
    return bool(_NO.search(_NO_NO.sub("", text)))


def consents(text: str, *, asked: bool) -> bool:
    """A plain yes to a profile; if we did not ask, the text must say what it agrees to."""
    if refuses(text) or text.strip().endswith("?"):
        return False
    return bool(_CONSENT.search(text)) or (asked and bool(_YES.search(text)))


def claims(text: str, *, asked: bool, asked_by_name: bool) -> bool:
    """Says that the profile is about the writer. A bare yes only counts when we asked that person."""
    if _NOT_ME.search(text) or text.strip().endswith("?"):
        return False
    if _CLAIM.search(text):
        return True
    return (asked and bool(_BARE_ME.search(text))) or (asked_by_name and agrees(text))


def named_as_primary(text: str) -> str | None:
    """The name of the person whom the text says it is about."""
    for pattern in (_ABOUT, _IS_THE_ONE):
        match = pattern.search(text)
        if match:
            return next((name.removesuffix("'s") for name in match.groups() if name), None)
    return None


def is_for_a_friend(text: str) -> bool:
    return bool(_FRIEND.search(text)) and not _NOT_ME.search(text)


def skips(text: str) -> bool:
    return bool(_SKIP.match(text))


def takes_out(text: str) -> bool:
    return bool(_TAKE_OUT.search(text)) and "?" not in text


def wants_time(text: str) -> bool:
    return bool(_TIME.match(text))


def is_laugh(text: str) -> bool:
    words = re.findall(r"[^\W_]+", _LAUGH_PHRASE.sub(" ", text))
    return bool(text.strip()) and all(_LAUGH_WORD.fullmatch(word) for word in words)


def is_greeting(text: str) -> bool:
    return bool(_GREETING.match(text)) and len(text.split()) <= 6


def is_thanks(text: str) -> bool:
    return bool(_THANKS.search(text)) and len(text.split()) <= 8


def is_command(text: str) -> bool:
    return bool(_COMMAND.match(text))


def names(name: str, text: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, ANY_CASE) is not None


def asks_us(text: str, *, named: bool) -> AskedAbout | None:
    """What the text asks the matchmaker; OTHER when it addresses us but matches nothing."""
    if "?" not in text and not named:
        return None
    for pattern, asking in _ASKS:
        if pattern.search(text):
            return asking
    return AskedAbout.OTHER if named and "?" in text else None


def is_small_talk(text: str, others: Sequence[str]) -> bool:
    """Talk among the people: a laugh, a few words, or something addressed to one of them."""
    if is_laugh(text) or any(names(name, text) for name in others) or "?" in text:
        return True
    words = text.split()
    return len(words) <= 3 or bool(re.search(r"\b(?:you|your|you're|u)\b", text, ANY_CASE))
