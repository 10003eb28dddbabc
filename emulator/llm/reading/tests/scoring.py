"""How much of an evening the reader takes, and how much of what it takes is right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from emulator.llm.reading.clauses import Speaker
from emulator.llm.reading.facts import facts_in

EVENINGS = Path(__file__).parent / "evenings"
# Long answers are told in people's own words: the key phrase must stand in what was read.
MOST_WORDS_MORE = 4
IN_OWN_WORDS = frozenset(
    {"stories", "green_flags", "quirk", "purpose", "first_date_idea", "must_haves", "dealbreakers", "job_or_study"}
)


@dataclass
class Score:
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))


def evenings(half: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((EVENINGS / f"{half}.yaml").read_text(encoding="utf-8"))
    return loaded


def score(played: Iterable[dict[str, Any]]) -> Score:
    total = Score()
    for evening in played:
        for line in evening["lines"]:
            _score_line(line, _speaker(evening, line["by"]), total)
    return total


def _speaker(evening: dict[str, Any], name: str) -> Speaker:
    return Speaker(name == evening["primary"], evening["primary"], tuple(evening["friends"]))


def _score_line(line: dict[str, Any], speaker: Speaker, total: Score) -> None:
    read = [(fact.field, fact.value) for fact in facts_in(line["says"], speaker, topic=line.get("asked"))]
    wanted, fine = list(_flat(line.get("right", {}))), list(_flat(line.get("fine", {})))
    for one in read:
        found = next((want for want in wanted if _matches(one, want)), None)
        if found is not None:
            wanted.remove(found)
            total.right += 1
        elif not any(_matches(one, other) for other in [*fine, *_flat(line.get("right", {}))]):
            total.wrong.append(f"{line['by']}: {line['says']!r} -> {one[0]} = {one[1]!r}")
    total.missed += [f"{line['by']}: {line['says']!r} -> {slug} = {value!r}" for slug, value in wanted]


def _flat(facts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for slug, value in facts.items():
        values = value if isinstance(value, list) and slug != "age_range" else [value]
        yield from ((slug, one) for one in values)


def _matches(read: tuple[str, Any], wanted: tuple[str, Any]) -> bool:
    if read[0] != wanted[0]:
        return False
    if not isinstance(read[1], str) or not isinstance(wanted[1], str):
        return bool(read[1] == wanted[1])
    got, want = read[1].casefold(), wanted[1].casefold()
    if read[0] in IN_OWN_WORDS:
        return want in got
    is_in = want in got or (got in want and len(got) >= len(want) // 2)
    return is_in and len(got.split()) <= len(want.split()) + MOST_WORDS_MORE
