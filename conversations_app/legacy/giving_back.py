"""Sessions that were taken over and woken, given back to the older app: asleep here again, and their phones free."""

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

PATIENCE_S = 120
LOOK_EVERY_S = 0.3


class NotGivenBack(Exception):
    """Why not, in words for staff."""


def awake_ones(codes: Collection[str]) -> QuerySet[Session]:
    """Imported sessions that live here, or still hold phones; of these codes, or all."""
    held = Binding.objects.held().filter(participant__session=OuterRef("pk"))
    asleep = Q(status=Session.Status.DORMANT) & ~Exists(held)
    found = Session.objects.filter(legacy_import__isnull=False).exclude(legacy_import__key__startswith=REHEARSAL)
    found = found.exclude(asleep).exclude(status=Session.Status.CLOSED)
    return found.filter(code__in=codes).order_by("code") if codes else found.order_by("code")


def give_back(session: Session) -> None:
    """Without a word to the group: what people wrote is passed on first, then its phones are let go of at Twilio, so
    that what they write next reaches the older app. Raises NotGivenBack."""
    _put_to_sleep(session)
    deadline = time.monotonic() + PATIENCE_S
    while Binding.objects.held().filter(participant__session=session).exists():
        if time.monotonic() > deadline:
            raise NotGivenBack(
                "Twilio has not let go of its phones yet; the workers go on, and so does running it again"
            )
        deliver(session.pk)
        time.sleep(LOOK_EVERY_S)


def _put_to_sleep(session: Session) -> None:
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        if locked.moving_to:
            raise NotGivenBack("it is just being moved to the other transport")
        if locked.conversations.filter(state=Conversation.State.CREATING).exists():
            raise NotGivenBack("it is just being woken; run it again in a minute")
        if locked.status not in {Session.Status.ACTIVE, Session.Status.DORMANT}:
            state = str(Session.Status(locked.status).label).lower()
            raise NotGivenBack(f"it is in staff's hands ({state}); hand it back to the matchmaker first")
        Session.objects.filter(pk=locked.pk).update(
            status=Session.Status.DORMANT, turn_due_at=None, batch_opened_at=None
        )
        outgoing.request_delivery(locked)
