"""Which phone is in which group on which of our numbers: bind, release, free. Runs in the caller's transaction."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from conversations_app.membership import senders
from conversations_app.models import Binding, Conversation, Sender
from conversations_app.outbox import outgoing
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.addresses import canonical
from sessions_app.models import LockedSession, Participant, Session


class NumberTaken(Exception):
    """This phone is already in a group on that number."""


def of_pair(address: str, number: str) -> Binding | None:
    """`address` in either form of its number."""
    return _held().filter(participant__contact__address__canonical=canonical(address), sender__address=number).first()


def of_person(person: Participant) -> Binding | None:
    return _held().filter(participant=person).first()


def _held() -> QuerySet[Binding]:
    return Binding.objects.held().select_related(
        "participant__session", "participant__contact", "sender", "conversation"
    )


def bind(session: LockedSession, person: Participant, sender: Sender) -> Binding:
    """Hold (phone, number) for this person's group. `delivery` then adds them at Twilio, but the row counts as bound
    from now on: a text that arrives between Twilio's answer and our commit must already find it.

    Raises NumberTaken.
    """
    if Binding.objects.held().filter(participant__contact=person.contact_id, sender=sender).exists():
        raise NumberTaken  # perhaps under the other form of their number, which the constraint does not see
    in_conversation = session.transport == Session.Transport.CONVERSATIONS
    # The unique constraint decides, not a look beforehand: two groups may reach for the same pair at once. In a
    # savepoint, since the caller goes on after a refusal.
    try:
        with transaction.atomic():
            binding = Binding.objects.create(
                participant=person,
                conversation=open_conversation(session) if in_conversation else None,
                address=person.contact.address,
                sender=sender,
                created_at=clock.now(),
            )
    except IntegrityError:
        raise NumberTaken from None
    outgoing.request_delivery(session)
    return binding


def open_conversation(session: LockedSession) -> Conversation:
    """The session's open Conversation; when Twilio has closed the last, the next one, on a segment of its own."""
    current = outgoing.current_conversation(session)
    if current is not None:
        return current
    # Twilio keeps the unique name of a closed Conversation, so numbers are never used again.
    number = session.conversations.count() and max(session.conversations.values_list("number", flat=True))
    if number:
        begin_segment(session)
    return Conversation.objects.create(
        session=session, number=number + 1, segment=session.segment, created_at=clock.now()
    )


def begin_segment(session: LockedSession) -> None:
    # Every Conversation counts its messages from 0, so the transcript goes by segment first.
    Session.objects.filter(pk=session.pk).update(segment=F("segment") + 1)
    session.refresh_from_db(fields=["segment"])


def release(bindings: QuerySet[Binding], why: Binding.RemovalReason) -> None:
    """Take them out of the fan-out from now on. `delivery` tells Twilio, and only then may another group have the
    pair: until Twilio has let go, it answers 50416 to whoever asks for it."""
    for binding in bindings.filter(state__in=[Binding.State.BINDING, Binding.State.BOUND]).select_related(
        "participant"
    ):
        mine = Binding.objects.held().filter(pk=binding.pk)
        # Looked at again row by row: Twilio may have told another worker meanwhile that they are out.
        if mine.update(state=Binding.State.UNBINDING, why_out=why):
            outgoing.request_delivery(binding.participant.session)


def remove_unbound(
    session: LockedSession, person: Participant, conversation: Conversation, sender: Sender, why: str = ""
) -> None:
    """Have `delivery` remove somebody who is in the Conversation at Twilio without a row of ours. Without `why`, the
    group hears nothing of it. Raises NumberTaken."""
    try:
        with transaction.atomic():
            Binding.objects.create(
                participant=person,
                conversation=conversation,
                address=person.contact.address,
                sender=sender,
                state=Binding.State.UNBINDING,
                why_out=why,
                created_at=clock.now(),
            )
    except IntegrityError:
        raise NumberTaken from None
    outgoing.request_delivery(session)


def free(bindings: QuerySet[Binding], why: Binding.RemovalReason | None = None) -> None:
    """Twilio has let go of them, so other groups may have the pair."""
    # The row stays, and with it the participant's sid: receipts come long after somebody has left.
    changes = {"state": Binding.State.FREED, "freed_at": clock.now()} | ({"why_out": why} if why else {})
    bindings.exclude(state=Binding.State.FREED).update(**changes)


def mark_closed(conversation: Conversation) -> None:
    """Twilio closed it, which is final and frees its phones and numbers."""
    Conversation.objects.filter(pk=conversation.pk).update(state=Conversation.State.CLOSED)
    # Closing frees all of its pairs at once, so nobody has to be removed one by one.
    held = Binding.objects.held().filter(conversation=conversation)
    free(held.filter(why_out=""), Binding.RemovalReason.ENDED)
    free(held)  # who was leaving anyway has left for their own reason


def rebind_everyone(session: LockedSession) -> None:
    """Bind everyone in the group who is on none of our numbers, because its Conversation ended or it slept. Whoever
    opted out stays out, and so do phones that are in another group on that number by now."""
    for person in session.participants.present().filter(contact__opted_out_at=None).select_related("contact"):
        last = person.bindings.select_related("sender").order_by("-pk").first()
        # Whom Twilio refused once would be refused again, and be told so again.
        if last is not None and (last.state != Binding.State.FREED or last.refusal):
            continue
        onto = last.sender if last is not None else _first_number_for(person)
        if onto is None or onto.address not in settings.TWILIO_SENDERS:
            continue  # they come back by writing
        try:
            bind(session, person, onto)
        except NumberTaken:
            continue


def _first_number_for(person: Participant) -> Sender | None:
    """Of somebody in an imported session: by SMS at once, on WhatsApp while their window with our number is open. It
    counts from their last message whose time is known, also one from before the import: the number is the same."""
    onto = senders.first_free(person.contact)
    if onto is None:
        return None
    last = (
        person.session.messages.filter(author__contact=person.contact, at_is_estimated=False).order_by("-at").first()
    )
    if last is not None:
        messaging_window.note_inbound(person.contact, onto, at=last.at)
    return onto if senders.may_write_first(person.contact, onto) else None


def has_bound_phones(session: Session) -> bool:
    """Whether a message to the group reaches a phone."""
    return Binding.objects.held().filter(participant__session=session).exists()
