"""Makes Twilio match our rows, one worker a session at a time: the Conversation, its people, our messages in order.

The lease is on the session's row and by the database's clock. It is renewed before every call, for longer than a call
can take; a worker that finds its generation overtaken stops. So a call is never made by two workers, and on any try
but a message's first, Twilio is asked for our id before the message is posted again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from conversations_app import arrivals, lobby, outbox, roster, wording
from conversations_app.attribution import span_attributes, with_name
from conversations_app.dbtime import ClockTime, in_seconds
from conversations_app.gateway import twilio
from conversations_app.gateway.errors import (
    AccountTrouble,
    ConversationClosed,
    GatewayError,
    NameTaken,
    PairTaken,
)
from conversations_app.models import Binding, Conversation, Message, Problem
from conversations_app.webhooks.payloads import MessageInfo
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Session
from sessions_app.names import is_made_up

log = structlog.get_logger()

LEASE_S = 45
GIVE_UP_AFTER = timedelta(minutes=2)
_PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


class LeaseLost(Exception):
    """Another worker has taken over; it looks for what this one did."""


@dataclass(frozen=True)
class Lease:
    session_id: int
    generation: int

    @classmethod
    def take(cls, session_id: int) -> "Lease | None":
        free = Q(delivery_until__isnull=True) | Q(delivery_until__lt=ClockTime())
        taken = Session.objects.filter(free, pk=session_id, delivery_due_at__lte=ClockTime()).update(
            delivery_until=in_seconds(LEASE_S), delivery_generation=F("delivery_generation") + 1
        )
        if not taken:
            return None
        return cls(session_id, Session.objects.values_list("delivery_generation", flat=True).get(pk=session_id))

    def renew(self) -> None:
        """Before each call to Twilio. Raises LeaseLost."""
        mine = Session.objects.filter(pk=self.session_id, delivery_generation=self.generation)
        if not mine.update(delivery_until=in_seconds(LEASE_S)):
            raise LeaseLost

    def hold(self) -> Session:
        """Inside a transaction: the locked session, surely still ours. Raises LeaseLost."""
        session = actions.lock_session(self.session_id)
        if session.delivery_generation != self.generation:
            raise LeaseLost
        return session

    def release(self, *, pause_s: float) -> None:
        """Give it back; due again after a pause while anything is left, which the row lock makes sure of."""
        with transaction.atomic():
            session = actions.lock_session(self.session_id)
            if session.delivery_generation == self.generation:
                due = in_seconds(pause_s) if _is_anything_left(session) else None
                Session.objects.filter(pk=session.pk).update(delivery_until=None, delivery_due_at=due)


def _is_anything_left(session: Session) -> bool:
    to_add = Binding.objects.filter(participant__session=session, state=Binding.State.BINDING)
    return to_add.exists() or session.messages.filter(state=Message.State.WAITING).exists()


def due_deliveries(limit: int) -> list[int]:
    """Ids of sessions that wait for Twilio and are in nobody's hands."""
    free = Q(delivery_until__isnull=True) | Q(delivery_until__lt=ClockTime())
    due = Session.objects.filter(free, delivery_due_at__lte=ClockTime())
    return list(due.order_by("delivery_due_at").values_list("pk", flat=True)[:limit])


def deliver(session_id: int) -> bool:
    """Do what waits for Twilio; False when there is nothing due or another worker is at it."""
    lease = Lease.take(session_id)
    if lease is None:
        return False
    pause = _PAUSES_S[-1]
    try:
        pause = _work_off(lease)
    except LeaseLost:
        log.warning("delivery_lease_lost", session=session_id)
    except GatewayError as error:
        log.warning("delivery_put_off", session=session_id, code=error.code, error=type(error).__name__)
        pause = _pause_after(error, attempts=2)
        if error.permanent or isinstance(error, AccountTrouble):
            pause = _PAUSES_S[-1]
            _tell_staff_of_trouble(session_id, error.words)
    except Exception as error:
        log.exception("delivery_failed", session=session_id)
        _tell_staff_of_trouble(session_id, f"a fault of ours, {type(error).__name__}")
    finally:
        lease.release(pause_s=pause)
    return True


