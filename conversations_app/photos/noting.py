"""A row for each picture in the chat, once the primary person has agreed to a profile. Runs in the caller's transaction,
with the session locked."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from conversations_app.models import Message
from matchmaker import clock
from matchmaker.addresses import Channel
from sessions_app import actions
from sessions_app.models import OLDER_APP_SEGMENT, LockedSession, Photo
from sessions_app.photos.arriving import MOST_OF_A_SESSION

# What phones call a picture of which they do not know the kind; by its content it may be one.
_UNKNOWN_TYPES = {"", "application/octet-stream"}


def note_photos(session: LockedSession, message: Message) -> None:
    """`message` has just come in."""
    if message.media and _is_wanted(session):
        _note(session, [message])


def note_earlier_photos(session: LockedSession) -> None:
    """The primary person has just agreed: what was sent before may be kept from now on."""
    if not _is_wanted(session):
        return
    said = session.messages.filter(kind=Message.Kind.PERSON, concern="", removed_at=None, sealed_at=None)
    # Photos of the older app are kept by themselves; started over, an interview knows nothing of the one before.
    of_this_interview = said.exclude(Q(media=[]) | Q(segment=OLDER_APP_SEGMENT))
    if session.reads_from is not None:
        of_this_interview = of_this_interview.filter(at__gte=session.reads_from)
    _note(session, of_this_interview.select_related("author__contact").order_by("-pk")[:MOST_OF_A_SESSION])


def _is_wanted(session: LockedSession) -> bool:
    is_open = session.status != session.Status.CLOSED and session.sealed_at is None
    return is_open and actions.has_consented(session)


def _note(session: LockedSession, messages: Iterable[Message]) -> None:
    # Under the session's lock, so nobody notes one between the look and the writing.
    known = set(session.photos.exclude(message=None).values_list("message_id", "position_in_message"))
    rows = [
        Photo(
            session=session,
            sent_by=message.author,
            message=message,
            position_in_message=position,
            created_at=clock.now(),
        )
        for message in messages
        for position in _pictures_in(message)
        if (message.pk, position) not in known
    ]
    Photo.objects.bulk_create(rows)


def _pictures_in(message: Message) -> Iterator[int]:
    for position, item in enumerate(message.media):
        if _may_be_a_picture(item, message):
            yield position


def _may_be_a_picture(item: dict[str, Any], message: Message) -> bool:
    """No films, voices, contacts or documents, and no stickers, which are what WhatsApp sends as WebP."""
    content_type = str(item.get("content_type", "")).partition(";")[0].strip().lower()
    is_on_whatsapp = message.author is not None and message.author.contact.channel is Channel.WHATSAPP
    if content_type == "image/webp" and is_on_whatsapp:
        return False
    return content_type.startswith("image/") or content_type in _UNKNOWN_TYPES
