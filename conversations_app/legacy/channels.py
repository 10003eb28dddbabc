"""The channel of people of old sessions, which the older app did not always keep: their first text here tells it."""

from conversations_app.models import Binding
from matchmaker.addresses import Channel, is_phone_address
from sessions_app.models import Contact, Participant


def learn_from(contact: Contact) -> None:
    """Somebody wrote by this channel. Where we assumed the other one and nothing was sent by it, this one is right."""
    other = on_the_other_channel(contact)
    if not other:
        return
    assumed = Participant.objects.filter(contact__address=other, session__legacy_import__isnull=False)
    there = contact.participations.values("session")
    reached = Binding.objects.values("participant")
    for person in assumed.exclude(session__in=there).exclude(pk__in=reached).select_related("session__legacy_import"):
        if person.pk in person.session.legacy_import.assumed_channel:
            Participant.objects.filter(pk=person.pk).update(contact=contact)


def on_the_other_channel(contact: Contact) -> str:
    if not is_phone_address(contact.address):
        return ""
    number = contact.address.removeprefix("whatsapp:")
    return number if contact.channel is Channel.WHATSAPP else f"whatsapp:{number}"
