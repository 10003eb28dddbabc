"""Reads a message as a row of known phrases, none left over."""

import itertools
import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from operator import itemgetter

from matchmaker.ai.reading.clauses import clauses, words_of
from matchmaker.ai.reading.folding import loosen
from matchmaker.ai.reading.grammar import SLOTS, Kind, Language
from matchmaker.ai.reading.numbers import ALSO_WORDS, MOST_WORDS, number_in
from matchmaker.ai.reading.words import LANGUAGES

_MOST_WORDS = 40
_LAUGH = re.compile(
    r"a?(?:h[aei]){2,}h?|h+a+h+a*|(?:j[aei]){2,}j?|lo+l|lmf?ao|rofl|xd+|jsjs|ㅋ+|ㅎ+|哈+|笑|草|w{2,}|а?(?:ха){2,}х?"
)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_AGES = {Kind.AGE, Kind.AGE_IF_ASKED}
_STATEMENTS = _AGES | {Kind.CLAIM, Kind.CLAIM_IF_ASKED, Kind.ADULT, Kind.ANSWER}


_Clause = tuple[tuple[str, ...], tuple[str, ...]]
"""Its words as they were typed, and loosened."""


@dataclass(frozen=True)
class Said:
    kind: Kind
    words: tuple[str, ...]
    typed: tuple[str, ...]
    number: int | None = None


@dataclass(frozen=True)
class Reading:
    """A whole message, phrase by phrase, as one language has it."""

    language: Language
    clauses: tuple[tuple[Said, ...], ...]

    @property
    def said(self) -> tuple[Said, ...]:
        return tuple(itertools.chain.from_iterable(self.clauses))

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(phrase.kind for phrase in self.said)

    @property
    def ages(self) -> list[int | None]:
        return [phrase.number for phrase in self.said if phrase.kind in _AGES]

    @property
    def doubtful(self) -> bool:
        words = [phrase.words for phrase in self.said]
        pairs = (first + second for first, second in itertools.pairwise(words))
        return any(pair in self.language.doubtful_pairs for pair in pairs)


def readings(text: str, frames: Set[Kind] = frozenset(), *, names: Collection[str] = ()) -> list[Reading]:
    """The message in each language in which it can be read whole; most can in none.

    Numbers and names are looked for in these frames only.
    """
    parts = clauses(text)
    if not parts or sum(map(len, parts)) > _MOST_WORDS:
        return []
    # Once for all languages: it takes longer than reading in most of them.
    typed_and_loose = [(tuple(part), tuple(map(loosen, part))) for part in parts]
    known_names = frozenset(tuple(words_of(loosen(name))) for name in names) - {()}
    found = (_Reader(language, frames, known_names).read(typed_and_loose) for language in LANGUAGES)
    return [reading for reading in found if reading]


