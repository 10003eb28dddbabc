"""Applies to our rows what happened in a Conversation at Twilio. Runs inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from conversations_app import extensions
from conversations_app.commands import answers, handlers, introductions, parsing, restart
from conversations_app.commands.parsing import Command
from conversations_app.erasing import panic, rows
from conversations_app.errors import TryAgainLater, WaitReason
from conversations_app.gateway.payloads import (
    ConversationRemoved,
    MessageAdded,
    MessageInfo,
    ParticipantAdded,
    ParticipantRemoved,
    StateUpdated,
)
from conversations_app.membership import bindings, joining, leaving, senders
from conversations_app.models import Binding, Conversation, InboxEvent, Message, Problem, Sender
from conversations_app.naming import roster
from conversations_app.naming.name_prefix import MAX_PHONE_BODY, room_beside, split_for_phones
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import for_group
from conversations_app.photos import noting
from conversations_app.safety import consequences
from conversations_app.turns import batching
from conversations_app.windows import catch_up, messaging_window
from matchmaker import clock
from matchmaker.addresses import canonical
from matchmaker.characters import text_length
from sessions_app import actions
from sessions_app.models import Contact, LockedSession, Participant, Session
from sessions_app.names import FALLBACK, distinct_name, is_made_up

# A webhook can overtake the answer to the call that made its Conversation.
UNKNOWN_FOR_AT_MOST = timedelta(seconds=60)
_NOT_OURS = "The Conversation is not ours."


def message_added(event: InboxEvent) -> str:
    added = MessageAdded.parse(event.payload)
    is_ours = Conversation.objects.filter(sid=added.conversation_sid).exists()
    if not is_ours and should_look_up_owner(event):
        note = extensions.source().text_elsewhere(added.conversation_sid, added.message)
        if note:
            return note
    conversation = _known_conversation(added.conversation_sid, event)
    return str(store_message(conversation, added.message)) if conversation else _NOT_OURS


def _known_conversation(sid: str, event: InboxEvent) -> Conversation | None:
    conversation = Conversation.objects.filter(sid=sid).select_related("session").first()
    if conversation is None and _may_become_known(event):
        raise TryAgainLater(WaitReason.UNKNOWN_CONVERSATION, pause_s=2)
    return conversation


def _locked_conversation(sid: str, event: InboxEvent) -> tuple[LockedSession, Conversation] | None:
    """The Conversation, with its session's row locked: what changes people or states is done one after the other."""
    conversation = _known_conversation(sid, event)
    return (actions.lock_session(conversation.session_id), conversation) if conversation else None


def _may_become_known(event: InboxEvent) -> bool:
    return timezone.now() - event.received_at < UNKNOWN_FOR_AT_MOST


def should_look_up_owner(event: InboxEvent) -> bool:
    """Whose Conversation is it, if not one of ours? Asked on the first try and on the last, not on each in between."""
    return event.wait_reason != WaitReason.UNKNOWN_CONVERSATION or not _may_become_known(event)


class StoreOutcome(StrEnum):
    """What became of a message that Twilio told us about; the sentence is for staff."""

    STORED = "Message {id}."
    COMMAND = "Message {id}, a command."
    EMPTY = "There is nothing in it that could be shown."
    RESTARTED = "Message {id}, which starts the interview over."
    KNOWN = "Already known."
    REMOVED = "Message {id}, without its words: whoever wrote it had them removed."
    OURS = "Ours."
    OURS_CONFIRMED = "Ours, now known to be sent."
    FROM_A_PROGRAM = "Message {id}, posted by another program, so it is not answered."


@dataclass(frozen=True)
class StoreResult:
    outcome: StoreOutcome
    message: Message | None = None  # the row, when it is new here

    def __str__(self) -> str:
        return self.outcome.format(id=self.message.pk if self.message else "")


def store_message(conversation: Conversation, info: MessageInfo) -> StoreResult:
    """Keep one message of a Conversation, once, whoever told us of it."""
    if Message.objects.filter(sid=info.sid).exists():
        return StoreResult(StoreOutcome.KNOWN)
    if ref := info.ours.get("ref"):
        return _adopt_ours(conversation, str(ref), info)
    author = _author(conversation.session, info)
    if author is None:
        return _store_note(conversation, info)
    if author.forgotten_at is not None and info.at <= author.forgotten_at:
        return _store_emptied(conversation, author, info)
    text = info.words
    command = _kept_apart(author, text) if info.ours.get("command") else command_of(author, text, index=info.index)
    if command is not None or info.ours.get("command"):
        return _store_command(conversation, author, info, command, text)
    session = actions.lock_session(conversation.session_id)
    # Looked up once more under the lock: another worker may have stored it while we waited.
    if Message.objects.filter(sid=info.sid).exists():
        return StoreResult(StoreOutcome.KNOWN)
    record_activity(session, author, info.at)
    wake_if_asleep(session)
    if info.is_empty:
        return StoreResult(StoreOutcome.EMPTY)
    message = _store(conversation, author, info, Message.Kind.PERSON, text)
    if restart.handle_answer(session, author, text):
        return StoreResult(StoreOutcome.RESTARTED, message)
    Message.objects.filter(pk=message.pk).update(needs_turn=True)
    if message.media and settings.TWILIO_DROPS_CAPTIONS:
        _relay_caption(session, message)
    else:
        _relay_long_text(session, message)
    if not consequences.look_at(session, message):
        noting.note_photos(session, message)
        batching.schedule_turn(session, message)
    return StoreResult(StoreOutcome.STORED, message)


