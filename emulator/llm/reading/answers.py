"""Reads a whole message as the answer to our open question."""

import re
from collections.abc import Callable, Iterator

from emulator.llm.reading import basics, choices, interests, numbers, telling
from emulator.llm.reading.basics import LANGUAGE, PET, WORD, Value, as_name, as_place
from emulator.llm.reading.clauses import ANY_CASE, Mood, Speaker, Subject, clauses_of, is_denied, sentences
from emulator.llm.reading.fragments import is_pastime
from emulator.llm.reading.lexicon import LANGUAGES, NOT_A_NAME
from emulator.llm.reading.passages import shortened
from emulator.llm.reading.places import is_place

# "LA", "UK": more in capitals is a shout.
MOST_LETTERS_OF_AN_ABBREVIATION = 2
_LEAD = re.compile(
    r"^(?:(?:so|well|hmm+|um+|uh+|erm*|oh+|ok(?:ay)?|haha+|lol|honestly|probably|definitely|maybe|i think|i guess|i'd say|let me think|let's see|tbh|ngl|"
    r"good question|easy|that's easy|tough one|yes|yeah|sure|for me|right now|at the moment|currently)\b[\s,.!:…-]*)+",
    ANY_CASE,
)
_NO_ANSWER = re.compile(
    r"^\W*(?:(?:no idea|idk|dunno|i don't know|don't know|not sure|hmm+|let me think|one sec|give me a (?:sec|minute)|later|brb|wait|hold on|"
    r"ask me later|good question|what|why|huh|sorry|nothing|none|ok|okay|yes|no|yeah|nah|haha+|lol|lmao|omg|wow|stop|help|who knows|pass|skip|next|next question|none of your business|mind your own business|guess|secret|it's a secret|you tell me|ja|nein|doch|sí|si|claro|vale|genau|stimmt|klar|do i have to|really|seriously|same|nice|thanks|cool|fine|whatever|bucket)\b[\s,.!?…]*)+$",
    ANY_CASE,
)
_NOT_TO_US = re.compile(
    r"\b(?:don't get me started|don't tell|not telling|none of your|mind your|why do you|rather not|prefer not|not saying|ask (?:me )?(?:later|again|tomorrow|lena|them|my)|no comment|it's complicated|long story|who's asking|what do you mean|how do you mean|you first|i'll think|need to think|"
    r"not in the mood|can we (?:skip|not)|bye|good ?night|see you|see ya|talk later|ttyl|cya|next question|shut up|leave it|come back to|get back to you|this is weird|matchmaker|are you|can you|do you|brb|gotta go|have to go|pizza is here|on my way|back in a)\b",
    ANY_CASE,
)
_YES_ONLY = re.compile(
    r"^\W*(?:oh |haha |well )*(?:yes|yeah|yep|yup|sure|ok|okay|correct|right|exactly|perfect|that's (?:it|me|right|fine)|just that|please|fine|of course|absolutely)\b",
    ANY_CASE,
)


def is_plain_yes(text: str) -> bool:
    return bool(_YES_ONLY.search(text)) and not is_denied(text, len(text)) and len(text.split()) <= 4


def answer_to(topic: str, text: str, speaker: Speaker) -> list[Value]:
    """The text taken as a whole as the answer to our question; nothing when it is none."""
    if topic == "first_name" and is_plain_yes(text):
        return list(_own_name(speaker))
    if _NO_ANSWER.match(text) or _is_all_questions(text) or _is_for_a_friend(text, speaker):
        return []
    if _NOT_TO_US.search(text) and topic != "age":
        return []
    read = _ANSWERS.get(topic)
    return list(read(text, speaker)) if read else []


# Many leave the question mark out.
_ASKS_BACK = re.compile(
    r"^\W*(?:(?:ok|so|and|but|wait|hey|um+|hm+|lol)\W+)*(?:what|whats|what's|why|who|who's|whos|how (?:do|does|is|are|long|much|many|come)|can you|could you|do you|are you|r u|is (?:this|it|that))\b",
    ANY_CASE,
)


