"""Texts at the Messaging webhook: from people without a group on that number, from members of broadcast sessions, and
from members of a Conversation that did not receive the text."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from conversations_app import extensions
from conversations_app.commands import handlers, parsing, restart
from conversations_app.commands.parsing import Command
from conversations_app.erasing import forgetting, lines
from conversations_app.gateway.payloads import InboundText
from conversations_app.inbound import conversation_events, duplicate_search
from conversations_app.membership import bindings, joining, leaving
from conversations_app.membership.joining import InboundAuthor
from conversations_app.membership.senders import get_sender, is_ours
from conversations_app.models import Binding, InboxEvent, Message, Problem, Sender
from conversations_app.naming.name_prefix import split_for_phones
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import for_person
from conversations_app.photos import noting
from conversations_app.safety import consequences
from conversations_app.turns import batching
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.addresses import Channel, canonical, channel_of, masked
from sessions_app import actions
from sessions_app.models import Contact, LockedSession, Participant, Session
from sessions_app.names import FALLBACK, clean_display_name

# `switch` as well: whoever wants to be in another group wants our messages.
OPT_IN_COMMANDS = {"start", "unstop", "join", "switch"}
HINT_EVERY = timedelta(hours=1)


def text_received(event: InboxEvent) -> str:
    """Runs in the transaction that finishes the event."""
    text = InboundText.parse(event.payload)
    sender = get_sender(text.to)
    if sender is None:
        Problem.report(
            f"unknown-sender-{masked(text.to)}",
            what=f"A message came for {masked(text.to)}, which is not one of our numbers.",
            to_do="Add the number to TWILIO_SENDERS, or remove our webhook from it.",
        )
        return "To a number that is not among TWILIO_SENDERS."
    if sender.channel not in settings.CHANNELS_ENABLED:
        return f"{sender.channel} is switched off."
    if is_ours(text.sender):
        return "From one of our own numbers: two that answer each other would never stop."
    if duplicate_search.is_known(text):
        return "Already known."
    binding = bindings.of_pair(text.sender, text.to)
    duplicate = duplicate_search.find_duplicate(text, binding, event.received_at)
    contact = _contact_of(text)
    if duplicate is not None:
        # Noted on the message, so that a repeated webhook of the same text is known at once.
        Message.objects.filter(pk=duplicate.pk).update(messaging_sid=text.sid)
        return f"Duplicate of message {duplicate.pk}."
    if binding is not None:
        note = _handle_member_text(text, binding)
    else:
        extensions.source().contact_wrote(contact)
        note = _handle_stranger_text(text, InboundAuthor(contact, sender, text.body, text.sid))
    # Last: a session's row is locked before a window's, wherever both are.
    messaging_window.note_inbound(contact, sender, at=clock.now())
    return note


def handle_stop(event: InboxEvent) -> None:
    """Opt out whoever says STOP, before anything else is settled and even where the channel is switched off."""
    text = InboundText.parse(event.payload)
    if duplicate_search.is_known(text) or is_ours(text.sender):
        return
    if _asks_to_stop(text):
        leaving.opt_out(_contact_of(text), at=clock.now())


def _contact_of(text: InboundText) -> Contact:
    name = clean_display_name(text.profile_name, reserved=[settings.MATCHMAKER_NAME]) if text.profile_name else ""
    return actions.get_or_update_contact(
        address=text.sender,
        at=clock.now(),
        display_name="" if name == FALLBACK else name,
        external_user_id=text.external_user_id,
    )


# --- without a group on that number -----------------------------------------------------------------------------------


def _handle_stranger_text(text: InboundText, author: InboundAuthor) -> str:
    command = _command_in(text)
    if command is not None and command.is_tentative:
        code = joining.existing_code(author.contact, command.codes)
        command = replace(command, code=code) if code else None
    # There is no group to leave on this number: whoever says `switch` just wants to be in the other one.
    if command is not None and command.name in {"join", "switch"}:
        _opt_in_by_joining(author)
        return joining.join(author, command.code, onto=author.sender)
    answer = _ANSWERS.get(command.name) if command else None
    if answer is not None:
        return answer(author)
    person = joining.find_absent_member(author.contact, author.sender)
    if person is None or author.contact.opted_out_at is not None:
        if consequences.look_at_stranger(author.contact, author.sender, text.body):
            return "Somebody in need of help."
        return _hint(author)
    return _reopen_session(text, person, author.sender)


def opts_in(text: InboundText) -> bool:
    """Whether the text asks for our messages, whatever they said before."""
    command = _command_in(text)
    return command is not None and command.name in OPT_IN_COMMANDS and parsing.is_real_command(command)


def _command_in(text: InboundText) -> Command | None:
    """From their words, or from the button they tapped."""
    channel = channel_of(text.sender)
    return (
        _carrier_command(text)
        or parsing.command_in(text.body, channel=channel)
        or parsing.command_in(text.tap, channel=channel)
    )


def _asks_to_stop(text: InboundText) -> bool:
    binding = bindings.of_pair(text.sender, text.to)
    if binding is None:
        command = _command_in(text)
        return command is not None and command.name == "stop"
    is_said = any(conversation_events.asks_to_stop(binding.participant, said) for said in (text.body, text.tap))
    return is_said or text.opt_out == "STOP"


def _command_of_member(text: InboundText, person: Participant) -> Command | None:
    return (
        _carrier_command(text)
        or conversation_events.command_of(person, text.body)
        or conversation_events.command_of(person, text.tap)
    )


def _carrier_command(text: InboundText) -> Command | None:
    """With Advanced Opt-Out the words are whatever the account has set; HELP is answered by Twilio. Words that opt in,
    YES among them, mean that only after a STOP: to others "yes" is an answer."""
    if text.opt_out == "STOP":
        return Command("stop")
    is_sms = channel_of(text.sender) is Channel.SMS
    if text.opt_out == "START" or (is_sms and parsing.says_yes_to_messages(text.body)):
        has_opted_out = Contact.objects.filter(
            address__canonical=canonical(text.sender), opted_out_at__isnull=False
        ).exists()
        return Command("unstop") if has_opted_out else None
    return None


def _opt_in_by_joining(author: InboundAuthor) -> None:
    """Joining means wanting our messages. On SMS only START undoes a STOP: until then the carrier blocks us anyway."""
    if author.contact.opted_out_at is not None and author.contact.channel is not Channel.SMS:
        Contact.objects.filter(pk=author.contact.pk).update(opted_out_at=None)
        author.contact.opted_out_at = None


def _start(author: InboundAuthor) -> str:
    """START also undoes a STOP; then it starts no new group."""
    if author.contact.opted_out_at is not None:
        return leaving.opt_in(author)
    return joining.start(author, onto=author.sender)


def _stop(author: InboundAuthor) -> str:
    """No answer: nothing goes to an address that has opted out, not even a confirmation."""
    return "Opted out." if leaving.opt_out(author.contact, at=clock.now()) else "Had already opted out."


def _leave(author: InboundAuthor) -> str:
    person = joining.find_absent_member(author.contact, author.sender)
    if person is None:
        return _hint(author)
    return author.answer("left", leaving.leave(person), person.session)


def _forget_me(author: InboundAuthor) -> str:
    """Of somebody who has left their groups: whoever is in one asks in its thread."""
    people = [one for one in forgetting.kept_of(author.contact) if bindings.of_person(one) is None]
    if not people:
        return author.answer("nothing to forget", lines.nothing())
    is_confirmed = all(forgetting.has_asked(one, clock.now()) for one in people) and _says_yes(author)
    # Who has opted out gets no question, so nothing can be asked; what they want is plain enough.
    if not is_confirmed and author.contact.opted_out_at is None:
        for one in people:
            forgetting.ask(one)
        return author.answer("asked to be forgotten", lines.ask_everywhere())
    words = for_person(lines.done_everywhere(), author.contact)
    groups = forgetting.forget_in(people, author.contact, clock.now())
    author.answer("forgotten", words)
    return f"Forgotten in {groups} groups."


def _says_yes(author: InboundAuthor) -> bool:
    command = parsing.command_in(author.body)
    return command is not None and command.name == "forget me yes"


def _help(author: InboundAuthor) -> str:
    return author.answer("help", wording.help_for_a_stranger())


_ANSWERS: dict[str, Callable[[InboundAuthor], str]] = {
    "start": _start,
    "unstop": leaving.opt_in,
    "stop": _stop,
    "leave": _leave,
    "help": _help,
    "forget me": _forget_me,
    "forget me yes": _forget_me,
}


def _hint(author: InboundAuthor) -> str:
    """One line on how to start or join, at most once an hour: two automatic answerers must not write to each other
    for ever."""
    unasked = Q(hint_sent_at__isnull=True) | Q(hint_sent_at__lt=clock.now() - HINT_EVERY)
    if not Contact.objects.filter(unasked, pk=author.contact.pk).update(hint_sent_at=clock.now()):
        return "Told how to start or join less than an hour ago."
    return author.answer("hint", wording.hint())


def _reopen_session(text: InboundText, person: Participant, sender: Sender) -> str:
    """Their group's Conversation ended, or it slept: reopen it for everyone."""
    session = actions.lock_session(person.session_id)
    person.session = session
    # Somebody may have taken the number for another group meanwhile; the rest of their group is still woken.
    with suppress(bindings.NumberTaken):
        bindings.bind(session, person, sender)
    joining.wake(session)
    if not text.is_empty:
        _post_to_group(text, person, session)
    return f"Reopened {session.code}."


