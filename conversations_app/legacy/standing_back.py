"""What happens while the older app still answers in the Conversation of a session: ours goes back to sleep.

Two matchmakers in one chat help nobody, and its phones are not ours to take.
"""

from collections.abc import Sequence

from django.db import transaction

from conversations_app.extensions import SessionLease
from conversations_app.gateway import api
from conversations_app.gateway.errors import NotFoundAtTwilio
from conversations_app.gateway.payloads import MessageInfo
from conversations_app.legacy import older_members, thread
from conversations_app.legacy.older_app import OlderAppStillAnswering, is_answering, last_of_older_app
from conversations_app.models import Binding, Conversation, Message, Problem
from matchmaker.addresses import canonical
from sessions_app.models import Session

# Enough to find the older app's last line, which is all that is asked of another session's Conversation.
MOST_TO_LOOK_AT = 500
UNTIL_IT_STOPS = "It waits until the older app has stopped answering there."


def stand_back(lease: SessionLease, conversation: Conversation, still: OlderAppStillAnswering) -> None:
    """Let the session sleep on as if nobody had woken it. What people wrote is kept for when it wakes for good."""
    with transaction.atomic():
        session = lease.hold()
        conversation.session = session
        thread.recognise_waiting(session, conversation, still.listed)
        _mark_answered_as_history(conversation, still.listed)
        Session.objects.filter(pk=session.pk).update(
            status=Session.Status.DORMANT, turn_due_at=None, batch_opened_at=None
        )
        older_members.waiting_bindings(session).delete()
        _hold_texts(session)
    Problem.report(
        problem_key(session),
        session=session,
        what=f"{session.code} was not woken: the older app wrote in its Conversation {still.sid} within the hour, so"
        " it still answers there.",
        to_do=f"Stop the older app for this session, then `resume {session.code} --apply` an hour after its last line."
        " What people wrote is kept.",
    )


def release_from_older_conversation(lease: SessionLease, binding: Binding, conversation_sid: str) -> bool:
    """Take a phone out of the Conversation of another session in which the older app left it: Twilio lets a pair of numbers
    be in one only. False where that is not ours to do: they belong to that session, or that app still answers there."""
    lease.renew()
    try:
        attributes = api.fetch_conversation(conversation_sid).attributes
    except NotFoundAtTwilio:
        return False
    of = Session.objects.filter(code=attributes.get("sessionId"), legacy_import__isnull=False).first()
    if of is None or _is_member(of, binding):
        return False
    lease.renew()
    if is_answering(api.newest_messages(conversation_sid, most=MOST_TO_LOOK_AT)):
        return False
    lease.renew()
    # Twilio may have the phone there in the other form of its number.
    pair = (canonical(binding.address), binding.sender.address)
    for one in api.participants(conversation_sid):
        if (canonical(one.address), one.proxy_address) == pair:
            lease.renew()
            older_members.remove(conversation_sid, one.sid)
    return True


def _is_member(session: Session, binding: Binding) -> bool:
    if session.pk == binding.participant.session_id:
        return False
    return session.participants.present().filter(contact__address__canonical=canonical(binding.address)).exists()


def problem_key(session: Session) -> str:
    return f"older-app-{session.pk}"


def _mark_answered_as_history(conversation: Conversation, listed: Sequence[MessageInfo]) -> None:
    last = last_of_older_app(listed)
    # What stands before its last line was for the older app to answer.
    if last is not None:
        unread = Message.objects.filter(conversation=conversation, needs_turn=True, turn=None)
        unread.filter(index__lt=last.index).update(needs_turn=False)


def _hold_texts(session: Session) -> None:
    """People's own words are passed on later. Ours would come too late, so they are dropped."""
    waiting = session.messages.filter(state=Message.State.WAITING)
    of_people = waiting.filter(kind__in=[Message.Kind.PERSON, Message.Kind.RELAY])
    of_people.update(state=Message.State.HELD, error=UNTIL_IT_STOPS)
    waiting.filter(kind=Message.Kind.MATCHMAKER).delete()
    waiting.update(state=Message.State.REFUSED, error="Not said: the older app still answers there.")
