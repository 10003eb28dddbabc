"""The webhook inbox: what Twilio told us is in Postgres before Twilio hears 200."""

import hashlib

from conversations_app.db_clock import ClockTime
from conversations_app.gateway.payloads import Fields, Malformed, need
from conversations_app.models import InboxEvent
from matchmaker.addresses import canonical

# What makes two deliveries the same event, by kind of event.
_KEYS: dict[str, tuple[str, ...]] = {
    "onMessageAdded": ("MessageSid",),
    "onMessageUpdated": ("MessageSid", "DateUpdated"),
    "onMessageRemoved": ("MessageSid",),
    "onDeliveryUpdated": ("DeliveryReceiptSid", "Status"),
    "onParticipantAdded": ("ParticipantSid", "DateCreated"),
    "onParticipantUpdated": ("ParticipantSid", "DateUpdated"),
    "onParticipantRemoved": ("ParticipantSid", "DateRemoved"),
    "onConversationStateUpdated": ("ConversationSid", "StateTo", "StateUpdated"),
    "inbound": ("MessageSid",),
    "status": ("MessageSid", "MessageStatus"),
}


def event_key(event_type: str, fields: Fields) -> str:
    names = _KEYS.get(event_type)
    if names is None or not all(fields.get(name) for name in names):
        content = "\x1f".join(f"{name}={fields[name]}" for name in sorted(fields))
        return f"{event_type[:60]}:{hashlib.sha256(content.encode()).hexdigest()}"
    return ":".join([event_type, *(fields[name] for name in names)])[:300]


def subject_of(sender: str, to: str) -> str:
    """What one person writes to one of our numbers is processed in its order."""
    return f"{canonical(sender)}|{to}"


def record(*, kind: InboxEvent.Kind, event_type: str, fields: Fields, subject: str = "") -> None:
    """Keep the event once, however often Twilio delivers it: the unique key turns repeats into nothing. The workers
    look for it within a fifth of a second."""
    InboxEvent.objects.bulk_create(
        [
            InboxEvent(
                kind=kind,
                event_type=event_type[:60],
                key=event_key(event_type, fields),
                subject=subject[:330],
                payload=fields,
            )
        ],
        ignore_conflicts=True,
    )


def record_malformed(*, kind: InboxEvent.Kind, event_type: str, fields: Fields, problem: Malformed) -> None:
    """A signed webhook that we could not read is kept for staff; nothing will be tried with it."""
    InboxEvent.objects.bulk_create(
        [
            InboxEvent(
                kind=kind,
                event_type=event_type[:60],
                key=event_key(_UNREADABLE, fields),
                payload=fields,
                state=InboxEvent.State.FAILED,
                note=f"Refused: {problem}"[:300],
            )
        ],
        ignore_conflicts=True,
    )


# Begins the key of a webhook that could not be read, so that a later one with the same sid is not taken for the same.
_UNREADABLE = "malformed"


def is_unreadable(event: InboxEvent) -> bool:
    return event.key.startswith(f"{_UNREADABLE}:")


def why_not_replayable(event: InboxEvent) -> str:
    """Why it cannot be processed again, as the end of a sentence; empty when it can."""
    if event.is_emptied:
        return "holds nothing any more: it was removed for whoever wrote it."
    if is_unreadable(event):
        return f"cannot be read: {event.note}"
    return "is already waiting to be processed." if event.state == InboxEvent.State.WAITING else ""


def replay(event: InboxEvent) -> bool:
    """Set it back to waiting; processing it again stores nothing twice. False if it is already waiting."""
    done = InboxEvent.objects.filter(pk=event.pk).exclude(state=InboxEvent.State.WAITING)
    changed = done.exclude(key__startswith=f"{_UNREADABLE}:").update(
        state=InboxEvent.State.WAITING, attempts=0, due_at=ClockTime(), finished_at=None, leased_until=None
    )
    return changed == 1


def event_type_of(fields: Fields) -> str:
    return need(fields, "EventType")
