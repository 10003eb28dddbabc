"""Gives sessions that woke here back to the older app: they sleep here again, and their phones are free."""

import time
from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from conversations_app.delivery.session_delivery import deliver
from conversations_app.models import Binding, Conversation
from conversations_app.outbox import outgoing
from sessions_app import actions
from sessions_app.legacy.models import REHEARSAL
from sessions_app.models import Session

# Per session. The workers go on by themselves, so giving up early only means running the command again.
PATIENCE_S = 120
LOOK_EVERY_S = 0.3


class NotGivenBack(Exception):
    """Why not, in words for staff."""


def awake_ones(codes: Collection[str]) -> QuerySet[Session]:
    """Imported sessions that are awake here or still hold phones; only these codes, if any are given."""
    held = Binding.objects.held().filter(participant__session=OuterRef("pk"))
    asleep = Q(status=Session.Status.DORMANT) & ~Exists(held)
    found = Session.objects.filter(legacy_import__isnull=False).exclude(legacy_import__key__startswith=REHEARSAL)
    found = found.exclude(asleep).exclude(status=Session.Status.CLOSED)
    return found.filter(code__in=codes).order_by("code") if codes else found.order_by("code")


def give_back(session: Session) -> None:
    """Without telling the group. What people wrote is passed on first, then Twilio releases their phones, so that what
    they write next reaches the older app. Raises NotGivenBack."""
    _put_to_sleep(session)
    deadline = time.monotonic() + PATIENCE_S
    while Binding.objects.held().filter(participant__session=session).exists():
        if time.monotonic() > deadline:
            raise NotGivenBack(
                "Twilio has not released its phones yet; the workers keep trying, and you can run this again"
            )
        deliver(session.pk)
        time.sleep(LOOK_EVERY_S)


def _put_to_sleep(session: Session) -> None:
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        if locked.moving_to:
            raise NotGivenBack("it is being moved to the other transport right now")
        if locked.conversations.filter(state=Conversation.State.CREATING).exists():
            raise NotGivenBack("it is waking right now; run this again in a minute")
        if locked.status not in {Session.Status.ACTIVE, Session.Status.DORMANT}:
            state = str(Session.Status(locked.status).label).lower()
            raise NotGivenBack(f"staff are looking after it ({state}); let the matchmaker resume first")
        Session.objects.filter(pk=locked.pk).update(
            status=Session.Status.DORMANT, turn_due_at=None, batch_opened_at=None
        )
        outgoing.request_delivery(locked)
