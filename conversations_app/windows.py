"""The 24 hours after a person's last WhatsApp message to one of our numbers, in which we may write to them freely."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Greatest

from conversations_app.dbtime import ClockTime
from conversations_app.models import Binding, Delivery, Sender, Window
from matchmaker.addresses import Channel
from sessions_app.models import Contact, Session


def note_inbound(contact: Contact, sender: Sender, *, at: datetime) -> None:
    """They wrote to this number: their window there is open from then on."""
    known = Window.objects.filter(contact=contact, sender=sender)
    if not known.update(last_inbound_at=Greatest("last_inbound_at", Value(at))):
        Window.objects.bulk_create(
            [Window(contact=contact, sender=sender, last_inbound_at=at)], ignore_conflicts=True
        )
    _send_what_was_for_them_alone(contact, sender)


def _send_what_was_for_them_alone(contact: Contact, sender: Sender) -> None:
    """Somebody who was added by others has never written, so even what this is could not be told them until now."""
    missed = Delivery.objects.filter(contact=contact, sender=sender, state=Delivery.State.MISSED, message=None)
    missed.filter(content_sid="").update(state=Delivery.State.WAITING, due_at=ClockTime(), error="")


def is_open(contact: Contact, sender: Sender, *, at: datetime) -> bool:
    """May we write freely to this person from this number? On SMS always; on WhatsApp once they have written."""
    if sender.channel is not Channel.WHATSAPP:
        return True
    window = Window.objects.filter(contact=contact, sender=sender).first()
    return window is not None and window.is_open(at)


def shut_times(session: Session) -> dict[int, datetime]:
    """By participant id: when the window shuts, or did, on the number through which each WhatsApp person is, or was
    last, in the session."""
    of_session = Window.objects.filter(contact__participations__session=session).select_related("sender")
    by_pair = {(window.contact_id, window.sender_id): window.shuts_at for window in of_session}
    bindings = Binding.objects.filter(participant__session=session).order_by("pk")
    routes = bindings.values_list("participant_id", "participant__contact_id", "sender_id")
    newest = {person: by_pair.get((contact, sender)) for person, contact, sender in routes}
    return {person: shuts_at for person, shuts_at in newest.items() if shuts_at is not None}
