"""Everything that we write starts here: a row with its place in the order, sent later by `delivery`."""

from datetime import datetime
from typing import Any

from django.db.models import F

from conversations_app.dbtime import ClockTime
from conversations_app.models import Conversation, Delivery, Message, Sender
from sessions_app.models import Contact, Participant, Session


def queue_message(
    *,
    session: Session,
    kind: Message.Kind,
    body: str,
    at: datetime,
    author: Participant | None = None,
    **more: Any,
) -> Message:
    """A message to the whole group. The caller holds the session's row lock, which makes the order."""
    Session.objects.filter(pk=session.pk).update(last_out_seq=F("last_out_seq") + 1)
    ask_for_delivery(session)
    session.refresh_from_db(fields=["last_out_seq"])
    return Message.objects.create(
        session=session,
        conversation=current_conversation(session),
        kind=kind,
        author=author,
        body=body,
        at=at,
        out_seq=session.last_out_seq,
        state=Message.State.WAITING,
        **more,
    )


def current_conversation(session: Session) -> Conversation | None:
    return session.conversations.exclude(state=Conversation.State.CLOSED).first()


def queue_text(
    *, contact: Contact, sender: Sender, reason: str, body: str, session: Session | None = None, **more: Any
) -> None:
    """A text to one phone, outside the group."""
    Delivery.objects.create(contact=contact, sender=sender, session=session, reason=reason, body=body, **more)


def ask_for_delivery(session: Session) -> None:
    """Something about the session waits for Twilio: a conversation, a person, a message.

    A rest that delivery has taken stays: a call without an answer may still be carried out, and looking for its result
    too early would do it twice.
    """
    Session.objects.filter(pk=session.pk, delivery_due_at__isnull=True).update(delivery_due_at=ClockTime())
