"""The admin's first page: what is happening, and what needs attention."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from conversations_app.models import Heartbeat, InboxEvent, Message, Problem, Turn
from matchmaker import clock
from matchmaker.admin_pages import Tone
from matchmaker.dashboard.session_list import for_the_list, last_turn_in_words, people_in_words
from matchmaker.dashboard.trouble import IS_STUCK, trouble_of
from matchmaker.in_words import ago
from sessions_app.models import OLDER_APP_SEGMENT, Session

ACTIVE_WITHIN = timedelta(hours=1)
# Workers beat every five seconds and beat itself every ten, so a minute without is no hiccup.
SEEN_WITHIN = timedelta(seconds=60)
# Newest rows looked at for the last hour's figures: bounds the cost without an index on the time.
NEWEST_MESSAGES = 20_000
MOST_PROBLEMS = 8
MOST_SESSIONS = 8


@dataclass(frozen=True)
class Figure:
    label: str
    number: int
    words: str
    tone: Tone = "calm"
    link: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the stack, and how it is."""

    name: str
    tone: Tone
    words: str


@dataclass(frozen=True)
class Row:
    session: Any
    stage: str
    people: str
    trouble: list[str]
    turn: str
    tone: Tone
    seen: str


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold calls it for the index; each block is shown to those who may see its rows."""
    sees_sessions = request.user.has_perm("sessions_app.view_session")
    sees_problems = request.user.has_perm("conversations_app.view_problem")
    problems = Problem.objects.filter(solved_at__isnull=True).select_related("session")
    return {
        **context,
        "figures": _figures() if sees_sessions else [],
        "problems": problems[:MOST_PROBLEMS] if sees_problems else None,
        "problem_count": problems.count() if sees_problems else 0,
        "rows": _rows() if sees_sessions else None,
        "parts": [_worker(), _model_worker(), _beat(), _inbox(), _model()],
    }


def _figures() -> list[Figure]:
    sessions = Session.objects.aggregate(
        active=Count("pk", filter=Q(status="active", last_activity_at__gt=clock.now() - ACTIVE_WITHIN)),
        open=Count("pk", filter=~Q(status="closed")),
        paused=Count("pk", filter=Q(status="paused")),
        held=Count("pk", filter=Q(status="safety_hold")),
    )
    sessions_page = reverse("admin:sessions_app_session_changelist")
    stuck = for_the_list(Session.objects.open()).filter(IS_STUCK).count()
    waiting = sessions["paused"] + sessions["held"]
    return [
        Figure("Groups active now", sessions["active"], f"of {sessions['open']} open"),
        Figure(
            "Stuck",
            stuck,
            "open the list of them" if stuck else "all is well",
            "bad" if stuck else "good",
            f"{sessions_page}?stuck=yes",
        ),
        Figure(
            "Paused or on hold",
            waiting,
            f"{sessions['paused']} paused, {sessions['held']} on safety hold",
            "warn" if waiting else "calm",
        ),
        _messages_figure(),
        _turns_figure(),
    ]


def _messages_figure() -> Figure:
    newest = Message.objects.aggregate(newest=Max("pk"))["newest"] or 0
    # Imported messages would make a quiet hour look busy: all were created in one evening, long after they were said.
    newest_here = Message.objects.filter(pk__gt=newest - NEWEST_MESSAGES).exclude(segment=OLDER_APP_SEGMENT)
    lately = newest_here.filter(created_at__gt=_an_hour_ago())
    counts = lately.aggregate(
        people=Count("pk", filter=Q(kind="person")), ours=Count("pk", filter=Q(out_seq__isnull=False))
    )
    return Figure(
        "Messages in the last hour",
        counts["people"] + counts["ours"],
        f"{counts['people']} by people, {counts['ours']} by us",
    )


def _turns_figure() -> Figure:
    counts = Turn.objects.outcomes_of_the_last_hour()
    spoke = counts["spoke"] + counts["plain_line"]
    by_code = f" ({counts['plain_line']} by code)" if counts["plain_line"] else ""
    words = f"{spoke} spoke{by_code}, {counts['silent']} silent, {counts['failed']} failed"
    total = spoke + counts["silent"] + counts["failed"]
    return Figure("Turns in the last hour", total, words, "bad" if counts["failed"] else "calm")


def _an_hour_ago() -> Any:
    # Not by the product's clock: rows carry the real time of their creation, also where an emulator's clock is ahead.
    return timezone.now() - timedelta(hours=1)


def _rows() -> list[Row]:
    newest = for_the_list(Session.objects.open()).order_by("-last_activity_at")[:MOST_SESSIONS]
    return [_row(session) for session in newest]


def _row(session: Any) -> Row:
    turn, tone = last_turn_in_words(session.last_turn)
    return Row(
        session,
        session.stage.replace("_", " "),
        people_in_words(session),
        trouble_of(session),
        turn,
        tone,
        ago(session.last_activity_at),
    )


def _worker() -> Part:
    return _heartbeat("worker", "Worker", "Messages are stored but not processed until one is started again.")


def _model_worker() -> Part:
    return _heartbeat("model worker", "Model worker", "The matchmaker answers nobody until one is started again.")


def _beat() -> Part:
    return _heartbeat("beat", "Regular jobs", "Work that gets stuck is not recovered until beat is started again.")


def _heartbeat(name: str, label: str, without_it: str) -> Part:
    beat = Heartbeat.objects.filter(name=name).first()
    if beat is None:
        return Part(label, "bad", f"Not seen yet. {without_it}")
    if timezone.now() - beat.at < SEEN_WITHIN:
        return Part(label, "good", f"Running, last seen {ago(beat.at)}.")
    return Part(label, "bad", f"Last seen {ago(beat.at)}. {without_it}")


def _inbox() -> Part:
    waiting = InboxEvent.objects.filter(state=InboxEvent.State.WAITING)
    backlog = waiting.aggregate(n=Count("pk"), oldest=Min("received_at"))
    if not backlog["n"]:
        return Part("Webhooks", "good", "All processed.")
    late = timezone.now() - backlog["oldest"] > SEEN_WITHIN
    return Part(
        "Webhooks", "bad" if late else "calm", f"{backlog['n']} waiting, the oldest came {ago(backlog['oldest'])}."
    )


def _model() -> Part:
    newest = Turn.objects.filter(state=Turn.State.CLOSED).order_by("-pk").first()
    if newest is None:
        return Part("Model", "calm", "Not asked yet.")
    failed = Turn.objects.outcomes_of_the_last_hour()["failed"]
    # The newest turn shows how the model is now; failures before it are only a warning.
    if newest.error:
        return Part("Model", "bad", f"The last turn failed {ago(newest.closed_at)}: {newest.error}")
    return Part(
        "Model", "warn" if failed else "good", f"The last turn went well; {failed or 'none'} failed in the last hour."
    )
