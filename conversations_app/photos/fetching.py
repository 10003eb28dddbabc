"""Fetches a picture from Twilio, or takes an upload, and makes a photo of it that is safe to keep.

A worker claims the row, and holds nothing locked while it fetches, decodes and stores. A few go on at a time, since each
takes seconds and a lot of memory, and messages must not wait behind them.
"""

from functools import partial

import structlog
from django.db import connection, transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from conversations_app import backoff, beside_the_chat
from conversations_app.claims import ClaimLost, Claims
from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.gateway import media
from conversations_app.gateway.errors import AccountTrouble, GatewayError
from conversations_app.membership import bindings
from conversations_app.models import Message, Problem
from conversations_app.outbox import outgoing
from conversations_app.outbox.languages import in_each_language
from conversations_app.photos import tidying
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import LockedSession, Photo, Session
from sessions_app.photos import arriving, decode, refusals, storage
from sessions_app.photos.decode import Decoded, Refused
from sessions_app.photos.refusals import Refusal

log = structlog.get_logger()

# Longer than any step: the link and the file from Twilio, decoding, three files to the storage.
LEASE_S = 120
CLAIMS: Claims[Photo] = Claims(Photo.objects.all(), LEASE_S)
AT_ONCE = 3
# A turn waits so long for a worker to begin, so that the matchmaker speaks of a photo that is here.
TURN_WAITS_S = 15
WAITING = "photos-waiting"


def due_photos(limit: int) -> list[int]:
    """Those to fetch, and those to tidy up after."""
    # What is being worked on is still due, and only what is due is in the index.
    room = AT_ONCE - Photo.objects.filter(CLAIMS.held(), due_at__isnull=False).count()
    due = Photo.objects.filter(CLAIMS.free(), due_at__lte=ClockTime()).order_by("due_at", "pk")
    return list(due.values_list("pk", flat=True)[: max(0, min(limit, room))])


def on_first_try() -> Q:
    """Of photos in the chat: those that will most likely be here in a moment."""
    lately = in_seconds(-TURN_WAITS_S)
    waits_for_a_worker = Q(attempts=0, due_at__gt=lately)
    is_being_fetched = Q(attempts=1, leased_until__gt=ClockTime(), first_attempt_at__gt=lately)
    return Q(waits_for_a_worker | is_being_fetched, state=Photo.State.ARRIVING, message__isnull=False)


def work_on(photo_id: int) -> None:
    """What is due of it."""
    due = Photo.objects.filter(due_at__lte=ClockTime()).select_related("session", "sent_by__contact", "message")
    photo = CLAIMS.take(
        due,
        photo_id,
        attempts=F("attempts") + 1,
        first_attempt_at=Coalesce("first_attempt_at", ClockTime()),
    )
    if photo is None:
        return
    try:
        if photo.state == Photo.State.ARRIVING:
            _take_in(photo)
        else:
            tidying.tidy(photo, CLAIMS)
    except ClaimLost:
        # Another worker goes on; or it was taken back meanwhile, and with it whatever we have just stored.
        if not Photo.objects.filter(pk=photo.pk).exclude(state=Photo.State.REFUSED).exists():
            storage.delete(photo)


def _take_in(photo: Photo) -> None:
    if not _is_still_wanted(photo):
        _forget(photo)
        return
    try:
        data = _data_of(photo)
        CLAIMS.renew(photo)
        # It takes seconds, for which others need the connection more.
        connection.close()
        decoded = decode.decode(data)
        CLAIMS.renew(photo)
        if _is_known(photo, decoded):
            raise Refused(Refusal.SAME_AGAIN)
        connection.close()
        storage.write(photo, decoded.files)
    except Refused as refused:
        _refuse(photo, refused.refusal)
    except media.TooBig:
        _refuse(photo, Refusal.TOO_BIG)
    except (GatewayError, storage.StorageTrouble, FileNotFoundError) as error:
        _try_again(photo, error)
    except ClaimLost:
        raise
    except Exception as error:
        # A fault of ours must not come round with this photo for ever.
        log.exception("photo_failed", photo=photo.pk)
        _try_again(photo, error)
    else:
        _keep(photo, decoded)
        if photo.attempts > 1:
            Problem.resolve(WAITING)


def _data_of(photo: Photo) -> bytes:
    message = photo.message
    if message is None:
        return storage.read_upload(photo.folder)
    item = message.media[photo.position_in_message]
    if item.get("url"):
        return media.fetch(item["url"]).data
    return media.fetch_from_conversation(item.get("sid", "")).data


def _is_still_wanted(photo: Photo) -> bool:
    """Consent may have been taken back, the profile sealed, or the message taken out, since it was noted."""
    is_open = Session.objects.filter(pk=photo.session_id, sealed_at=None).exists()
    taken_out = Message.objects.filter(photos=photo).exclude(removed_at=None, sealed_at=None)
    return is_open and actions.has_consented(photo.session) and not taken_out.exists()


