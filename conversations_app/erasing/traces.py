"""Whether a text repeats what a person said: the matchmaker's lines, the actions of its turns, notes for staff."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from matchmaker.ai import fixed_lines
from sessions_app.models import LockedSession, Participant
from sessions_app.names import is_made_up

# Shorter ones stand in texts that have nothing to do with anybody.
SHORTEST_PHRASE = 4
SHORTEST_WORD = 5
# "So good" is nobody's; what is longer hardly comes up twice by chance.
FEWEST_WORDS = 3


@dataclass(frozen=True)
class Traces:
    """`words`: those that nobody in the group, the matchmaker included, had used before them."""

    name: str
    phrases: frozenset[str]
    words: frozenset[str]
    aliases: frozenset[str]
    """The ids under which the model knows them, their messages and their facts."""

    def are_in(self, text: str) -> bool:
        return bool(text) and (self.name_is_in(text) or self.repeat(text))

    def name_is_in(self, text: str) -> bool:
        return bool(self.name) and re.search(rf"(?<!\w){re.escape(self.name)}(?!\w)", text) is not None

    def repeat(self, text: str) -> bool:
        said = _folded(text)
        return not self.words.isdisjoint(said.split()) or any(f" {phrase} " in f" {said} " for phrase in self.phrases)

    def are_in_data(self, data: Any) -> bool:
        texts = list(_texts_in(data))
        return not self.aliases.isdisjoint(texts) or any(map(self.are_in, texts))

    def without_name(self, text: str) -> str:
        """For staff, who need to know what happened, and not to whom."""
        if self.repeat(text):
            return "(removed: it repeated what somebody had forgotten)"
        return re.sub(rf"(?<!\w){re.escape(self.name)}(?!\w)", "somebody", text) if self.name else text


def traces_of(
    session: LockedSession, person: Participant, *, facts: Iterable[int], texts: Iterable[str], keeps_name: bool
) -> Traces:
    """Read before anything is taken out. `texts`: what the profile had of them."""
    theirs = session.messages.filter(author=person)
    lines = [_folded(body) for body in theirs.values_list("body", flat=True)]
    kept = [folded for text in texts if len(folded := _folded(text)) >= SHORTEST_PHRASE and not folded.isdecimal()]
    return Traces(
        name="" if keeps_name or is_made_up(person.name) else person.name,
        phrases=frozenset([*kept, *(line for line in lines if len(line.split()) >= FEWEST_WORDS)]),
        words=_first_said_by(session, person),
        aliases=frozenset(
            [f"p{person.pk}", *(f"f{pk}" for pk in facts), *(f"m{pk}" for pk in theirs.values_list("pk", flat=True))]
        ),
    )


def _first_said_by(session: LockedSession, person: Participant) -> frozenset[str]:
    known = set(fixed_lines.vocabulary())
    theirs: set[str] = set()
    for author, body in session.messages.in_transcript_order().values_list("author", "body"):
        new = {word for word in _folded(body).split() if len(word) >= SHORTEST_WORD} - known - theirs
        (theirs if author == person.pk else known).update(new)
    return frozenset(theirs)


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).split())


def _texts_in(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts_in(value)
