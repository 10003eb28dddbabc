"""A session of the older app, when it is first woken here: one line of what changed, and the question that comes first.

Who it is about and that person's yes are asked anew whatever its stage was; what the older app knew stays sealed until
then.
"""

from datetime import datetime

from conversations_app import bindings, outbox, windows, wording
from conversations_app.models import Conversation, Message, Sender
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Contact, LegacyImport, Participant, Session

_OF_PEOPLE = (Message.Kind.PERSON, Message.Kind.RELAY)


def is_from_there(person: Participant) -> bool:
    """They were in it before we had it."""
    record = LegacyImport.objects.filter(session=person.session_id).first()
    return record is not None and person.joined_at < record.imported_at


def begin_here(session: Session) -> None:
    """Once; the session is locked, and whoever can be reached is bound."""
    if not LegacyImport.objects.filter(session=session).exists():
        return
    if session.messages.outgoing().exclude(kind__in=_OF_PEOPLE).exclude(state=Message.State.REFUSED).exists():
        return
    now = clock.now()
    _look_for_its_conversation(session, now)
    kept = session.messages.filter(kind__in=_OF_PEOPLE, state=Message.State.HELD)
    kept.update(state=Message.State.WAITING, error="")
    question = outbox.queue_message(session=session, kind=Message.Kind.MATCHMAKER, body=wording.moved_in(), at=now)
    actions.open_question(session=session, topic="primary", asked_to=None, message_id=question.pk, at=now)


def _look_for_its_conversation(session: Session, now: datetime) -> None:
    """The older app's may have people in it of whom we do not know whether we could write to them first. What is
    written from now on is new, should it be taken over."""
    by_conversations = session.transport == Session.Transport.CONVERSATIONS
    if by_conversations and not session.conversations.exclude(sid=None).exists():
        bindings.open_conversation(session)
    session.conversations.filter(state=Conversation.State.CREATING).update(created_at=now)


def note_what_was_open(contact: Contact, sender: Sender, session: Session) -> None:
    """Their window counts from their last message there, where its time was kept: the number is the same."""
    last = session.messages.filter(author__contact=contact, at_is_estimated=False).order_by("-at").first()
    if last is not None:
        windows.note_inbound(contact, sender, at=last.at)
