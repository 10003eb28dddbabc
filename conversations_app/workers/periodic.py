"""Beat's regular jobs: small, bounded, and safe to run twice, also by two beats at once."""

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
RECONCILE_EVERY_S = 50
SILENT_EVERY_S = 900
MOST_TO_CLOSE = 50
TEXTS_FETCHED = "texts"
FIRST_LOOK_BACK = timedelta(minutes=5)
LONGEST_LOOK_BACK = timedelta(days=3)
WEBHOOKS_TAKE = timedelta(minutes=2)
# A webhook tells more than the list, so it may come first.
WEBHOOKS_FIRST = timedelta(seconds=30)


def sweep() -> None:
    """What the pulse does, should every worker's pulse have died; and a look for what is stuck all the same."""
    Heartbeat.beat("beat")
    dispatcher.wake_all_due()
    session_delivery.retry_refused_removals()
    stuck.report()


def reconcile_active() -> None:
    """The newest messages of every open Conversation: what a lost webhook would have told us. Lively ones each minute,
    silent ones now and then, and closed ones once more."""
    due = [*_closed_since()[:MOST_CONVERSATIONS], *_lively()[:MOST_CONVERSATIONS], *_silent()[:MOST_CONVERSATIONS]]
    for conversation in due:
        if not _claim(conversation):
            continue
        try:
            found = reconcile_conversation(conversation)
        except GatewayError as error:
            log.warning("not_reconciled", conversation=conversation.pk, code=error.code)
            continue
        except Exception:  # one conversation's trouble must not keep the others from being looked at
            log.exception("not_reconciled", conversation=conversation.pk)
            continue
        if found:
            log.info("reconciled", conversation=conversation.pk, messages=found)


def fetch_missed_texts() -> None:
    """Texts of which no webhook told us, since this was last done with success; after a downtime that is all of it."""
    before = Heartbeat.objects.filter(name=TEXTS_FETCHED).first()
    silent_for = timezone.now() - before.at if before else FIRST_LOOK_BACK
    since = clock.now() - min(silent_for, LONGEST_LOOK_BACK) - WEBHOOKS_TAKE
    try:
        found = reconcile_texts.fetch(since=since, older_than=WEBHOOKS_FIRST)
    except GatewayError as error:
        log.warning("texts_not_fetched", code=error.code)
        return
    Heartbeat.beat(TEXTS_FETCHED)
    if found:
        log.info("texts_fetched", texts=found)


def fetch_missed_receipts() -> None:
    """Whether texts arrived of which no webhook told us so."""
    try:
        found = reconcile_receipts.fetch()
    except GatewayError as error:
        log.warning("receipts_not_fetched", code=error.code)
        return
    if found:
        log.info("receipts_fetched", receipts=found)


def close_idle() -> None:
    """Chats that fell silent, and those that staff have forgotten."""
    for session in idle.idle_sessions(clock.now())[:MOST_TO_CLOSE]:
        idle.put_to_sleep(session)
    for session in idle.forgotten_sessions(clock.now())[:MOST_TO_CLOSE]:
        idle.free_phones(session)


def _open_ones() -> QuerySet[Conversation]:
    still_open = Conversation.objects.exclude(state=Conversation.State.CLOSED).exclude(sid=None)
    return still_open.order_by(F("reconciled_at").asc(nulls_first=True))


def _lively() -> QuerySet[Conversation]:
    since = clock.now() - ACTIVE_WITHIN
    return _open_ones().filter(not_lately(RECONCILE_EVERY_S), session__last_activity_at__gt=since)


def _silent() -> QuerySet[Conversation]:
    since = clock.now() - ACTIVE_WITHIN
    return _open_ones().filter(not_lately(SILENT_EVERY_S), session__last_activity_at__lte=since)


def _closed_since() -> QuerySet[Conversation]:
    return reconcile_conversations.closed_without_a_last_look().filter(not_lately(RECONCILE_EVERY_S))


def not_lately(seconds: float) -> Q:
    return Q(reconciled_at__isnull=True) | Q(reconciled_at__lt=in_seconds(-seconds))


def _claim(conversation: Conversation) -> bool:
    """By the row, so that two beats share the work."""
    mine = Conversation.objects.filter(not_lately(RECONCILE_EVERY_S), pk=conversation.pk)
    return mine.update(reconciled_at=ClockTime()) == 1
