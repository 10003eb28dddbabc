"""`restart`: start the interview over in the same group, once the person who asked for it has confirmed."""

from datetime import timedelta

from conversations_app import erasing
from conversations_app.models import Message
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words
from matchmaker import clock
from matchmaker.ai.reading.yes_no import plain_yes
from sessions_app import actions
from sessions_app.models import LockedSession, Participant, Session

# Later, a "yes" most likely answers something else.
YES_WITHIN = timedelta(minutes=10)


def may_ask(person: Participant) -> bool:
    """Once there is a yes to a profile, starting over drops that profile: that is for its owner alone to say."""
    return person.is_primary or (person.is_creator and not actions.has_consented(person.session))


def ask(person: Participant) -> None:
    session = actions.lock_session(person.session_id)
    Session.objects.filter(pk=session.pk).update(restart_asked_by=person, restart_asked_at=clock.now())
    _write(session, Message.Kind.ANNOUNCEMENT, wording.confirm_restart(person.name))


def handle_answer(session: LockedSession, author: Participant, text: str) -> bool:
    """Start over if this message confirms it; True if it did. Anything but a yes means no. Two
    messages at once cannot both confirm, since the session is locked."""
    if session.restart_asked_by_id != author.pk or session.restart_asked_at is None:
        return False
    Session.objects.filter(pk=session.pk).update(restart_asked_by=None, restart_asked_at=None)
    if clock.now() - session.restart_asked_at > YES_WITHIN or not plain_yes(text):
        return False
    if session.status == Session.Status.SAFETY_HOLD or not may_ask(author):
        return False  # held since it was asked, or agreed to
    _restart(session)
    return True


def _restart(session: LockedSession) -> None:
    now = clock.now()
    erasing.drop_interview(session, now)
    question = _write(session, Message.Kind.MATCHMAKER, wording.from_the_beginning())
    actions.open_question(session=session, topic="primary", asked_to=None, message_id=question.pk, at=now)


def _write(session: LockedSession, kind: Message.Kind, body: Words) -> Message:
    return outgoing.queue_message(session=session, kind=kind, body=body, at=clock.now())
