"""Reports work that has waited far too long, and resolves the problem once it is done.

It runs in beat's sweep rather than on the path of a message, so its queries delay nobody.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from conversations_app.db_clock import in_seconds
from conversations_app.delivery import direct_messages, leases
from conversations_app.models import Delivery, Heartbeat, InboxEvent, Message, Problem
from conversations_app.turns.lifecycle import is_in_a_turn
from sessions_app.models import Session

# Longer than two minutes of sending retries plus a slow Twilio, so that ordinary back-off raises no alarm.
LONG_S = 300
# Above this the cause is shared, and one problem says so better than a list of groups.
MOST_REPORTED_SINGLY = 20
WORKERS_SILENT_FOR_S = 60
# Not `delivery-…`: the delivery itself reports those, and resolves them at its next success.
WAITING = "waiting-"


def report() -> None:
    _report_webhooks()
    _report_turns()
    _report_groups()
    _report_texts_of_no_group()


def _report_webhooks() -> None:
    events = InboxEvent.objects.filter(state="waiting", received_at__lt=in_seconds(-LONG_S)).count()
    if events:
        Problem.report(
            "inbox-stuck",
            what=f"{events} webhooks have waited for over five minutes.",
            to_do="Check that a worker is running and reaches Redis, and that Twilio answers.",
        )
    else:
        Problem.resolve("inbox-stuck")


def _report_turns() -> None:
    if Session.objects.with_turn_due().filter(turn_due_at__lt=in_seconds(-LONG_S)).exclude(is_in_a_turn()).exists():
        Problem.report(
            "turns-stuck",
            what="Groups have waited for the matchmaker for over five minutes.",
            to_do="Check that a worker is running and that the model answers.",
        )
    else:
        Problem.resolve("turns-stuck")


def _report_groups() -> None:
    ids = {*_waiting_for_twilio().values_list("pk", flat=True), *_late_texts().values_list("session", flat=True)}
    known = Problem.objects.filter(key=Concat(Value("delivery-"), Cast(OuterRef("pk"), TextField())), solved_at=None)
    waiting = Session.objects.filter(~Exists(known), pk__in=ids - {None})
    # With no worker alive every group waits for the same reason, however few they are.
    if len(waiting) > MOST_REPORTED_SINGLY or (waiting and not _are_workers_alive()):
        Problem.report(
            "deliveries-stuck",
            what=f"{len(waiting)} groups have had messages or people waiting for over five minutes.",
            to_do="Check that a worker is running and reaches Redis, and that Twilio answers.",
        )
        return
    Problem.resolve("deliveries-stuck")
    Problem.objects.filter(key__startswith=WAITING).exclude(session__in=ids - {None}).resolve()
    for session in waiting:
        Problem.report(
            f"{WAITING}{session.pk}",
            session=session,
            what=f"{session.code} has had messages or people waiting for over five minutes.",
            to_do="We keep retrying. Open the session's page to see what is waiting, and run doctor.",
        )


def _waiting_for_twilio() -> QuerySet[Session]:
    """Not leased by any worker."""
    unsent = Message.objects.filter(
        session=OuterRef("pk"), state=Message.State.WAITING, created_at__lt=in_seconds(-LONG_S)
    )
    return Session.objects.filter(
        Q(delivery_due_at__lt=in_seconds(-LONG_S)) | Exists(unsent),
        leases.CLAIMS.free(),
        delivery_due_at__isnull=False,
    )


def _late_texts() -> QuerySet[Delivery]:
    return direct_messages.claimable().filter(due_at__lt=in_seconds(-LONG_S))


def _report_texts_of_no_group() -> None:
    count = _late_texts().filter(session=None).count()
    if count:
        Problem.report(
            "texts-stuck",
            what=f"{count} direct messages have waited for over five minutes.",
            to_do="Check that a worker is running and reaches Redis, and that Twilio answers.",
        )
    else:
        Problem.resolve("texts-stuck")


def _are_workers_alive() -> bool:
    return Heartbeat.objects.filter(name="worker", at__gt=in_seconds(-WORKERS_SILENT_FOR_S)).exists()