@dataclass(frozen=True)
class _Reader:
    language: Language
    frames: Set[Kind]
    names: frozenset[tuple[str, ...]]

    def read(self, parts: Sequence[_Clause]) -> Reading | None:
        found_clauses: list[tuple[Said, ...]] = []
        for words, loose in self._with_their_yes(parts):
            found = self._phrases(words, loose, 0, set())
            if found is None:
                return None
            found_clauses.append(tuple(found))
        reading = Reading(self.language, tuple(found_clauses))
        return reading if _well_formed(reading) else None

    def _with_their_yes(self, parts: Sequence[_Clause]) -> list[_Clause]:
        """A yes goes with what follows: "yes, I am" is "yes I am"."""
        rows: list[_Clause] = []
        for words, loose in parts:
            before = rows[-1][1] if rows else ()
            if before in self.language.bare_yes and before + loose not in self.language.pairs_in_one_breath:
                _, yes = rows.pop()
                # Its comma shows that it's a yes even where the accent is missing: "si, soy yo".
                words, loose = ("sí" if yes == ("si",) else yes[0], *words), yes + loose
            rows.append((words, loose))
        return rows

    def _phrases(
        self, words: tuple[str, ...], loose: tuple[str, ...], at: int, dead_ends: set[int]
    ) -> list[Said] | None:
        """From here to the end of the clause; None where something would be left over."""
        if at == len(loose):
            return []
        if at in dead_ends:
            return None
        # The longest first, so that "twenty seven" is no twenty with something after it.
        for end, said in sorted(self._phrases_at(words, loose, at), key=itemgetter(0), reverse=True):
            rest = self._phrases(words, loose, end, dead_ends)
            if rest is not None:
                return [said, *rest]
        dead_ends.add(at)
        return None

    def _phrases_at(self, words: tuple[str, ...], loose: tuple[str, ...], at: int) -> Iterator[tuple[int, Said]]:
        """What may begin here, and where it ends."""
        for kind, frame in self.language.frames_from(loose[at]):
            if kind in self.frames:
                yield from self._framed(kind, frame, words, loose, at)
        for end in range(min(len(loose), at + self.language.longest), at, -1):
            row = loose[at:end]
            kind_of_row = self.language.table.get(row) or self._kind_of(row)
            if kind_of_row:
                yield end, Said(kind_of_row, row, words[at:end])

    def _kind_of(self, row: tuple[str, ...]) -> Kind | None:
        if row in self.names:
            return Kind.NAME
        if self._is_stretched_yes(row):
            return Kind.WEAK_YES
        # "jaja" is Spanish laughter, and German for "yeah, yeah".
        laughs = len(row) == 1 and _LAUGH.fullmatch(row[0]) and (self.language.code == "es" or row[0][0] != "j")
        return Kind.LAUGHTER if laughs else None

    def _is_stretched_yes(self, row: tuple[str, ...]) -> bool:
        """ "Yesssss", "siiiii": the language's own word alone, since a "suuuure" is none and a "nooooo" may be dismay."""
        plain = tuple(_STRETCHED.sub(r"\1", word) for word in row)
        return plain != row and plain in self.language.bare_yes

    def _framed(
        self, kind: Kind, frame: tuple[str, ...], words: tuple[str, ...], loose: tuple[str, ...], at: int
    ) -> Iterator[tuple[int, Said]]:
        slot = next(at for at, word in enumerate(frame) if word in SLOTS)
        before, after = frame[:slot], frame[slot + 1 :]
        start = at + len(before)
        if loose[at:start] != before:
            return
        for stop in range(min(len(loose), start + MOST_WORDS), start, -1):
            end = stop + len(after)
            if loose[stop:end] == after:
                number = self._number(frame[slot], words[start:stop], loose[start:stop], alone=len(frame) == 1)
                if number is not None or (frame[slot] == "{name}" and loose[start:stop] in self.names):
                    yield end, Said(kind, loose[at:end], words[at:end], number)

    def _number(self, slot: str, words: tuple[str, ...], loose: tuple[str, ...], *, alone: bool) -> int | None:
        text = " ".join(words)
        if slot == "{nth}":
            return self.language.places.get(loose)
        if slot == "{name}" or (alone and text in ALSO_WORDS):
            return None
        return number_in(text, self.language.code)


def _well_formed(reading: Reading) -> bool:
    """Nothing dangles at the end, greetings come first, "me and Abby" are two, and nothing is on a condition."""
    kinds = [phrase.kind for phrase in reading.said]
    pairs = set(itertools.pairwise(kinds))
    return (
        bool(kinds)
        and kinds[-1] is not Kind.AND
        and Kind.GREETING not in kinds[1:]
        and not pairs & {(Kind.AND, Kind.NAME), (Kind.NAME, Kind.AND)}
        and not any(itertools.starmap(_is_conditional, itertools.pairwise(reading.said)))
    )


def _is_conditional(first: Said, second: Said) -> bool:
    """Typed without its accent and without a comma, the Spanish yes is an "if": "si es mi perfil, acepto"."""
    return first.typed == ("si",) and second.kind in _STATEMENTS
