"""Ask a group that wanted to go on later whether to go on: once, by day, and only if nobody has written since."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from conversations_app.for_each import run_for_each
from conversations_app.turns.apply_decision import pick_up_again
from conversations_app.turns.lifecycle import said_unprompted_today
from conversations_app.windows.quiet_hours import end_of_night, is_night, zones_of
from matchmaker import clock
from matchmaker.ai.turn_taking import FULL
from sessions_app import actions
from sessions_app.models import Participant, Session

# A job that takes longer than its minute would overlap the next one; the rest are due again then.
MOST_AT_ONCE = 200
UNTIL_WE_MAY_SPEAK_AGAIN = timedelta(hours=1)


def send_nudges() -> int:
    """Beat's job. Two runs at once nudge nobody twice: the session's lock lets one of them through."""
    due = _due(clock.now()).order_by("nudge_at").values_list("pk", flat=True)[:MOST_AT_ONCE]
    return run_for_each(list(due), _nudge, job="nudge")


def _due(at: datetime) -> QuerySet[Session]:
    """Whatever somebody wrote meanwhile makes a turn due, and the turn ends the nudge."""
    active = Session.objects.filter(status=Session.Status.ACTIVE, moving_to="", turn_due_at=None)
    return active.filter(nudge_at__lte=at)


def _nudge(session_id: int) -> bool:
    at = clock.now()
    with transaction.atomic():
        session = actions.lock_session_if_free(session_id, among=_due(at))
        if session is None:
            return False
        primary = _reachable_primary(session)
        later = _better_time(session, primary, at) if primary else None
        Session.objects.filter(pk=session.pk).update(nudge_at=later)
        return primary is not None and later is None and pick_up_again(session)


def _reachable_primary(session: Session) -> Participant | None:
    people = session.participants.present().select_related("contact")
    return people.filter(role=Participant.Role.PRIMARY, contact__opted_out_at=None).first()


def _better_time(session: Session, primary: Participant, at: datetime) -> datetime | None:
    """None when now is a good time."""
    zones = zones_of(primary.contact.address)
    if session.quiet_until is not None and session.quiet_until > at:
        return session.quiet_until
    if is_night(at, zones):
        return end_of_night(at, zones)
    if said_unprompted_today(session) >= FULL.a_day:
        return at + UNTIL_WE_MAY_SPEAK_AGAIN
    return None
