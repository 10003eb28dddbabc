"""What people do beside the chat, so that the matchmaker goes on from it: it becomes a line of the transcript that no
phone shows, and makes a turn due."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from conversations_app.db_clock import ClockTime
from conversations_app.models import Message
from sessions_app.models import LockedSession, Participant, Session


def note(*, session: LockedSession, person: Participant, what: str, at: datetime) -> Message:
    """`what`: in our words, for the model and for staff, such as "chose photos on their own page". Nothing of what the
    person said there, since the model's view is also what the group's talk is made from."""
    event = Message.objects.create(
        session=session,
        segment=session.segment,
        kind=Message.Kind.EVENT,
        author=person,
        body=what,
        at=at,
        needs_turn=True,
    )
    # At once: whoever tapped a button looks at their phone for what comes of it.
    Session.objects.filter(pk=session.pk).update(
        batch_opened_at=Coalesce(F("batch_opened_at"), ClockTime()),
        turn_due_at=Coalesce(F("turn_due_at"), ClockTime()),
    )
    return event
