"""What the primary person says to values that stand already: "Leeds not Sheffield", "28, not 27", "yep, Leeds"."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from emulator.llm.reading.basics import as_place
from emulator.llm.reading.clauses import ANY_CASE

# Fields of one short value, which another word in its place can replace.
REPLACEABLE = frozenset({"area", "age", "first_name", "height_cm", "job_or_study"})
LONGEST_NUMBER, LONGEST_VALUE = 3, 40

_NEW = r"(?P<{}>(?!(?:i'?m|i|it'?s|its|he|she|we|they|that'?s?|this|is|am|do|but|and|or|so|no|not|in|an?)\b)(?:\d{{2,3}}|[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?))"
_BEFORE = r"(?:^|\b(?:put|say|write|make (?:it|that)|it'?s|its|i'?m|im|i am|i said|i meant|in|is|called|change (?:it|that) to|now)\s+)(?:an? |the )?"
_YES = re.compile(
    r"^\W*(?:(?:ha(?:ha)*|lol|ok|well|oh|and)\W+)*(?:yes|yep|yup|yeah|ya|correct|right|true|exactly|i did say|i said|she'?s right|he'?s right)\b(?!.*\b(?:not|no|but|used to|was|isn't|n't)\b)",
    ANY_CASE,
)
_NOTHING_NEW = frozenset(
    {"definitely", "really", "just", "it", "that", "this", "he", "she", "i'm", "why", "it's", "ok"}
)


class Standing(Protocol):
    """A value that is known by now."""

    @property
    def field(self) -> str: ...
    @property
    def value(self) -> Any: ...


def corrections(text: str, known: Iterable[Standing]) -> Iterator[tuple[str, Any]]:
    """(field, value): what is to stand in place of a known value."""
    if "?" in text:
        return
    for fact in known:
        put = _put_in_place_of(str(fact.value), text) if fact.field in REPLACEABLE else ""
        new = _in_its_form(fact.field, put)
        if new is not None:
            yield fact.field, new


def affirms(text: str, value: Any) -> bool:
    """Agrees with the value by its name: "yes, I said Leeds"."""
    named = re.search(rf"(?<!\w){re.escape(str(value))}(?!\w)", text, ANY_CASE)
    is_short = len(str(value)) <= LONGEST_VALUE and not isinstance(value, list)
    return is_short and named is not None and "?" not in text and _YES.search(text) is not None


def _put_in_place_of(old: str, text: str) -> str:
    gone = rf"{re.escape(old)}(?!\w)"
    found = re.search(
        rf"{_BEFORE}{_NEW.format('ahead')}\W+(?:and )?(?:not|instead of|rather than) (?:in |an? |the )?{gone}"
        rf"|\b(?:not|isn'?t|no longer|never|wasn'?t) (?:in |an? |the )?{gone}(?: (?:any ?more|now))?\W+(?:(?:it'?s|its|but|i'?m|im|in|is|actually|anymore|now|an?)\W+)*{_NEW.format('after')}"
        rf"|\b{gone}\W+(?:(?:no|oh|oops|sorry|er+|um+)\W+)*(?:i mean|no wait|wait no|scratch that|make that|i meant)\W+(?:(?:it'?s|its|i'?m|im|in)\W+)*{_NEW.format('meant')}",
        text,
        ANY_CASE,
    )
    new = next((group for group in found.groups() if group), "") if found else ""
    return "" if new.casefold() in _NOTHING_NEW or new.casefold() == old.casefold() else new


def _in_its_form(field: str, new: str) -> Any:
    if field in ("age", "height_cm"):
        return int(new) if new.isdigit() and len(new) <= LONGEST_NUMBER else None
    if not new or new.isdigit():
        return None
    if field == "area":
        return next(as_place(new), None)
    return new.title() if field == "first_name" and new.islower() else new
