"""Beat's periodic jobs: small, bounded, and safe to run twice, even by two beat processes at once."""

from datetime import timedelta

import structlog
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.delivery import session_delivery
from conversations_app.gateway.errors import GatewayError
from conversations_app.inbound import reconcile_conversations, reconcile_receipts, reconcile_texts
from conversations_app.inbound.reconcile_conversations import reconcile_conversation
from conversations_app.membership import idle
from conversations_app.models import Conversation, Heartbeat
from conversations_app.workers import dispatcher, stuck
from matchmaker import clock

log = structlog.get_logger()

ACTIVE_WITHIN = timedelta(hours=24)
MOST_CONVERSATIONS = 200
# Beat asks every 60 seconds; a little less, or jitter would make every second run skip.
RECONCILE_EVERY_S = 50
# One list call each: quiet Conversations, by far the most, must not use up our rate at Twilio.
SILENT_EVERY_S = 900
MOST_TO_CLOSE = 50
TEXTS_FETCHED = "texts"
FIRST_LOOK_BACK = timedelta(minutes=5)
# Bounds the list calls of the first run after a long outage.
LONGEST_LOOK_BACK = timedelta(days=3)
# Overlap with the run before: Twilio lists a text by the time it was sent, and may list it late. Texts we have are skipped.
WEBHOOKS_TAKE = timedelta(minutes=2)
# The webhook also carries the profile name, which the list does not, so it gets a head start.
WEBHOOKS_FIRST = timedelta(seconds=30)


def sweep() -> None:
    """Does the dispatcher's work in case every dispatcher thread has died, then reports whatever is stuck."""
    Heartbeat.beat("beat")
    dispatcher.wake_all_due()
    session_delivery.retry_refused_removals()
    stuck.report()


def reconcile_active() -> None:
    """Fetch messages whose webhook was lost: Twilio documents no retries for Conversations webhooks.

    Active Conversations every minute, quiet ones every fifteen, closed ones once more."""
    due = [
        *_closed_since()[:MOST_CONVERSATIONS],
        *_recently_active()[:MOST_CONVERSATIONS],
        *_quiet_for_longer()[:MOST_CONVERSATIONS],
    ]
    for conversation in due:
        if not _claim(conversation):
            continue
        try:
            found = reconcile_conversation(conversation)
        except GatewayError as error:
            log.warning("not_reconciled", conversation=conversation.pk, code=error.code)
            continue
        except Exception:  # one Conversation's failure must not stop the others
            log.exception("not_reconciled", conversation=conversation.pk)
            continue
        if found:
            log.info("reconciled", conversation=conversation.pk, messages=found)


def fetch_missed_texts() -> None:
    """Fetch inbound texts whose webhook was lost since the last successful run, which covers a whole downtime."""
    before = Heartbeat.objects.filter(name=TEXTS_FETCHED).first()
    silent_for = timezone.now() - before.at if before else FIRST_LOOK_BACK
    since = clock.now() - min(silent_for, LONGEST_LOOK_BACK) - WEBHOOKS_TAKE
    try:
        found = reconcile_texts.fetch(since=since, older_than=WEBHOOKS_FIRST)
    except GatewayError as error:
        log.warning("texts_not_fetched", code=error.code)
        return
    # Only after success: otherwise a failed run would move the start of the next one past texts nobody has fetched.
    Heartbeat.beat(TEXTS_FETCHED)
    if found:
        log.info("texts_fetched", texts=found)


def fetch_missed_receipts() -> None:
    """Fetch the status of texts whose status callback never came."""
    try:
        found = reconcile_receipts.fetch()
    except GatewayError as error:
        log.warning("receipts_not_fetched", code=error.code)
        return
    if found:
        log.info("receipts_fetched", receipts=found)


def close_idle() -> None:
    """Close idle chats, and free the phones of sessions that staff left paused."""
    for session in idle.idle_sessions(clock.now())[:MOST_TO_CLOSE]:
        idle.put_to_sleep(session)
    for session in idle.forgotten_sessions(clock.now())[:MOST_TO_CLOSE]:
        idle.free_phones(session)


def _open_ones() -> QuerySet[Conversation]:
    still_open = Conversation.objects.exclude(state=Conversation.State.CLOSED).exclude(sid=None)
    return still_open.order_by(F("reconciled_at").asc(nulls_first=True))


def _recently_active() -> QuerySet[Conversation]:
    since = clock.now() - ACTIVE_WITHIN
    return _open_ones().filter(not_reconciled_within(RECONCILE_EVERY_S), session__last_activity_at__gt=since)


def _quiet_for_longer() -> QuerySet[Conversation]:
    since = clock.now() - ACTIVE_WITHIN
    return _open_ones().filter(not_reconciled_within(SILENT_EVERY_S), session__last_activity_at__lte=since)


def _closed_since() -> QuerySet[Conversation]:
    return reconcile_conversations.closed_without_a_last_look().filter(not_reconciled_within(RECONCILE_EVERY_S))


def not_reconciled_within(seconds: float) -> Q:
    return Q(reconciled_at__isnull=True) | Q(reconciled_at__lt=in_seconds(-seconds))


def _claim(conversation: Conversation) -> bool:
    """A conditional update claims the row, so that two beat processes share the work."""
    mine = Conversation.objects.filter(not_reconciled_within(RECONCILE_EVERY_S), pk=conversation.pk)
    return mine.update(reconciled_at=ClockTime()) == 1
