"""Our numbers: rows seeded from TWILIO_SENDERS, one pool a channel."""

from collections.abc import Collection

from django.conf import settings

from conversations_app.models import Binding, Sender
from conversations_app.outbox import links, wording
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.addresses import Channel, canonical, channel_of, is_phone_address
from sessions_app.models import Contact


def get_sender(address: str) -> Sender | None:
    """The row of one of our numbers, created on first use; None when the number is not ours."""
    sender = Sender.objects.filter(address=address).first()
    if sender is None and address in settings.TWILIO_SENDERS:
        # Two workers may meet a new number at once.
        sender, _ = Sender.objects.get_or_create(address=address)
    return sender


def is_ours(address: str) -> bool:
    """One of our own numbers, or one that was."""
    return is_in_settings(address) or Sender.objects.filter(address__canonical=canonical(address)).exists()


def is_in_settings(address: str) -> bool:
    return canonical(address) in map(canonical, settings.TWILIO_SENDERS)


def is_person(author: str) -> bool:
    """Not us, and no other program: those post under one of our numbers, or under a name such as `system`."""
    return is_phone_address(author) and not is_ours(author)


def pool(like: Sender) -> list[Sender]:
    """Our numbers of the same channel on which new people may be put, in the order of the settings."""
    # The settings decide, not the rows: those of numbers that we gave up stay, since old rows refer to them.
    same = [address for address in settings.TWILIO_SENDERS if channel_of(address) is like.channel]
    rows = [get_sender(address) for address in same]
    return [sender for sender in rows if sender is not None and sender.is_enabled]


def open_to_newcomers() -> list[Sender]:
    """The first such number of each channel that is switched on."""
    first: dict[Channel, Sender] = {}
    for sender in filter(None, map(get_sender, settings.TWILIO_SENDERS)):
        if sender.is_enabled and sender.channel in settings.CHANNELS_ENABLED:
            first.setdefault(sender.channel, sender)
    return list(first.values())


def link_to_come_back() -> str:
    """Whoever was in a group is in it again by any word to us; only on WhatsApp we may not write first."""
    ours = next((sender for sender in open_to_newcomers() if sender.channel is Channel.WHATSAPP), None)
    return links.tap_link(ours, wording.here_again()) if ours else ""


def first_free(contact: Contact) -> Sender | None:
    """Our first number of their channel, if this phone is in no group on it."""
    # A pair is of one channel (50414), so a phone on SMS needs one of our SMS numbers.
    ours = (get_sender(address) for address in settings.TWILIO_SENDERS if channel_of(address) is contact.channel)
    first = next((sender for sender in ours if sender is not None and sender.is_enabled), None)
    return free_for(contact, like=first) if first else None


def free_for(contact: Contact, *, like: Sender, but_not: Collection[str] = ()) -> Sender | None:
    """One of our numbers of that channel on which this phone is in no group: a pair fits into one Conversation only.
    `but_not`: numbers on which Twilio said the phone is taken."""
    # One open Conversation for each phone and number of ours (50416): a second group takes a second number.
    held = set(Binding.objects.held().filter(participant__contact=contact).values_list("sender_id", flat=True))
    free = (sender for sender in pool(like) if sender.pk not in held and sender.address not in but_not)
    return next(free, None)


def may_write_first(contact: Contact, sender: Sender) -> bool:
    """May we write from this number to somebody who has not just written there? On WhatsApp only while their window
    is open."""
    return messaging_window.is_open(contact, sender, at=clock.now())
