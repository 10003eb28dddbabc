"""What the readers know about a language: phrases by what they do, as data.

A line of phrases may hold `(a|b)` for either and `[a]` for what can be left out.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cached_property

from matchmaker.ai.reading.clauses import words_of
from matchmaker.ai.reading.cldr import YES_AND_NO
from matchmaker.ai.reading.folding import spellings


class Kind(StrEnum):
    YES = auto()
    CONSENT = auto()  # says what to: "I agree", "make my profile"
    WILLING = auto()  # ready for whatever was proposed: "I'm in", "vamos a ello"
    WEAK_YES = auto()  # "ok"
    NO = auto()
    CLAIM = auto()  # "it's about me"
    CLAIM_IF_ASKED = auto()  # says so only in answer to "who is it about?": "me"
    ADULT = auto()
    AGE = auto()  # "I'm 27"
    AGE_IF_ASKED = auto()  # "27 here"
    ANSWER = auto()  # with a field's slug for its value: "I live in {area}"
    ITEM = auto()  # one of a numbered list
    NOT = auto()  # "not", before such a one
    ALL_BUT = auto()
    IS_WRONG = auto()
    ALL_WRONG = auto()
    INTRODUCTION = auto()  # "I'm Abby", where Abby is the author's name
    NAME = auto()
    DECLINE = auto()  # no to a proposal, and to a question: "I'd rather not"
    UNDO = auto()
    SKIP = auto()
    GREETING = auto()
    COURTESY = auto()  # "please"
    THANKS = auto()
    FILLER = auto()
    SIGH = auto()  # reluctance that takes nothing back: "I give in", "qué remedio"
    REGRET = auto()  # "sadly"
    HEDGE = auto()  # "I guess"
    EMPHASIS = auto()  # beside a yes alone, how gladly or how surely: "why not", "100%", "great"
    WISH = auto()  # how, not whether: "be nice"
    AND = auto()
    LAUGHTER = auto()


YESES = frozenset({Kind.YES, Kind.CONSENT, Kind.WILLING, Kind.WEAK_YES})


ANY_LANGUAGE: dict[Kind, str] = {
    Kind.WEAK_YES: """
        (ok|oki|okey|okay|okk|okidoki|k|kk)
        (👍|👌|✅|✔|☑)
        👍 👍
        👍 👍 👍
    """,
    Kind.NO: "(👎|❌)",
    Kind.ANSWER: """
        ({height_cm}|{first_name}|{area}|{job_or_study}|{gender}|{orientation}|{faith}|{politics})
        ({other}|{option})
    """,
    Kind.FILLER: "matchmaker",
}


LAST = -1
SLOTS = frozenset({"{n}", "{nth}", "{name}"})


@dataclass(frozen=True)
class Language:
    code: str
    phrases: Mapping[Kind, str] = field(repr=False)
    # With `{n}` for a number, `{nth}` for one of the ordinals, or `{name}` for one of the author's names.
    frames: Mapping[Kind, str] = field(default_factory=dict, repr=False)
    # Pairs of phrases that people say when they mean the opposite or nothing: "yeah, sure", "ja, klar".
    doubtful: str = field(default="", repr=False)
    # Those of them that are a yes when nothing is between the two: "ja klar" is said, "ja, klar" is sighed.
    in_one_breath: str = field(default="", repr=False)
    # One to ten, a line each, and then the last.
    ordinals: str = field(default="", repr=False)

    @property
    def blocks(self) -> list[tuple[Kind, str]]:
        yes, no = YES_AND_NO[self.code]
        from_cldr = {Kind.YES: "\n".join(yes), Kind.NO: "\n".join(no)}
        pairs = {Kind.WEAK_YES: self.in_one_breath}
        return [*from_cldr.items(), *ANY_LANGUAGE.items(), *pairs.items(), *self.phrases.items()]

    @cached_property
    def table(self) -> dict[tuple[str, ...], Kind]:
        return {row: kind for kind, block in self.blocks for row in rows(block)}

    @cached_property
    def bare_yes(self) -> frozenset[tuple[str, ...]]:
        return frozenset(rows("\n".join(YES_AND_NO[self.code][0])))

    @cached_property
    def bare(self) -> frozenset[tuple[str, ...]]:
        """Its own words for yes and no."""
        yes, no = YES_AND_NO[self.code]
        return frozenset(rows("\n".join(yes + no)))

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.table))

    @cached_property
    def frame_rows(self) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
        return tuple((kind, row) for kind, block in self.frames.items() for row in rows(block))

    def frames_from(self, word: str) -> Sequence[tuple[Kind, tuple[str, ...]]]:
        """Those that may begin with that word, a few of the hundreds."""
        return self._frames_by_first_word.get(word) or self._frames_by_first_word[""]

    @cached_property
    def _frames_by_first_word(self) -> dict[str, list[tuple[Kind, tuple[str, ...]]]]:
        """A slot may be any word, so frames that begin with one are among those of each."""
        first_words = {"", *(row[0] for _, row in self.frame_rows)}
        return {word: [pair for pair in self.frame_rows if pair[1][0] in SLOTS | {word}] for word in first_words}

    @cached_property
    def places(self) -> dict[tuple[str, ...], int]:
        """Where in a list each ordinal points; `LAST` for its end."""
        lines = [line for line in self.ordinals.splitlines() if line.strip()]
        return {row: LAST if place == 11 else place for place, line in enumerate(lines, 1) for row in rows(line)}

    @cached_property
    def pairs_in_one_breath(self) -> frozenset[tuple[str, ...]]:
        return frozenset(rows(self.in_one_breath))

    @cached_property
    def doubtful_pairs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(rows(self.doubtful))


def rows(block: str) -> Iterator[tuple[str, ...]]:
    for line in filter(None, map(str.strip, block.splitlines())):
        for spelling in spellings(line):
            yield from (tuple(words_of(phrase)) for phrase in expand(spelling))


def expand(line: str) -> list[str]:
    """Every phrase that a line of data stands for."""
    choice = re.search(r"[\[(]([^\[\]()]*)[\])]", line)
    if not choice:
        return [" ".join(line.split())]
    options = choice[1].split("|") + ([""] if choice[0].startswith("[") else [])
    filled_in = (line[: choice.start()] + option + line[choice.end() :] for option in options)
    return list(itertools.chain.from_iterable(map(expand, filled_in)))
