"""What the list shows of each session, fetched with the list."""

from datetime import datetime
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.aggregates import Count
from django.db.models.functions import Coalesce, JSONObject

from conversations_app.models import Message, Turn
from matchmaker.admin_pages import Tone
from matchmaker.dashboard.trouble import with_trouble
from matchmaker.in_words import ago, shortened
from sessions_app.models import Session

STATUS_TONES: dict[str, Tone] = {
    Session.Status.ACTIVE: "good",
    Session.Status.PAUSED: "warn",
    Session.Status.SAFETY_HOLD: "bad",
}


def for_the_list(sessions: QuerySet[Session]) -> QuerySet[Any]:
    """Adds trouble, `messages_kept` and `last_turn`; people come with a second query."""
    messages = Message.objects.filter(session=OuterRef("pk")).order_by().values("session")
    last_turn = Turn.objects.filter(session=OuterRef("pk")).order_by("-pk")
    summary = JSONObject(at="opened_at", spoke="spoke", reason="reason", error="error", state="state")
    # Subqueries rather than joins: counting across two joins would multiply the rows of one by the other's.
    annotated: QuerySet[Any] = (
        with_trouble(sessions)
        .annotate(
            messages_kept=Coalesce(
                Subquery(messages.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
            ),
            last_turn=Subquery(last_turn.values(summary=summary)[:1]),
        )
        .prefetch_related("participants")
    )
    return annotated


def last_turn_in_words(turn: dict[str, Any] | None) -> tuple[str, Tone]:
    if turn is None:
        return "no turn yet", "calm"
    when = ago(datetime.fromisoformat(turn["at"]))
    if turn["error"]:
        return f"{shortened(turn['error'], 60)} ({when})", "bad"
    if turn["state"] == Turn.State.OPEN:
        return f"thinking ({when})", "warn"
    if turn["spoke"]:
        return f"spoke {when}", "good"
    return f"silent {when}: {shortened(turn['reason'], 60)}", "calm"


def people_in_words(session: Session) -> str:
    """`Abby ★, Lena`: the primary person with a star; those who left are counted."""
    people = session.participants.all()
    here = [f"{one.name} ★" if one.is_primary else one.name for one in people if one.left_at is None]
    gone = len(people) - len(here)
    shown = ", ".join(here[:4]) + (f" and {len(here) - 4} more" if len(here) > 4 else "")
    return f"{shown} ({gone} left)" if gone else shown or "nobody"