# --- members ----------------------------------------------------------------------------------------------------------


def _handle_member_text(text: InboundText, binding: Binding) -> str:
    person = binding.participant
    command = _command_of_member(text, person)
    if command is not None:
        joining.record_command(InboundAuthor(person.contact, binding.sender, text.body, text.sid), person)
        handlers.answer(person, binding, command, body=text.body, sid=text.sid)
        return "A command."
    # Commands come before this lock: some lock another session, and holding two at once invites a deadlock.
    session = actions.lock_session(person.session_id)
    conversation_events.wake_if_asleep(session)
    if text.is_empty:
        conversation_events.record_activity(session, person, clock.now())
        return str(conversation_events.StoreOutcome.EMPTY)
    message = _post_to_group(text, person, session)
    return f"Message {message.pk}, which we pass on."


def _post_to_group(text: InboundText, person: Participant, session: LockedSession) -> Message:
    message = _queued(text, person, session)
    conversation_events.record_activity(session, person, clock.now())
    if not restart.handle_answer(session, person, text.body):
        Message.objects.filter(pk=message.pk).update(needs_turn=True)
        if not consequences.look_at(session, message):
            noting.note_photos(session, message)
            batching.schedule_turn(session, message)
    return message


def _queued(text: InboundText, person: Participant, session: LockedSession) -> Message:
    """In a Conversation, a text too long for one message with its name goes out in parts; the transcript keeps it
    whole."""
    parts = split_for_phones(text.body, name=person.name)
    if len(parts) == 1 or session.transport == Session.Transport.BROADCAST:
        return outgoing.queue_message(
            session=session,
            kind=Message.Kind.PERSON,
            body=text.body,
            at=clock.now(),
            author=person,
            media=text.media,
            messaging_sid=text.sid,
        )
    message = Message.objects.create(
        session=session,
        segment=session.segment,
        kind=Message.Kind.PERSON,
        author=person,
        body=text.body,
        media=text.media,
        at=clock.now(),
        messaging_sid=text.sid,
    )
    conversation_events.relay(session, message, parts)
    outgoing.queue_files_of(session, message)
    return message
