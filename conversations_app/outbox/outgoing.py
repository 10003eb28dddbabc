"""Everything we write starts here, as a row with its place in the order; `delivery` sends it later.

Storing first means that a message survives whatever happens while it is sent, and that nobody waits for Twilio.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce

from conversations_app.db_clock import ClockTime
from conversations_app.models import Conversation, Delivery, Message, Sender
from conversations_app.naming.name_prefix import in_numbered_parts, split_for_phones
from conversations_app.outbox.languages import Words, for_group, for_person
from sessions_app.models import Contact, LockedSession, Participant, Session


def queue_message(
    *,
    session: LockedSession,
    kind: Message.Kind,
    body: str | Words,
    at: datetime,
    author: Participant | None = None,
    **more: Any,
) -> Message:
    """Queue a message to the whole group. It takes the lock since `out_seq` has to rise in the order in which
    transactions commit, or a later message could overtake an earlier one.

    One of ours that is too long for a phone becomes several, of which this returns the last.
    """
    text = for_group(body, session)
    *earlier, last = [text] if author else split_for_phones(text, name=settings.MATCHMAKER_NAME)
    for part in earlier:
        _queue_message(session, kind=kind, body=part, at=at, **more)
    return _queue_message(session, kind=kind, body=last, at=at, author=author, **more)


def _queue_message(session: LockedSession, **fields: Any) -> Message:
    # Counted in the database and read back, as the caller's copy of the session may be older than the lock.
    Session.objects.filter(pk=session.pk).update(last_out_seq=F("last_out_seq") + 1)
    request_delivery(session)
    session.refresh_from_db(fields=["last_out_seq", "segment", "transport"])
    in_conversation = session.transport == Session.Transport.CONVERSATIONS
    return Message.objects.create(
        session=session,
        conversation=current_conversation(session) if in_conversation else None,
        segment=session.segment,
        out_seq=session.last_out_seq,
        state=Message.State.WAITING,
        **fields,
    )


def queue_files_of(session: LockedSession, message: Message) -> None:
    """Queue the files of a text that we posted to a Conversation. Twilio passes a file on without the text beside it,
    so files follow as messages of their own; `at` links them to the text for the catch-up."""
    if message.kind != Message.Kind.PERSON or message.author is None:
        return
    for item in message.media:
        # What came in a Conversation has a sid and no address: Twilio has passed it on already.
        if item.get("url"):
            queue_message(
                session=session,
                kind=Message.Kind.RELAY,
                author=message.author,
                body="",
                at=message.at,
                media=[item],
            )


def current_conversation(session: Session) -> Conversation | None:
    return session.conversations.exclude(state=Conversation.State.CLOSED).first()


def queue_text(
    *,
    contact: Contact,
    sender: Sender,
    reason: str,
    body: str | Words,
    session: Session | None = None,
    just_said: str = "",
    **more: Any,
) -> None:
    """A text to one phone, outside the group; several, where it is too long for one. `just_said`: what it answers, which
    may tell their language."""
    text = for_person(body, contact, just_said=just_said)
    # Of a template, Twilio makes the words itself.
    for part in [text] if more.get("content_sid") else in_numbered_parts(text):
        Delivery.objects.create(contact=contact, sender=sender, session=session, reason=reason, body=part, **more)


def request_delivery(session: Session) -> None:
    """Something of this session waits to be done at Twilio: a Conversation, a participant, a message.

    A pause that delivery has taken stays: a call that got no answer may still be carried out, and looking for its
    result too early would do it twice.
    """
    # An update even where it is due already: it waits for the row lock of a worker that is just giving the session
    # back, so that worker cannot overlook what was queued here.
    Session.objects.filter(pk=session.pk).update(delivery_due_at=Coalesce("delivery_due_at", ClockTime()))


def waiting_messages(session_id: int) -> Iterator[Message]:
    """The group's messages that wait to be sent, in order. Each is queried afresh, since more may be queued
    meanwhile."""
    of_session = Message.objects.filter(session_id=session_id, state=Message.State.WAITING)
    while (
        message := of_session.select_related("session", "author__contact", "conversation__session")
        .order_by("out_seq")
        .first()
    ):
        yield message


def is_obsolete(message: Message) -> bool:
    """A matchmaker message in a session that staff have taken over, or that has ended, since it was queued."""
    # What staff say, and who came or went, is still true then.
    return message.kind == Message.Kind.MATCHMAKER and message.session.status != Session.Status.ACTIVE


def media_type_of(message: Message) -> str:
    return str(message.media[0].get("content_type", "")) if message.media else ""


def cancel_goodbye(session: Session) -> None:
    """Somebody wrote before the group's goodbye went out, so it is not said."""
    goodbyes = session.messages.filter(state=Message.State.WAITING, purpose=Message.Purpose.GOODBYE)
    goodbyes.update(state=Message.State.REFUSED, error="Somebody wrote again.")


def refuse_waiting(session_id: int, why: str) -> bool:
    """Refuse what still waits, since nobody can read it. True if there was more than announcements among it."""
    waiting = Message.objects.filter(session_id=session_id, state=Message.State.WAITING)
    # Who came or went shows by itself, so nobody has to be told that it was not said.
    matters = waiting.exclude(kind=Message.Kind.ANNOUNCEMENT).exists()
    waiting.update(state=Message.State.REFUSED, error=why)
    return matters
