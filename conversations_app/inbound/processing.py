"""Processes what the webhooks left in the inbox: each event once, in one transaction with what it changes."""

from collections.abc import Callable

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from conversations_app import backoff
from conversations_app.claims import ClaimLost, Claims
from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.errors import TryAgainLater, WaitReason
from conversations_app.gateway.errors import GatewayError
from conversations_app.inbound import conversation_events, direct_texts, duplicates, receipts
from conversations_app.models import InboxEvent, Problem

log = structlog.get_logger()

# Longer than the two questions to Twilio that an event may need before it is processed.
CLAIMS = Claims(InboxEvent.objects.filter(state=InboxEvent.State.WAITING), lease_s=60)
MOST_ATTEMPTS = 8
# They may have to wait for Twilio's answer before they are processed.
_SLOW = ("inbound",)


Handler = Callable[[InboxEvent], str]
"""Does what the event asks for, and returns a note for staff. Runs in the transaction that finishes the event."""

_HANDLERS: dict[str, Handler] = {
    "onMessageAdded": conversation_events.message_added,
    "onConversationStateUpdated": conversation_events.state_updated,
    "onConversationRemoved": conversation_events.conversation_removed,
    "onParticipantAdded": conversation_events.participant_added,
    "onParticipantRemoved": conversation_events.participant_removed,
    "onDeliveryUpdated": receipts.delivery_updated,
    "inbound": direct_texts.text_received,
    "status": receipts.status_updated,
}


def due_events(limit: int) -> list[int]:
    """Ids of events to take now: due, in nobody's hands, and first of their subject."""
    return _ids(_claimable(), limit)


def due_slow_events(limit: int) -> list[int]:
    return _ids(_claimable().filter(event_type__in=_SLOW), limit)


def due_quick_events(limit: int) -> list[int]:
    """Those that take a few milliseconds each, whatever Twilio does."""
    return _ids(_claimable().exclude(event_type__in=_SLOW), limit)


def _ids(events: QuerySet[InboxEvent], limit: int) -> list[int]:
    return list(events.order_by("pk").values_list("pk", flat=True)[:limit])


def _claimable() -> QuerySet[InboxEvent]:
    """Also first of their subject: two webhooks about one conversation must not change it in the wrong order."""
    earlier = InboxEvent.objects.filter(subject=OuterRef("subject"), state="waiting", pk__lt=OuterRef("pk"))
    return InboxEvent.objects.filter(
        CLAIMS.free(), Q(subject="") | ~Exists(earlier), state="waiting", due_at__lte=ClockTime()
    )


def take_in(event_id: int) -> bool:
    """Take one event. False when it is not ours to take now: done already, not due, or in other hands."""
    event = CLAIMS.take(_claimable(), event_id, attempts=F("attempts") + 1)
    if event is None:
        return False
    if event.is_emptied:
        _finish(event, InboxEvent.State.IGNORED, "What it held was removed for whoever wrote it.")
        return True
    handler = _HANDLERS.get(event.event_type)
    try:
        if event.event_type in _SLOW:
            _before_text(event)
        _handle(event, handler)
    except ClaimLost:
        pass  # nothing of ours was kept; the worker that has it now starts over
    except TryAgainLater as wait:
        _look_again(event, wait)
    except GatewayError as error:
        if error.permanent:
            _put_back(event, error)
        else:  # Twilio's trouble is no fault of the event's
            pause_s = backoff.after(error, failures=backoff.UNCOUNTED)
            _look_again(event, TryAgainLater(WaitReason.TWILIO, pause_s=pause_s, detail=error.words))
    except Exception as error:
        # Whatever it was, the event stays: it is tried again with growing pauses, then shown to staff.
        _put_back(event, error)
    return True


def _before_text(event: InboxEvent) -> None:
    if not event.wait_reason:
        # Handle STOP before looking for duplicates: it must not wait for Twilio.
        with transaction.atomic():
            direct_texts.handle_stop(event)
    duplicates.check_before_processing(event)


def _handle(event: InboxEvent, handler: Handler | None) -> None:
    with transaction.atomic():
        # Held to the end of the transaction, so that what the event changes and its being done are one step: a worker
        # that lost its lease meanwhile changes nothing, and none can take it over half-way.
        CLAIMS.lock(event)
        if handler is None:
            _finish(event, InboxEvent.State.IGNORED, "We do not use this kind of event.")
        else:
            _finish(event, InboxEvent.State.DONE, handler(event))
        if event.wait_reason == WaitReason.ERROR:
            # Staff may have been told of it, and have replayed it since. Hardly any event fails, so this costs little.
            Problem.resolve(_problem_key(event))


def _finish(event: InboxEvent, state: InboxEvent.State, note: str) -> bool:
    """False when another worker has it by now."""
    return CLAIMS.release(event, state=state, note=note[:300], finished_at=ClockTime())


def _look_again(event: InboxEvent, wait: TryAgainLater) -> None:
    # Having come too early is no failure, so this attempt is not counted.
    CLAIMS.release(
        event,
        due_at=in_seconds(wait.pause_s),
        attempts=event.attempts - 1,
        wait_reason=wait.reason,
        note=str(wait)[:300],
    )


def _put_back(event: InboxEvent, error: Exception) -> None:
    log.exception("event_not_taken_in", inbox_event=event.pk, kind=event.event_type)
    note = f"{type(error).__name__} while processing it"
    if event.attempts < MOST_ATTEMPTS:
        pause_s = backoff.EVENT.pause_after(event.attempts)
        CLAIMS.release(event, due_at=in_seconds(pause_s), wait_reason=WaitReason.ERROR, note=note)
    elif CLAIMS.release(
        event, state=InboxEvent.State.FAILED, wait_reason=WaitReason.ERROR, note=note, finished_at=ClockTime()
    ):
        Problem.report(
            _problem_key(event),
            what=f"Webhook {event.pk} ({event.event_type}) could not be processed: {note}.",
            to_do="Fix the cause, then replay the webhook.",
        )


def _problem_key(event: InboxEvent) -> str:
    return f"event-{event.pk}"
