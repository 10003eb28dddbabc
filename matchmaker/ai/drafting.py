"""What a draft may say: its facts in other words, and nothing else. Checked by code, whoever wrote it.

A draft that claims what nobody said is worse than a dull one, so each name, number and noun has to come from the facts
that it cites. Which words belong to which fact is settled by their beginnings ("bakes" and "baking"), which works in
most languages that put endings on words.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from matchmaker.ai import fixed_lines
from matchmaker.ai.fields import FIELDS, InvalidValue, Source, plain_text
from matchmaker.ai.glue_words import GLUE_WORDS
from matchmaker.ai.interview import Interview
from matchmaker.ai.reading.folding import loosen
from matchmaker.ai.reading.numbers import whole_number
from matchmaker.ai.records import DraftKind, Fact, State

MOST_BIOS = 3
FEWEST_BIOS_TO_VOTE_ON = 2
FEWEST_FACTS = 2
BIO_WORDS = (10, 80)
BIO_CHARACTERS = 500
ANSWER_CHARACTERS = (20, 150)

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
# Shorter ones are articles and the like in every language that we know of.
_FEWEST_LETTERS = 3
_SAME_BEGINNING = 0.6
_HANDLE = re.compile(
    r"(?<!\w)@\w|\b(?:insta(?:gram)?|snap(?:chat)?|telegram|whats ?app|tiktok|facebook)\b", re.IGNORECASE
)


def citable(interview: Interview) -> list[Fact]:
    """What a draft may rest on: confirmed by the primary person, and not private. What friends said in praise stands on
    the profile as their own words, with their names, and is nobody's bio."""
    return [
        fact
        for fact in interview.facts
        if fact.state is State.CONFIRMED
        and fact.field in FIELDS
        and not FIELDS[fact.field].private
        and FIELDS[fact.field].source is not Source.FRIENDS
    ]


def why_not(interview: Interview, kind: DraftKind, sentences: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Why a draft may not be shown, for whoever wrote it; empty when it may. `sentences` with the ids of their facts."""
    facts = {fact.id: fact for fact in citable(interview)}
    text = joined(sentences)
    cited = {fact_id for _, ids in sentences for fact_id in ids}
    unknown = sorted(cited - facts.keys())
    if unknown:
        return f"there is no confirmed fact {', '.join(unknown[:3])} that a draft may rest on; cite ids from `facts`"
    if any(not ids for _, ids in sentences):
        return "each sentence has to cite at least one fact"
    if len(cited) < FEWEST_FACTS:
        return f"a draft rests on at least {FEWEST_FACTS} facts"
    return (
        _has_wrong_form(kind, text)
        or _is_cliche(interview, text)
        or _names_a_friend(interview, text)
        or _claims_too_much(interview, sentences, facts)
    )


def joined(sentences: Iterable[tuple[str, Sequence[str]]]) -> str:
    return " ".join(text.strip() for text, _ in sentences)


def refusal_of_own_words(kind: DraftKind, text: str) -> str:
    """Why their own words cannot stand on the profile, in a line for them; empty when they can. They may claim what
    they like, and give no way to reach them past the app."""
    words = len(text.split())
    if kind is DraftKind.BIO and not (BIO_WORDS[0] <= words <= BIO_WORDS[1] and len(text) <= BIO_CHARACTERS):
        return f"A bio has {BIO_WORDS[0]} to {BIO_WORDS[1]} words and {BIO_CHARACTERS} characters at most; yours has {words} words."
    least, most = ANSWER_CHARACTERS
    if kind is DraftKind.PROMPT and not least <= len(text) <= most:
        return f"An answer has {least} to {most} characters; yours has {len(text)}."
    if _how_to_reach_them(text):
        return "Leave out links, numbers and handles: strangers read this."
    return ""


# --- the checks -------------------------------------------------------------------------------------------------------


def _has_wrong_form(kind: DraftKind, text: str) -> str:
    words = len(text.split())
    if kind is DraftKind.BIO and not BIO_WORDS[0] <= words <= BIO_WORDS[1]:
        return f"a bio has {BIO_WORDS[0]} to {BIO_WORDS[1]} words, best 15 to 45; this one has {words}"
    if kind is DraftKind.BIO and len(text) > BIO_CHARACTERS:
        return f"a bio has at most {BIO_CHARACTERS} characters"
    least, most = ANSWER_CHARACTERS
    if kind is DraftKind.PROMPT and not least <= len(text) <= most:
        return f"an answer has {least} to {most} characters; this one has {len(text)}"
    return _how_to_reach_them(text)


def _how_to_reach_them(text: str) -> str:
    if _HANDLE.search(text):
        return "it must hold no way to reach anybody"
    try:
        plain_text(BIO_CHARACTERS)(text)
    except InvalidValue as error:
        return f"it {error}"
    return ""


def _is_cliche(interview: Interview, text: str) -> str:
    said = loosen(text)
    found = next((cliche for cliche in interview.cliches if loosen(cliche) in said), "")
    return f"everybody writes “{found}”; say what only this person would" if found else ""


def _names_a_friend(interview: Interview, text: str) -> str:
    said = words_of(text)
    friends = (person.name for person in interview.people if person.id != interview.primary)
    named = next((name for name in friends if words_of(name) and set(words_of(name)) <= set(said)), "")
    return f"{named} has not agreed to be on the profile; leave the name out" if named else ""


def _claims_too_much(
    interview: Interview, sentences: Sequence[tuple[str, Sequence[str]]], facts: dict[str, Fact]
) -> str:
    language = interview.language
    # What the whole draft cites: a sentence often takes up the one before.
    cited = [facts[fact_id] for fact_id in sorted({fact_id for _, ids in sentences for fact_id in ids})]
    known = {word for fact in cited for word in _words_behind(fact, language)}
    known |= set(words_of(interview.name_of(interview.primary)))
    claimed = [word for text, _ in sentences for word in _claims_of(text, language)]
    beyond = list(dict.fromkeys(word for word in claimed if not _is_backed(word, known)))
    if not beyond:
        return ""
    return f"no cited fact says {', '.join(beyond[:6])}; use the words of the facts"


def _claims_of(text: str, language: str) -> list[str]:
    """The words of a text that say something about the person."""
    glue = GLUE_WORDS.get(language)
    if glue is not None:
        return [
            word for word in words_of(text) if word not in glue and (len(word) >= _FEWEST_LETTERS or word.isdecimal())
        ]
    # Without a list of the language's small words: its numbers, and what is written with a capital inside a sentence.
    names = re.findall(r"(?<=[^.!?…]\s)[^\W\d_]+", text)
    capitals = {loosen(name) for name in names if name[0].isupper()}
    return [word for word in words_of(text) if word.isdecimal() or word in capitals]


def words_of(text: str) -> list[str]:
    return _WORD.findall(loosen(text))


def _words_behind(fact: Fact, language: str) -> list[str]:
    texts = [str(fact.value), fact.quote, fixed_lines.label_of(fact.field, language)]
    texts.append(fixed_lines.choice_in_words(str(fact.value), language))
    return [word for text in texts for word in words_of(text)]


def _is_backed(word: str, known: set[str]) -> bool:
    if word in known:
        return True
    number = int(word) if word.isdecimal() else whole_number(word, 0, 999)
    if number is not None:
        return any(_number(other) == number for other in known)
    return any(_begin_alike(word, other) for other in known)


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else whole_number(word, 0, 999)


def _begin_alike(one: str, other: str) -> bool:
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    shorter = min(len(one), len(other))
    return same >= max(_FEWEST_LETTERS, _SAME_BEGINNING * shorter)