def _store_emptied(conversation: Conversation, author: Participant, info: MessageInfo) -> StoreResult:
    """They had everything they said taken out, and this comes only now. Kept without its words, so that it is known."""
    actions.lock_session(conversation.session_id)
    if Message.objects.filter(sid=info.sid).exists():
        return StoreResult(StoreOutcome.KNOWN)
    message = _store(conversation, author, info, Message.Kind.PERSON, "")
    rows.note_lines_at_twilio(conversation.session, [message.pk])
    rows.empty_messages([message.pk], clock.now())
    return StoreResult(StoreOutcome.REMOVED, message)


def _store_note(conversation: Conversation, info: MessageInfo) -> StoreResult:
    """Phones showed it, so staff should see it. It is for no turn: two programs could answer each other for ever."""
    if info.is_empty:
        return StoreResult(StoreOutcome.EMPTY)
    actions.lock_session(conversation.session_id)
    if Message.objects.filter(sid=info.sid).exists():
        return StoreResult(StoreOutcome.KNOWN)
    message = _store(conversation, None, info, Message.Kind.PROGRAM, info.words)
    return StoreResult(StoreOutcome.FROM_A_PROGRAM, message)


def _adopt_ours(conversation: Conversation, ref: str, info: MessageInfo) -> StoreResult:
    """Something we posted, perhaps without getting Twilio's answer: now we know that it was sent."""
    session = actions.lock_session(conversation.session_id)
    mine = Message.objects.filter(session=session, ref=ref, sid__isnull=True)
    message = mine.select_related("session", "author").first()
    if message is None or not mine.note_sent(sid=info.sid, index=info.index, conversation=conversation):
        return StoreResult(StoreOutcome.OURS)
    outgoing.queue_files_of(session, message)
    return StoreResult(StoreOutcome.OURS_CONFIRMED)


def command_of(person: Participant, text: str, *, index: int | None = None) -> Command | None:
    """The command in a member's text, if it is meant for us and not for the group. `index`: of their message in its
    Conversation."""
    command = _command_words(person, text)
    if command is None:
        return introductions.introduction_of(person, text, index=index) if is_made_up(person.name) else None
    if command.may_be_an_answer and _answers_a_question(person, command, text, index):
        return None
    return _if_it_counts(person, command)


def asks_to_stop(person: Participant, text: str) -> bool:
    """Whether a member's text is a STOP. Changes nothing, where asking for any command counts wrong codes; and is asked
    of texts that may have come from their Conversation already."""
    command = _command_words(person, text)
    if command is None or command.name != "stop":
        return False
    if not command.may_be_an_answer:
        return True
    before = answers.lines_before(person.session.messages.all(), person.contact.address)
    return not answers.answers_a_question(text, answers.without_itself(text, before))


def _kept_apart(person: Participant, text: str) -> Command | None:
    """What the pre-event hook took for a command. The group did not read it, so it is no answer to the group."""
    command = _command_words(person, text)
    return _if_it_counts(person, command) if command else None


def _command_words(person: Participant, text: str) -> Command | None:
    if panic.is_said(person, text):
        return Command("panic")
    return parsing.command_in(
        text, channel=person.contact.channel, is_nameless=is_made_up(person.name), in_thread=True
    )


def _if_it_counts(person: Participant, command: Command) -> Command | None:
    if command.is_tentative and not joining.existing_code(person.contact, command.codes):
        return None
    quiet_until = person.session.quiet_until
    if command.name == "normal" and (quiet_until is None or quiet_until <= clock.now()):
        return None  # the answer to "how was your day?"; it is a command only while the group is on `quiet`
    return command


def _answers_a_question(person: Participant, command: Command, text: str, index: int | None) -> bool:
    before = answers.lines_before(person.session.messages.all(), person.contact.address, index=index)
    # Whoever wants to go may have had enough of being asked.
    is_about_us = command.name in {"leave", "stop"}
    was_asked = not is_about_us and person.session.questions.filter(closed_at=None, asked_to=person).exists()
    return answers.answers_a_question(text, before, was_asked=was_asked)


