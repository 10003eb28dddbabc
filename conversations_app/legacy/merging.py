"""The messages of a Conversation that the older app made, merged with what was imported of the same session.

A message in the Conversation matches the imported one with the same sid. The older app kept hardly any sids, so otherwise
it matches one with the same voice and words that can have been written then: if the imported message has a time, within
five minutes of it; if not, between the known times around it and before the import. Each is matched once, earlier with
earlier, so that five times "yes" stay five. Order alone tells nothing: the older app stored two messages of one moment in
either order.

What has no match was not imported. It is placed after everything written before it, so what was written after the dump
comes last. None of this concerns turns, commands or deliveries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from conversations_app.gateway.payloads import MessageInfo
from conversations_app.membership import senders
from conversations_app.models import Conversation, Message
from matchmaker import clock
from matchmaker.addresses import canonical
from sessions_app import actions
from sessions_app.legacy.importing import NOBODYS_ADDRESS
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import OLDER_APP_SEGMENT, LockedSession, Participant, Session
from sessions_app.names import FALLBACK, distinct_name

NEAR = timedelta(minutes=5)
THE_APP, ANYBODY = "", "?"
_SPOKEN = (Message.Kind.PERSON, Message.Kind.MATCHMAKER, Message.Kind.ANNOUNCEMENT)
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """`voice`: a phone's number whatever its channel, the app itself, or somebody whose number is not known."""

    key: str
    voice: str
    words: str
    at: datetime
    is_estimated: bool = False


def same_ones(heard: Sequence[Line], kept: Sequence[Line], *, imported_at: datetime) -> dict[str, str]:
    """Which of the lines heard are kept already: from the key of the one to the key of the other."""
    free: dict[tuple[str, str], list[tuple[Line, datetime, datetime]]] = defaultdict(list)
    for line, earliest, latest in _spans(kept, imported_at):
        free[line.voice, line.words].append((line, earliest, latest))
    same: dict[str, str] = {}
    for line in heard:
        for choice in (free[line.voice, line.words], free[ANYBODY, line.words]):
            found = next((one for one in choice if one[1] <= line.at <= one[2]), None)
            if found is not None:
                choice.remove(found)
                same[line.key] = found[0].key
                break
    return same


def _spans(kept: Sequence[Line], imported_at: datetime) -> Iterator[tuple[Line, datetime, datetime]]:
    """Each with the earliest and latest time at which it can have been written."""
    earliest, latest = [], []
    bound = _EVER
    for line in kept:
        bound = bound if line.is_estimated else line.at - NEAR
        earliest.append(bound)
    bound = imported_at
    for line in reversed(kept):
        bound = bound if line.is_estimated else line.at + NEAR
        latest.append(bound)
    return zip(kept, earliest, reversed(latest), strict=True)


def in_order(heard: Sequence[Line], kept: Sequence[Line], same: dict[str, str]) -> list[str]:
    """All keys in their final order: the kept lines as they are, each other one after what was written before it."""
    place_of = {line.key: place for place, line in enumerate(kept)}
    behind: dict[int, list[str]] = defaultdict(list)
    place = -1
    for line in heard:
        known = same.get(line.key)
        if known is not None:
            place = max(place, place_of.get(known, -1))
            continue
        while place + 1 < len(kept) and kept[place + 1].at <= line.at:
            place += 1
        behind[place].append(line.key)
    return [*behind[-1], *(key for n, line in enumerate(kept) for key in (line.key, *behind[n]))]


# --- rows -------------------------------------------------------------------------------------------------------------


