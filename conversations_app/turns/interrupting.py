"""A turn that is being decided just now must not use what no longer counts."""

from django.db.models import F
from django.db.models.functions import Coalesce

from conversations_app.db_clock import ClockTime
from conversations_app.models import Message, Turn
from sessions_app.models import LockedSession, Participant, Session


def interrupt(session: LockedSession, why: str, *, of: Participant | None = None) -> None:
    """Its worker finds the turn abandoned, and changes nothing. `of`: only what this person wrote is left unread;
    what others wrote is read by the next turn."""
    open_turn = session.turns.filter(state=Turn.State.OPEN).first()
    if open_turn is not None:
        Turn.objects.filter(pk=open_turn.pk).update(state=Turn.State.ABANDONED, closed_at=ClockTime(), error=why)
    unread = session.messages.filter(needs_turn=True, turn=None)
    if of is None:
        unread.update(needs_turn=False)
        Session.objects.filter(pk=session.pk).update(turn_due_at=None, batch_opened_at=None)
        return
    unread.filter(author=of).update(needs_turn=False)
    if open_turn is not None:
        Message.objects.filter(turn=open_turn).exclude(author=of).update(turn=None)
        Session.objects.filter(pk=session.pk, status=Session.Status.ACTIVE).update(
            turn_due_at=ClockTime(), batch_opened_at=Coalesce(F("batch_opened_at"), ClockTime())
        )
