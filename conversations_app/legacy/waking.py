"""A session of the older app, when it first wakes here: one line about what changed, and the first question.

Whatever its stage was, we ask again who it is about, and that person for a yes: the older app kept no consent. What it
knew stays sealed until then.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from conversations_app.legacy.wording import moved_in
from conversations_app.membership import bindings, senders
from conversations_app.models import Binding, Conversation, Message
from conversations_app.outbox import outgoing
from conversations_app.outbox.languages import for_group
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.addresses import Channel, canonical, is_phone_address
from sessions_app import actions
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import Contact, LockedSession, Participant, Session

_SID = re.compile(r"^CH[0-9a-fA-F]{32}$")
_OF_PEOPLE = (Message.Kind.PERSON, Message.Kind.RELAY)


def is_from_there(person: Participant) -> bool:
    """They were in the session before it was imported."""
    record = LegacyImport.objects.filter(session=person.session_id).first()
    return record is not None and person.joined_at < record.imported_at


def begin_here(session: LockedSession) -> None:
    """Once, as soon as everybody who can be reached is bound."""
    if not LegacyImport.objects.filter(session=session).exists():
        return
    if session.messages.outgoing().exclude(kind__in=_OF_PEOPLE).exclude(state=Message.State.REFUSED).exists():
        return
    if session.transport == Session.Transport.BROADCAST and not bindings.has_bound_phones(session):
        return  # nobody would hear it; the next person who writes is told
    now = clock.now()
    _look_for_its_conversation(session, now)
    kept = session.messages.filter(kind__in=_OF_PEOPLE, state=Message.State.HELD)
    kept.update(state=Message.State.WAITING, error="")
    # Whoever is in the older app's Conversation comes with it, and only Twilio knows whether it still exists.
    bound = Binding.objects.held().filter(participant__session=session).values_list("participant", flat=True)
    left_behind = [] if has_older_conversation(session) else _names_of_the_others(session, bound)
    told = moved_in(left_behind, link=senders.link_to_come_back())
    question = outgoing.queue_message(session=session, kind=Message.Kind.MATCHMAKER, body=told, at=now)
    actions.open_question(session=session, topic="primary", asked_to=None, message_id=question.pk, at=now)


def _names_of_the_others(session: Session, reached: Iterable[int]) -> list[str]:
    """People to whom we may not write first. Their friends can, so the line names them."""
    left = session.participants.present().filter(contact__opted_out_at=None).exclude(pk__in=list(reached))
    return list(left.order_by("pk").values_list("name", flat=True))


def tell_who_is_missing(session: LockedSession) -> None:
    """Correct the line before it is sent, now that we know what became of the older app's Conversation."""
    held = Binding.objects.held().filter(participant__session=session)
    bound = list(held.select_related("participant__contact", "sender"))
    open_ones = messaging_window.open_for(bound, at=clock.now())
    reached = [binding.participant_id for binding in bound if binding.pk in open_ones]
    told = moved_in(_names_of_the_others(session, reached), link=senders.link_to_come_back())
    asking = session.questions.filter(topic="primary", closed_at=None).values("message")
    waiting = session.messages.filter(pk__in=asking, state=Message.State.WAITING, attempts=0)
    waiting.update(body=for_group(told, session))


def has_older_conversation(session: Session) -> bool:
    """According to the older app's record; only Twilio knows whether it still exists."""
    record = LegacyImport.objects.filter(session=session).first()
    is_one = record is not None and is_a_conversation(record.conversation_sid)
    return is_one and not session.conversations.exclude(sid=None).exists()


def is_a_conversation(sid: str) -> bool:
    return bool(_SID.match(sid))


def _look_for_its_conversation(session: LockedSession, now: datetime) -> None:
    """The older app's may hold people to whom we could not write first, so it is looked for even when nobody is bound. If
    it is taken over, what is written from now on is new."""
    by_conversations = session.transport == Session.Transport.CONVERSATIONS
    if by_conversations and not session.conversations.exclude(sid=None).exists():
        bindings.open_conversation(session)
    session.conversations.filter(state=Conversation.State.CREATING).update(
        created_at=now.replace(microsecond=0)  # Twilio's times count whole seconds
    )


def learn_channel(contact: Contact) -> None:
    """Somebody wrote on this channel. Where we had guessed the other one, as the older app did not always keep it, and
    nothing was sent there yet, this one replaces it."""
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
