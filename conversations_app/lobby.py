"""People who write to one of our numbers without a group there: starting one, joining one, being told how."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from conversations_app import arrivals, commands, outbox, pace, private_commands, windows, wording
from conversations_app.models import Binding, Conversation, InboxEvent, Message, Problem, Sender
from conversations_app.senders import sender_of
from conversations_app.webhooks.payloads import InboundText
from matchmaker import clock
from matchmaker.addresses import masked
from sessions_app import actions
from sessions_app.models import Contact, Participant, Session
from sessions_app.names import FALLBACK, clean_display_name, is_made_up

HINT_EVERY = timedelta(hours=1)
# Where the Messaging webhook stays quiet no message ever gets a twin, so only those of about the same time count.
TWINS_WITHIN = timedelta(minutes=3)
MOST_UNTWINNED = 100


def text_received(event: InboxEvent) -> str:
    """A text at the Messaging webhook; runs in the transaction that finishes the event."""
    text = InboundText.parse(event.payload)
    sender = sender_of(text.to)
    if sender is None:
        Problem.report(
            f"unknown-sender-{masked(text.to)}",
            what=f"A message came for {masked(text.to)}, which is none of our numbers.",
            to_do="Add the number to TWILIO_SENDERS, or take our webhook off it.",
        )
        return "To a number that is not among TWILIO_SENDERS."
    if sender.channel not in settings.CHANNELS_ENABLED:
        return f"{sender.channel} is switched off."
    contact = _contact_of(text)
    windows.note_inbound(contact, sender, at=clock.now())
    binding = held_binding(text)
    if binding is not None:
        return _bound(text, binding, event.received_at)
    command = commands.command_in(text.body)
    if command is None:
        person = _somebody_whose_conversation_ended(contact, sender)
        return _come_back(text, person) if person else _hint(contact, sender)
    return _start(text, contact, sender) if command.name == "start" else _join(text, command.code, contact, sender)


def held_binding(text: InboundText) -> Binding | None:
    return (
        Binding.objects.held()
        .filter(address=text.sender, sender__address=text.to)
        .select_related("participant__session", "conversation")
        .first()
    )


def _contact_of(text: InboundText) -> Contact:
    name = clean_display_name(text.profile_name, reserved=[settings.MATCHMAKER_NAME]) if text.profile_name else ""
    return actions.know_contact(
        address=text.sender,
        at=clock.now(),
        display_name="" if name == FALLBACK else name,
        external_user_id=text.external_user_id,
    )


def _somebody_whose_conversation_ended(contact: Contact, sender: Sender) -> Participant | None:
    """Twilio closed it, by its timer or by somebody's hand, while the group goes on here."""
    return (
        Participant.objects.present()
        .filter(contact=contact, bindings__sender=sender, bindings__conversation__state=Conversation.State.CLOSED)
        .exclude(session__status=Session.Status.CLOSED)
        .order_by("-session__last_activity_at")
        .first()
    )


def _come_back(text: InboundText, person: Participant) -> str:
    session = actions.lock_session(person.session_id)
    open_conversation(session)
    outbox.ask_for_delivery(session)
    _carry_into_the_group(text, person, session)
    return f"{session.code} goes on in its next conversation."


def _hint(contact: Contact, sender: Sender) -> str:
    now = clock.now()
    due = Q(hint_sent_at__isnull=True) | Q(hint_sent_at__lte=now - HINT_EVERY)
    if not Contact.objects.filter(due, pk=contact.pk).update(hint_sent_at=now):
        return "No group; told them how to start less than an hour ago."
    outbox.queue_text(contact=contact, sender=sender, reason="how to start", body=wording.hint())
    return "No group; told them how to start."


def _start(text: InboundText, contact: Contact, sender: Sender) -> str:
    person = actions.start_session(contact=contact, transport=Session.Transport.CONVERSATIONS, at=clock.now())
    conversation = Conversation.objects.create(session=person.session, created_at=clock.now())
    _bind(person, conversation, sender)
    _keep_command(text, person)
    return f"Started {person.session.code}."


