"""What happened in a Conversation at Twilio, taken over into our rows. Runs inside the caller's transaction."""

from datetime import datetime, timedelta

from django.utils import timezone

from conversations_app import catch_up, outbox, pace, private_commands, roster, windows, wording
from conversations_app.attribution import MAX_PHONE_BODY, label, own_words
from conversations_app.errors import NotYet
from conversations_app.models import Binding, Conversation, InboxEvent, Message
from conversations_app.webhooks.payloads import MessageAdded, MessageInfo, ParticipantRemoved, StateUpdated
from matchmaker import clock
from matchmaker.addresses import is_phone_address
from sessions_app import actions
from sessions_app.models import Participant, Session
from sessions_app.names import FALLBACK, distinct_name

# A webhook can overtake the answer to the call that made its Conversation.
UNKNOWN_FOR_AT_MOST = timedelta(seconds=60)


def message_added(event: InboxEvent) -> str:
    added = MessageAdded.parse(event.payload)
    conversation = _known_conversation(added.conversation_sid, event)
    return store_message(conversation, added.message) if conversation else _NOT_OURS


_NOT_OURS = "The conversation is none of ours."


def _known_conversation(sid: str, event: InboxEvent) -> Conversation | None:
    conversation = Conversation.objects.filter(sid=sid).first()
    if conversation is None and timezone.now() - event.received_at < UNKNOWN_FOR_AT_MOST:
        raise NotYet("The conversation is not known here yet.", pause_s=2)
    return conversation


def store_message(conversation: Conversation, info: MessageInfo) -> str:
    """Keep one message of a Conversation, once, whoever told us of it; a note for staff."""
    session = actions.lock_session(conversation.session_id)
    if Message.objects.filter(sid=info.sid).exists():
        return "Known already."
    if ref := info.ours.get("ref"):
        return _adopt_ours(session, conversation, str(ref), info)
    author = _author(session, info)
    if author is None:
        return "Written by nobody we know."
    command = info.ours.get("command")
    message = Message.objects.create(
        session=session,
        conversation=conversation,
        kind=Message.Kind.COMMAND if command else Message.Kind.PERSON,
        author=author,
        body=str(command) if command else own_words(info.body, info.attributes),
        media=info.media,
        sid=info.sid,
        index=info.index,
        at=info.at,
        needs_turn=not command,
        was_named=bool(info.ours),
    )
    note_activity(session, author, info.at)
    if command:
        private_commands.take(author, str(command))
    else:
        _carry_what_was_too_long(message, conversation)
        pace.schedule_turn(session, message)
    return f"Message {message.pk}."


def _adopt_ours(session: Session, conversation: Conversation, ref: str, info: MessageInfo) -> str:
    """Something that we posted, whose answer from Twilio we may have missed."""
    mine = Message.objects.filter(session=session, ref=ref, sid__isnull=True)
    known = mine.update(sid=info.sid, index=info.index, conversation=conversation, state=Message.State.SENT, error="")
    return "Ours, now known to be sent." if known else "Ours."


def note_activity(session: Session, author: Participant, at: datetime) -> None:
    Session.objects.filter(pk=session.pk, last_activity_at__lt=at).update(last_activity_at=at)
    binding = Binding.objects.held().filter(participant=author).select_related("sender").first()
    if binding is not None:
        windows.note_inbound(author.contact, binding.sender, at=at)
        catch_up.send_what_was_missed(person=author, sender=binding.sender)


def _author(session: Session, info: MessageInfo) -> Participant | None:
    known = session.participants.filter(contact__address=info.author).first()
    if known is not None or not is_phone_address(info.author):
        return known
    # Somebody was added at Twilio behind our back: they are in the group, so they are in it here too.
    contact = actions.know_contact(address=info.author, at=clock.now())
    taken = session.participants.present().values_list("name", flat=True)
    name = distinct_name(contact.display_name or FALLBACK, taken)
    return Participant.objects.create(session=session, contact=contact, name=name, joined_at=clock.now())


def _carry_what_was_too_long(message: Message, conversation: Conversation) -> None:
    """Name and text were over the channel's limit, so the pre-event hook let the text pass as it was."""
    assert message.author is not None  # a person's message has an author, by constraint
    if message.was_named or len(message.body) <= MAX_PHONE_BODY - _longest_label(message.author):
        return
    if len(message.body) <= MAX_PHONE_BODY:
        _relay(message, wording.unnamed_above(message.author.name))
        return
    size = MAX_PHONE_BODY - _longest_label(message.author) - len("(10/10) ")
    parts = [message.body[start : start + size] for start in range(0, len(message.body), size)]
    for number, part in enumerate(parts, 1):
        _relay(message, f"({number}/{len(parts)}) {part}")


def _relay(message: Message, body: str) -> None:
    outbox.queue_message(
        session=message.session, kind=Message.Kind.RELAY, author=message.author, body=body, at=message.at
    )


def _longest_label(author: Participant) -> int:
    return len(label(author.name, bold=True)) + 1


def state_updated(event: InboxEvent) -> str:
    update = StateUpdated.parse(event.payload)
    conversation = _known_conversation(update.conversation_sid, event)
    if conversation is None:
        return _NOT_OURS
    actions.lock_session(conversation.session_id)
    if update.state == Conversation.State.CLOSED:
        close_here(conversation)
    elif update.state in {Conversation.State.ACTIVE, Conversation.State.INACTIVE}:
        Conversation.objects.filter(pk=conversation.pk).exclude(state=Conversation.State.CLOSED).update(
            state=update.state
        )
    return f"Now {update.state}."


def close_here(conversation: Conversation) -> None:
    """Twilio closed it: that is final, and frees its phones and numbers."""
    Conversation.objects.filter(pk=conversation.pk).update(state=Conversation.State.CLOSED)
    Binding.objects.held().filter(conversation=conversation).update(state=Binding.State.FREED)


def participant_removed(event: InboxEvent) -> str:
    removed = ParticipantRemoved.parse(event.payload)
    conversation = _known_conversation(removed.conversation_sid, event)
    if conversation is None:
        return _NOT_OURS
    actions.lock_session(conversation.session_id)
    binding = conversation.bindings.filter(participant_sid=removed.participant_sid).first()
    if binding is None:
        return "Nobody here by that sid."
    free_binding(binding)
    return f"{binding.participant} is out."


def free_binding(binding: Binding) -> None:
    """The person is no longer in the Conversation at Twilio, so neither here, and may join a group again."""
    Binding.objects.filter(pk=binding.pk).update(state=Binding.State.FREED)
    if actions.leave_session(participant=binding.participant, at=clock.now()) and binding.conversation:
        roster.refresh_after_commit(binding.conversation)
