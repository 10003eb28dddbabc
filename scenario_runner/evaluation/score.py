"""What `evaluate --json` writes and `--compare` reads: the counts of each scenario, and the figures derived from them."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class _Counts(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Ratio(_Counts):
    n: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        return self.n / self.of if self.of else None


class FieldScore(_Counts):
    """`expected`: values that the scenario names; of these `heard` and `confirmed` were found. The others count the
    values that were found, by whether they are right; what the scenario says nothing about is in neither."""

    expected: int = 0
    heard: int = 0
    confirmed: int = 0
    heard_right: int = 0
    heard_wrong: int = 0
    confirmed_right: int = 0
    confirmed_wrong: int = 0


class Score(_Counts):
    """Of one scenario. `failures`: expectations that did not hold. `stopped`: why it could not be played to its end."""

    file: str
    title: str
    language: str = "en"
    code: str = ""
    stopped: str = ""
    failures: list[str] = []
    fields: dict[str, FieldScore] = {}
    wrong_speak: Ratio = Ratio()
    missed_speak: Ratio = Ratio()
    wrong_steps: list[int] = []
    missed_steps: list[int] = []
    bot_share: Ratio = Ratio()
    repeats: list[str] = []
    before_consent: list[str] = []
    authority: list[str] = []
    questions: int = 0
    facts: int = 0
    plain_lines: int = 0
    turns: int = 0
    calls: int = 0
    refused: dict[str, int] = {}
    errors: list[str] = []
    tokens_in: int = 0
    tokens_out: int = 0
    reply_seconds: list[float] = []


class Evaluation(_Counts):
    """A run. Prices are in dollars for a million tokens."""

    model: str
    price_in: float | None = None
    price_out: float | None = None
    scenarios: list[Score]

    def cost(self, scores: Iterable[Score]) -> float | None:
        if self.price_in is None or self.price_out is None:
            return None
        return sum(one.tokens_in * self.price_in + one.tokens_out * self.price_out for one in scores) / 1_000_000


def by_field(scores: Iterable[Score]) -> dict[str, FieldScore]:
    """Summed up, most expected first."""
    sums: dict[str, Counter[str]] = {}
    for score in scores:
        for slug, counts in score.fields.items():
            sums.setdefault(slug, Counter()).update(counts.model_dump())
    found = {slug: FieldScore(**counts) for slug, counts in sums.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].expected, item[0])))


def recall(scores: Iterable[FieldScore], *, confirmed: bool = False) -> float | None:
    counts = list(scores)
    found = sum(one.confirmed if confirmed else one.heard for one in counts)
    return _share(found, sum(one.expected for one in counts))


def precision(scores: Iterable[FieldScore], *, confirmed: bool = False) -> float | None:
    counts = list(scores)
    right = sum(one.confirmed_right if confirmed else one.heard_right for one in counts)
    wrong = sum(one.confirmed_wrong if confirmed else one.heard_wrong for one in counts)
    return _share(right, right + wrong)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def figures(run: Evaluation, scores: list[Score]) -> dict[str, float | None]:
    """What the table and the comparison show of these scenarios of the run, by name."""
    all_fields = [counts for score in scores for counts in score.fields.values()]
    seconds = [second for score in scores for second in score.reply_seconds]
    cost = run.cost(scores)
    return {
        "recall, heard": recall(all_fields),
        "precision, heard": precision(all_fields),
        "recall, confirmed": recall(all_fields, confirmed=True),
        "precision, confirmed": precision(all_fields, confirmed=True),
        "wrong-speak": _summed(score.wrong_speak for score in scores),
        "missed-speak": _summed(score.missed_speak for score in scores),
        "bot share": _summed(score.bot_share for score in scores),
        "repeats": sum(len(score.repeats) for score in scores),
        "questions per fact": _share(sum(one.questions for one in scores), sum(one.facts for one in scores)),
        "facts before consent": sum(len(score.before_consent) for score in scores),
        "authority violations": sum(len(score.authority) for score in scores),
        "plain lines of code": sum(score.plain_lines for score in scores),
        "calls refused": _share(sum(sum(one.refused.values()) for one in scores), sum(one.calls for one in scores)),
        "turns that failed": sum(len(score.errors) for score in scores),
        "expectations missed": sum(len(score.failures) for score in scores),
        "tokens per profile": _share(sum(one.tokens_in + one.tokens_out for one in scores), len(scores)),
        "cost per profile, $": _share(cost, len(scores)) if cost is not None else None,
        "reply time, median s": statistics.median(seconds) if seconds else None,
        "reply time, p95 s": percentile(seconds, 0.95),
    }


def _summed(ratios: Iterable[Ratio]) -> float | None:
    listed = list(ratios)
    return _share(sum(one.n for one in listed), sum(one.of for one in listed))


def percentile(values: list[float], share: float) -> float | None:
    """The smallest value that at least this share of all do not exceed."""
    ordered = sorted(values)
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else None
