"""What became of a message on the phones, as one line of ticks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from conversations_app.models import Message, Receipt
from conversations_app.receipts import FAILURES, error_in_words

_ON_ITS_WAY = "on its way"
_WORDS = {"read": "read", "delivered": "delivered"}


@dataclass(frozen=True)
class Ticks:
    """`marks`: ✓ Twilio has it, ✓✓ on at least one phone. `words`: on how many phones it is what."""

    marks: str
    words: str
    failures: list[str]


def ticks(message: Message, receipts: Iterable[Receipt]) -> Ticks:
    kinds: Counter[str] = Counter()
    failures = []
    for receipt in receipts:
        if receipt.status in FAILURES:
            failures.append(f"Did not reach {receipt.participant}: {error_in_words(receipt.error_code)}.")
        else:
            kinds[_WORDS.get(receipt.status, _ON_ITS_WAY)] += 1
    arrived = kinds["read"] or kinds["delivered"]
    marks = "✓✓" if arrived else "✓" if message.sid else ""
    words = [f"{kinds[kind]} {kind}" for kind in ("read", "delivered", _ON_ITS_WAY) if kinds[kind]]
    return Ticks(marks, " · ".join(words), failures)
