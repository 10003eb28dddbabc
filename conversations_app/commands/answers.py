"""Is a command word meant as one, or does it answer what was just asked? "Old or new?" – "new"."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from conversations_app.folding import folded
from conversations_app.models import Message
from conversations_app.models.message import MessageQuerySet
from matchmaker import clock

# Later, nobody remembers the question.
ASKED_WITHIN = timedelta(hours=1)
_LINES_BACK = 5
_SAID = (Message.Kind.PERSON, Message.Kind.MATCHMAKER, Message.Kind.STAFF)
_ENDS_IN_A_QUESTION = re.compile(r"[?؟]\W*$")


@dataclass(frozen=True)
class LineBefore:
    text: str
    is_own: bool = False
    is_ours: bool = False


def lines_before(messages: MessageQuerySet, author: str, *, index: int | None = None) -> list[LineBefore]:
    """What the group last read before this author's word, newest first. `index`: the word's own place in its
    Conversation."""
    said = messages.readable().filter(kind__in=_SAID, at__gte=clock.now() - ASKED_WITHIN)
    if index is not None:
        said = said.filter(Q(index__lt=index) | Q(index=None))
    unheard = Q(state__in=[Message.State.REFUSED, Message.State.HELD]) | Q(
        ~Q(kind=Message.Kind.PERSON), state=Message.State.WAITING
    )
    heard = said.exclude(unheard).select_related("author__contact").in_transcript_order()
    return [_line(message, author) for message in heard.reverse()[:_LINES_BACK]]


def _line(message: Message, author: str) -> LineBefore:
    if message.kind != Message.Kind.PERSON or message.author is None:
        return LineBefore(message.body, is_ours=True)
    return LineBefore(message.body, is_own=message.author.contact.address == author)


def without_itself(text: str, before: list[LineBefore]) -> list[LineBefore]:
    """The same text may be the last that was heard, from the other of Twilio's two webhooks."""
    is_itself = before and before[0].is_own and folded(before[0].text) == folded(text)
    return before[1:] if is_itself else before


def answers_a_question(text: str, before: Sequence[LineBefore], *, was_asked: bool = False) -> bool:
    """Under a question that offers the word, it is its answer. Else under a friend's question, unless it is written in
    capitals, as our lines tell people to; under one of ours it is most likely said about us, unless they themselves were
    asked (`was_asked`)."""
    word, is_shouted = folded(text), text.isupper()
    friends = [line for line in before if not (line.is_own or line.is_ours)]
    ours = [] if is_shouted else [line for line in before if line.is_ours]
    if any(_offers(line, word) for line in (*friends, *ours)):
        return True
    if is_shouted or not before:
        return False
    last = before[0]
    asked = _ENDS_IN_A_QUESTION.search(unicodedata.normalize("NFKC", last.text))
    return bool(asked) and not last.is_own and (was_asked or not last.is_ours)


def _offers(line: LineBefore, word: str) -> bool:
    if word == "who":
        return False  # it begins questions
    asks = "?" in unicodedata.normalize("NFKC", line.text) or "؟" in line.text
    return asks and f" {word} " in f" {folded(line.text)} "