def _store_command(
    conversation: Conversation, author: Participant, info: MessageInfo, command: Command | None, text: str
) -> StoreResult:
    """Without the session's lock: some commands lock another session, and holding two invites a deadlock."""
    try:
        with transaction.atomic():
            message = _store(conversation, author, info, Message.Kind.COMMAND, text)
    except IntegrityError:
        return StoreResult(StoreOutcome.KNOWN)
    binding = bindings.of_person(author)
    if command is not None and command.name == "stop":
        leaving.stop_in_conversation(author, conversation, at=clock.now())
    elif command is not None and command.name == "panic" and binding is None:
        panic.leave(author, clock.now())
        leaving.leave_conversation(author, conversation, Binding.RemovalReason.QUIETLY)
    elif command is not None and command.name == "leave" and binding is None:
        leaving.leave_conversation(author, conversation)
    elif command is not None and binding is not None:
        handlers.answer(author, binding, command, body=text, sid=info.sid)
    if binding is not None:
        # Last: a session's row is locked before a window's, wherever both are.
        messaging_window.note_inbound(author.contact, binding.sender, at=info.at)
    return StoreResult(StoreOutcome.COMMAND, message)


def _store(
    conversation: Conversation, author: Participant | None, info: MessageInfo, kind: Message.Kind, body: str
) -> Message:
    return Message.objects.create(
        session=conversation.session,
        conversation=conversation,
        segment=conversation.segment,
        kind=kind,
        author=author,
        body=body,
        media=info.media,
        sid=info.sid,
        index=info.index,
        at=info.at,
        was_named=bool(info.ours),
        read_instead=info.body if info.ours.get("command") else "",
    )


def record_activity(session: LockedSession, author: Participant, at: datetime) -> None:
    Session.objects.filter(pk=session.pk, last_activity_at__lt=at).update(last_activity_at=at)
    binding = bindings.of_person(author)
    if binding is not None:
        messaging_window.note_inbound(author.contact, binding.sender, at=at)
        catch_up.send_catch_up(session=session, person=author, sender=binding.sender)


def wake_if_asleep(session: LockedSession) -> None:
    """Somebody writes just as the group is put to sleep."""
    # Under the session's lock, as putting it to sleep is: whichever comes second sees what the first did.
    if session.status == Session.Status.DORMANT:
        joining.wake(session)


def _author(session: Session, info: MessageInfo) -> Participant | None:
    if senders.is_in_settings(info.author):
        return None
    known = (
        session.participants.select_related("contact", "session")
        .filter(contact__address__canonical=canonical(info.author))
        .first()
    )
    if known is not None or not senders.is_person(info.author):
        return known
    # Should this be a STOP, all their sessions get locked, and that has to happen in order of ids: lock them all now.
    leaving.lock_sessions_of(actions.get_or_update_contact(address=info.author, at=clock.now()), session.pk)
    return _participant_added_at_twilio(session, info.author)


def _participant_added_at_twilio(session: Session, address: str) -> Participant:
    """Somebody whom staff added in Twilio's console: in the group there, so in it here too."""
    contact = actions.get_or_update_contact(address=address, at=clock.now())
    actions.lock_session(session.pk)
    taken = session.participants.present().values_list("name", flat=True)
    name = distinct_name(contact.display_name or FALLBACK, taken)
    person, is_new = Participant.objects.get_or_create(
        session=session, contact=contact, defaults={"name": name, "joined_at": clock.now()}
    )
    if not is_new and person.left_at is not None:
        Participant.objects.filter(pk=person.pk).update(left_at=None, name=name)
        person.left_at, person.name = None, name
    return person


def _relay_long_text(session: LockedSession, message: Message) -> None:
    """Name and text exceeded the channel's limit, so the pre-event hook let the text through without a name."""
    assert message.author is not None  # a person's message has an author, by constraint
    if message.was_named or text_length(message.body) <= room_beside(message.author.name):
        return
    is_whole = text_length(message.body) <= MAX_PHONE_BODY
    relay(
        session,
        message,
        [for_group(wording.unnamed_above(), session)]
        if is_whole
        else split_for_phones(message.body, name=message.author.name),
    )


def _relay_caption(session: LockedSession, message: Message) -> None:
    """Phones show the file alone, so a line of its own says whose it is and what was written with it."""
    assert message.author is not None  # a person's message has an author, by constraint
    sign = [{"content_type": outgoing.media_type_of(message)}]
    relay(session, message, split_for_phones(message.body, name=message.author.name), media=sign)


def relay(session: LockedSession, message: Message, parts: list[str], **more: Any) -> None:
    """Send a person's words to the group ourselves; `at` links the parts to their message for the catch-up."""
    for part in parts:
        outgoing.queue_message(
            session=session, kind=Message.Kind.RELAY, author=message.author, body=part, at=message.at, **more
        )


