"""The link to a participant's own page, `/me/<token>`: made, sent to their phone alone, and revoked."""

from datetime import datetime, timedelta

from django.db.models.functions import Now

from conversations_app.membership import bindings, senders
from conversations_app.models import Delivery
from conversations_app.outbox import outgoing, wording
from sessions_app.models import OwnPageLink, Participant

LASTS = timedelta(days=14)
# A link that is sent again opens the page for a good while yet.
STILL_GOOD_FOR = timedelta(days=7)
ON_THEIR_SCREEN = timedelta(minutes=10)


def may_send(participant: Participant) -> bool:
    """We can write to them alone just now."""
    binding, contact = bindings.of_person(participant), participant.contact
    return binding is not None and contact.opted_out_at is None and senders.may_write_first(contact, binding.sender)


def send_link(participant: Participant, *, reason: str, at: datetime) -> bool:
    """Text it to their phone, and to nobody else. False when we cannot write to them just now."""
    binding = bindings.of_person(participant)
    contact = participant.contact
    if binding is None or not may_send(participant):
        return False
    outgoing.queue_text(
        contact=contact,
        sender=binding.sender,
        session=participant.session,
        reason=reason,
        body=wording.own_page(),
        own_page=usable_link(participant, at=at),
    )
    return True


def send_link_unless_just_sent(participant: Participant, *, reason: str, at: datetime) -> bool:
    """The same, where several steps in a row lead to their page: one text with the link is enough for all of them."""
    lately = Delivery.objects.filter(own_page=usable_link(participant, at=at), created_at__gt=Now() - ON_THEIR_SCREEN)
    return lately.exists() or send_link(participant, reason=reason, at=at)


def usable_link(participant: Participant, *, at: datetime) -> OwnPageLink:
    """The one that they have, unless it is about to expire."""
    links = OwnPageLink.objects.usable(at).filter(participant=participant, expires_at__gte=at + STILL_GOOD_FOR)
    return links.last() or OwnPageLink.objects.create(participant=participant, created_at=at, expires_at=at + LASTS)


def revoke(participant: Participant, at: datetime) -> bool:
    """Whatever link of theirs worked until now opens nothing any more; False if none did."""
    return OwnPageLink.objects.filter(participant=participant).revoke(at) > 0
