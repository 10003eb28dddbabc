"""Which sessions are stuck, and why: computed by the database in the query of the list."""

from datetime import timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Now

from conversations_app.db_clock import in_seconds
from conversations_app.models import Binding, Message, Problem, Turn
from matchmaker import clock
from sessions_app.models import Session

# Longer than a batch plus a slow model or a slow Twilio takes.
PATIENCE_S = 60

IS_STUCK = (
    Q(open_problems__gt=0)
    | Q(unsent__gt=0)
    | Q(kept_outside__gt=0)
    | Q(turn_is_overdue=True)
    | Q(status=Session.Status.SAFETY_HOLD)
)


def with_trouble(sessions: QuerySet[Session]) -> QuerySet[Any]:
    """Adds `open_problems`, `newest_problem`, `unsent`, `kept_outside` and `turn_is_overdue`."""
    problems = Problem.objects.filter(session=OuterRef("pk"), solved_at__isnull=True).order_by(
        "-is_urgent", "-last_at"
    )
    return sessions.annotate(
        open_problems=_how_many(problems),
        newest_problem=Subquery(problems.values("what")[:1]),
        unsent=_how_many(_unsent_messages()),
        kept_outside=_how_many(_people_kept_outside()),
        turn_is_overdue=_turn_is_overdue(),
    )


def trouble_of(session: Any) -> list[str]:
    """Why a session from `with_trouble` needs somebody, in words, the most telling first."""
    reasons = []
    if session.status == Session.Status.SAFETY_HOLD:
        reasons.append("On safety hold: release it, or close the session for good.")
    if session.open_problems:
        more = session.open_problems - 1
        reasons.append(session.newest_problem + (f" (and {more} more)" if more else ""))
    if session.unsent:
        reasons.append(f"{_counted(session.unsent, 'message')} not delivered to Twilio for over a minute.")
    if session.kept_outside:
        reasons.append(f"{_counted(session.kept_outside, 'person', 'people')} waiting to be added for over a minute.")
    if session.turn_is_overdue:
        reasons.append("The matchmaker's turn is overdue.")
    return reasons


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    """How many of these rows, which are filtered by the outer session; one scalar subquery."""
    # Grouped by a constant, since Count alone would count row by row; an ordering would split that one group. Where
    # there are no rows there is no group either, and the subquery is NULL.
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _unsent_messages() -> QuerySet[Message]:
    late = Q(state=Message.State.WAITING, created_at__lt=in_seconds(-PATIENCE_S))
    return Message.objects.filter(late | Q(state=Message.State.HELD), session=OuterRef("pk"))


def _people_kept_outside() -> QuerySet[Binding]:
    # Bindings are dated by the product's clock, which an emulator can move, and messages by the real one.
    long_ago = clock.now() - timedelta(seconds=PATIENCE_S)
    return Binding.objects.filter(
        participant__session=OuterRef("pk"), state=Binding.State.BINDING, created_at__lt=long_ago
    )


def _turn_is_overdue() -> Case:
    """Overdue and unclaimed, or claimed by a worker whose lease has run out."""
    turns = Turn.objects.filter(session=OuterRef("pk"), state=Turn.State.OPEN)
    waits = Q(status=Session.Status.ACTIVE, turn_due_at__lt=in_seconds(-PATIENCE_S)) & ~Exists(turns)
    lost = Q(status=Session.Status.ACTIVE) & Exists(turns.filter(leased_until__lt=Now()))
    return Case(When(waits | lost, then=True), default=False, output_field=BooleanField())


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
