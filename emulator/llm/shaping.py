"""What an interviewer does while the profile takes shape: takes down what people say of photos and drafts, and drafts.

The product reads plain answers itself ("2", "the second one", "no"); here is what people write around them.
"""

import re
from collections.abc import Iterator

from emulator.llm import reactions
from emulator.llm.chat_completions import Call
from emulator.llm.drafting import drafts_for
from emulator.llm.interview import Message, Photo, Snapshot

# Questions about the profile as a whole, which the product words, and whose plain answers it reads.
TOPICS = frozenset({"photo_use", "bio", "answers", "approval"})
MOST_WORDS_OF_A_CHOICE = 12

_NUMBERS = {
    "one": 1, "first": 1, "two": 2, "second": 2, "three": 3, "third": 3, "four": 4, "fourth": 4, "five": 5, "fifth": 5,
    "six": 6, "sixth": 6,
}  # fmt: skip
# "One" and "the first" are numbers only where something is counted.
_NUMBER = re.compile(
    r"(?:#|\b(?:number|no\.?|nr\.?|photo|pic|picture|bio|option)\s*)?\b(\d{1,2})\b"
    r"|\b(?:number|photo|bio|option)\s+(one|two|three|four|five|six)\b"
    r"|\bthe\s+(first|second|third|fourth|fifth|sixth)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.,;!?\n]+|\band\b(?=[^.,;!?\n]*\d)|\bbut\b", re.IGNORECASE)
_MAIN = re.compile(r"\b(?:main|first one|cover|profile pic\w*|on top|up front|favou?rite of mine)\b", re.IGNORECASE)
_OUT = re.compile(
    r"\b(?:not (?:that one|this one|number|photo|\d)|leave (?:out|off)|leave .* (?:out|off)|without|skip|drop|delete|remove"
    r"|anything but|hate)\b|^\s*no \d",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:just|only) me\b|\bme alone\b|\bjust myself\b|\bonly myself\b|\bby myself\b|\bno(?:body| ?one) else\b|\ball me\b"
    r"|\bsolo\b",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"\b(?:fine|ok|okay|cool|happy|all ?right|alright|good|on board) (?:with|about) (?:it|that|this|them|those)\b"
    r"|\b(?:they|she|he|everyone|everybody|we) (?:all )?(?:agreed|said yes|don'?t mind|doesn'?t mind|said it'?s (?:ok|fine))\b"
    r"|\basked (?:them|her|him|everyone)\b|\bis (?:fine|ok|cool) with\b",
    re.IGNORECASE,
)
_OTHERS_ONLY = re.compile(
    r"\b(?:only|just) (?:them|the others|my friends|the dog|the cat)\b|\bi'?m not in\b", re.IGNORECASE
)
_OWN_WORDS = re.compile(
    r"^(?:no[,.!]? )?(?:i'?d (?:rather )?(?:write|say|put)|in my own words|my own(?: words| version)?|use (?:this|mine)"
    r"|put this|make it|take this|write this)\s*[:\-–]\s*[“\"']?(?P<text>.{10,}?)[”\"']?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_WANTS_PAGE = re.compile(
    r"\b(?:see|show|preview|look at|view|open|check)\b.{0,20}\b(?:my|the) (?:profile|page|preview)\b"
    r"|\bwhere(?:'s| is) my (?:page|profile|link)\b|\bdelete (?:all )?my (?:stuff|data|things)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|don'?t|nor|hate)\b", re.IGNORECASE)


def shaping_calls(snapshot: Snapshot) -> list[Call]:
    """What people said of photos and drafts, and the drafts that are wanted now."""
    calls: list[Call] = []
    for message in snapshot.new:
        for call in [
            *_of_photos(snapshot, message),
            *_of_drafts(snapshot, message),
            *_of_their_page(snapshot, message),
        ]:
            if call.name in snapshot.tools and not snapshot.was_tried(call) and call not in calls:
                calls.append(call)
    return [*calls, *drafts_for(snapshot)]


