"""Somebody in a group, in rows alone: no phone, no Twilio."""

from conversations_app.models import Binding, Conversation, Message, Sender
from conversations_app.tests.webhook_requests import sid
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Participant


def abby_in_a_group(address: str = "whatsapp:+15550100001") -> Participant:
    """Abby has started a session, and Twilio has her in its Conversation."""
    contact = actions.get_or_update_contact(address=address, at=clock.now(), display_name="Abby")
    person = actions.start_session(contact=contact, at=clock.now())
    conversation = Conversation.objects.create(
        session=person.session, sid=sid("CH"), state="active", created_at=clock.now()
    )
    sender, _ = Sender.objects.get_or_create(address="whatsapp:+15005550006")
    Binding.objects.create(
        participant=person,
        conversation=conversation,
        address=contact.address,
        sender=sender,
        state="bound",
        participant_sid=sid("MB"),
        created_at=clock.now(),
    )
    return person


def message_to(person: Participant) -> Message:
    """The matchmaker said hello to the group, and Twilio has it."""
    return Message.objects.create(
        session=person.session,
        conversation=person.session.conversations.get(),
        kind="matchmaker",
        body="hello",
        sid=sid("IM"),
        index=0,
        out_seq=1,
        state="sent",
        at=clock.now(),
    )
