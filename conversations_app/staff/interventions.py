"""What staff do to a session, from the command line or the admin. `by` is who did it, for the log."""

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now

from conversations_app.db_clock import ClockTime
from conversations_app.delivery import ending
from conversations_app.erasing import panic
from conversations_app.membership import bindings, joining
from conversations_app.models import Binding, Delivery, Message, Problem
from conversations_app.naming.name_prefix import room_beside
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.ai.safety.rules import HOLDING
from matchmaker.characters import text_length
from sessions_app import actions, invites
from sessions_app.models import Invite, LockedSession, Participant, Session

log = structlog.get_logger()


class InterventionRefused(Exception):
    """Why the session is not in a state for it, in a sentence for staff."""


def say_as_staff(session: Session, text: str, *, by: str) -> Message:
    """Queue a message to the whole group. Raises InterventionRefused."""
    words = text.strip()
    with transaction.atomic():
        # Checked again under the lock: the page with the button may have been open while the session ended.
        locked = actions.lock_session(session.pk)
        check_can_say(locked, words)
        message = outgoing.queue_message(session=locked, kind=Message.Kind.STAFF, body=words, at=clock.now())
    log.info("staff_said", session=session.pk, message=message.pk, by=by)
    return message


def say_to_one(session: Session, person: Participant, text: str, *, by: str) -> None:
    """Queue a text to one phone, which the group does not see. Raises InterventionRefused."""
    words = text.strip()
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        binding = check_can_say_to_one(locked, person, words)
        outgoing.queue_text(
            contact=person.contact, sender=binding.sender, session=locked, reason="staff, to them alone", body=words
        )
    log.info("staff_said_to_one", session=session.pk, participant=person.pk, by=by)


def check_can_say_to_one(session: Session, person: Participant, text: str) -> Binding:
    """Raises InterventionRefused."""
    check_can_say(session, text)
    binding = bindings.of_person(person)
    if binding is None or person.contact.opted_out_at is not None:
        raise InterventionRefused(f"{person} is not in the chat of {session.code} any more.")
    # To a group, WhatsApp's window matters less: whoever misses the message is caught up. Here nobody else would read it.
    if not messaging_window.is_open(person.contact, binding.sender, at=clock.now()):
        raise InterventionRefused(
            f"WhatsApp lets nobody write to {person} now: they last wrote more than 24 hours ago."
        )
    return binding


def check_can_say(session: Session, text: str) -> None:
    """Raises InterventionRefused."""
    most = room_beside(settings.MATCHMAKER_NAME)
    if not text.strip():
        raise InterventionRefused("There is nothing to say: the text is empty.")
    if text_length(text.strip()) > most:
        raise InterventionRefused(
            f"The text has {text_length(text.strip())} characters; {most} are the most that phones get."
        )
    check_anybody_is_there(session)


def check_anybody_is_there(session: Session) -> None:
    """Raises InterventionRefused."""
    if session.status == Session.Status.CLOSED:
        raise InterventionRefused(f"{session.code} has ended, so nobody there can be reached.")
    if not bindings.has_bound_phones(session):
        raise InterventionRefused(
            f"The chat of {session.code} has ended for now: nobody is reached before somebody writes."
        )


def send_again(message: Message, *, by: str) -> None:
    """A held message gets two more minutes of attempts, ahead of those queued behind it. It keeps its attempt count, so
    we first ask Twilio whether it already has the message. Raises InterventionRefused."""
    with transaction.atomic():
        locked = actions.lock_session(message.session_id)
        check_can_send_again(Message.objects.select_related("session").get(pk=message.pk))
        Message.objects.filter(pk=message.pk).update(
            state=Message.State.WAITING, first_attempt_at=ClockTime(), error=""
        )
        outgoing.request_delivery(locked)
    Problem.objects.filter(key=f"unsent-{message.pk}", solved_at=None).update(solved_at=Now())
    log.info("staff_sent_again", session=message.session_id, message=message.pk, by=by)


def send_text_again(delivery: Delivery, *, by: str) -> None:
    """The same for a text to one phone. Raises InterventionRefused."""
    # One conditional update: of two members of staff who press the button at once, one is told that it is no longer held.
    held = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.HELD)
    if not held.update(
        state=Delivery.State.WAITING, due_at=ClockTime(), first_attempt_at=ClockTime(), leased_until=None, error=""
    ):
        raise InterventionRefused(f"Text {delivery.pk} is not held back.")
    Problem.objects.filter(key=f"text-{delivery.pk}", solved_at=None).update(solved_at=Now())
    log.info("staff_sent_text_again", delivery=delivery.pk, by=by)


def check_can_send_again(message: Message) -> None:
    """Raises InterventionRefused."""
    session = message.session
    if message.state != Message.State.HELD:
        raise InterventionRefused(f"Message {message.pk} is not held back.")
    if outgoing.is_obsolete(message):
        raise InterventionRefused(
            f"Message {message.pk} is the matchmaker's, and {session.code} is {_in_words(session)}."
        )
    check_anybody_is_there(session)


def pause(session: Session, *, by: str) -> None:
    """The matchmaker stays silent until the session is resumed. Raises InterventionRefused."""
    check_can_pause(session)
    # A conditional update, since a turn may have changed the session since the check.
    if not session.pause():
        raise InterventionRefused(f"{session.code} changed just now. Look at it again.")
    log.info("staff_paused", session=session.pk, by=by)