def _is_all_questions(text: str) -> bool:
    return all(sentence.endswith("?") for sentence in sentences(text)) or bool(_ASKS_BACK.match(text))


def _is_for_a_friend(text: str, speaker: Speaker) -> bool:
    """ "Gemma.", "Tom stop it": said to a friend."""
    first = re.match(r"^\W*(?P<name>[^\W\d_][\w'-]*)", text)
    return (
        first is not None
        and first["name"].casefold() in {name.casefold() for name in speaker.other_names}
        and first["name"].casefold() != speaker.primary_name.casefold()
    )


def _whole(most: int, least: int = 3) -> Callable[[str, Speaker], Iterator[Value]]:
    def read(text: str, speaker: Speaker) -> Iterator[Value]:
        said = re.sub(r"\s+", " ", _LEAD.sub("", text.strip())).strip()
        kept = shortened(said, most)
        is_words = least <= len(kept) and re.search(r"[^\W\d_]{3}", kept)
        if is_words and not is_plain_yes(text) and not _is_about_anothers_life(text, speaker):
            yield kept.rstrip(" .,")

    return read


_OTHERS_LIFE = re.compile(
    r"^\W*(?:my|our|his|her) (?:\w+ )?(?:mum|mom|dad|sister|brother|ex|flatmate|housemate|boss|friend|cousin|boyfriend|girlfriend|nan|gran|parents)\b|^\W*(?:if i|i wish|i used to|i'd rather)\b",
    ANY_CASE,
)


# "It deserved it", "you're one to talk".
_ABOUT_SOMETHING_ELSE = re.compile(
    r"^\W*(?:it|it's|that|that's|this|you|you're|ur|he|he's|she|she's|they|they're|there|nobody|everybody)\b",
    ANY_CASE,
)


def _is_about_anothers_life(text: str, speaker: Speaker) -> bool:
    return bool(_OTHERS_LIFE.search(text) or _ABOUT_SOMETHING_ELSE.match(text))


def _job_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    if _is_about_anothers_life(text, speaker):
        return
    corrected = re.match(r"^\W*not an? \w+[,;\s-]+(?:an? )?(?P<job>[\w\s-]+)$", text, ANY_CASE)
    said = (
        corrected["job"] if corrected else re.sub(r"^(?:and|but)\s+", "", _LEAD.sub("", text.strip()), flags=ANY_CASE)
    )
    said = re.sub(
        rf"^(?:i (?:just |mostly |mainly |currently )*(?=\w)(?!am\b)|{basics.BE})(?:an?\s+|the\s+)?",
        "",
        said,
        flags=ANY_CASE,
    )
    said = re.split(
        r"[.!;]\s|,\s+(?:and|but|so|which|yes|no|mostly|it|i)\b|\s+(?:but not|because|which|and i|so i)\b|\s-\s",
        said,
        flags=ANY_CASE,
    )[0]
    if 2 < len(said) <= 80 and re.search(r"[^\W\d_]{2}", said) and not is_plain_yes(text) and len(said.split()) <= 12:
        yield said.strip(" .,!")


# A part that is a sentence of its own is no item of a list, unless it says that they like it.
_A_SENTENCE = re.compile(
    r"^\W*(?:and |but |also )?(?:i|i'm|i've|i'll|we|my|she|he|it|you|ur|u|you're|youre)\s+(?!(?:also |really |just |mostly |mainly |do |guess )*(?:love|like|enjoy|do|play|am into|adore)\b)",
    ANY_CASE,
)


def _list_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    for clause in clauses_of(_LEAD.sub("", text), speaker):
        is_list = clause.subject is not Subject.OTHER and clause.is_now and not _A_SENTENCE.match(clause.text)
        if is_list:
            yield from interests.answered_interests(clause.text, names=[speaker.primary_name, *speaker.other_names])


