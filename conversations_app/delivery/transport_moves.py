"""Moves a session from one transport to the other, while people go on writing.

`begin` notes where it is to go; the worker that holds the session's lease does it step by step, and each step may be
repeated, so that a move which was cut off goes on by itself or when the command is given again. Turns wait meanwhile,
and so do our messages.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from conversations_app import extensions
from conversations_app.db_clock import ClockTime
from conversations_app.delivery.leases import Lease
from conversations_app.delivery.transports import broadcast, conversations
from conversations_app.errors import TryAgainLater, WaitReason
from conversations_app.gateway import api
from conversations_app.gateway.errors import GatewayError, NotFoundAtTwilio
from conversations_app.inbound import reconcile_conversations
from conversations_app.membership import bindings
from conversations_app.models import Binding, Conversation, Message
from conversations_app.naming import roster
from conversations_app.outbox import outgoing, wording
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import LockedSession, Session

# Twilio's lists give times in whole seconds, so two that are closer do not tell which was first.
IN_DOUBT = timedelta(seconds=2)
LOOK_AGAIN_S = 2.0


class MoveRefused(Exception):
    """Why the session cannot be moved, in a sentence for staff."""


def check(session: Session, to: Session.Transport) -> None:
    """Raises MoveRefused."""
    if session.status == Session.Status.CLOSED:
        raise MoveRefused(f"{session.code} has ended.")
    # Its Conversation may be closed at Twilio by now, which nothing undoes.
    if session.moving_to == Session.Transport.BROADCAST and to != session.moving_to and not _is_asleep(session):
        raise MoveRefused(f"{session.code} is just being moved to broadcast, which cannot be called off half-way.")


def begin(session: Session, to: Session.Transport) -> None:
    """Raises MoveRefused. Does nothing when the session travels that way already; a move to Conversations that has not
    come to its end is then called off."""
    with transaction.atomic():
        locked = actions.lock_session(session.pk)
        check(locked, to)
        if _is_asleep(locked):
            if to != (locked.moving_to or locked.transport):
                _switch_while_asleep(locked, to)
            return
        if locked.transport == to and locked.moving_to:
            # Only noted here: the worker with the lease may be adding people at this moment, and takes them out
            # again.
            Session.objects.filter(pk=locked.pk).update(move_refusal="It was called off.")
            outgoing.request_delivery(locked)
        elif locked.transport != to:
            Session.objects.filter(pk=locked.pk).update(moving_to=to, move_refusal="")
            outgoing.request_delivery(locked)


def is_settled(session: Session) -> bool:
    """It has arrived, or will have when somebody wakes it."""
    return not session.moving_to or _is_asleep(session)


def _is_asleep(session: Session) -> bool:
    is_open = session.conversations.exclude(state=Conversation.State.CLOSED).exclude(sid=None).exists()
    return session.status == Session.Status.DORMANT and not (is_open or bindings.has_bound_phones(session))


def _switch_while_asleep(session: LockedSession, to: Session.Transport) -> None:
    """Nobody is bound and nothing is under way, so there is nothing to do at Twilio until the session is woken."""
    session.conversations.update(state=Conversation.State.CLOSED)
    bindings.begin_segment(session)
    travels = extensions.source().travels_once_asleep(session, to)
    Session.objects.filter(pk=session.pk).update(**travels, move_refusal="")


def continue_move(lease: Lease) -> None:
    """Bring a move that was begun to its end. Raises GatewayError, ClaimLost and TryAgainLater; then it is taken up again."""
    session = Session.objects.get(pk=lease.session_id)
    if session.moving_to == Session.Transport.BROADCAST:
        _to_broadcast(lease, session)
    elif session.moving_to == Session.Transport.CONVERSATIONS:
        _to_conversations(lease, session)


# --- to broadcast -----------------------------------------------------------------------------------------------------


def _to_broadcast(lease: Lease, session: Session) -> None:
    conversation = outgoing.current_conversation(session)
    if conversation is not None:
        if not extensions.source().before_opening(lease, conversation):
            return
        conversation.refresh_from_db()
    if conversation is not None and conversation.sid:
        conversations.close_at_twilio(lease, conversation)
        # Closed, it takes nothing more. Its list holds what was written until then, and those of our own messages
        # whose answers never came: they are on the phones, and must not be sent again by other means.
        lease.renew()
        reconcile_conversations.reconcile_conversation(conversation)
    with transaction.atomic():
        session = lease.hold()
        held = Binding.objects.held().filter(participant__session=session)
        # Their sids there stay, since receipts come late.
        held.update(conversation=None, moved_at=ClockTime())
        if conversation is not None:
            Conversation.objects.filter(pk=conversation.pk).update(state=Conversation.State.CLOSED)
        bindings.begin_segment(session)
        _finish(session, Session.Transport.BROADCAST)


def _finish(session: LockedSession, transport: Session.Transport) -> None:
    Session.objects.filter(pk=session.pk).update(transport=transport, moving_to="")
    session.refresh_from_db()
    if not session.messages.outgoing().filter(state=Message.State.SENT).exists():
        return  # nobody has noticed any change
    outgoing.queue_message(session=session, kind=Message.Kind.ANNOUNCEMENT, body=wording.has_moved(), at=clock.now())


# --- to conversations -------------------------------------------------------------------------------------------------


class _ParticipantRefused(Exception):
    """Somebody cannot be added to the Conversation, so the session stays as it is."""


def _to_conversations(lease: Lease, session: Session) -> None:
    conversation = _new_conversation(lease)
    if session.move_refusal:
        _call_off(lease, conversation, session.move_refusal)
        return
    try:
        # Not when it goes on after a break: by then, some of the phones are in the new one.
        if conversation.state == Conversation.State.CREATING:
            _check_all_pairs(lease, session)
        extensions.source().before_moving_into(lease, conversation)
        conversations.open_at_twilio(lease, conversation)
        _add_all(lease, conversation)
    except (extensions.MoveBlocked, _ParticipantRefused) as refusal:
        _call_off(lease, conversation, str(refusal))
        return
    _send_missed_messages(lease, conversation)
    with transaction.atomic():
        session = lease.hold()
        Session.objects.filter(pk=session.pk).update(segment=conversation.segment)
        _finish(session, Session.Transport.CONVERSATIONS)


def _new_conversation(lease: Lease) -> Conversation:
    """The Conversation that the move fills; the same one again when the move was interrupted."""
    with transaction.atomic():
        session = lease.hold()
        current = outgoing.current_conversation(session)
        if current is not None:
            return current
        last = session.conversations.order_by("-number").first()
        return Conversation.objects.create(
            session=session,
            number=last.number + 1 if last else 1,
            # The session moves on to it at the very end: what is written until then belongs to the segment before.
            segment=session.segment + 1,
            created_at=clock.now(),
        )


def _on_phones(lease: Lease) -> list[Binding]:
    held = Binding.objects.held().filter(participant__session=lease.session_id)
    return list(held.exclude(state=Binding.State.UNBINDING).select_related("participant__contact", "sender"))


def _check_all_pairs(lease: Lease, session: Session) -> None:
    """Before anything is changed: is every phone free on its number?"""
    own = extensions.source().conversations_of(session)
    for binding in _on_phones(lease):
        lease.renew()
        numbers = {number for sid, number in _open_elsewhere(binding.address) if sid not in own}
        if binding.sender.address in numbers:
            raise _ParticipantRefused(
                f"{binding.participant} is in another conversation at Twilio on the same number."
            )


def _open_elsewhere(address: str) -> list[tuple[str, str]]:
    try:
        return api.open_conversations_of(address)
    except NotFoundAtTwilio:
        return []


def _add_all(lease: Lease, conversation: Conversation) -> None:
    for binding in _on_phones(lease):
        # Added before the move was cut off.
        if binding.conversation_id == conversation.pk:
            continue
        try:
            sid = conversations.add_at_twilio(lease, conversation, binding)
        except GatewayError as error:
            if not (error.permanent or conversations.is_about_one_number(error)):
                raise
            raise _ParticipantRefused(f"{binding.participant} could not be added: {error.words}.") from error
        with transaction.atomic():
            lease.hold()
            # Unless they left while Twilio was asked.
            mine = Binding.objects.held().filter(pk=binding.pk)
            mine.update(conversation=conversation, participant_sid=sid, moved_at=ClockTime())
    with transaction.atomic():
        roster.refresh_after_commit(conversation)


def _send_missed_messages(lease: Lease, conversation: Conversation) -> None:
    """Messages written in the Conversation before everybody was in it: straight to those whom they did not reach."""
    lease.renew()
    reconcile_conversations.reconcile_conversation(conversation)
    lease.renew()
    added_at = {one.sid: one.added_at for one in api.participants(str(conversation.sid))}
    written = Message.objects.filter(conversation=conversation, kind=Message.Kind.PERSON)
    for message in written.select_related("author", "session", "conversation").order_by("index"):
        surely_got = {sid for sid, at in added_at.items() if at + IN_DOUBT < message.at}
        in_doubt = {sid for sid, at in added_at.items() if abs(at - message.at) <= IN_DOUBT}
        _copy_to_missing(lease, message, surely_got, in_doubt)


def _copy_to_missing(lease: Lease, message: Message, surely_got: set[str], in_doubt: set[str]) -> None:
    """Raises TryAgainLater while receipts may still come for those about whom the times leave a doubt."""
    held = Binding.objects.held().filter(participant__session=lease.session_id)
    others = held.exclude(participant=message.author).exclude(participant_sid__in=surely_got)
    if not others.exists():
        return
    lease.renew()
    try:
        listed = api.receipts_of(str(message.conversation and message.conversation.sid), str(message.sid))
    except NotFoundAtTwilio:
        return  # somebody deleted it at Twilio
    got = {receipt.participant_sid for receipt in listed}
    if _may_get_receipts(message) and others.filter(participant_sid__in=in_doubt - got).exists():
        raise TryAgainLater(WaitReason.RECEIPTS, pause_s=LOOK_AGAIN_S)
    with transaction.atomic():
        session = lease.hold()
        broadcast.copy_to(message, others.exclude(participant_sid__in=got), roster.of_session(session))


def _may_get_receipts(message: Message) -> bool:
    return timezone.now() - message.created_at < timedelta(seconds=settings.RECEIPT_WAIT_S)


def _call_off(lease: Lease, conversation: Conversation, why: str) -> None:
    """Everybody stays on the transport they were on; what was written in the Conversation meanwhile reaches all the others."""
    # Noted first, so that whoever takes over from us goes on calling it off.
    Session.objects.filter(pk=lease.session_id).update(move_refusal=why[:300])
    conversations.close_at_twilio(lease, conversation)
    if conversation.sid:
        _send_missed_messages(lease, conversation)
    with transaction.atomic():
        session = lease.hold()
        Binding.objects.held().filter(participant__session=session).update(conversation=None, moved_at=ClockTime())
        Conversation.objects.filter(pk=conversation.pk).update(state=Conversation.State.CLOSED)
        Session.objects.filter(pk=session.pk).update(
            moving_to="",
            move_refusal=why[:300],
            # What was written in the Conversation keeps the segment in between.
            segment=conversation.segment + 1,
        )
