"""A session of the older app, when it is first woken here: one line of what changed, and the question that comes first.

Who it is about and that person's yes are asked anew whatever its stage was; what the older app knew stays sealed until
then.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from conversations_app.legacy.wording import moved_in
from conversations_app.membership import bindings, senders
from conversations_app.models import Binding, Conversation, Message
from conversations_app.outbox import outgoing
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.addresses import Channel, canonical, is_phone_address
from sessions_app import actions
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import Contact, LockedSession, Participant, Session

_SID = re.compile(r"^CH[0-9a-fA-F]{32}$")
_OF_PEOPLE = (Message.Kind.PERSON, Message.Kind.RELAY)


def is_from_there(person: Participant) -> bool:
    """They were in it before we had it."""
    record = LegacyImport.objects.filter(session=person.session_id).first()
    return record is not None and person.joined_at < record.imported_at


def begin_here(session: LockedSession) -> None:
    """Once, when whoever can be reached is bound."""
    if not LegacyImport.objects.filter(session=session).exists():
        return
    if session.messages.outgoing().exclude(kind__in=_OF_PEOPLE).exclude(state=Message.State.REFUSED).exists():
        return
    if session.transport == Session.Transport.BROADCAST and not bindings.has_bound_phones(session):
        return  # it would be said to nobody; the next one who writes is told
    now = clock.now()
    _look_for_its_conversation(session, now)
    kept = session.messages.filter(kind__in=_OF_PEOPLE, state=Message.State.HELD)
    kept.update(state=Message.State.WAITING, error="")
    # Who is in the older app's Conversation comes along with it; whether there is one is not known yet.
    bound = Binding.objects.held().filter(participant__session=session).values_list("participant", flat=True)
    left_behind = [] if has_older_conversation(session) else _names_of_the_others(session, bound)
    told = moved_in(left_behind, link=senders.link_to_come_back())
    question = outgoing.queue_message(session=session, kind=Message.Kind.MATCHMAKER, body=told, at=now)
    actions.open_question(session=session, topic="primary", asked_to=None, message_id=question.pk, at=now)


def _names_of_the_others(session: Session, reached: Iterable[int]) -> list[str]:
    """Whom we may not write to first: their friends can."""
    left = session.participants.present().filter(contact__opted_out_at=None).exclude(pk__in=list(reached))
    return list(left.order_by("pk").values_list("name", flat=True))


def tell_who_is_missing(session: LockedSession) -> None:
    """Once it is settled what became of the older app's Conversation, and before the line is sent."""
    held = Binding.objects.held().filter(participant__session=session)
    bound = list(held.select_related("participant__contact", "sender"))
    open_ones = messaging_window.open_for(bound, at=clock.now())
    reached = [binding.participant_id for binding in bound if binding.pk in open_ones]
    told = moved_in(_names_of_the_others(session, reached), link=senders.link_to_come_back())
    asking = session.questions.filter(topic="primary", closed_at=None).values("message")
    session.messages.filter(pk__in=asking, state=Message.State.WAITING, attempts=0).update(body=told)


def has_older_conversation(session: Session) -> bool:
    """By what the older app kept; whether it still is at Twilio, only Twilio knows."""
    record = LegacyImport.objects.filter(session=session).first()
    is_one = record is not None and is_a_conversation(record.conversation_sid)
    return is_one and not session.conversations.exclude(sid=None).exists()


def is_a_conversation(sid: str) -> bool:
    return bool(_SID.match(sid))


def _look_for_its_conversation(session: LockedSession, now: datetime) -> None:
    """The older app's may have people in it of whom we do not know whether we could write to them first. What is
    written from now on is new, should it be taken over."""
    by_conversations = session.transport == Session.Transport.CONVERSATIONS
    if by_conversations and not session.conversations.exclude(sid=None).exists():
        bindings.open_conversation(session)
    session.conversations.filter(state=Conversation.State.CREATING).update(
        created_at=now.replace(microsecond=0)  # Twilio's times count whole seconds
    )


def learn_channel(contact: Contact) -> None:
    """Somebody wrote by this channel, which the older app did not always keep. Where we assumed the other one and nothing
    was sent by it, this one is right."""
    other = on_the_other_channel(contact)
    if not other:
        return
    assumed = Participant.objects.filter(contact__address__canonical=other, session__legacy_import__isnull=False)
    there = contact.participations.values("session")
    reached = Binding.objects.values("participant")
    for person in assumed.exclude(session__in=there).exclude(pk__in=reached).select_related("session__legacy_import"):
        if person.pk in person.session.legacy_import.assumed_channel:
            Participant.objects.filter(pk=person.pk).update(contact=contact)


def on_the_other_channel(contact: Contact) -> str:
    """In the form that addresses are compared by."""
    if not is_phone_address(contact.address):
        return ""
    number = canonical(contact.address).removeprefix("whatsapp:")
    return number if contact.channel is Channel.WHATSAPP else f"whatsapp:{number}"