def _must_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    said = _LEAD.sub("", text.strip())
    said = re.sub(r"^(?:i (?:need|want)|they (?:need|have) to|must be|has to be|be)\s+", "", said, flags=ANY_CASE)
    for item in re.split(
        r"\s*(?:,\s*(?:and)?|;|\band\b(?= (?:a|an|someone|they|good|no)\b)|\band\b(?!\s+(?:who|doesn't|does|is|can)))\s*",
        said,
    )[:3]:
        kept = re.sub(r"^(?:an?|the)\s+", "", item.strip(" .!"), flags=ANY_CASE)
        if 3 <= len(kept) <= 80 and not re.match(r"(?:i|you|that|it)\b", kept, ANY_CASE):
            yield kept


def _choice_answer(table: tuple[choices.Choice, ...]) -> Callable[[str, Speaker], Iterator[Value]]:
    def read(text: str, speaker: Speaker) -> Iterator[Value]:
        yield from choices.chosen(table, text)

    return read


def _lifestyle_answer(
    table: tuple[choices.Choice, ...], *, plain: dict[str, str]
) -> Callable[[str, Speaker], Iterator[Value]]:
    def read(text: str, speaker: Speaker) -> Iterator[Value]:
        found = list(choices.chosen(table, text))
        yield from found or [value for word, value in plain.items() if re.match(rf"^\W*{word}\b", text, ANY_CASE)][:1]

    return read


_HOW_OFTEN = {
    "sometimes": "sometimes",
    "occasionally": "sometimes",
    "socially": "sometimes",
    "rarely": "sometimes",
    "nope": "no",
    "never": "no",
    "no": "no",
    "nah": "no",
    "yes": "yes",
    "yep": "yes",
}


def _language_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    by_name = {language.casefold(): language for language in LANGUAGES}
    yield from (
        by_name[found[0].casefold()]
        for found in LANGUAGE.finditer(text)
        if not is_denied(text[: found.start()].rpartition(",")[2], 99)
    )


def _pet_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    if not re.search(r"\b(?:no|none|not|don't|allergic|wish|want)\b", text, ANY_CASE):
        yield from (found[0].lower() for found in re.finditer(rf"\b(?:{PET})\b", text, ANY_CASE))


def _age_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    figures = numbers.in_figures(text, speaker.language)
    clauses = clauses_of(figures, speaker)
    about_them = [
        c
        for c in clauses
        if c.subject is Subject.PRIMARY and not c.moods & {Mood.IF, Mood.WISH, Mood.JOKE, Mood.REPORTED}
    ]
    found = [age for clause in about_them if (age := numbers.answered_age(_with_comparison(clause.text)))]
    corrected = re.search(r"\bnot\s+\d{2}\s*[-–,:]?\s*(?:but |it's |i'm )?(?P<age>\d{2})\b", figures, ANY_CASE)
    if corrected:
        yield int(corrected["age"])
    elif found and not re.search(r"\bolder than|younger than|years? old and (?:blind|deaf)|%", figures, ANY_CASE):
        yield found[-1]


def _with_comparison(text: str) -> str:
    """ "28 not 27": what is denied is none of their ages."""
    return re.sub(r"\bnot \d{2}\b", "", text, flags=ANY_CASE)


# Somebody whose phone tells no name.
_NO_NAMES = frozenset({"", "friend", "you"})


def _name_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    called = [name for clause in clauses_of(text, speaker) for name in basics.first_name_of(clause, speaker)]
    if called:
        yield called[0]
        return
    introduced = re.search(rf"\b(?:i'm|i am|im|this is|it's|its)\s+(?P<name>{WORD})", text, ANY_CASE)
    if introduced and introduced["name"][0].isupper() and introduced["name"].casefold() not in NOT_A_NAME:
        yield from as_name(introduced["name"])
        return
    words = [word for word in re.findall(WORD, text) if word.casefold() not in NOT_A_NAME]
    is_bare = len(text.split()) <= 2
    named = [word for word in words if (is_bare and _could_be_theirs(word, speaker)) or word[0].isupper()]
    if named and len(text.split()) <= 5 and not re.search(r"[\d,;]", text):
        yield from as_name(named[0])


