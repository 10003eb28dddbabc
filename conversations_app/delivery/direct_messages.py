"""Texts to one phone by the Messages API, each at most once, and in the order of their rows.

Every send that we address ourselves passes here, so this is where opt-outs and windows are looked at.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from conversations_app import backoff
from conversations_app.claims import ClaimLost, Claims
from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.gateway import api, delivery_errors, media
from conversations_app.gateway.errors import AccountTrouble, GatewayError, OptedOut, TwilioRefused
from conversations_app.inbound import receipts
from conversations_app.membership import leaving
from conversations_app.models import WINDOW_SHUT, Delivery, Problem
from conversations_app.outbox import links
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.addresses import masked

log = structlog.get_logger()

# Longer than a call to Twilio can take; renewed before each.
CLAIMS = Claims(Delivery.objects.filter(state=Delivery.State.WAITING), lease_s=45)
# Later, the text would answer something that the person has long moved on from, and those behind it wait.
GIVE_UP_AFTER = timedelta(minutes=2)
# One phone with very many texts must not keep a worker from all the others.
MOST_IN_A_ROW = 50
# One problem for all texts, since the account's trouble hits each of them alike.
ACCOUNT_TROUBLE = "texts-account"


def due_texts(limit: int) -> list[int]:
    return list(claimable().order_by("pk").values_list("pk", flat=True)[:limit])


def claimable() -> QuerySet[Delivery]:
    """Those that can be sent now: due, in nobody's hands, and the first of their phone.

    Twilio promises no order between two texts that are under way at once, so each waits for the one before.
    """
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    earlier = waiting.filter(contact=OuterRef("contact"), sender=OuterRef("sender"), pk__lt=OuterRef("pk"))
    return waiting.filter(CLAIMS.free(), ~Exists(earlier), due_at__lte=ClockTime())


def send_text(delivery_id: int) -> bool:
    """Send it, and then what else waits for the same phone, since each had to wait for the one before; False when it is
    not due or in other hands."""
    if not _send(delivery_id):
        return False
    done = Delivery.objects.get(pk=delivery_id)
    for _ in range(MOST_IN_A_ROW):
        following = claimable().filter(contact=done.contact_id, sender=done.sender_id).order_by("pk").first()
        if following is None or not _send(following.pk):
            break
    return True


def _send(delivery_id: int) -> bool:
    """False when it is not due or in other hands."""
    delivery = CLAIMS.take(
        claimable().select_related("contact", "sender", "session", "own_page"),
        delivery_id,
        # Counted before the call: of a try whose worker dies in it nobody knows whether Twilio has it.
        attempts=F("attempts") + 1,
        first_attempt_at=Coalesce("first_attempt_at", ClockTime()),
    )
    if delivery is None:
        return False
    if reason := _why_forbidden(delivery):
        _record_outcome(delivery, Delivery.State.REFUSED, reason)
    elif _is_window_shut(delivery):
        _mark_missed(delivery)
    else:
        _send_claimed(delivery)
    return True


def _why_forbidden(delivery: Delivery) -> str:
    """Looked at only now, since people opt out while texts wait."""
    if delivery.contact.opted_out_at is not None:
        return "They have opted out."
    # Refused rather than kept: by the time a channel is switched on again, its moment has passed.
    if delivery.sender.channel not in settings.CHANNELS_ENABLED:
        return f"{delivery.sender.channel} is switched off."
    if delivery.own_page and delivery.own_page.revoked_at is not None:
        return "Its link was revoked before it was sent."
    return ""


def _is_window_shut(delivery: Delivery) -> bool:
    """Approved templates (Content) may be sent at any time."""
    if delivery.content_sid:
        return False
    return not messaging_window.is_open(delivery.contact, delivery.sender, at=clock.now())


def _send_claimed(delivery: Delivery) -> None:
    try:
        sid = _find_already_sent(delivery)
        if sid is None:
            files = _media_links(delivery)
            CLAIMS.renew(delivery)
            sid = _post(delivery, files)
    except ClaimLost:
        pass  # the worker that has it now finds what we may have sent
    except GatewayError as error:
        _handle_failure(delivery, error)
    else:
        CLAIMS.release(delivery, sid=sid, state=Delivery.State.SENT, error="")
        if delivery.error:
            # It failed before, perhaps through the account: only then is a problem likely to be open.
            Problem.resolve(ACCOUNT_TROUBLE)


def _media_links(delivery: Delivery) -> list[str]:
    """When a file cannot be fetched, the words go out without it."""
    found = []
    for file in list(delivery.media):
        try:
            found.append(_link_to(delivery, file))
        except TwilioRefused as error:
            Problem.report(
                f"file-of-text-{delivery.pk}",
                session=delivery.session,
                what=f"A picture or file did not reach {masked(delivery.contact.address)}: {error.words}.",
                to_do="Ask whoever sent it to send it again, if it matters.",
            )
    return found


def _link_to(delivery: Delivery, file: str) -> str:
    """An address from which Twilio can fetch the file, which it does without credentials. An account may protect what
    people sent us; then the file is uploaded to the media service, whose links are open to anybody for some minutes."""
    CLAIMS.renew(delivery)
    # What came in a Conversation has a sid of the media service (ME…), what came as a text an address.
    if not file.startswith("ME"):
        if media.is_open_to_all(file):
            return file
        CLAIMS.renew(delivery)
        found = media.fetch(file)
        CLAIMS.renew(delivery)
        sid = media.upload(found)
        # Kept, so that another try need not upload it again, and so that it can be deleted once it is not needed.
        delivery.media = [sid if one == file else one for one in delivery.media]
        CLAIMS.mine(delivery).update(media=delivery.media)
        file = sid
        CLAIMS.renew(delivery)
    return media.link_to(file)


def _whole_text(delivery: Delivery) -> str:
    """With the link to somebody's own page, if it is for that: at each try the same, as it is made from its row."""
    return f"{delivery.body}\n{links.own_page_url(delivery.own_page)}" if delivery.own_page else delivery.body