def _is_known(photo: Photo, decoded: Decoded) -> bool:
    kept = photo.session.photos.kept().exclude(pk=photo.pk).values_list("fingerprint", flat=True)
    return any(decode.is_same_picture(decoded.fingerprint, known) for known in kept if known)


def _keep(photo: Photo, decoded: Decoded) -> None:
    with transaction.atomic():
        session = actions.lock_session(photo.session_id)
        _lock(photo)
        wanted = _is_still_wanted(photo)
        # Looked at again: the same picture may have come twice at once.
        refusal = _why_not(photo, session, decoded) if wanted else None
        if refusal:
            _record_refusal(photo, refusal)
        elif wanted:
            number = _next_number(session)
            CLAIMS.release(
                photo,
                state=Photo.State.OFFERED,
                number=number,
                width=decoded.width,
                height=decoded.height,
                fingerprint=decoded.fingerprint,
                is_safe_here_since=clock.now(),
                attempts=0,
                due_at=ClockTime(),
            )
            beside_the_chat.note(session=session, person=photo.sent_by, what=f"sent photo {number}", at=clock.now())
    if not wanted:
        _forget(photo)
    log.info("photo_arrived", session=photo.session_id, photo=photo.pk, refusal=refusal or "")


def _lock(photo: Photo) -> None:
    """Raises ClaimLost, also if it was taken back on somebody's page."""
    CLAIMS.lock(photo)
    if not Photo.objects.filter(pk=photo.pk, state=Photo.State.ARRIVING).exists():
        raise ClaimLost


def _why_not(photo: Photo, session: LockedSession, decoded: Decoded) -> Refusal | None:
    if _is_known(photo, decoded):
        return Refusal.SAME_AGAIN
    # Others on their way do not count: the first that come are kept.
    return None if arriving.has_room(session, photo.sent_by, Photo.objects.kept()) else Refusal.TOO_MANY


def _next_number(session: LockedSession) -> int:
    return int(session.photos.aggregate(last=Max("number"))["last"] or 0) + 1


def _refuse(photo: Photo, refusal: Refusal) -> None:
    with transaction.atomic():
        actions.lock_session(photo.session_id)
        _lock(photo)
        _record_refusal(photo, refusal)
    log.info("photo_refused", session=photo.session_id, photo=photo.pk, refusal=refusal)


def _record_refusal(photo: Photo, refusal: Refusal) -> None:
    """Due once more, so that nothing of it stays in the storage."""
    CLAIMS.release(photo, state=Photo.State.REFUSED, refusal=refusal, attempts=0, due_at=ClockTime())
    if photo.message_id is not None:
        _tell_sender(photo, refusal)


def _tell_sender(photo: Photo, refusal: Refusal) -> None:
    """One line, on their phone alone. Whoever uploaded it reads it on the page."""
    binding = bindings.of_person(photo.sent_by)
    # Of ten small pictures in one message, one line says so.
    told = Photo.objects.filter(message=photo.message_id, state=Photo.State.REFUSED, refusal=refusal)
    if binding is None or photo.sent_by.contact.opted_out_at is not None or told.exclude(pk=photo.pk).exists():
        return
    outgoing.queue_text(
        contact=photo.sent_by.contact,
        sender=binding.sender,
        session=photo.session,
        reason="photo not kept",
        body=in_each_language(partial(refusals.line, refusal)),
    )


def _forget(photo: Photo) -> None:
    """Nobody wants it kept any more."""
    storage.delete(photo)
    CLAIMS.mine(photo).delete()


def _try_again(photo: Photo, error: Exception) -> None:
    log.warning("photo_not_fetched", photo=photo.pk, attempts=photo.attempts, error=type(error).__name__)
    pause = in_seconds(backoff.PHOTO.pause_after(photo.attempts))
    if isinstance(error, storage.StorageTrouble | AccountTrouble):
        # Ours to put right, and no fault of the picture's: it waits as long as that takes.
        if photo.attempts > 1:
            _report_trouble(error)
        CLAIMS.release(photo, due_at=pause)
    # Twilio may list a file a moment before it can be had, so even a refusal is asked about once more.
    elif backoff.PHOTO.is_used_up(photo.attempts) or (_is_permanent(error) and photo.attempts > 1):
        _refuse(photo, Refusal.GONE)
    else:
        CLAIMS.release(photo, due_at=pause)


def _is_permanent(error: Exception) -> bool:
    return isinstance(error, FileNotFoundError) or (isinstance(error, GatewayError) and error.permanent)


def _report_trouble(error: Exception) -> None:
    is_storage = isinstance(error, storage.StorageTrouble)
    what = (
        f"the photo storage does not work ({error})" if is_storage else f"Twilio does not give them to us ({error})"
    )
    Problem.report(
        WAITING,
        what=f"Photos wait: {what}.",
        to_do="Put it right; the photos are then fetched on their own. For the storage, PHOTO_STORAGE says where it is.",
    )
