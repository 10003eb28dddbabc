"""Our numbers: rows seeded from TWILIO_SENDERS."""

from django.conf import settings

from conversations_app.models import Sender


def sender_of(address: str) -> Sender | None:
    """The row of one of our numbers, made on first use; None when the number is not ours."""
    sender = Sender.objects.filter(address=address).first()
    if sender is None and address in settings.TWILIO_SENDERS:
        sender, _ = Sender.objects.get_or_create(address=address)
    return sender
