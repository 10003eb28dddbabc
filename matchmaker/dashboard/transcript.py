"""The transcript as a chat that staff can read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from conversations_app.models import Message, Receipt
from conversations_app.staff import reports
from matchmaker.dashboard.ticks import Ticks, ticks
from sessions_app.models import Session

# An open page polls for changes and is rendered afresh each time, so a long history would cost every poll.
MOST_SHOWN = 300

_SIDES = {
    Message.Kind.MATCHMAKER: "matchmaker",
    Message.Kind.STAFF: "staff",
    Message.Kind.ANNOUNCEMENT: "notice",
    Message.Kind.COMMAND: "notice",
    Message.Kind.PROGRAM: "notice",
    Message.Kind.EVENT: "notice",
}
_MEDIA = {"image": "📷", "audio": "🎤", "video": "🎬"}
_STATES = {
    Message.State.WAITING: "Waiting to be sent",
    Message.State.REFUSED: "Not sent",
    Message.State.HELD: "Held back",
}


@dataclass(frozen=True)
class Bubble:
    """`side` is the look of it: person, matchmaker, staff or notice. `readers` says who read a command, and
    `trouble` why nobody read a message."""

    id: int
    side: str
    kind: str
    author: str
    body: str
    at: datetime
    media: list[str]
    readers: str
    trouble: str
    is_waiting: bool
    ticks: Ticks
    starts_a_day: bool
    goes_on: bool
    """Same author as the bubble above, a moment later: the name is not repeated."""


@dataclass(frozen=True)
class Transcript:
    bubbles: list[Bubble]
    left_out: int


def transcript_of(session: Session, *, whole: bool = False) -> Transcript:
    shown = reports.messages_in_order(session, newest=None if whole else MOST_SHOWN)
    receipts = Receipt.objects.select_related("participant").order_by("participant")
    prefetch_related_objects(shown, Prefetch("receipts", receipts))
    bubbles: list[Bubble] = []
    for message in shown:
        bubbles.append(_bubble(message, bubbles[-1] if bubbles else None))
    # The few that come in between the queries must not make the rest a negative number.
    left_out = 0 if whole else max(0, session.messages.count() - len(shown))
    return Transcript(bubbles, left_out)


def _bubble(message: Message, before: Bubble | None) -> Bubble:
    side = _SIDES.get(Message.Kind(message.kind), "person")
    author = reports.author_of(message)
    starts_a_day = before is None or before.at.date() != message.at.date()
    return Bubble(
        id=message.pk,
        side=side,
        kind=message.get_kind_display(),
        author=author,
        body=message.shown_body,
        at=message.at,
        media=[_medium(item) for item in message.shown_media],
        readers=reports.readers_of(message),
        trouble=_trouble(message),
        is_waiting=message.state == Message.State.WAITING,
        ticks=ticks(message, message.receipts.all()),
        starts_a_day=starts_a_day,
        goes_on=not starts_a_day and before is not None and (before.side, before.author) == (side, author),
    )


def _medium(item: dict[str, Any]) -> str:
    content_type = str(item.get("content_type", ""))
    sign = _MEDIA.get(content_type.partition("/")[0], "📎")
    return f"{sign} {item.get('filename') or content_type or 'file'}"


def _trouble(row: Message) -> str:
    state = _STATES.get(Message.State(row.state))
    if state is None:
        return ""
    tries = f" after {row.attempts} tries" if row.attempts > 1 else ""
    return f"{state}{tries}{': ' + row.error if row.error else '.'}"