def _join(text: InboundText, code: str, contact: Contact, sender: Sender) -> str:
    found = Session.objects.filter(code=code).first()
    if found is None:
        return _refuse(contact, sender, "unknown code", wording.unknown_code(code))
    session = actions.lock_session(found.pk)
    try:
        with transaction.atomic():
            person = _taken_in(session, contact)
            conversation = open_conversation(session)
            if not Binding.objects.held().filter(participant=person).exists():
                _bind(person, conversation, sender)
    except actions.GroupIsClosed:
        return _refuse(contact, sender, "group ended", wording.group_closed(code))
    except actions.GroupIsFull:
        return _refuse(contact, sender, "group full", wording.group_full(code))
    except (actions.AlreadyIn, IntegrityError):
        return _refuse(contact, sender, "already in", wording.already_in(code))
    _keep_command(text, person)
    return f"Joined {code}."


def _taken_in(session: Session, contact: Contact) -> Participant:
    """Somebody who is in, but whose Conversation ended at Twilio, comes back by the same word."""
    present = session.participants.present().filter(contact=contact).first()
    if present and session.status != Session.Status.CLOSED:
        if Binding.objects.held().filter(participant=present).exists():
            raise actions.AlreadyIn
        return present
    return actions.join_session(session=session, contact=contact, at=clock.now())


def open_conversation(session: Session) -> Conversation:
    """The session's open Conversation; when Twilio has closed the last, the next one, with everybody in it."""
    current = outbox.current_conversation(session)
    if current is not None:
        return current
    before = session.conversations.order_by("-number").first()
    number = before.number + 1 if before else 1
    conversation = Conversation.objects.create(session=session, number=number, created_at=clock.now())
    for binding in before.bindings.select_related("participant__contact", "sender") if before else []:
        _bring_along(binding, conversation)
    return conversation


def _bring_along(before: Binding, conversation: Conversation) -> None:
    """Unless they left, were never let in, or their phone is in another group on that number by now."""
    if before.participant.left_at is not None or before.refusal:
        return
    with suppress(IntegrityError), transaction.atomic():
        _bind(before.participant, conversation, before.sender)


def _bind(person: Participant, conversation: Conversation, sender: Sender) -> None:
    """The row comes before the call to Twilio, and counts as bound from now on; `delivery` makes the call."""
    Binding.objects.create(
        participant=person,
        conversation=conversation,
        address=person.contact.address,
        sender=sender,
        created_at=clock.now(),
    )
    outbox.ask_for_delivery(person.session)


def _keep_command(text: InboundText, person: Participant) -> None:
    Message.objects.create(
        session=person.session,
        kind=Message.Kind.COMMAND,
        author=person,
        body=text.body,
        sid=text.sid,
        at=clock.now(),
    )


def _refuse(contact: Contact, sender: Sender, reason: str, body: str, session: Session | None = None) -> str:
    outbox.queue_text(contact=contact, sender=sender, reason=reason, body=body, session=session)
    return f"Answered: {reason}."


def _bound(text: InboundText, binding: Binding, received_at: datetime) -> str:
    """The text of somebody in a Conversation: the twin of a message there, or one that never got there."""
    person = binding.participant
    twin = twin_of(text, binding, received_at)
    if twin is not None:
        Message.objects.filter(pk=twin.pk).update(twin_sid=text.sid)
        return f"The twin of message {twin.pk}."
    command = commands.command_in(text.body, is_nameless=is_made_up(person.name), in_thread=True)
    session = actions.lock_session(person.session_id)
    if command is not None:
        _keep_command(text, person)
        private_commands.answer(person, binding, command)
        return "A command, answered privately."
    _carry_into_the_group(text, person, session)
    return "It had not reached the group, so we posted it there."


def twin_of(text: InboundText, binding: Binding, received_at: datetime) -> Message | None:
    """No id is common to both, so: the author's first message of the same words, of these minutes, without a twin."""
    untwinned = Message.objects.filter(
        author=binding.participant,
        kind__in=[Message.Kind.PERSON, Message.Kind.COMMAND],
        conversation__isnull=False,
        sid__isnull=False,
        twin_sid__isnull=True,
        created_at__gt=received_at - TWINS_WITHIN,
    ).order_by("-pk")[:MOST_UNTWINNED]
    same = [message for message in untwinned if message.body.split() == text.body.split()]
    return same[-1] if same else None


def _carry_into_the_group(text: InboundText, person: Participant, session: Session) -> None:
    message = outbox.queue_message(
        session=session,
        kind=Message.Kind.PERSON,
        body=text.body,
        at=clock.now(),
        author=person,
        media=text.media,
        twin_sid=text.sid,
        needs_turn=True,
    )
    arrivals.note_activity(session, person, clock.now())
    pace.schedule_turn(session, message)
