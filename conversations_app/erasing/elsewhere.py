"""Takes what somebody wants forgotten out of Twilio and the photo storage: due work, tried until it is done."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from conversations_app import backoff
from conversations_app.claims import ClaimLost, Claims
from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.erasing import rows
from conversations_app.errors import TryAgainLater, WaitReason
from conversations_app.gateway import api, media
from conversations_app.gateway.errors import AccountTrouble, ConversationClosed, GatewayError, NotFoundAtTwilio
from conversations_app.models import Binding, Conversation, Delivery, Problem, Removal, Sender
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Photo
from sessions_app.photos import storage

log = structlog.get_logger()

# Longer than a call to Twilio can take; renewed before each.
CLAIMS = Claims(Removal.objects.all(), lease_s=45)
STAFF_HEAR_AFTER = 6
# What Twilio refused for good, staff may have done by hand until then; then it is found to be gone.
ASK_AGAIN_S = 24 * 3600.0


def due_removals(limit: int) -> list[int]:
    due = Removal.objects.filter(CLAIMS.free(), due_at__lte=ClockTime())
    return list(due.order_by("due_at").values_list("pk", flat=True)[:limit])


def carry_out(removal_id: int) -> bool:
    """False when it is not due or in other hands."""
    removal = CLAIMS.take(
        Removal.objects.filter(due_at__lte=ClockTime()).select_related("contact", "sender", "participant", "session"),
        removal_id,
        attempts=F("attempts") + 1,
    )
    if removal is None:
        return False
    try:
        _DO[Removal.What(removal.what)](removal)
    except ClaimLost:
        pass  # the worker that has it now finds it done, or does it
    except TryAgainLater as wait:
        CLAIMS.release(removal, due_at=in_seconds(wait.pause_s), attempts=removal.attempts - 1)
    except GatewayError as error:
        _put_off(
            removal, error.words, is_permanent=error.permanent, is_the_accounts=isinstance(error, AccountTrouble)
        )
    except Exception as error:
        # Whatever it was, what somebody wants gone must not be given up silently.
        log.exception("not_removed_elsewhere", removal=removal.pk, what=removal.what)
        _put_off(removal, f"a fault of ours ({type(error).__name__})", is_permanent=False, is_the_accounts=False)
    else:
        CLAIMS.mine(removal).delete()
        if removal.error:
            Problem.resolve(_problem_key(removal))
    return True


def _put_off(removal: Removal, why: str, *, is_permanent: bool, is_the_accounts: bool) -> None:
    pause_s = ASK_AGAIN_S if is_permanent else backoff.REMOVAL.pause_after(removal.attempts)
    CLAIMS.release(removal, due_at=in_seconds(pause_s), error=why[:300])
    if is_permanent or is_the_accounts or removal.attempts >= STAFF_HEAR_AFTER:
        Problem.report(
            _problem_key(removal),
            session=removal.session,
            what=f"{removal.get_what_display()[0].upper()}{removal.get_what_display()[1:]} that somebody wants forgotten "
            f"is still there: {why}.",
            to_do=f"Delete {removal.subject} by hand if you can; we try again, and this goes once it is gone.",
        )


def _problem_key(removal: Removal) -> str:
    return f"removal-{removal.what}-{removal.subject}"


# --- at Twilio --------------------------------------------------------------------------------------------------------


def _empty_line(removal: Removal) -> None:
    CLAIMS.renew(removal)
    try:
        # The records of its copies first: only the line itself leads to them.
        for copy in api.copies_of(removal.conversation_sid, removal.subject):
            _delete_one_text(removal, copy)
        CLAIMS.renew(removal)
        if removal.has_files:
            for file in api.files_of(removal.conversation_sid, removal.subject):
                CLAIMS.renew(removal)
                media.delete_from_conversation(file)
            api.delete_line(removal.conversation_sid, removal.subject)
        else:
            ref = str(removal.ref) if removal.ref else ""
            api.empty_line(removal.conversation_sid, removal.subject, ref=ref)
    except NotFoundAtTwilio:
        pass
    except ConversationClosed:
        rows.note_ended_conversation(removal.conversation_sid, removal.session)


def _delete_conversation(removal: Removal) -> None:
    """Nothing in it can be changed any more, so it goes as a whole: everybody else's lines are in our transcript."""
    known = Conversation.objects.filter(sid=removal.conversation_sid)
    lines = Removal.objects.filter(what=Removal.What.LINE, conversation_sid=removal.conversation_sid)
    # What was said last may be nowhere but there; and only its lines lead to the records of their copies.
    if lines.exists() or known.filter(looked_at_closed=False).exists():
        raise TryAgainLater(WaitReason.TWILIO, pause_s=30)
    CLAIMS.renew(removal)
    with suppress(NotFoundAtTwilio):
        api.delete_conversation(removal.conversation_sid)


