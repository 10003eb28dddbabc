"""Ends a session, here and at Twilio, so that its phones are free for another one."""

import time

from django.db import transaction

from conversations_app.db_clock import ClockTime
from conversations_app.delivery.leases import LEASE_S, Lease
from conversations_app.delivery.transports import broadcast, conversations
from conversations_app.membership import bindings
from conversations_app.models import Binding
from conversations_app.outbox import outgoing
from sessions_app import actions
from sessions_app.models import LockedSession, Session


class StillBusy(Exception):
    """A worker has been talking to Twilio about this session for longer than it may."""


def end_session(session: Session) -> None:
    """Close it for good. Raises StillBusy, and GatewayError when Twilio could not be told."""
    lease = _take_lease(session.pk)
    try:
        _stop(lease)
        end_at_twilio(lease)
    finally:
        lease.release(pause_s=1.0)


def _take_lease(session_id: int) -> Lease:
    """Deliveries hold the same lease, so no Conversation is being made or filled while we close them."""
    # A worker that died holds its lease for as long as this.
    deadline = time.monotonic() + LEASE_S + 5
    while time.monotonic() < deadline:
        # Only a due session can be claimed, and whoever has it now may leave nothing due.
        Session.objects.filter(pk=session_id).update(delivery_due_at=ClockTime())
        lease = Lease.take(session_id)
        if lease is not None:
            return lease
        time.sleep(0.05)
    raise StillBusy


def end_at_twilio(lease: Lease) -> None:
    """By both transports, since a session that was moved may have left something on the other one."""
    conversations.end(lease)
    broadcast.end(lease)


def _stop(lease: Lease) -> None:
    with transaction.atomic():
        close_here(lease.hold())


def close_here(session: LockedSession) -> None:
    """Nobody joins any more, and nothing that waits is said. The caller asks for a delivery, which ends at Twilio what is
    closed here."""
    Session.objects.filter(pk=session.pk).update(
        status=Session.Status.CLOSED, moving_to="", turn_due_at=None, batch_opened_at=None
    )
    # Nothing queued before the end is said after it.
    outgoing.refuse_waiting(session.pk, "The session was ended.")
    actions.close_question(session=session, at=session.last_activity_at)
    # Who was only just coming in is not let in any more; whatever Twilio knows of them ends with the Conversation.
    coming = Binding.objects.filter(participant__session=session, state=Binding.State.BINDING)
    bindings.free(coming, Binding.RemovalReason.ENDED)
    session.refresh_from_db(fields=["status", "moving_to"])