# --- photos -----------------------------------------------------------------------------------------------------------


def _of_photos(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    if not snapshot.photos or message.sender != snapshot.primary or "?" in message.text:
        return
    if _was_taken_down(snapshot, message):
        return  # "just me in both" means two of them, also when a third is left
    known = {photo.number: photo for photo in snapshot.photos}
    said: dict[int, dict[str, object]] = {}
    named: list[int] = []
    for clause in filter(None, map(str.strip, _CLAUSE.split(message.text))):
        wish = _wish_in(clause)
        named = numbers_in(clause) or named
        for number in (named or _meant(snapshot, wish)) if wish else ():
            said.setdefault(number, {}).update(wish)
    for number, wish in said.items():
        if number in known and not (wish.get("use") is not False and _is_unclear(known[number], wish)):
            yield Call("tag_photo", {"photo": number, **wish, "message": message.id, "quote": message.quotable})


def _was_taken_down(snapshot: Snapshot, message: Message) -> bool:
    arguments = (a.call.arguments for a in snapshot.attempts if a.done and a.call.name == "tag_photo")
    return any(isinstance(given, dict) and given.get("message") == message.id for given in arguments)


def _is_unclear(photo: Photo, wish: dict[str, object]) -> bool:
    return photo.shows == "unknown" and "shows" not in wish


def _wish_in(clause: str) -> dict[str, object]:
    if _OUT.search(clause):
        return {"use": False}
    wish: dict[str, object] = {"main": True} if _MAIN.search(clause) else {}
    if _OTHERS_ONLY.search(clause):
        return {**wish, "shows": "others"}
    if _ALONE.search(clause):
        return {**wish, "shows": "owner"}
    return {**wish, "shows": "together"} if _AGREED.search(clause) else wish


def _meant(snapshot: Snapshot, wish: dict[str, object]) -> list[int]:
    """Without a number: their own that nobody has spoken of yet, then the others'; what is to stay out is the newest."""
    if "shows" in wish:
        waiting = [photo for photo in snapshot.photos if photo.shows == "unknown"]
        own = [photo.number for photo in waiting if photo.sender == snapshot.primary]
        return own or [photo.number for photo in waiting]
    newest = max(photo.number for photo in snapshot.photos)
    return [newest] if wish.get("use") is False else []


def numbers_in(text: str) -> list[int]:
    """As digits or in words, each once."""
    found = (next(part for part in match.groups() if part) for match in _NUMBER.finditer(text))
    return list(dict.fromkeys(_NUMBERS.get(part.lower()) or int(part) for part in found))


# --- drafts -----------------------------------------------------------------------------------------------------------


def _of_drafts(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    own = _OWN_WORDS.match(message.text)
    topic = snapshot.open_question.topic if snapshot.open_question else None
    if own and message.sender == snapshot.primary and topic in ("bio", "approval"):
        arguments = {"kind": "bio", "message": message.id, "quote": own["text"].strip()}
        yield Call("write_in_own_words", arguments)
        return
    number = _chosen(snapshot, message)
    if number is not None:
        yield Call(
            "choose_draft", {"kind": "bio", "number": number, "message": message.id, "quote": message.quotable}
        )


def _chosen(snapshot: Snapshot, message: Message) -> int | None:
    """The one bio that somebody names and does not turn down."""
    shown = {draft.number for draft in snapshot.drafts if draft.kind == "bio" and draft.state == "offered"}
    is_short = len(message.text.split()) <= MOST_WORDS_OF_A_CHOICE
    if not shown or "?" in message.text or not is_short or reactions.is_command(message.text):
        return None
    named = [number for number in numbers_in(message.text) if number in shown]
    return named[0] if len(named) == 1 and not _DENIED.search(message.text) else None


# --- their page -------------------------------------------------------------------------------------------------------


def _of_their_page(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    if _WANTS_PAGE.search(message.text):
        yield Call("send_own_page", {"person": message.sender, "message": message.id})