def _delete_text(removal: Removal) -> None:
    _delete_one_text(removal, removal.subject)


def _delete_one_text(removal: Removal, sid: str) -> None:
    CLAIMS.renew(removal)
    with suppress(NotFoundAtTwilio):
        api.delete_text(sid)


def _delete_texts(removal: Removal) -> None:
    """Also those that a Conversation took in, of which we never learned Twilio's id."""
    assert removal.contact and removal.sender and removal.since and removal.until
    CLAIMS.renew(removal)
    phone, number = removal.contact.address, removal.sender.address
    sids = api.texts_between(sender=number, phone=phone, since=removal.since, until=removal.until)
    wanted = Delivery.objects.filter(sid__in=sids).exclude(body="").values_list("sid", flat=True)
    for sid in set(sids).difference(wanted):
        _delete_one_text(removal, sid)


# --- here -------------------------------------------------------------------------------------------------------------


def _delete_files(removal: Removal) -> None:
    storage.delete(Photo(folder=UUID(removal.subject)))


def _empty_latecomers(removal: Removal) -> None:
    """What they had written, and was not in yet when everything else was emptied."""
    person, until = removal.participant, removal.until
    assert person and until
    with transaction.atomic():
        actions.lock_session(person.session_id)
        late = person.messages.filter(removed_at=None, at__lte=until)
        gone = list(late.values_list("pk", flat=True))
        rows.note_lines_at_twilio(person.session, gone)
        rows.empty_messages(gone, until)
        Delivery.objects.filter(message__in=gone).update(body="", media=[])
        rows.note_what_was_being_sent(person.session, removal.created_at)


def _drop_number(removal: Removal) -> None:
    """The row stays for the sake of those that refer to it, with a name in place of the number; unless they have opted
    out, which only the number can tell us the next time."""
    contact = removal.contact
    assert contact
    still_needed = (
        Binding.objects.held().filter(participant__contact=contact).exists()
        or Delivery.objects.filter(contact=contact, state=Delivery.State.WAITING).exists()
        or Removal.objects.filter(contact=contact).exclude(pk=removal.pk).exists()
        or Removal.objects.filter(participant__contact=contact).exists()
    )
    if still_needed:
        raise TryAgainLater(WaitReason.LEAVING, pause_s=30)
    # What we told them last among it.
    for sender in Sender.objects.filter(windows__contact=contact).distinct():
        CLAIMS.renew(removal)
        for sid in api.texts_between(
            sender=sender.address, phone=contact.address, since=contact.created_at, until=clock.now()
        ):
            _delete_one_text(removal, sid)
    rows.empty_contact(contact)


_DO: dict[Removal.What, Callable[[Removal], None]] = {
    Removal.What.LINE: _empty_line,
    Removal.What.CONVERSATION: _delete_conversation,
    Removal.What.TEXT: _delete_text,
    Removal.What.TEXTS: _delete_texts,
    Removal.What.PHOTO: _delete_files,
    Removal.What.LATECOMERS: _empty_latecomers,
    Removal.What.NUMBER: _drop_number,
}
