"""Makes the phones match our rows, one worker a session at a time: who is in the group, and our messages in order.

The lease is renewed before every call to Twilio, for longer than a call can take; a worker that finds its generation
overtaken stops. So a call is never made by two workers, and on any try but a message's first, Twilio is asked for our
id before the message is posted again.
"""

from collections.abc import Callable
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, Q, QuerySet

from conversations_app import backoff
from conversations_app.claims import ClaimLost
from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.delivery import ending, transport_moves, transports
from conversations_app.delivery.leases import Lease, due_sessions
from conversations_app.errors import TryAgainLater
from conversations_app.gateway.errors import AccountTrouble, GatewayError
from conversations_app.membership import bindings, leaving
from conversations_app.models import Binding, Message, Problem
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words
from matchmaker import clock
from sessions_app.models import LockedSession, Session

log = structlog.get_logger()

# What Twilio refuses for good it will hardly do in half a minute. Until then staff may have removed the person by hand.
ASK_AGAIN_FOR_REMOVAL_S = 3600
NOT_REMOVED = "not-removed-"


def due_deliveries(limit: int) -> list[int]:
    """Ids of sessions that wait for Twilio and are in nobody's hands."""
    return list(due_sessions().order_by("delivery_due_at").values_list("pk", flat=True)[:limit])


def deliver(session_id: int) -> bool:
    """Do what waits for Twilio; False when nothing is due or another worker has the session."""
    lease = Lease.take(session_id)
    if lease is None:
        return False
    # Stays where a fault of ours ends the round, which would only repeat itself at once.
    pause = backoff.TWILIO.longest_s
    try:
        pause = _deliver_all(lease)
    except ClaimLost:
        log.warning("delivery_lease_lost", session=session_id)
    except GatewayError as error:
        log.warning("delivery_put_off", session=session_id, code=error.code, error=type(error).__name__)
        pause = backoff.after(error, failures=backoff.UNCOUNTED)
        # No single message is to blame, so everything waits until staff have put it right.
        if error.permanent or isinstance(error, AccountTrouble):
            pause = backoff.TWILIO.longest_s
            _tell_staff_of_trouble(session_id, error.words)
    except TryAgainLater as wait:
        pause = wait.pause_s
    # One session's fault must not keep this worker from all the others.
    except Exception as error:
        log.exception("delivery_failed", session=session_id)
        _tell_staff_of_trouble(session_id, f"a fault of ours, {type(error).__name__}")
    finally:
        lease.release(pause_s=pause)
    return True


def _tell_staff_of_trouble(session_id: int, why: str) -> None:
    session = Session.objects.get(pk=session_id)
    Problem.report(
        _problem(session_id),
        session=session,
        what=f"Nothing reaches the phones of {session.code}: {why}.",
        to_do="We retry every half minute. Check the account and the service at Twilio.",
    )


def _problem(session_id: int) -> str:
    return f"delivery-{session_id}"


def _deliver_all(lease: Lease) -> float:
    """Do everything that can be done now. Returns the seconds to wait if something is left.

    People are removed and added before messages are sent, so that those who left read nothing more and newcomers do.
    """
    # Asked along with the session, so that a delivery without trouble costs no query more.
    trouble = Problem.objects.open().filter(key=_problem(lease.session_id))
    session: Any = Session.objects.annotate(is_in_trouble=Exists(trouble)).get(pk=lease.session_id)
    if session.moving_to:
        transport_moves.continue_move(lease)
        session.refresh_from_db()
        if session.moving_to and transport_moves.is_settled(session):
            return 0.0  # it sleeps on: another app still answers there
    transport = transports.of(session)
    _remove_participants(lease, transport)
    if session.status != Session.Status.CLOSED:
        transport.add_participants(lease)
    pause = transport.send(lease)
    # Nothing waits any more: its goodbye is said.
    if pause == 0.0 and session.status == Session.Status.DORMANT:
        transport.end(lease)
    if pause == 0.0 and session.status == Session.Status.CLOSED:
        ending.end_at_twilio(lease)
    if pause == 0.0 and session.is_in_trouble:
        Problem.resolve(_problem(session.pk))
    return pause


def _remove_participants(lease: Lease, transport: transports.Transport) -> None:
    of_session = Binding.objects.filter(participant__session=lease.session_id)
    going = of_session.filter(state=Binding.State.UNBINDING)
    due = going.filter(Q(removal_due_at=None) | Q(removal_due_at__lte=ClockTime()))
    for binding in due.select_related("participant__contact", "conversation"):
        try:
            transport.remove_participant(lease, binding)
        except GatewayError as error:
            if not error.permanent:
                raise  # Twilio's trouble, in which the others would fare the same
            _leave_in_for_now(lease, going.filter(pk=binding.pk), binding, error)
            continue
        with transaction.atomic():
            session = lease.hold()
            bindings.free(going.filter(pk=binding.pk))
            _announce_removal(session, binding)
    # All of them, not only those just freed: a worker may have died between the two steps.
    for binding in of_session.filter(state=Binding.State.FREED, then_join__isnull=False):
        leaving.finish_switch(binding)


def _leave_in_for_now(lease: Lease, going: QuerySet[Binding], binding: Binding, error: GatewayError) -> None:
    """One person whom Twilio keeps must not keep everybody's messages back."""
    with transaction.atomic():
        session = lease.hold()
        going.update(removal_due_at=in_seconds(ASK_AGAIN_FOR_REMOVAL_S))
    log.warning("not_removed", session=session.pk, binding=binding.pk, code=error.code)
    Problem.report(
        f"{NOT_REMOVED}{binding.pk}",
        session=session,
        what=f"{binding.participant} is out of {session.code} but still gets its messages: Twilio refused to remove them. "
        f"{error.words[0].upper()}{error.words[1:]}.",
        to_do="Remove them from the Conversation in Twilio's console. Until then we retry every hour.",
    )


def retry_refused_removals() -> None:
    """Beat's job: ask Twilio again where an hour has passed, and solve the problems of those who are out by now,
    whoever removed them."""
    refused = Binding.objects.filter(state=Binding.State.UNBINDING, removal_due_at__isnull=False)
    due = refused.filter(removal_due_at__lte=ClockTime()).values("participant__session")
    Session.objects.filter(pk__in=due, delivery_due_at=None).update(delivery_due_at=ClockTime())
    still_in = [f"{NOT_REMOVED}{pk}" for pk in refused.values_list("pk", flat=True)]
    Problem.objects.filter(key__startswith=NOT_REMOVED).exclude(key__in=still_in).resolve()


def _announce_removal(session: LockedSession, binding: Binding) -> None:
    """To the others; of whoever leaves with the whole group nothing is said."""
    words = _ANNOUNCEMENTS.get(binding.why_out)
    if words is not None:
        outgoing.queue_message(
            session=session,
            kind=Message.Kind.ANNOUNCEMENT,
            body=words(binding.participant.name),
            at=clock.now(),
        )


_ANNOUNCEMENTS: dict[str, Callable[[str], Words]] = {
    Binding.RemovalReason.LEFT: wording.left,
    Binding.RemovalReason.STOPPED: wording.has_stopped,
    Binding.RemovalReason.REMOVED: wording.was_removed,
}
