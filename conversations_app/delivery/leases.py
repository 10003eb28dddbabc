"""The lease of the worker that talks to Twilio for a session: on the session's row, and by the database's clock."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from conversations_app.claims import ClaimLost, Claims
from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.models import Binding, Conversation, Message
from sessions_app import actions
from sessions_app.models import LockedSession, Session

# Longer than a call to Twilio can take; renewed before each.
LEASE_S = 45
CLAIMS = Claims(Session.objects.all(), LEASE_S, until="delivery_until", generation="delivery_generation")


def due_sessions() -> QuerySet[Session]:
    """Those that wait for Twilio and are in nobody's hands."""
    return Session.objects.filter(CLAIMS.free(), delivery_due_at__lte=ClockTime())


@dataclass(frozen=True)
class Lease:
    claimed: Session

    @property
    def session_id(self) -> int:
        return self.claimed.pk

    @classmethod
    def take(cls, session_id: int) -> "Lease | None":
        session = CLAIMS.take(due_sessions(), session_id)
        return cls(session) if session else None

    def renew(self) -> None:
        """Before each call to Twilio. Raises ClaimLost."""
        CLAIMS.renew(self.claimed)

    def hold(self) -> LockedSession:
        """Inside a transaction: the session, locked and surely still ours. Raises ClaimLost."""
        session = actions.lock_session(self.session_id)
        # Under the row lock, or another worker could take over between this look and our writing.
        if session.delivery_generation != self.claimed.delivery_generation:
            raise ClaimLost
        return session

    def release(self, *, pause_s: float) -> None:
        """Give it back; due again after a pause while anything is left.

        Whoever leaves something to deliver does so under the session's row lock. Holding it here, nothing can be left
        between our look and the moment at which the session stops being due.
        """
        with transaction.atomic():
            session = actions.lock_session(self.session_id)
            due = in_seconds(pause_s) if _is_anything_left(session) else None
            CLAIMS.release(self.claimed, delivery_due_at=due)


def _is_anything_left(session: Session) -> bool:
    bindings = Binding.objects.filter(participant__session=session)
    sleeps = session.status == Session.Status.DORMANT and not bindings.held().exists()
    return (
        # A sleeping session's move is finished by whoever wakes it.
        bool(session.moving_to and not sleeps)
        or bindings.filter(Q(state=Binding.State.BINDING) | _to_be_removed() | _joins_another_group()).exists()
        or session.messages.filter(state=Message.State.WAITING).exists()
        or (session.status in (Session.Status.DORMANT, Session.Status.CLOSED) and bindings.held().exists())
        # A session that sleeps keeps the Conversation in which it wakes; of a closed one, Twilio may not have heard yet.
        or (session.status == Session.Status.CLOSED and _has_open_conversation(session))
    )


def _to_be_removed() -> Q:
    """Whom Twilio has refused to remove is not waited for: the sweep makes the session due again when their time has
    come."""
    return Q(state=Binding.State.UNBINDING) & (Q(removal_due_at=None) | Q(removal_due_at__lte=ClockTime()))


def _has_open_conversation(session: Session) -> bool:
    return session.conversations.exclude(state=Conversation.State.CLOSED).exists()


def _joins_another_group() -> Q:
    # The old number is free, and they wait to be let into the group for which they left.
    return Q(state=Binding.State.FREED, then_join__isnull=False)