def _post(delivery: Delivery, files: list[str]) -> str:
    return api.send_text(
        sender=delivery.sender.address,
        to=delivery.contact.address,
        body=_whole_text(delivery),
        media=files,
        # With our own id, since a callback can overtake the answer that brings Twilio's.
        status_callback=f"{settings.PUBLIC_BASE_URL}/webhooks/sms/status?ref={delivery.ref}",
        content_sid=delivery.content_sid,
        content_variables=delivery.content_variables,
    )


def _find_already_sent(delivery: Delivery) -> str | None:
    """The sid of what an earlier try sent whose answer never came.

    The Messages API keeps no id of ours, so a text with the same words that no row of ours has yet, sent since this one
    was queued, is taken for it.
    """
    if delivery.attempts <= 1:
        return None
    listed = api.texts_sent(sender=delivery.sender.address, to=delivery.contact.address, since=delivery.created_at)
    claimed = set(Delivery.objects.filter(sid__in=[sid for sid, _ in listed]).values_list("sid", flat=True))
    claimed.update(_missed_sids(delivery))
    return next((sid for sid, body in listed if body == _whole_text(delivery) and sid not in claimed), None)


def _missed_sids(delivery: Delivery) -> Iterator[str]:
    """Of the phone's texts that met a closed window: Twilio lists them still, and they reached nobody."""
    of_phone = Delivery.objects.filter(contact=delivery.contact_id, sender=delivery.sender_id)
    return chain.from_iterable(of_phone.exclude(missed_sids=[]).values_list("missed_sids", flat=True))


def _mark_missed(delivery: Delivery) -> None:
    """WhatsApp would refuse it. A missed message of the group is noted, so that they get it when they write again."""
    _record_outcome(delivery, Delivery.State.MISSED, "Their 24-hour WhatsApp window is shut.")
    receipts.record_copy_status(delivery, status="undelivered", error_code=WINDOW_SHUT)


def _handle_failure(delivery: Delivery, error: GatewayError) -> None:
    # 21610: Twilio or the carrier has heard a STOP that never reached us.
    if isinstance(error, OptedOut):
        with transaction.atomic():
            leaving.opt_out(delivery.contact, at=clock.now())
    if isinstance(error, AccountTrouble):
        Problem.report(
            ACCOUNT_TROUBLE,
            what=f"Texts to single phones wait: {error.words}.",
            to_do="Fix the account at Twilio; the texts then go out on their own.",
        )
    waited = timezone.now() - (delivery.first_attempt_at or timezone.now())
    if error.permanent or (waited > GIVE_UP_AFTER and not isinstance(error, AccountTrouble)):
        # Held texts may have gone out unseen, so a person decides whether to send them again.
        state = Delivery.State.REFUSED if error.permanent else Delivery.State.HELD
        _record_outcome(delivery, state, error.words)
        Problem.report(
            f"text-{delivery.pk}",
            session=delivery.session,
            what=f"{delivery.in_words()} did not reach {masked(delivery.contact.address)}: {error.words}.",
            to_do="If it matters, choose “Send again” in the list of deliveries."
            if state == Delivery.State.HELD
            else delivery_errors.to_do(str(error.code or "")),
        )
        return
    pause = backoff.after(error, failures=delivery.attempts)
    # The account's trouble may last for hours, which are no tries of this text's.
    since = None if isinstance(error, AccountTrouble) else delivery.first_attempt_at
    CLAIMS.release(delivery, due_at=in_seconds(pause), error=error.words[:300], first_attempt_at=since)


def _record_outcome(delivery: Delivery, state: Delivery.State, why: str) -> None:
    CLAIMS.release(delivery, state=state, error=why[:300])
