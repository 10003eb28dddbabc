"""One text to each phone by the Messages API. Here a message becomes a row for each phone; `direct_messages` sends those."""

from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from conversations_app.delivery.leases import Lease
from conversations_app.inbound.receipts import rank
from conversations_app.membership import welcome
from conversations_app.models import WINDOW_SHUT, Binding, Delivery, Message, Receipt
from conversations_app.naming import roster
from conversations_app.naming.name_prefix import in_parts
from conversations_app.naming.roster import Roster
from conversations_app.outbox import outgoing
from conversations_app.windows import messaging_window
from matchmaker import clock
from sessions_app.models import Participant, Session

log = structlog.get_logger()


def add_participants(lease: Lease) -> None:
    waiting = Binding.objects.filter(participant__session=lease.session_id, state=Binding.State.BINDING)
    for binding in waiting.select_related("participant__contact", "sender"):
        with transaction.atomic():
            # No call to Twilio: a text to one phone needs no membership.
            session = lease.hold()
            if waiting.filter(pk=binding.pk).update(state=Binding.State.BOUND):
                welcome.welcome_newcomer(session, binding)


def remove_participant(lease: Lease, binding: Binding) -> None:
    """Nobody has to be asked."""


def end(lease: Lease) -> None:
    with transaction.atomic():
        session = lease.hold()
        if session.status == Session.Status.ACTIVE:
            return  # somebody has written meanwhile
        bindings_of(session).update(
            state=Binding.State.FREED, why_out=Binding.RemovalReason.ENDED, freed_at=clock.now()
        )


def bindings_of(session: Session) -> QuerySet[Binding]:
    return Binding.objects.held().filter(participant__session=session)


def send(lease: Lease) -> float:
    for message in outgoing.waiting_messages(lease.session_id):
        with transaction.atomic():
            session = lease.hold()
            _hand_out(session, message)
        log.info("message_handed_out", session=lease.session_id, message=message.pk, kind=message.kind)
    return 0.0


def _hand_out(session: Session, message: Message) -> None:
    waiting = Message.objects.filter(pk=message.pk, state=Message.State.WAITING)
    if outgoing.is_obsolete(message):
        waiting.update(state=Message.State.REFUSED, error="Not said: the session was no longer active.")
        return
    # Who is leaving reads nothing more, though the number is theirs until that is done.
    readers = bindings_of(session).exclude(state=Binding.State.UNBINDING).exclude(participant=message.author)
    copy_to(message, readers.filter(participant__contact__opted_out_at=None), roster.of_session(session))
    # Sent, as far as the order of the group's messages goes; how each copy fares stands in its own row.
    waiting.update(state=Message.State.SENT, conversation=None, segment=session.segment, error="")


def copy_to(message: Message, readers: QuerySet[Binding], names: Roster) -> None:
    """A row for each of these phones that has none of this message yet; its name in front, long texts in parts.

    A phone whose window is shut gets none: it has missed the message, and catches up when its person writes.
    """
    texts = _texts(message, names)
    phones = list(readers.select_related("participant__contact", "sender").order_by("pk"))
    # A shut window is known beforehand, so nobody pays for a text that WhatsApp would drop (63016).
    reached = messaging_window.open_for(phones, at=clock.now())
    rows = [
        Delivery(
            contact=binding.participant.contact,
            sender=binding.sender,
            session=message.session,
            message=message,
            part=number,
            reason=message.kind,
            body=body,
            media=media,
            state=Delivery.State.WAITING if binding.pk in reached else Delivery.State.MISSED,
        )
        for binding in phones
        for number, (body, media) in enumerate(texts, 1)
    ]
    # A worker that takes over from us makes none of them twice.
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    _note_missed(message, [binding.participant for binding in phones if binding.pk not in reached])


def _texts(message: Message, names: Roster) -> list[tuple[str, list[str]]]:
    """(words, address or sid of a file), of each of which WhatsApp takes one a text."""
    name = message.author.name if message.author else settings.MATCHMAKER_NAME
    named = partial(in_parts, name=name, others=names.reserved, bold=names.bold)
    files = [(_address_of(item), str(item.get("content_type", ""))) for item in message.media if _address_of(item)]
    # The first file travels with the words, and each other one as a text of its own.
    first, *others = named(message.body, media_type=outgoing.media_type_of(message))
    return [
        (first, [file for file, _ in files[:1]]),
        *((words, []) for words in others),
        *((named("", media_type=kind)[0], [file]) for file, kind in files[1:]),
    ]


def _address_of(item: dict[str, Any]) -> str:
    """Its address; of what came in a Conversation, its sid in Twilio's media service."""
    return str(item.get("url") or item.get("sid", ""))


def _note_missed(message: Message, people: list[Participant]) -> None:
    missed = {"status": "undelivered", "rank": rank("undelivered"), "error_code": WINDOW_SHUT}
    rows = [Receipt(message=message, participant=person, updated_at=timezone.now(), **missed) for person in people]
    Receipt.objects.bulk_create(rows, ignore_conflicts=True)