def _pause_after(error: GatewayError, *, attempts: int) -> float:
    """A call without an answer may still be carried out: nobody looks for its result before it has surely ended."""
    if not error.surely_not_accepted:
        return settings.TWILIO_TIMEOUT_S
    return _PAUSES_S[-1] if error.permanent else _PAUSES_S[min(attempts, len(_PAUSES_S) - 1)]


def _tell_staff_of_trouble(session_id: int, why: str) -> None:
    session = Session.objects.get(pk=session_id)
    Problem.report(
        f"delivery-{session_id}",
        session=session,
        what=f"Nothing reaches the phones of {session.code}: {why}.",
        to_do="It is tried again every half minute. Check the account and the service at Twilio.",
    )


def _work_off(lease: Lease) -> float:
    """Everything that can be done now; the seconds to wait if something is left."""
    conversation = outbox.current_conversation(Session.objects.get(pk=lease.session_id))
    if conversation is None:
        _without_a_conversation(lease)
        return 0.0
    if conversation.state == Conversation.State.CREATING and not _open(lease, conversation):
        return _PAUSES_S[-1]
    for binding in conversation.bindings.filter(state=Binding.State.BINDING).select_related("participant", "sender"):
        _add(lease, conversation, binding)
    pause = _send_all(lease, conversation)
    _tell_the_stage(lease, conversation)
    return pause


def _without_a_conversation(lease: Lease) -> None:
    """Twilio closed it. What was still to be said cannot be heard by anybody."""
    waiting = Message.objects.filter(session_id=lease.session_id, state=Message.State.WAITING)
    waiting.update(state=Message.State.REFUSED, error="The conversation had been closed at Twilio.")


# --- the conversation -------------------------------------------------------------------------------------------------


def _open(lease: Lease, conversation: Conversation) -> bool:
    session = conversation.session
    lease.renew()
    about = _about(session)
    try:
        info = twilio.create_conversation(
            unique_name=conversation.unique_name,
            friendly_name=f"Dating profile, session {session.code}",
            attributes=about,
        )
    except NameTaken:
        info = twilio.fetch_conversation(conversation.unique_name)
        if info.attributes.get("sessionId") != session.code or info.state == Conversation.State.CLOSED:
            return _skip_name(lease, conversation)
    with transaction.atomic():
        lease.hold()
        Conversation.objects.filter(pk=conversation.pk).update(
            sid=info.sid, state=Conversation.State.ACTIVE, stage_told=str(info.attributes.get("stage", ""))
        )
    conversation.sid, conversation.state = info.sid, Conversation.State.ACTIVE
    return True


def _about(session: Session) -> dict[str, Any]:
    return {"sessionId": session.code, "purpose": "dating-profile-creation", "stage": session.stage}


def _tell_the_stage(lease: Lease, conversation: Conversation) -> None:
    """`attributes.stage` follows the stage; for whoever looks at Twilio's console."""
    session = Session.objects.get(pk=lease.session_id)
    known = Conversation.objects.filter(pk=conversation.pk, state=Conversation.State.ACTIVE)
    if not known.exclude(stage_told=session.stage).exists():
        return
    lease.renew()
    twilio.update_attributes(str(conversation.sid), _about(session))
    known.update(stage_told=session.stage)


def _skip_name(lease: Lease, conversation: Conversation) -> bool:
    """The name belongs to a conversation that is closed or not ours: take the next one."""
    with transaction.atomic():
        lease.hold()
        Conversation.objects.filter(pk=conversation.pk).update(number=F("number") + 1)
    conversation.refresh_from_db()
    return _open(lease, conversation) if conversation.number < 100 else False


# --- its people -------------------------------------------------------------------------------------------------------


