"""Texts in a Conversation that the older app made, while it is not ours yet.

Its sid is in the import record, so a text there finds the session that sleeps here and wakes it. A command, or a text of
somebody who is in another group by now, does not: apart from STOP, which counts at once, it is handled as a text to our
number, which Twilio's list shows within two minutes.
"""

from collections.abc import Sequence
from datetime import timedelta

from conversations_app.commands import parsing
from conversations_app.gateway.payloads import MessageInfo
from conversations_app.inbound import conversation_events, duplicate_search
from conversations_app.legacy import waking
from conversations_app.membership import bindings, joining, leaving, senders
from conversations_app.models import Conversation, Message
from conversations_app.outbox import outgoing
from matchmaker import clock
from matchmaker.addresses import canonical, channel_of
from sessions_app import actions
from sessions_app.models import Contact, LockedSession, Session

# A text fetched from Twilio's list this long after it was written carries the time at which we fetched it.
FOUND_LATE = timedelta(days=3)


def take_in(sid: str, info: MessageInfo) -> str:
    """Returns a note for staff; empty when it is not the Conversation or text of a session that may wake here."""
    session = Session.objects.filter(legacy_import__conversation_sid=sid).order_by("pk").first()
    if session is None or not senders.is_person(info.author) or not _may_be_adopted(session):
        return ""
    contact = actions.get_or_update_contact(address=info.author, at=clock.now())
    command = parsing.command_in(info.words, channel=channel_of(info.author), in_thread=True)
    if command is not None and command.name == "stop":
        return "Opted out." if leaving.opt_out(contact, at=clock.now()) else "Had already opted out."
    if command is not None or contact.opted_out_at is not None or _has_left(session, contact):
        return ""
    conversation = _woken(session, contact)
    if conversation is None:
        return ""
    if recognise_waiting(actions.lock_session(session.pk), conversation, [info]):
        return "The text that the other webhook told of."
    return str(conversation_events.store_message(conversation, info))


def _has_left(session: Session, contact: Contact) -> bool:
    """They are in another group by now, and what they write belongs there."""
    return session.participants.filter(contact=contact, left_at__isnull=False).exists()


def _may_be_adopted(session: Session) -> bool:
    """It goes, or will go, by Conversations, and we have made none for it yet."""
    return (
        session.status != Session.Status.CLOSED
        and session.transport == Session.Transport.CONVERSATIONS
        and not session.conversations.exclude(sid=None).exists()
    )


def _woken(session: Session, contact: Contact) -> Conversation | None:
    """Wakes it. Which number they use is known once the Conversation is taken over; until then, the first free one."""
    # The text may lead to an opt-out, which locks all their groups. To be safe from deadlocks, lock them in order now.
    leaving.lock_sessions_of(contact, session.pk)
    locked = actions.lock_session(session.pk)
    if not _may_be_adopted(locked):
        return None
    waking.learn_channel(contact)
    is_open = outgoing.current_conversation(locked) is not None
    conversation = bindings.open_conversation(locked)
    if locked.status == Session.Status.DORMANT or not is_open:
        person = locked.participants.present().filter(contact=contact).select_related("contact").first()
        onto = senders.first_free(contact)
        if person is not None and onto is not None and bindings.of_person(person) is None:
            person.session = locked
            bindings.bind(locked, person, onto)
        joining.wake(locked)
    outgoing.request_delivery(locked)
    return conversation


def recognise_waiting(session: LockedSession, conversation: Conversation, listed: Sequence[MessageInfo]) -> int:
    """Find texts that the Messaging webhook told us of and that still wait to be passed on, although Twilio has already
    passed them on in this Conversation. Returns how many."""
    waiting = session.messages.filter(
        kind=Message.Kind.PERSON,
        state__in=[Message.State.WAITING, Message.State.RECEIVED],
        sid=None,
        messaging_sid__isnull=False,
        attempts=0,
    )
    free = [info for info in listed if not Message.objects.filter(sid=info.sid).exists()] if waiting.exists() else []
    found = 0
    for message in waiting.select_related("author__contact").order_by("-at", "-pk"):
        info = _find_duplicate(message, free)
        if info is not None:
            free.remove(info)
            _note_listed(message, conversation, info)
            found += 1
    return found


def _find_duplicate(message: Message, listed: Sequence[MessageInfo]) -> MessageInfo | None:
    """Their latest text in the same words."""
    assert message.author is not None  # a person's message has an author, by constraint
    theirs = canonical(message.author.contact.address)
    of_author = (info for info in reversed(listed) if canonical(info.author) == theirs)
    for info in of_author:
        is_near = message.at - FOUND_LATE <= info.at <= message.at + duplicate_search.WITHIN
        if is_near and info.words.split() == message.body.split():
            return info
    return None


def _note_listed(message: Message, conversation: Conversation, info: MessageInfo) -> None:
    state = Message.State.SENT if message.out_seq else Message.State.RECEIVED
    mine = Message.objects.filter(pk=message.pk)
    mine.note_sent(sid=info.sid, index=info.index, conversation=conversation)
    mine.update(state=state, at=info.at)
    parts = message.session.messages.filter(kind=Message.Kind.RELAY, author=message.author, at=message.at)
    parts.filter(state=Message.State.WAITING).update(
        state=Message.State.REFUSED, error="The Conversation had it already."
    )