# --- the conversation's own life --------------------------------------------------------------------------------------


def state_updated(event: InboxEvent) -> str:
    update = StateUpdated.parse(event.payload)
    found = _locked_conversation(update.conversation_sid, event)
    if found is None:
        return _NOT_OURS
    _, conversation = found
    if update.state == Conversation.State.CLOSED:
        bindings.mark_closed(conversation)
    elif update.state in {Conversation.State.ACTIVE, Conversation.State.INACTIVE}:
        Conversation.objects.filter(pk=conversation.pk).exclude(state=Conversation.State.CLOSED).update(
            state=update.state
        )
    return f"Now {update.state}."


def conversation_removed(event: InboxEvent) -> str:
    """Somebody deleted it at Twilio: as final as closing it."""
    found = _locked_conversation(ConversationRemoved.parse(event.payload).conversation_sid, event)
    if found is None:
        return _NOT_OURS
    _, conversation = found
    bindings.mark_closed(conversation)
    return "Deleted at Twilio."


def participant_added(event: InboxEvent) -> str:
    """Added by us, which we already know, or by somebody in Twilio's console."""
    added = ParticipantAdded.parse(event.payload)
    found = _locked_conversation(added.conversation_sid, event)
    if found is None:
        return _NOT_OURS
    session, conversation = found
    return record_added_participant(
        session, conversation, added.participant_sid, address=added.address, proxy_address=added.proxy_address
    )


def record_added_participant(
    session: LockedSession, conversation: Conversation, sid: str, *, address: str, proxy_address: str
) -> str:
    """Somebody is in the Conversation at Twilio."""
    if not address or conversation.state == Conversation.State.CLOSED:
        return "Not somebody on a phone."
    if senders.is_ours(address):
        return "One of our own numbers."
    sender = senders.get_sender(proxy_address)
    if sender is None:
        return "On a number that is not among TWILIO_SENDERS."
    held = bindings.of_pair(address, proxy_address)
    if held is not None:
        return f"{held.participant} is known to be there."
    if Binding.objects.filter(participant_sid=sid).exists():
        return "They were there, and have left since."
    contact = Contact.objects.filter(address__canonical=canonical(address), opted_out_at__isnull=False).first()
    if contact is not None:
        return _remove_opted_out(session, conversation, contact, sender, sid)
    person = _participant_added_at_twilio(session, address)
    if bindings.of_person(person) is not None:
        return f"{person} is there on another number."
    binding = bindings.bind(session, person, sender)
    Binding.objects.filter(pk=binding.pk).update(participant_sid=sid)
    return f"{person} was added at Twilio."


def _remove_opted_out(
    session: LockedSession, conversation: Conversation, contact: Contact, sender: Sender, sid: str
) -> str:
    """Nothing goes to an address that has opted out, whatever staff did in Twilio's console."""
    now = clock.now()
    person, _ = Participant.objects.get_or_create(
        session=session,
        contact=contact,
        defaults={"name": contact.display_name or FALLBACK, "joined_at": now, "left_at": now},
    )
    if bindings.of_person(person) is not None:
        return f"{person} has opted out, and is being removed."
    bindings.remove_unbound(session, person, conversation, sender)
    Binding.objects.held().filter(participant=person).update(participant_sid=sid)
    Problem.report(
        f"opted-out-at-twilio-{person.pk}",
        session=session,
        what=f"{person} was added to {session.code} in Twilio's console, but has opted out, so they were removed again.",
        to_do="Send them nothing until they text START themselves.",
    )
    return f"{person} has opted out, and was removed again."


def participant_removed(event: InboxEvent) -> str:
    removed = ParticipantRemoved.parse(event.payload)
    found = _locked_conversation(removed.conversation_sid, event)
    if found is None:
        return _NOT_OURS
    session, conversation = found
    held = conversation.bindings.held().select_related("participant", "conversation")
    binding = held.filter(participant_sid=removed.participant_sid).first()
    if binding is None:
        return "Nobody here has that sid."
    record_removed_participant(session, binding)
    return f"{binding.participant} was removed."


def record_removed_participant(session: LockedSession, binding: Binding) -> None:
    """Somebody is no longer in the Conversation at Twilio: remove them here too, so that they may join a group again."""
    if binding.state == Binding.State.UNBINDING:
        return  # we asked for it: `delivery` frees it when Twilio has answered
    bindings.free(Binding.objects.filter(pk=binding.pk), Binding.RemovalReason.REMOVED)
    if binding.conversation:
        roster.refresh_after_commit(binding.conversation)
    if actions.leave_session(participant=binding.participant, at=clock.now()):
        outgoing.queue_message(
            session=session,
            kind=Message.Kind.ANNOUNCEMENT,
            body=wording.was_removed(binding.participant.name),
            at=clock.now(),
        )
