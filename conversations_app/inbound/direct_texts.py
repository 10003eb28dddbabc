"""Texts at the Messaging webhook: of people without a group there, of members of broadcast sessions, and of members of
Conversations whose text has not come from there."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from conversations_app.commands import handlers, parsing, restart
from conversations_app.commands.parsing import Command
from conversations_app.gateway.payloads import InboundText
from conversations_app.inbound import conversation_events, duplicate_search
from conversations_app.legacy import channels
from conversations_app.membership import bindings, joining
from conversations_app.membership.joining import Writer
from conversations_app.membership.senders import sender_of
from conversations_app.models import Binding, InboxEvent, Message, Problem, Sender
from conversations_app.naming.name_prefix import split_for_phones
from conversations_app.outbox import outgoing, wording
from conversations_app.turns import batching
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.addresses import Channel, channel_of, masked
from sessions_app import actions
from sessions_app.models import Contact, Participant, Session
from sessions_app.names import FALLBACK, clean_display_name

ASK_FOR_US = {"start", "unstop", "join", "hi", "switch"}
HINT_EVERY = timedelta(hours=1)


def text_received(event: InboxEvent) -> str:
    """Runs in the transaction that finishes the event."""
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
    if duplicate_search.is_known(text):
        return "Known already."
    binding = bindings.of_pair(text.sender, text.to)
    twin = duplicate_search.twin_of(text, binding, event.received_at)
    contact = _contact_of(text)
    if twin is not None:
        Message.objects.filter(pk=twin.pk).update(twin_sid=text.sid)
        return f"The twin of message {twin.pk}."
    if binding is not None:
        note = _of_a_member(text, binding)
    else:
        channels.learn_from(contact)
        note = _of_a_stranger(text, Writer(contact, sender, text.body, text.sid))
    # Last: a session's row is locked before a window's, wherever both are.
    messaging_window.note_inbound(contact, sender, at=clock.now())
    return note


def stop_at_once(event: InboxEvent) -> None:
    """Whatever else is to be settled first, whichever channel is switched off: who says stop is out now."""
    text = InboundText.parse(event.payload)
    command = _command_in(text)
    if command is not None and command.name == "stop" and not duplicate_search.is_known(text):
        joining.opt_out(_contact_of(text), at=clock.now())


def _contact_of(text: InboundText) -> Contact:
    name = clean_display_name(text.profile_name, reserved=[settings.MATCHMAKER_NAME]) if text.profile_name else ""
    return actions.know_contact(
        address=text.sender,
        at=clock.now(),
        display_name="" if name == FALLBACK else name,
        external_user_id=text.external_user_id,
    )


# --- without a group on that number -----------------------------------------------------------------------------------


def _of_a_stranger(text: InboundText, writer: Writer) -> str:
    command = _command_in(text)
    # There is no group to leave on this number: whoever says `switch` just wants to be in the other one.
    if command is not None and command.name in {"join", "hi", "switch"}:
        if command.name == "hi" and not joining.is_a_code(writer.contact, command.code):
            command = None
        else:
            _opt_in_by_word(writer)
            return joining.join(writer, command.code, onto=writer.sender)
    answer = _ANSWERS.get(command.name) if command else None
    if answer is not None:
        return answer(writer)
    person = joining.absent_member(writer.contact, writer.sender)
    if person is None or writer.contact.opted_out_at is not None:
        return _hint(writer)
    return _come_back(text, person, writer.sender)


def asks_for_us(text: InboundText) -> bool:
    """They want our messages, whatever they said before."""
    command = _command_in(text)
    return command is not None and command.name in ASK_FOR_US


def _command_in(text: InboundText) -> Command | None:
    """In their words, or in what the button means that they tapped."""
    channel = channel_of(text.sender)
    return (
        _carriers_word(text)
        or parsing.command_in(text.body, channel=channel)
        or parsing.command_in(text.tap, channel=channel)
    )


def _carriers_word(text: InboundText) -> Command | None:
    """With Advanced Opt-Out the words are whatever the account has set; HELP is answered by Twilio."""
    return {"STOP": Command("stop"), "START": Command("unstop")}.get(text.opt_out)


def _opt_in_by_word(writer: Writer) -> None:
    """Whoever asks to come in wants our messages. On SMS only START undoes a STOP: the carrier sees to that."""
    if writer.contact.opted_out_at is not None and writer.contact.channel is not Channel.SMS:
        Contact.objects.filter(pk=writer.contact.pk).update(opted_out_at=None)
        writer.contact.opted_out_at = None


def _start(writer: Writer) -> str:
    """`start` is also the word that undoes a STOP; then it begins nothing new."""
    if writer.contact.opted_out_at is not None:
        return joining.opt_in(writer)
    return joining.start(writer, onto=writer.sender)


def _stop(writer: Writer) -> str:
    """No word more, not even about this: nothing goes to an address that has opted out."""
    return "Opted out." if joining.opt_out(writer.contact, at=clock.now()) else "Had opted out."


def _leave(writer: Writer) -> str:
    person = joining.absent_member(writer.contact, writer.sender)
    if person is None:
        return _hint(writer)
    joining.leave(person)
    return writer.answer("left", wording.you_left(person.session.code), person.session)


def _help(writer: Writer) -> str:
    return writer.answer("help", wording.help_for_a_stranger())


_ANSWERS: dict[str, Callable[[Writer], str]] = {
    "start": _start,
    "unstop": joining.opt_in,
    "stop": _stop,
    "leave": _leave,
    "help": _help,
}


def _hint(writer: Writer) -> str:
    """One line on how to start or join, at most once an hour."""
    unasked = Q(hint_sent_at__isnull=True) | Q(hint_sent_at__lt=clock.now() - HINT_EVERY)
    if not Contact.objects.filter(unasked, pk=writer.contact.pk).update(hint_sent_at=clock.now()):
        return "Told how to start or join within the hour."
    return writer.answer("hint", wording.hint())


def _come_back(text: InboundText, person: Participant, sender: Sender) -> str:
    """Their group goes on, but its Conversation ended or it slept: it is opened again, for everybody."""
    session = actions.lock_session(person.session_id)
    person.session = session
    with suppress(bindings.NumberTaken):
        bindings.bind(person, sender)
    joining.wake(session)
    _carry_into_the_group(text, person, session)
    return f"Reopened {session.code}."


# --- members ----------------------------------------------------------------------------------------------------------


def _of_a_member(text: InboundText, binding: Binding) -> str:
    person = binding.participant
    command = (
        _carriers_word(text)
        or conversation_events.command_of(person, text.body)
        or conversation_events.command_of(person, text.tap)
    )
    if command is not None:
        joining.keep_word(Writer(person.contact, binding.sender, text.body, text.sid), person)
        handlers.answer(person, binding, command, body=text.body, sid=text.sid)
        return "A command."
    session = actions.lock_session(person.session_id)
    conversation_events.wake_if_asleep(session)
    message = _carry_into_the_group(text, person, session)
    return f"Message {message.pk}, which we pass on."


def _carry_into_the_group(text: InboundText, person: Participant, session: Session) -> Message:
    message = _queued(text, person, session)
    conversation_events.note_activity(session, person, clock.now())
    if not restart.heard(session, person, text.body):
        Message.objects.filter(pk=message.pk).update(needs_turn=True)
        batching.schedule_turn(session, message)
    return message


def _queued(text: InboundText, person: Participant, session: Session) -> Message:
    """In a Conversation a text that is too long with its name goes out in parts, and stands in the transcript whole."""
    parts = split_for_phones(text.body, name=person.name)
    if len(parts) == 1 or session.transport == Session.Transport.BROADCAST:
        return outgoing.queue_message(
            session=session,
            kind=Message.Kind.PERSON,
            body=text.body,
            at=clock.now(),
            author=person,
            media=text.media,
            twin_sid=text.sid,
        )
    message = Message.objects.create(
        session=session,
        leg=session.leg,
        kind=Message.Kind.PERSON,
        author=person,
        body=text.body,
        media=text.media,
        at=clock.now(),
        twin_sid=text.sid,
    )
    conversation_events.relay(message, parts)
    outgoing.queue_files_of(message)
    return message
