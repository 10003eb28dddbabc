"""Somebody who has been silent in a group that goes on: in rows alone."""

from datetime import datetime
from typing import Any

from django.db import transaction

from conversations_app.models import Binding, Message, Receipt, Window
from conversations_app.tests.webhook_requests import sid
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Participant


def a_friend_of(person: Participant, name: str) -> Participant:
    number = person.session.participants.count() + 1
    contact = actions.get_or_update_contact(address=f"+1555010001{number}", at=clock.now(), display_name=name)
    with transaction.atomic():
        session = actions.lock_session(person.session_id)
        return actions.join_session(session=session, contact=contact, at=clock.now())


def wrote_last(person: Participant, at: datetime, **marks: datetime) -> Window:
    sender = Binding.objects.get(participant=person).sender
    window, _ = Window.objects.update_or_create(
        contact=person.contact, sender=sender, defaults={"last_inbound_at": at, **marks}
    )
    return window


def misses(person: Participant, body: str, *, author: Participant | None = None, **more: Any) -> Message:
    """A message of the group that did not get past this person's shut window; the matchmaker's without an author."""
    told: dict[str, Any] = {
        "kind": Message.Kind.PERSON if author else Message.Kind.MATCHMAKER,
        "sid": sid("IM"),
        "index": person.session.messages.count(),
        "at": clock.now(),
        "conversation": person.session.conversations.get(),
    }
    message = Message.objects.create(session=person.session, author=author, body=body, **told | more)
    Receipt.objects.create(
        message=message, participant=person, status="failed", rank=7, error_code="63016", updated_at=message.at
    )
    return message