def _add(lease: Lease, conversation: Conversation, binding: Binding) -> None:
    lease.renew()
    try:
        sid = twilio.add_participant(str(conversation.sid), address=binding.address, sender=binding.sender.address)
    except PairTaken as taken:
        if taken.conversation_sid != conversation.sid:
            _turn_away(lease, binding, taken, wording.no_room_at_twilio(conversation.session.code))
            return
        sid = _sid_at_twilio(conversation, binding)
    except ConversationClosed:
        _move_to_the_next(lease, conversation, binding)
        return
    except GatewayError as error:
        if not error.permanent:
            raise
        _turn_away(lease, binding, error, wording.could_not_join(conversation.session.code))
        return
    _welcome_in(lease, conversation, binding, sid)


def _move_to_the_next(lease: Lease, conversation: Conversation, binding: Binding) -> None:
    """Twilio closed it behind our back, and this person has only just come: a new one is opened for them."""
    with transaction.atomic():
        session = lease.hold()
        arrivals.close_here(conversation)
        Binding.objects.filter(pk=binding.pk).update(
            state=Binding.State.BINDING, conversation=lobby.open_conversation(session)
        )


def _sid_at_twilio(conversation: Conversation, binding: Binding) -> str:
    """An earlier call did add them; its answer never arrived."""
    listed = twilio.participants(str(conversation.sid))
    return next((one.sid for one in listed if one.address == binding.address), "")


def _welcome_in(lease: Lease, conversation: Conversation, binding: Binding, sid: str) -> None:
    with transaction.atomic():
        session = lease.hold()
        bound = Binding.objects.filter(pk=binding.pk, state=Binding.State.BINDING)
        if not bound.update(state=Binding.State.BOUND, participant_sid=sid):
            return
        roster.refresh_after_commit(conversation)
        _ask_for_a_name(session, binding)
        if binding.participant.is_creator and not session.messages.outgoing().exists():
            _open_the_evening(session, binding)
        elif conversation.number == 1 or not _was_in_the_last(conversation, binding):
            outbox.queue_message(
                session=session,
                kind=Message.Kind.ANNOUNCEMENT,
                body=wording.joined(binding.participant.name),
                at=clock.now(),
            )


def _was_in_the_last(conversation: Conversation, binding: Binding) -> bool:
    """Brought along from a Conversation that ended: nobody needs to hear that they are here."""
    before = Binding.objects.filter(participant=binding.participant, conversation__session=conversation.session)
    return before.filter(conversation__number__lt=conversation.number, refusal="").exists()


def _ask_for_a_name(session: Session, binding: Binding) -> None:
    """SMS tells no name, and somebody else may have the same one."""
    person = binding.participant
    if is_made_up(person.name) and not person.bindings.exclude(pk=binding.pk).exists():
        outbox.queue_text(
            contact=person.contact,
            sender=binding.sender,
            session=session,
            reason="asking for a name",
            body=wording.what_is_your_name(person.name),
        )


def _open_the_evening(session: Session, binding: Binding) -> None:
    """The welcome asks who the profile is about, so an answer to it is an answer to us."""
    now = clock.now()
    hello = outbox.queue_message(
        session=session, kind=Message.Kind.MATCHMAKER, body=wording.welcome(binding.participant.name), at=now
    )
    outbox.queue_message(
        session=session, kind=Message.Kind.ANNOUNCEMENT, body=wording.invite(session.code, binding.sender), at=now
    )
    actions.open_question(session=session, topic="primary", asked_to=None, message_id=hello.pk, at=now)


def _turn_away(lease: Lease, binding: Binding, error: GatewayError, answer: str) -> None:
    person = binding.participant
    with transaction.atomic():
        session = lease.hold()
        Binding.objects.filter(pk=binding.pk).update(state=Binding.State.FREED, refusal=error.words)
        actions.leave_session(participant=person, at=clock.now())
        outbox.queue_text(
            contact=person.contact, sender=binding.sender, session=session, reason="not added", body=answer
        )
        Problem.report(
            f"not-added-{binding.pk}",
            session=session,
            what=f"{person} could not be added to {session.code}: {error.words}.",
            to_do="They were told. Free the other group's binding, or offer them another number.",
        )


# --- our messages -----------------------------------------------------------------------------------------------------


