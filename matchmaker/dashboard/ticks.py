"""What became of a message on the phones, as one line of ticks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from conversations_app.gateway import delivery_errors
from conversations_app.inbound.receipts import FAILURES
from conversations_app.models import Message, Receipt

_ON_ITS_WAY = "on its way"
_WORDS = {"read": "read", "delivered": "delivered"}


@dataclass(frozen=True)
class Ticks:
    """`marks`: ✓ it is on its way, ✓✓ on at least one phone. `words`: on how many phones it is what; `people`: on whose."""

    marks: str
    words: str
    people: str
    failures: list[str]


def ticks(message: Message, receipts: Iterable[Receipt]) -> Ticks:
    kinds: Counter[str] = Counter()
    people, failures = [], []
    for receipt in receipts:
        if receipt.status in FAILURES:
            failures.append(_failure(receipt))
            continue
        kind = _WORDS.get(receipt.status, _ON_ITS_WAY)
        kinds[kind] += 1
        people.append(f"{receipt.participant}: {kind}")
    arrived = kinds["read"] or kinds["delivered"]
    marks = "✓✓" if arrived else "✓" if message.sid or message.state == Message.State.SENT else ""
    words = [f"{kinds[kind]} {kind}" for kind in ("read", "delivered", _ON_ITS_WAY) if kinds[kind]]
    return Ticks(marks, " · ".join(words), ", ".join(people), failures)


def _failure(receipt: Receipt) -> str:
    if receipt.caught_up_at is not None:
        return f"{receipt.participant} missed it, and got it when they wrote again."
    code = receipt.error_code
    return f"Did not reach {receipt.participant}: {delivery_errors.in_words(code)}. {delivery_errors.to_do(code)}"
