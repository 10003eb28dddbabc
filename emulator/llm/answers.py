"""Reads a whole message as the answer to our open question."""

import re
from collections.abc import Callable, Iterator

from emulator.llm import free_text, interests, reactions
from emulator.llm.basic_facts import (
    BARE_AGE,
    BARE_HEIGHT,
    HEIGHT,
    I_AM,
    LANGUAGE,
    PET,
    WORD,
    Value,
    as_age,
    as_name,
    as_place,
    centimetres,
)
from emulator.llm.choices import INTENTIONS, TONES, Choice, chosen
from emulator.llm.clauses import ANY_CASE, Speaker, is_denied, sentences
from emulator.llm.word_lists import NOT_A_NAME

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
    return bool(_YES_ONLY.search(text)) and not is_denied(text, len(text))


def _without_lead(text: str) -> str:
    return _LEAD.sub("", text.strip()).strip()


def answer_to(topic: str, text: str, speaker: Speaker) -> list[Value]:
    """The text taken as a whole as the answer to our question; nothing when it is none."""
    if topic == "first_name" and reactions.agrees(text):
        return list(_name_answer(text, speaker))
    if _NO_ANSWER.match(text) or (text.strip().endswith("?") and len(sentences(text)) == 1):
        return []
    read = _ANSWERS.get(topic)
    return list(read(text, speaker)) if read else []


def _whole(most: int, least: int = 3) -> Callable[[str, Speaker], Iterator[Value]]:
    def read(text: str, speaker: Speaker) -> Iterator[Value]:
        said = re.sub(r"\s+", " ", _without_lead(text)).strip()
        kept = free_text.shortened(said, most)
        if least <= len(kept) and re.search(r"[^\W\d_]{3}", kept) and not is_plain_yes(text):
            yield kept.rstrip(" .,")

    return read


def _list_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    yield from interests.items(_without_lead(text), names=[speaker.primary_name, *speaker.other_names])


def _choice_answer(table: tuple[Choice, ...]) -> Callable[[str, Speaker], Iterator[Value]]:
    def read(text: str, speaker: Speaker) -> Iterator[Value]:
        yield from chosen(table, text)

    return read


def _language_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    yield from (found[0].capitalize() for found in LANGUAGE.finditer(text))


def _pet_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    if not re.search(r"\b(?:no|none|not|don't)\b", text, ANY_CASE):
        yield from (found[0].lower() for found in re.finditer(rf"\b(?:{PET})\b", text, ANY_CASE))


def _age_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    for match in BARE_AGE.finditer(text):
        before = text[: match.start()].lower()
        if not re.search(
            r"(?:turning|turn|almost|nearly|not|until|till|next|before|feel(?:s|ing)? like)\s+$", before
        ):
            yield from as_age(match["age"])
            return


def _name_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    introduced = I_AM.search(text)
    if introduced and introduced["name"][0].isupper() and introduced["name"].casefold() not in NOT_A_NAME:
        yield from as_name(introduced["name"])
        return
    if reactions.agrees(text) and re.fullmatch(r"[^\W\d_][\w' -]*", speaker.primary_name):
        yield speaker.primary_name
        return
    words = [word for word in re.findall(WORD, text) if word.casefold() not in NOT_A_NAME]
    is_bare = len(text.split()) <= 2
    named = [word for word in words if is_bare or word[0].isupper()]
    if named and len(text.split()) <= 4 and not re.search(r"[\d,;]", text):
        yield from as_name(named[0])


def _area_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    first = re.split(r"[,.;!?(]|\s-\s|\s–\s", _without_lead(text))[0]
    names = {name.casefold() for name in (speaker.primary_name, *speaker.other_names)}
    yield from (place for place in as_place(first) if place.casefold() not in names)


def _height_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    match = HEIGHT.search(text) or BARE_HEIGHT.search(text)
    if match:
        yield from centimetres(match[0])


_ANSWERS: dict[str, Callable[[str, Speaker], Iterator[Value]]] = {
    "age": _age_answer,
    "first_name": _name_answer,
    "area": _area_answer,
    "height_cm": _height_answer,
    "job_or_study": _whole(80),
    "languages": _language_answer,
    "pets": _pet_answer,
    "interests": _list_answer,
    "intention": _choice_answer(INTENTIONS),
    "tone": _choice_answer(TONES),
    "must_haves": _list_answer,
    "purpose": _whole(200, 8),
    "quirk": _whole(140, 8),
    "first_date_idea": _whole(140, 8),
    "stories": free_text.story_answer,
    "green_flags": free_text.green_flag_answer,
}