def _send_all(lease: Lease, conversation: Conversation) -> float:
    for message in _waiting(lease.session_id):
        pause = _send(lease, conversation, message)
        if pause is not None:
            return pause
    return 0.0


def _waiting(session_id: int) -> Iterator[Message]:
    """In order; asked anew for each, since more may be queued while one is sent."""
    while True:
        message = (
            Message.objects.filter(session_id=session_id, state=Message.State.WAITING)
            .select_related("session", "author__contact")
            .order_by("out_seq")
            .first()
        )
        if message is None:
            return
        yield message


def _send(lease: Lease, conversation: Conversation, message: Message) -> float | None:
    """None when the message is settled, else the seconds to wait; the ones after it wait with it."""
    if message.kind == Message.Kind.MATCHMAKER and message.session.status != Session.Status.ACTIVE:
        _settle(lease, message, Message.State.REFUSED, "Not said: the session was no longer active.")
        return None
    try:
        info = _posted_before(conversation, message) or _post(lease, conversation, message)
    except ConversationClosed as error:
        with transaction.atomic():
            lease.hold()
            arrivals.close_here(conversation)
        _settle(lease, message, Message.State.REFUSED, error.words)
        return 0.0
    except AccountTrouble:
        raise  # it is not this message's fault, and the next would fare the same
    except GatewayError as error:
        return _after_failure(lease, message, error)
    _sent(lease, conversation, message, info)
    return None


def _posted_before(conversation: Conversation, message: Message) -> MessageInfo | None:
    if message.attempts == 0 or message.first_attempt_at is None:
        return None
    return twilio.find_message(str(conversation.sid), str(message.ref), since=message.first_attempt_at)


def _post(lease: Lease, conversation: Conversation, message: Message) -> MessageInfo:
    Message.objects.filter(pk=message.pk).update(
        attempts=F("attempts") + 1, first_attempt_at=Coalesce("first_attempt_at", ClockTime())
    )
    lease.renew()
    found = roster.load(str(conversation.sid))
    names = found.reserved if found else []
    speaker = message.author.name if message.author else settings.MATCHMAKER_NAME
    media_type = str(message.media[0].get("content_type", "")) if message.media else ""
    named = with_name(
        message.body, name=speaker, others=names, bold=bool(found and found.bold), media_type=media_type
    )
    return twilio.post_message(
        str(conversation.sid),
        # With a participant's own address as author, Twilio leaves out the phone that wrote it.
        author=message.author.contact.address if message.author else settings.MATCHMAKER_NAME,
        body=named.body,
        ours={"ref": str(message.ref), **span_attributes(named)},
    )


def _sent(lease: Lease, conversation: Conversation, message: Message, info: MessageInfo) -> None:
    with transaction.atomic():
        lease.hold()
        Message.objects.filter(pk=message.pk).update(
            sid=info.sid, index=info.index, conversation=conversation, state=Message.State.SENT, error=""
        )
    log.info("message_sent", session=lease.session_id, message=message.pk, kind=message.kind)


def _after_failure(lease: Lease, message: Message, error: GatewayError) -> float | None:
    if error.permanent:
        _settle(lease, message, Message.State.REFUSED, error.words)
        _tell_staff(message, f"Twilio refused it: {error.words}")
        return None
    Message.objects.filter(pk=message.pk).update(error=error.words[:300])
    tried_for = timezone.now() - message.first_attempt_at if message.first_attempt_at else timedelta()
    if tried_for > GIVE_UP_AFTER:
        _settle(lease, message, Message.State.HELD, error.words)
        _tell_staff(message, f"it failed for two minutes: {error.words}")
        return None
    return _pause_after(error, attempts=message.attempts)


def _settle(lease: Lease, message: Message, state: Message.State, why: str) -> None:
    with transaction.atomic():
        lease.hold()
        Message.objects.filter(pk=message.pk).update(state=state, error=why[:300])


def _tell_staff(message: Message, why: str) -> None:
    Problem.report(
        f"unsent-{message.pk}",
        session=message.session,
        what=f"A message of {message.session.code} was not sent; {why}.",
        to_do="Read the session's transcript, and write to the group as staff if it matters.",
    )
