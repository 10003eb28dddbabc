"""What became of messages on the phones they went to. Statuses only move forward."""

from django.db.models import Q
from django.utils import timezone

from conversations_app.dbtime import ClockTime
from conversations_app.errors import NotYet
from conversations_app.models import Binding, Delivery, InboxEvent, Message, Problem, Receipt
from conversations_app.webhooks.payloads import DeliveryUpdated, StatusUpdate

_RANKS = ("queued", "accepted", "sending", "sent", "delivered", "read", "undelivered", "failed")
FAILURES = {"undelivered", "failed"}
_PATIENCE_S = 30

# The failures that people meet, in staff's words. Twilio's error dictionary has the rest.
_WORDS = {
    "21610": "they opted out with STOP",
    "21617": "the text was over 1,600 characters",
    "30003": "the phone could not be reached",
    "30005": "the number does not exist",
    "30006": "it is a landline",
    "30007": "the carrier filtered it as spam",
    "30034": "our US number is not registered for such texts (A2P 10DLC)",
    "63015": "they have not joined the WhatsApp sandbox",
    "63016": "their 24-hour WhatsApp window is shut",
    "63024": "the number is not on WhatsApp",
}


def error_in_words(code: str) -> str:
    return _WORDS.get(code, f"Twilio error {code}" if code else "Twilio gave no reason")


def rank(status: str) -> int:
    return _RANKS.index(status) if status in _RANKS else 0


def delivery_updated(event: InboxEvent) -> str:
    update = DeliveryUpdated.parse(event.payload)
    message = Message.objects.filter(sid=update.message_sid).select_related("session").first()
    binding = Binding.objects.filter(participant_sid=update.participant_sid).select_related("participant").first()
    if message is None or binding is None:
        return _unknown(event, "Neither the message nor the phone is known here.")
    Receipt.objects.bulk_create(
        [Receipt(message=message, participant=binding.participant, status="", rank=0, updated_at=timezone.now())],
        ignore_conflicts=True,
    )
    newer = Receipt.objects.filter(message=message, participant=binding.participant, rank__lt=rank(update.status))
    moved = newer.update(
        status=update.status, rank=rank(update.status), error_code=update.error_code, updated_at=ClockTime()
    )
    if moved and update.status in FAILURES:
        _tell_staff(message, binding, update.error_code)
    return update.status if moved else "Older than what we know."


def _tell_staff(message: Message, binding: Binding, code: str) -> None:
    Problem.report(
        f"undelivered-{binding.participant_id}-{code}",
        session=message.session,
        what=f"Messages of {message.session.code} do not reach {binding.participant}: {error_in_words(code)}.",
        to_do="Ask the person to write to the group, or to join from another channel.",
    )


def status_updated(event: InboxEvent) -> str:
    update = StatusUpdate.parse(event.payload)
    known = Delivery.objects.filter(sid=update.sid)
    if not known.exists():
        return _unknown(event, "The text is none of ours.")
    forward = known.filter(Q(status="") | Q(status__in=[s for s in _RANKS if rank(s) < rank(update.status)]))
    moved = forward.update(status=update.status[:20], error_code=update.error_code)
    return update.status if moved else "Older than what we know."


def _unknown(event: InboxEvent, why: str) -> str:
    """A receipt can overtake the answer that brings the message's sid."""
    if (timezone.now() - event.received_at).total_seconds() < _PATIENCE_S:
        raise NotYet(why, pause_s=2)
    return why