def _could_be_theirs(word: str, speaker: Speaker) -> bool:
    """A bare word in small letters is a name where it looks like the one we know, or where we know none."""
    known = speaker.primary_name.casefold()
    return known in _NO_NAMES or not known[:1].isalpha() or word.casefold()[:1] == known[:1]


def _own_name(speaker: Speaker) -> Iterator[Value]:
    if re.fullmatch(r"[^\W\d_][\w' -]*", speaker.primary_name):
        yield speaker.primary_name


# What "where do you live?" is not answered with: a sentence, a yes, a number, a thing.
_NOT_A_PLACE = re.compile(
    r"\b(?:i|i'm|im|me|my|you|your|he|she|they|we|it|it's|its|yes|yeah|yep|no|not|never|nope|is|are|am|was|were|do|does|did|works?|have|has|can|will|lol|haha+|please|thanks|sorry|evening|morning|anyway|well|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|^(?:an?|some|this|that|every|more)\b|[?!]{2}",
    ANY_CASE,
)


def _area_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    if _is_about_anothers_life(text, speaker) or re.search(
        r"\b(?:moving to|used to live|if i lived)\b", text, ANY_CASE
    ):
        return
    said = re.sub(
        r"^\W*(?:no,|it's|its|that's|that would be|i'm in|im in|i live in|in|from|we're in|here in|near|around|the)\s+",
        "",
        _LEAD.sub("", text),
        flags=ANY_CASE,
    )
    first = re.split(r"[,.;!?(]|\s-\s|\s–\s", said)[0]
    names = {name.casefold() for name in (speaker.primary_name, *speaker.other_names)}
    for place in as_place(first):
        is_shouted = place.isupper() and len(place) > MOST_LETTERS_OF_AN_ABBREVIATION
        is_a_thing = _NOT_A_PLACE.search(first) or (is_pastime(first) and not is_place(place)) or is_shouted
        if place.casefold() not in names and not is_a_thing and (place[0].isupper() or len(place.split()) <= 2):
            yield place


def _height_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    height = numbers.stated_height(numbers.in_figures(text, speaker.language), is_answer=True)
    if height is not None:
        yield height


def _age_range_answer(text: str, speaker: Speaker) -> Iterator[Value]:
    found = [int(number) for number in re.findall(r"\b\d{2}\b", text)]
    if len(found) == 2 and 18 <= found[0] <= found[1]:
        yield found


_ANSWERS: dict[str, Callable[[str, Speaker], Iterator[Value]]] = {
    "age": _age_answer,
    "first_name": _name_answer,
    "area": _area_answer,
    "height_cm": _height_answer,
    "job_or_study": _job_answer,
    "languages": _language_answer,
    "pets": _pet_answer,
    "interests": _list_answer,
    "intention": _choice_answer(choices.INTENTIONS),
    "tone": _choice_answer(choices.TONES),
    "smoke": _lifestyle_answer(choices.SMOKES, plain=_HOW_OFTEN),
    "drink": _lifestyle_answer(choices.DRINKS, plain=_HOW_OFTEN),
    "diet": _lifestyle_answer(
        choices.DIETS,
        plain={
            "vegan": "vegan",
            "veggie": "vegetarian",
            "vegetarian": "vegetarian",
            "everything": "everything",
            "anything": "everything",
        },
    ),
    "must_haves": _must_answer,
    "purpose": _whole(200, 8),
    "quirk": _whole(140, 8),
    "first_date_idea": _whole(140, 8),
    "age_range": _age_range_answer,
    "stories": telling.story_answer,
    "green_flags": telling.green_flag_answer,
}
