"""Splits texts into clauses, each with its subject: only then can a fact be told from talk about someone else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from emulator.llm.word_lists import RELATIVES

ANY_CASE = re.IGNORECASE

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=[.!?…])(?=[A-Z])")
# A new clause starts where a subject or a verb follows a comma or a connecting word; lists ("x, y and z") stay whole.
_SUBJECT_WORDS = (
    r"i|i'm|i've|i'd|i'll|im|ive|she|she's|he|he's|they|they're|they've|we|we're|you|you're|it|it's|that|that's|there|"
    r"my|her|his|their|our|your"
)
_VERB_WORDS = (
    r"am|is|are|was|were|has|have|had|got|do|does|don't|doesn't|not|never|always|live|lives|living|work|works|working|"
    r"study|studies|studying|teach|teaches|love|loves|like|likes|enjoy|enjoys|adore|adores|hate|hates|speak|speaks|"
    r"play|plays|into|obsessed|from|based|born|can't|can|will|want|wants|looking|hoping|saving|learning|"
    r"smoke|smokes|drink|drinks|eat|eats|went|go|goes|yes|no|who|which"
)
_BARE_NUMBER = r"\d{2}(?=\s*(?:[,.!;]|$|and\b))"
_ALWAYS = re.compile(r"\s*(?:[;–—]|,?\s\b(?:but|although|though|because|cause|cos)\b|\s-\s|\()\s*", re.IGNORECASE)

_FILLERS = re.compile(
    r"^(?:(?:honestly|well|so|yeah|yep|yes|yup|ok(?:ay)?|hi|hey|hello|hiya|all|everyone|everybody|guys|um+|uh+|er+|oh+|and|but|also|"
    r"actually|a*(?:ha)+h?|lol|omg|plus|then|btw|fyi|sure|right|true|cool|mostly|basically|obviously|definitely|really|"
    r"just|currently|personally|for me|fun fact|confession|no)\b[\s,.!:–—-]*)+",
    re.IGNORECASE,
)

_NEGATION = re.compile(
    r"\b(?:not|no|nor|never|none|hate|hates|loathe|can't|cannot|don't|dont|doesn't|didn't|won't|wouldn't|isn't|aren't|ain't|"
    r"if|wish|would|could|should|used to|no longer|stopped|without|almost|nearly)\b|\b(?:i|she|he|they)'d\b",
    ANY_CASE,
)


class Subject(StrEnum):
    SPEAKER = "speaker"
    PRIMARY = "primary"
    OTHER = "other"


@dataclass(frozen=True)
class Clause:
    text: str
    is_question: bool = False


@dataclass(frozen=True)
class Speaker:
    """Who wrote a text, seen from the profile: whether it is about them, and how the people there are called."""

    is_primary: bool
    primary_name: str
    other_names: Sequence[str] = ()


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def without_fillers(text: str) -> str:
    return _FILLERS.sub("", text).strip()


def clauses_about_primary(text: str, speaker: Speaker) -> Iterator[Clause]:
    """The clauses whose subject is the primary person: their own "I", a friend's "she" or their name."""
    tracker = _Tracker(speaker, is_addressed=_is_addressed(text, speaker))
    for sentence in sentences(text):
        tracker.start_sentence()
        chunks = _chunks(sentence, [speaker.primary_name, *speaker.other_names])
        for index, chunk in enumerate(chunks):
            is_question = sentence.endswith("?") and index == len(chunks) - 1
            if tracker.subject_of(chunk) is Subject.PRIMARY:
                yield Clause(chunk.strip(" ,.!?…"), is_question)


def _is_addressed(text: str, speaker: Speaker) -> bool:
    """Whether a friend's "you" means the primary person: their name is in the text, and nobody else's."""
    words = {word.casefold() for word in re.findall(r"\w+", text)}
    others = {name.casefold() for name in speaker.other_names}
    return speaker.primary_name.casefold() in words and not words & others


def _chunks(sentence: str, names: Sequence[str]) -> list[str]:
    named = "|".join(re.escape(name) + r"(?:'s)?" for name in names if name)
    starts = "|".join(part for part in (_SUBJECT_WORDS, _VERB_WORDS, _BARE_NUMBER, named) if part)
    inner = re.compile(
        rf"(?:\s*,\s*(?:and|but|so|plus|or)?\s*|(?<!\d)\s+(?:and|but|so|plus|or|&)\s+)(?={_LEAD}(?:{starts})\b)", re.I
    )
    return [chunk for part in _ALWAYS.split(sentence) for chunk in inner.split(part) if chunk and chunk.strip()]


_LEAD = r"(?:(?:also|really|just|currently|now|then|honestly|definitely|sometimes|mostly|yes|yeah)\s+)?"


class _Tracker:
    """Follows who is being talked about from clause to clause."""

    def __init__(self, speaker: Speaker, *, is_addressed: bool) -> None:
        self.speaker, self.is_addressed = speaker, is_addressed
        self.default = Subject.PRIMARY if speaker.is_primary else Subject.SPEAKER
        self.current = self.default
        self.last_named = Subject.PRIMARY

    def start_sentence(self) -> None:
        # "Abby is great. Loves pottery." goes on about Abby; the primary person's own sentences fall back to them.
        if self.speaker.is_primary:
            self.current = self.default

    def subject_of(self, chunk: str) -> Subject:
        found = self._find(without_fillers(chunk) or chunk)
        if found is not None:
            self.current = found
        return self.current

    def _find(self, chunk: str) -> Subject | None:
        words = [word.strip('.,!?:;"()').casefold() for word in chunk.split()[:4]]
        if words[:1] and words[0] in {"my", "her", "his", "their"} and RELATIVES & set(words[1:3]):
            return Subject.OTHER
        for index, word in enumerate(words):
            found = self._subject_word(word, index)
            if found is not None:
                return found
        return None

    def _subject_word(self, word: str, index: int) -> Subject | None:
        is_first = index == 0
        bare = re.sub(r"'(?:s|m|ve|d|ll|re)$", "", word)
        named = self._named(bare)
        if named is not None:
            self.last_named = named
            return named
        if bare in {"i", "im", "ive"} or (is_first and bare in {"my", "mine"}):
            return self.default
        if bare in {"she", "he", "they"} or (is_first and bare in {"her", "his", "their"}):
            return Subject.OTHER if self.speaker.is_primary else self.last_named
        if bare == "you" and index < 2:
            return Subject.OTHER if self.speaker.is_primary or not self.is_addressed else Subject.PRIMARY
        if bare == "we" or (is_first and bare in {"you", "your", "our", "it", "there", "that", "this"}):
            return Subject.OTHER
        return None

    def _named(self, word: str) -> Subject | None:
        if word == self.speaker.primary_name.casefold() and word:
            return Subject.PRIMARY
        if word in {name.casefold() for name in self.speaker.other_names}:
            return Subject.OTHER
        return None


def is_denied(clause: str, start: int) -> bool:
    """Whether a no, an if or a would stands before what was found at `start`."""
    return bool(_NEGATION.search(clause[:start]))
