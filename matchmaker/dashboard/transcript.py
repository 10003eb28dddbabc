"""The transcript as a chat that staff can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from conversations_app.models import Message, Receipt
from conversations_app.staff import reports
from matchmaker.dashboard.ticks import Ticks, ticks
from sessions_app.models import Session

MOST_SHOWN = 300

_SIDES = {
    Message.Kind.MATCHMAKER: "matchmaker",
    Message.Kind.STAFF: "staff",
    Message.Kind.ANNOUNCEMENT: "notice",
    Message.Kind.COMMAND: "notice",
}
_MEDIA = {"image": "📷", "audio": "🎤", "video": "🎬"}
_STATES = {
    Message.State.WAITING: "Waiting to be sent",
    Message.State.REFUSED: "Not sent",
    Message.State.HELD: "Held back",
}


@dataclass(frozen=True)
class Bubble:
    """`side` is the look of it: person, matchmaker, staff or notice. `trouble` says why nobody read it."""

    id: int
    side: str
    kind: str
    author: str
    body: str
    at: datetime
    media: list[str]
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

    def shows(self, message_id: int) -> bool:
        return any(bubble.id == message_id for bubble in self.bubbles)


def transcript_of(session: Session, *, whole: bool = False) -> Transcript:
    lines = reports.transcript(session)
    shown = lines if whole else lines[-MOST_SHOWN:]
    rows = _rows(line["id"] for line in shown)
    bubbles: list[Bubble] = []
    for line in shown:
        before = bubbles[-1] if bubbles else None
        bubbles.append(_bubble(line, rows[line["id"]], before))
    return Transcript(bubbles, left_out=len(lines) - len(shown))


def _rows(ids: Iterable[int]) -> dict[int, Message]:
    receipts = Receipt.objects.select_related("participant").order_by("participant")
    return Message.objects.prefetch_related(Prefetch("receipts", receipts)).in_bulk(list(ids))


def _bubble(line: reports.Line, row: Message, before: Bubble | None) -> Bubble:
    side = _SIDES.get(Message.Kind(row.kind), "person")
    starts_a_day = before is None or before.at.date() != line["at"].date()
    return Bubble(
        id=row.pk,
        side=side,
        kind=row.get_kind_display(),
        author=line["author"],
        body=line["body"],
        at=line["at"],
        media=[_medium(item) for item in row.media],
        trouble=_trouble(row),
        is_waiting=row.state == Message.State.WAITING,
        ticks=ticks(row, row.receipts.all()),
        starts_a_day=starts_a_day,
        goes_on=not starts_a_day and _same_speaker(line, side, before),
    )


def _same_speaker(line: reports.Line, side: str, before: Bubble | None) -> bool:
    return before is not None and before.side == side and before.author == line["author"]


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
