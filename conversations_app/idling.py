"""Groups that have fallen silent: a goodbye, and their phones are free for other groups. Whoever writes again opens the
group for everybody."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from conversations_app import outbox, wording
from conversations_app.models import Binding, Message
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Session


def idle_sessions(at: datetime) -> QuerySet[Session]:
    """Active ones in which nobody wrote for SESSION_IDLE_DAYS, and which hold phones."""
    silent_since = at - timedelta(days=settings.SESSION_IDLE_DAYS)
    held = Binding.objects.held().values("participant__session")
    return Session.objects.filter(
        status=Session.Status.ACTIVE, moving_to="", last_activity_at__lt=silent_since, pk__in=held
    ).order_by("last_activity_at")


def put_to_sleep(session: Session) -> bool:
    """Say goodbye; `delivery` closes it when that is said. False if somebody wrote meanwhile."""
    now = clock.now()
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        if not idle_sessions(now).filter(pk=locked.pk).exists():
            return False
        Session.objects.filter(pk=locked.pk).update(
            status=Session.Status.DORMANT, turn_due_at=None, batch_opened_at=None
        )
        outbox.queue_message(session=locked, kind=Message.Kind.ANNOUNCEMENT, body=wording.good_night(), at=now)
    return True
