"""The lease of the worker that talks to Twilio for a session: on the session's row, and by the database's clock."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, QuerySet

from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.models import Binding, Message
from sessions_app import actions
from sessions_app.models import Session

# Longer than a call to Twilio can take; renewed before each.
LEASE_S = 45


class LeaseLost(Exception):
    """Another worker has taken over; it looks for what this one did."""


def due_sessions() -> QuerySet[Session]:
    """Those that wait for Twilio and are in nobody's hands."""
    free = Q(delivery_until__isnull=True) | Q(delivery_until__lt=ClockTime())
    return Session.objects.filter(free, delivery_due_at__lte=ClockTime())


@dataclass(frozen=True)
class Lease:
    session_id: int
    generation: int

    @classmethod
    def take(cls, session_id: int) -> "Lease | None":
        taken = (
            due_sessions()
            .filter(pk=session_id)
            .update(delivery_until=in_seconds(LEASE_S), delivery_generation=F("delivery_generation") + 1)
        )
        if not taken:
            return None
        return cls(session_id, Session.objects.values_list("delivery_generation", flat=True).get(pk=session_id))

    def renew(self) -> None:
        """Before each call to Twilio. Raises LeaseLost."""
        mine = Session.objects.filter(pk=self.session_id, delivery_generation=self.generation)
        if not mine.update(delivery_until=in_seconds(LEASE_S)):
            raise LeaseLost

    def hold(self) -> Session:
        """Inside a transaction: the locked session, surely still ours. Raises LeaseLost."""
        session = actions.lock_session(self.session_id)
        if session.delivery_generation != self.generation:
            raise LeaseLost
        return session

    def release(self, *, pause_s: float) -> None:
        """Give it back; due again after a pause while anything is left, which the row lock makes sure of."""
        with transaction.atomic():
            session = actions.lock_session(self.session_id)
            if session.delivery_generation == self.generation:
                due = in_seconds(pause_s) if _is_anything_left(session) else None
                Session.objects.filter(pk=session.pk).update(delivery_until=None, delivery_due_at=due)


def _is_anything_left(session: Session) -> bool:
    bindings = Binding.objects.filter(participant__session=session)
    sleeps = session.status == Session.Status.DORMANT and not bindings.held().exists()
    return (
        bool(session.moving_to and not sleeps)
        or bindings.filter(Q(state__in=[Binding.State.BINDING, Binding.State.UNBINDING]) | _changes_over()).exists()
        or session.messages.filter(state=Message.State.WAITING).exists()
        or (session.status == Session.Status.DORMANT and bindings.held().exists())
    )


def _changes_over() -> Q:
    return Q(state=Binding.State.FREED, then_join__isnull=False)