def merge(session: LockedSession, conversation: Conversation, history: Sequence[MessageInfo]) -> tuple[int, int]:
    """Returns how many messages were here already, and how many were added. To be done once."""
    rows = Message.objects.filter(sid__in=[info.sid for info in history])
    taken = {str(sid): pk for sid, pk in rows.values_list("sid", "pk")}
    _mark_as_history(conversation, taken.values())
    kept = [_line_of(row) for row in _kept(session)]
    heard = [_heard(info) for info in history]
    same = {sid: str(pk) for sid, pk in taken.items()}
    numbered = [line for line in kept if line.key not in same.values()]
    same |= same_ones(
        [line for line in heard if line.key not in taken], numbered, imported_at=_record(session).imported_at
    )
    _give_sids({int(pk): sid for sid, pk in same.items() if sid not in taken})
    imported = set(map(str, session.messages.imported().values_list("pk", flat=True)))
    order = in_order(heard, [line for line in kept if line.key in imported], same)
    _store(session, order, {info.sid: info for info in history if info.sid not in same})
    return len(same), len(history) - len(same)


def _record(session: Session) -> LegacyImport:
    return LegacyImport.objects.get(session=session)


def _mark_as_history(conversation: Conversation, keys: Iterable[int]) -> None:
    """Messages that we stored while the older app still answered there: it has answered them, so we must not."""
    heard = Message.objects.filter(pk__in=list(keys), conversation=conversation)
    heard.update(segment=OLDER_APP_SEGMENT, conversation=None, index=None, needs_turn=False)


def _kept(session: Session) -> list[Message]:
    """What was imported, and what a session that is being moved said outside any Conversation."""
    settled = [Message.State.RECEIVED, Message.State.SENT]
    rows = session.messages.filter(kind__in=_SPOKEN, state__in=settled).filter(
        Q(segment=OLDER_APP_SEGMENT) | Q(conversation=None)
    )
    return list(rows.select_related("author__contact").in_transcript_order())


def _line_of(row: Message) -> Line:
    address = row.author.contact.address if row.author else THE_APP
    voice = ANYBODY if address.startswith(NOBODYS_ADDRESS) else _number(address)
    return Line(str(row.pk), voice, _plain(row.body), row.at, row.at_is_estimated)


def _heard(info: MessageInfo) -> Line:
    voice = _number(info.author) if senders.is_person(info.author) else THE_APP
    return Line(info.sid, voice, _plain(info.words), info.at)


def _number(address: str) -> str:
    return canonical(address).removeprefix("whatsapp:")


def _plain(body: str) -> str:
    return " ".join(body.split())


def _give_sids(found: dict[int, str]) -> None:
    """So that Twilio's list or a late webhook, telling of the same message again, adds nothing."""
    rows = list(Message.objects.filter(pk__in=found))
    for row in rows:
        row.sid, row.messaging_sid = found[row.pk], row.messaging_sid or row.sid
    Message.objects.bulk_update(rows, ["sid", "messaging_sid"])


def _store(session: Session, order: list[str], left_over: dict[str, MessageInfo]) -> None:
    places = {key: place for place, key in enumerate(order)}
    Message.objects.bulk_create([_row(session, info, places[sid]) for sid, info in left_over.items()])
    rows = list(session.messages.imported().filter(pk__in=[int(key) for key in order if key not in left_over]))
    for row in rows:
        row.index = places[str(row.pk)]
    Message.objects.bulk_update(rows, ["index"], batch_size=500)


def _row(session: Session, info: MessageInfo, place: int) -> Message:
    author = _author(session, info) if senders.is_person(info.author) else None
    return Message(
        session=session,
        segment=OLDER_APP_SEGMENT,
        kind=Message.Kind.PERSON if author else Message.Kind.MATCHMAKER,
        author=author,
        body=info.words,
        media=info.media,
        sid=info.sid,
        index=place,
        at=info.at,
    )


def _author(session: Session, info: MessageInfo) -> Participant:
    """Somebody who wrote there but is neither in it nor imported becomes a past member, so their words keep an author."""
    known = session.participants.filter(contact__address__canonical=canonical(info.author)).first()
    if known is not None:
        return known
    contact = actions.get_or_update_contact(address=info.author, at=clock.now())
    name = distinct_name(contact.display_name or FALLBACK, session.participants.values_list("name", flat=True))
    return Participant.objects.create(
        session=session, contact=contact, name=name, joined_at=info.at, left_at=clock.now()
    )