def check_can_pause(session: Session) -> None:
    if session.status != Session.Status.ACTIVE:
        raise InterventionRefused(f"{session.code} cannot be paused: it is {_in_words(session)}.")


def resume(session: Session, *, by: str) -> None:
    """Resume the matchmaker; messages that came meanwhile get a turn at once. Raises InterventionRefused."""
    check_can_resume(session)
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        if not locked.resume():
            raise InterventionRefused(f"{session.code} changed just now. Look at it again.")
        _restart_matchmaker(locked)
    session.status = locked.status
    log.info("staff_resumed", session=session.pk, by=by)


def _restart_matchmaker(locked: LockedSession) -> None:
    # The silence so far was ours. Left as it was, the idle job could close the chat straight after this.
    Session.objects.filter(pk=locked.pk).update(last_activity_at=clock.now())
    joining.wake(locked)
    # What people wrote meanwhile opened no batch, as nobody was to answer it then.
    if waiting_messages(locked):
        Session.objects.filter(pk=locked.pk).update(
            turn_due_at=ClockTime(), batch_opened_at=Coalesce(F("batch_opened_at"), ClockTime())
        )


def check_can_resume(session: Session) -> None:
    if session.status == Session.Status.SAFETY_HOLD:
        raise InterventionRefused(f"{session.code} is on safety hold: release the hold, or close the session.")
    if session.status not in {Session.Status.PAUSED, Session.Status.DORMANT}:
        raise InterventionRefused(f"{session.code} cannot be resumed: it is {_in_words(session)}.")


def release_hold(session: Session, *, by: str) -> None:
    """Staff have looked, and the matchmaker goes on; a profile that was sealed counts again. Raises
    InterventionRefused."""
    check_can_release(session)
    was_sealed = session.sealed_at is not None
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        if not actions.release_hold(session=locked):
            raise InterventionRefused(f"{session.code} changed just now. Look at it again.")
        _restart_matchmaker(locked)
        if bindings.has_bound_phones(locked):
            _announce(locked, wording.is_an_adult_after_all() if was_sealed else wording.goes_on_gently())
        _solve_hold(locked)
    # The change was made on the locked copy; the caller shows its own.
    session.refresh_from_db(fields=["status", "sealed_at", "is_adult"])
    log.info("staff_released_hold", session=session.pk, by=by)


def check_can_release(session: Session) -> None:
    if session.status != Session.Status.SAFETY_HOLD:
        raise InterventionRefused(f"{session.code} is not on safety hold: it is {_in_words(session)}.")


def unseal(session: Session, *, by: str) -> None:
    """Staff look at what somebody said who left by their panic word; from then on it is shown again. The problem stays
    open until they have seen to it. Raises InterventionRefused."""
    check_can_unseal(session)
    with transaction.atomic():
        people = panic.unseal(actions.lock_session(session.pk))
    log.info("staff_looked_at_sealed_words", session=session.pk, people=people, by=by)


def check_can_unseal(session: Session) -> None:
    """Raises InterventionRefused."""
    if not session.participants.exclude(sealed_at=None).exists():
        raise InterventionRefused(f"Nothing that anybody said in {session.code} is sealed.")


def close(session: Session, *, by: str) -> None:
    """End it for good. A worker says goodbye and ends it at Twilio; a sealed profile stays sealed. Raises
    InterventionRefused."""
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        check_can_close(locked)
        ending.close_here(locked)
        # With no phone to reach, the goodbye would only be reported to staff as something that could not be said.
        if bindings.has_bound_phones(locked):
            _announce(locked, wording.closed_by_staff())
        outgoing.request_delivery(locked)
        _solve_hold(locked)
    session.refresh_from_db(fields=["status"])
    log.info("staff_closed", session=session.pk, by=by)


def check_can_close(session: Session) -> None:
    if session.status == Session.Status.CLOSED:
        raise InterventionRefused(f"{session.code} is closed already.")


def _announce(locked: LockedSession, body: Words) -> None:
    outgoing.queue_message(session=locked, kind=Message.Kind.ANNOUNCEMENT, body=body, at=clock.now())


def _solve_hold(locked: LockedSession) -> None:
    """Staff have decided, so the problem that asked them to is closed."""
    keys = [Problem.under_age_key(locked), *(Problem.concern_key(concern, locked) for concern in HOLDING)]
    Problem.objects.filter(key__in=keys, solved_at=None).update(solved_at=Now())


def new_invite(session: Session, *, by: str) -> Invite:
    """A new invite code; the previous one stops working. Raises InterventionRefused."""
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        check_can_invite(locked)
        invite = invites.rotate_invite(locked, at=clock.now())
    log.info("staff_renewed_invite", session=session.pk, invite=invite.pk, by=by)
    return invite


def check_can_invite(session: Session) -> None:
    if session.status == Session.Status.CLOSED:
        raise InterventionRefused(f"Nobody can be invited to {session.code}: it is {_in_words(session)}.")


def waiting_messages(session: Session) -> int:
    """How many messages the matchmaker has not read yet."""
    return session.messages.filter(needs_turn=True, turn__isnull=True).count()


def _in_words(session: Session) -> str:
    return str(Session.Status(session.status).label).lower()
