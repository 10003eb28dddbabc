"""Groups that have fallen silent get a goodbye, and their phones are freed for other groups. The first to write again
reopens the group for everyone.

Groups that staff hold are not put to sleep and get no goodbye, but after a longer time their phones are freed too.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from conversations_app.membership import bindings
from conversations_app.models import Binding, Message, Problem
from conversations_app.outbox import outgoing, wording
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Session

HELD_BY_STAFF = (Session.Status.PAUSED, Session.Status.SAFETY_HOLD)
# Staff mean to come back to these, so they keep their phones for longer.
LONGER_IN_STAFFS_HANDS = 3


def days_held_by_staff() -> int:
    return settings.SESSION_IDLE_DAYS * LONGER_IN_STAFFS_HANDS


def idle_sessions(at: datetime) -> QuerySet[Session]:
    """Active ones in which nobody wrote for SESSION_IDLE_DAYS, and which hold phones."""
    return _silent(at, settings.SESSION_IDLE_DAYS).filter(status=Session.Status.ACTIVE)


def forgotten_sessions(at: datetime) -> QuerySet[Session]:
    """Held by staff, silent for three times as long, and still holding phones."""
    return _silent(at, days_held_by_staff()).filter(status__in=HELD_BY_STAFF)


def _silent(at: datetime, days: int) -> QuerySet[Session]:
    # Without phones there is nothing to free, and nobody to say goodbye to.
    held = Binding.objects.filter(state__in=[Binding.State.BINDING, Binding.State.BOUND])
    # One that is being moved has its turn when it has arrived.
    silent = Session.objects.filter(moving_to="", last_activity_at__lt=at - timedelta(days=days))
    return silent.filter(pk__in=held.values("participant__session")).order_by("last_activity_at")


def put_to_sleep(session: Session) -> bool:
    """Say goodbye; `delivery` closes it when that is said. False if somebody wrote meanwhile."""
    now = clock.now()
    with transaction.atomic():
        # Looked at again under the lock: somebody may have written since the list was made.
        locked = actions.lock_session(session.pk)
        if not idle_sessions(now).filter(pk=locked.pk).exists():
            return False
        Session.objects.filter(pk=locked.pk).update(
            status=Session.Status.DORMANT, turn_due_at=None, batch_opened_at=None
        )
        outgoing.queue_message(
            session=locked,
            kind=Message.Kind.ANNOUNCEMENT,
            # Marked, so that whoever writes before it goes out can have it taken back.
            purpose=Message.Purpose.GOODBYE,
            body=wording.good_night(),
            at=now,
        )
    return True


def free_phones(session: Session) -> bool:
    """Without a word to the group, and staff keep holding it. False if somebody wrote meanwhile."""
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        if not forgotten_sessions(clock.now()).filter(pk=locked.pk).exists():
            return False
        # One phone fits into one group a number, so a forgotten group keeps its people out of new ones.
        bindings.release(Binding.objects.filter(participant__session=locked), Binding.RemovalReason.ENDED)
    state = str(Session.Status(locked.status).label)
    Problem.report(
        f"forgotten-{locked.pk}",
        session=locked,
        what=f"{locked.code} ({state}) has been silent for {days_held_by_staff()} days, so its phones were freed for "
        "other groups. Nobody in it was told.",
        to_do=f"{_what_staff_can_do(locked)}, or close it for good. Everyone is put back when one of them writes, or when the "
        "matchmaker goes on.",
    )
    return True


def _what_staff_can_do(session: Session) -> str:
    return "Release the hold" if session.status == Session.Status.SAFETY_HOLD else "Resume it"
