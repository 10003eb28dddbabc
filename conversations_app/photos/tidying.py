"""What is left to do once a photo is kept or refused: nothing of it stays where it is not needed."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from conversations_app import backoff
from conversations_app.claims import Claims
from conversations_app.db_clock import in_seconds
from conversations_app.gateway import api, media
from conversations_app.gateway.errors import GatewayError, NotFoundAtTwilio
from conversations_app.models import ON_ITS_WAY, Binding, Delivery, Message, Problem, Receipt
from matchmaker import clock
from sessions_app.models import Photo
from sessions_app.photos import storage

log = structlog.get_logger()

# The others get it from Twilio's copy. After so long whoever has not got it will not get it any more.
OTHERS_WAIT = timedelta(hours=1)
LOOK_AGAIN_S = 20
_SETTLED = ("delivered", "read", "undelivered", "failed")


def tidy(photo: Photo, claims: Claims[Photo]) -> None:
    """Raises ClaimLost."""
    try:
        if photo.state == Photo.State.REFUSED:
            storage.delete(photo)
        elif photo.message is None:
            storage.delete_upload(photo.folder)
        # Also of what was kept and taken back since; what we refused ourselves stays with those who got it.
        is_ours = photo.is_safe_here_since is not None and photo.removed_at_twilio_at is None
        if settings.PHOTOS_DELETE_AT_TWILIO and photo.message is not None and is_ours:
            if not _others_have_it(photo, photo.message):
                # No failed try, so it does not count as one.
                claims.release(photo, due_at=in_seconds(LOOK_AGAIN_S), attempts=0)
                return
            _remove_at_twilio(photo, photo.message, claims)
            _done(photo, claims, removed_at_twilio_at=clock.now())
            return
        _done(photo, claims)
    except (GatewayError, storage.StorageTrouble) as error:
        _try_again(photo, claims, error)


def _try_again(photo: Photo, claims: Claims[Photo], error: Exception) -> None:
    log.warning("photo_not_tidied", photo=photo.pk, attempts=photo.attempts, error=type(error).__name__)
    claims.release(photo, due_at=in_seconds(backoff.TIDYING.pause_after(photo.attempts)))
    if backoff.TIDYING.is_used_up(photo.attempts):
        Problem.report(
            _key(photo),
            session=photo.session,
            what=f"A copy of a photo of {photo.session.code} that is not needed any more could not be deleted.",
            to_do="Check the photo storage and the Twilio account. We try again every six hours.",
        )


def _done(photo: Photo, claims: Claims[Photo], **changes: Any) -> None:
    claims.release(photo, due_at=None, **changes)
    if backoff.TIDYING.is_used_up(photo.attempts):
        Problem.resolve(_key(photo))


def _key(photo: Photo) -> str:
    return f"photo-{photo.pk}-not-tidied"


def _others_have_it(photo: Photo, message: Message) -> bool:
    if photo.is_safe_here_since is not None and clock.now() - photo.is_safe_here_since > OTHERS_WAIT:
        return True
    passed_on = _passed_on(message)
    waiting = passed_on.filter(state=Message.State.WAITING)
    copies = Delivery.objects.filter(Q(state=Delivery.State.WAITING) | ON_ITS_WAY, message__in=passed_on)
    # Of one message all its pictures are looked at first, since copies to single phones hold several.
    arriving = Photo.objects.filter(message=message, state=Photo.State.ARRIVING)
    return not (waiting.exists() or copies.exists() or arriving.exists() or _readers_without_it(passed_on).exists())


def _passed_on(message: Message) -> QuerySet[Message]:
    """The message, and what we posted in its author's name to bring its files to the others."""
    relays = Q(kind=Message.Kind.RELAY, author=message.author_id, at=message.at)
    return message.session.messages.filter(Q(pk=message.pk) | relays)


def _readers_without_it(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Those in a Conversation of which somebody's phone has not told yet what became of it."""
    settled = Receipt.objects.filter(
        message=OuterRef(OuterRef("pk")), participant=OuterRef("participant"), status__in=_SETTLED
    )
    readers = Binding.objects.filter(
        Q(freed_at=None) | Q(freed_at__gt=OuterRef("at")),
        ~Exists(settled),
        conversation=OuterRef("conversation"),
        created_at__lte=OuterRef("at"),
    ).exclude(Q(participant_sid="") | Q(participant=OuterRef("author")))
    return messages.filter(Exists(readers), sid__isnull=False)


def _remove_at_twilio(photo: Photo, message: Message, claims: Claims[Photo]) -> None:
    if photo.position_in_message >= len(message.media):
        return  # its author had the message taken out, and with it the file at Twilio
    item = message.media[photo.position_in_message]
    if item.get("url"):
        media.delete(item["url"])
    else:
        media.delete_from_conversation(item["sid"])
    passed_on = list(_passed_on(message).select_related("conversation"))
    relayed = [one for line in passed_on if line != message for one in line.media]
    uploads = [str(one.get("sid", "")) for one in relayed if one.get("url") == item.get("url")]
    for line in passed_on:
        if line.sid and line.conversation and line.conversation.sid:
            _remove_copies(photo, line.conversation.sid, line.sid, claims)
    copies = Delivery.objects.filter(message__in=passed_on).exclude(media=[])
    for copy in copies:
        # What an account protects, we uploaded for the way to one phone.
        uploads += [file for file in copy.media if file.startswith("ME")]
        if copy.sid:
            claims.renew(photo)
            with suppress(NotFoundAtTwilio):
                api.delete_media_of_text(copy.sid)
    for sid in filter(None, dict.fromkeys(uploads)):
        claims.renew(photo)
        media.delete_from_conversation(sid)


def _remove_copies(photo: Photo, conversation_sid: str, message_sid: str, claims: Claims[Photo]) -> None:
    """Twilio keeps the file once more with each text that it made of a line for one phone."""
    claims.renew(photo)
    with suppress(NotFoundAtTwilio):
        for copy in api.copies_of(conversation_sid, message_sid):
            claims.renew(photo)
            with suppress(NotFoundAtTwilio):
                api.delete_media_of_text(copy)
