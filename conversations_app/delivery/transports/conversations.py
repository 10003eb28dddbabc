"""Twilio's Conversations: one call a message, which Twilio fans out to everybody in the Conversation."""

from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from conversations_app import backoff, extensions
from conversations_app.db_clock import ClockTime
from conversations_app.delivery.leases import Lease
from conversations_app.gateway import api, media, setup
from conversations_app.gateway.errors import (
    AccountTrouble,
    ConversationClosed,
    GatewayError,
    NameTaken,
    NotFoundAtTwilio,
    PairTaken,
    TwilioRefused,
)
from conversations_app.gateway.payloads import MessageInfo
from conversations_app.membership import bindings, senders, welcome
from conversations_app.models import Binding, Conversation, Message, Problem
from conversations_app.naming import roster
from conversations_app.naming.name_prefix import MAX_PHONE_BODY, span_attributes, with_name, with_name_alone
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words
from matchmaker import clock
from matchmaker.addresses import canonical
from matchmaker.characters import text_length
from sessions_app import actions
from sessions_app.models import Participant, Session

log = structlog.get_logger()

# Twilio's codes for a proxy address that the account does not have.
NOT_OUR_NUMBER, NO_WHATSAPP_SENDER = 50413, 50415
# Later, what it answers is long past, and the messages behind it wait.
GIVE_UP_AFTER = timedelta(minutes=2)


def _current_conversation(lease: Lease) -> Conversation | None:
    return outgoing.current_conversation(Session.objects.get(pk=lease.session_id))


# --- the conversation -------------------------------------------------------------------------------------------------


def open_at_twilio(lease: Lease, conversation: Conversation) -> None:
    """Make sure that it exists; afterwards it has its sid."""
    if conversation.state != Conversation.State.CREATING:
        return
    info = _create_or_find(lease, conversation)
    if info is None:
        _use_next_name(lease, conversation)
        open_at_twilio(lease, conversation)
        return
    if settings.TWILIO_WEBHOOK_SCOPE == "conversation":
        lease.renew()
        setup.ensure_scoped_webhook(info.sid)
    with transaction.atomic():
        lease.hold()
        Conversation.objects.filter(pk=conversation.pk).update(
            sid=info.sid, state=Conversation.State.ACTIVE, stage_told=str(info.attributes.get("stage", ""))
        )
    conversation.sid, conversation.state = info.sid, Conversation.State.ACTIVE


def _create_or_find(lease: Lease, conversation: Conversation) -> api.ConversationInfo | None:
    """The new Conversation, or the one that an earlier call made. None when its unique name belongs to one that is closed
    or not ours."""
    session = conversation.session
    lease.renew()
    try:
        return api.create_conversation(
            unique_name=conversation.unique_name,
            friendly_name=f"Dating profile, session {session.code}",
            attributes=_about(session),
        )
    except NameTaken:
        info = api.fetch_conversation(conversation.unique_name)
    is_ours = info.attributes.get("sessionId") == session.code
    return info if is_ours and info.state != Conversation.State.CLOSED else None


def _about(session: Session) -> dict[str, Any]:
    return {"sessionId": session.code, "purpose": "dating-profile-creation", "stage": session.stage}


def _use_next_name(lease: Lease, conversation: Conversation) -> None:
    with transaction.atomic():
        lease.hold()
        # A closed Conversation keeps its unique name for good, so the next one needs another.
        Conversation.objects.filter(pk=conversation.pk).update(number=F("number") + 1)
    conversation.refresh_from_db()


def _tell_the_stage(lease: Lease, conversation: Conversation) -> None:
    """`attributes.stage` follows the stage; for whoever looks at Twilio's console."""
    session = Session.objects.get(pk=lease.session_id)
    known = Conversation.objects.filter(pk=conversation.pk, state=Conversation.State.ACTIVE)
    if not known.exclude(stage_told=session.stage).exists():
        return
    lease.renew()
    try:
        # Read first: writing replaces all attributes, and other apps may keep something in them.
        told = api.fetch_conversation(str(conversation.sid)).attributes
        lease.renew()
        api.update_attributes(str(conversation.sid), {**told, **_about(session)})
    except GatewayError as error:
        # Nobody in the group can tell, so it holds nothing up: the next message brings it up to date.
        log.warning("stage_not_told", session=session.pk, code=error.code, error=type(error).__name__)
        return
    known.update(stage_told=session.stage)


def end(lease: Lease) -> None:
    """Close it at Twilio and here, unless somebody has written meanwhile; who writes during the very call comes back
    with all the others."""
    session = Session.objects.get(pk=lease.session_id)
    for conversation in session.conversations.exclude(state=Conversation.State.CLOSED):
        if Session.objects.filter(pk=session.pk, status=Session.Status.ACTIVE).exists():
            return
        close_at_twilio(lease, conversation)
        with transaction.atomic():
            session = lease.hold()
            bindings.mark_closed(conversation)
            if session.status == Session.Status.ACTIVE:
                bindings.rebind_everyone(session)


def close_at_twilio(lease: Lease, conversation: Conversation) -> None:
    lease.renew()
    try:
        sid = conversation.sid or _find_unacknowledged(conversation)
        if sid:
            api.close_conversation(sid)
    except (NotFoundAtTwilio, ConversationClosed):
        pass  # it is as closed as can be


def _find_unacknowledged(conversation: Conversation) -> str:
    """Nobody is added to one before its sid is known here; one with people in it was made by another app."""
    found = api.fetch_conversation(conversation.unique_name)
    is_ours = found.attributes.get("sessionId") == conversation.session.code
    return found.sid if is_ours and not api.participants(found.sid) else ""


# --- its people -------------------------------------------------------------------------------------------------------


def add_participants(lease: Lease) -> None:
    conversation = _current_conversation(lease)
    if conversation is None:
        return
    if not extensions.source().before_opening(lease, conversation):
        return
    open_at_twilio(lease, conversation)
    # They came while the session was being moved here.
    waiting_anywhere = Binding.objects.filter(participant__session=lease.session_id, state=Binding.State.BINDING)
    waiting_anywhere.filter(conversation=None).update(conversation=conversation)
    waiting = conversation.bindings.filter(state=Binding.State.BINDING)
    for binding in waiting.select_related("participant__contact", "sender"):
        _add(lease, conversation, binding)


def _add(lease: Lease, conversation: Conversation, binding: Binding) -> None:
    try:
        sid = add_at_twilio(lease, conversation, binding)
    except PairTaken as taken:
        if not _release_from_stale_conversation(lease, binding, taken):
            _take_another_number(lease, binding, taken)
    except (ConversationClosed, NotFoundAtTwilio):
        _move_to_next_conversation(lease, conversation, binding)
    except GatewayError as error:
        if not (error.permanent or is_about_one_number(error)):
            raise
        _turn_away(lease, binding, error, wording.could_not_join(conversation.session.code))
    else:
        _mark_bound(lease, conversation, binding, sid)


def is_about_one_number(error: GatewayError) -> bool:
    """A number of ours that is none any more keeps those on it out, and nobody else."""
    return error.code in {NOT_OUR_NUMBER, NO_WHATSAPP_SENDER}


def _release_from_stale_conversation(lease: Lease, binding: Binding, taken: PairTaken) -> bool:
    """By our rows this phone is nowhere else, so a Conversation of ours that has it was left in the middle of something.
    The next round tries again."""
    stale = Conversation.objects.filter(sid=taken.conversation_sid).first()
    if stale is None:
        return extensions.source().release_phone(lease, binding, taken.conversation_sid)
    lease.renew()
    sid = _sid_at_twilio(stale, binding)
    if sid:
        api.remove_participant(str(stale.sid), sid)
    return True


def _take_another_number(lease: Lease, binding: Binding, taken: PairTaken) -> None:
    """Somebody else's Conversation has this phone on that number; the next round tries the other one."""
    person, code = binding.participant, binding.participant.session.code
    lease.renew()
    # Twilio is asked, since by our own rows the phone would have been free.
    busy = {number for _, number in api.open_conversations_of(binding.address)}
    with transaction.atomic():
        lease.hold()
        onto = senders.free_for(person.contact, like=binding.sender, but_not=busy)
        # On WhatsApp they have to write to that number first, before anything may come from it.
        if onto is not None and senders.may_write_first(person.contact, onto):
            Binding.objects.filter(pk=binding.pk, state=Binding.State.BINDING).update(sender=onto)
            return
    answer = wording.join_by_number(code, onto) if onto else wording.no_room_at_twilio(code)
    _turn_away(lease, binding, taken, answer)


def add_at_twilio(lease: Lease, conversation: Conversation, binding: Binding) -> str:
    """The participant's sid, also when an earlier call added them and its answer never came. Raises PairTaken when
    another Conversation has this phone."""
    lease.renew()
    try:
        return api.add_participant(str(conversation.sid), address=binding.address, sender=binding.sender.address)
    except PairTaken as taken:
        if taken.conversation_sid != conversation.sid:
            raise
    return _sid_at_twilio(conversation, binding)


def _sid_at_twilio(conversation: Conversation, binding: Binding) -> str:
    listed = api.participants(str(conversation.sid))
    here = (canonical(binding.address), binding.sender.address)
    return next((one.sid for one in listed if (canonical(one.address), one.proxy_address) == here), "")


def _move_to_next_conversation(lease: Lease, conversation: Conversation, binding: Binding) -> None:
    """Twilio closed it behind our back, and this person has only just come: a new one is opened for them."""
    with transaction.atomic():
        session = lease.hold()
        bindings.mark_closed(conversation)
        Binding.objects.filter(pk=binding.pk).update(
            state=Binding.State.BINDING, why_out="", conversation=bindings.open_conversation(session)
        )
        bindings.rebind_everyone(session)


def _mark_bound(lease: Lease, conversation: Conversation, binding: Binding, sid: str) -> None:
    with transaction.atomic():
        session = lease.hold()
        waiting = Binding.objects.filter(pk=binding.pk, state=Binding.State.BINDING)
        if not waiting.update(state=Binding.State.BOUND, participant_sid=sid):
            # They changed their mind meanwhile; the next round takes them out again.
            Binding.objects.filter(pk=binding.pk).update(participant_sid=sid)
            return
        roster.refresh_after_commit(conversation)
        welcome.welcome_newcomer(session, binding)


def _turn_away(lease: Lease, binding: Binding, error: GatewayError, answer: Words) -> None:
    person = binding.participant
    with transaction.atomic():
        session = lease.hold()
        bindings.free(Binding.objects.filter(pk=binding.pk))
        Binding.objects.filter(pk=binding.pk).update(refusal=error.words)
        if not extensions.source().was_member_before(person):
            # Who was in it before it came here keeps their place, and comes in by writing when they can.
            actions.leave_session(participant=person, at=clock.now())
        outgoing.queue_text(
            contact=person.contact, sender=binding.sender, session=session, reason="not added", body=answer
        )
    Problem.report(
        welcome.not_added_key(person),
        session=session,
        what=f"{person} could not be added to {session.code}: {error.words}.",
        to_do="They were told. Free the other group's binding, or offer them another number.",
    )


def remove_participant(lease: Lease, binding: Binding) -> None:
    conversation = binding.conversation
    if conversation is None or not conversation.sid:
        return
    lease.renew()
    try:
        # Whom somebody added in the console may be on another number than our row says.
        for sid in [binding.participant_sid] if binding.participant_sid else _sids_of_phone(conversation, binding):
            api.remove_participant(conversation.sid, sid)
    except (NotFoundAtTwilio, ConversationClosed):
        pass  # they are out


def _sids_of_phone(conversation: Conversation, binding: Binding) -> list[str]:
    theirs = canonical(binding.address)
    return [one.sid for one in api.participants(str(conversation.sid)) if canonical(one.address) == theirs]


# --- our messages -----------------------------------------------------------------------------------------------------


def send(lease: Lease) -> float:
    conversation = _current_conversation(lease)
    if conversation is None:
        # Whoever wakes the group gets a new Conversation, long after these had their moment.
        if outgoing.refuse_waiting(lease.session_id, "The conversation had been closed at Twilio."):
            _report_unsaid(lease)
        return 0.0
    if conversation.state == Conversation.State.CREATING:
        # It was begun since people were let in; the next round makes it.
        return 1.0 if next(outgoing.waiting_messages(lease.session_id), None) else 0.0
    for message in outgoing.waiting_messages(lease.session_id):
        pause = _send(lease, conversation, message)
        if pause is not None:
            return pause
    _tell_the_stage(lease, conversation)
    return 0.0


def _send(lease: Lease, conversation: Conversation, message: Message) -> float | None:
    """None when the message is settled, else the seconds to wait; the ones after it wait with it."""
    if outgoing.is_obsolete(message):
        _record_outcome(lease, message, Message.State.REFUSED, "Not said: the session was no longer active.")
        return None
    try:
        if (tried := _conversation_tried(message)) and (info := _posted_before(tried, message, conversation)):
            _mark_sent(lease, tried, message, info)
            return None
        info = _post(lease, conversation, message)
    except (ConversationClosed, NotFoundAtTwilio) as error:
        with transaction.atomic():
            lease.hold()
            bindings.mark_closed(conversation)
        _record_outcome(lease, message, Message.State.REFUSED, error.words)
        if message.kind != Message.Kind.ANNOUNCEMENT:
            _report_unsaid(lease)
        return 0.0
    except AccountTrouble:
        # It is not this message's fault, and the next would fare the same. Nor do the hours that it may last count as
        # tries, or the first passing failure afterwards would hold the message back.
        Message.objects.filter(pk=message.pk).update(first_attempt_at=None)
        raise
    except GatewayError as error:
        return _after_failure(lease, message, error)
    _mark_sent(lease, conversation, message, info)
    return None


def _conversation_tried(message: Message) -> Conversation | None:
    """Where it may be already; perhaps a Conversation that has been closed since."""
    return message.conversation if message.attempts and message.conversation and message.conversation.sid else None


def _posted_before(tried: Conversation, message: Message, current: Conversation) -> MessageInfo | None:
    """What became of an earlier try to post it; also of one from before staff had it sent again."""
    try:
        return api.find_message(str(tried.sid), str(message.ref), since=message.created_at)
    except NotFoundAtTwilio as error:
        if tried == current:
            raise
        raise TwilioRefused("whether it was said is not known, since its conversation was deleted") from error


def _post(lease: Lease, conversation: Conversation, message: Message) -> MessageInfo:
    Message.objects.filter(pk=message.pk).update(
        # Before the call, so that a try whose worker dies in it is looked for at Twilio.
        attempts=F("attempts") + 1,
        first_attempt_at=Coalesce("first_attempt_at", ClockTime()),
        conversation=conversation,
    )
    lease.renew()
    found = roster.load(str(conversation.sid))
    name, bold = message.author.name if message.author else settings.MATCHMAKER_NAME, bool(found and found.bold)
    # The names are looked up now and not when it was queued: people change theirs.
    others = found.reserved if found else []
    named = with_name(message.body, name=name, others=others, bold=bold, media_type=outgoing.media_type_of(message))
    if text_length(named.body) > MAX_PHONE_BODY:  # guards in front of very many lines
        named = with_name_alone(message.body, name=name, bold=bold)
    return api.post_message(
        str(conversation.sid),
        author=_address_in(conversation, message.author) if message.author else settings.MATCHMAKER_NAME,
        body=named.body,
        ours={"ref": str(message.ref), **span_attributes(named)},
        media_sid=_uploaded(lease, message),
    )


def _address_in(conversation: Conversation, person: Participant) -> str:
    """With a participant's own address as author, Twilio leaves out the phone that wrote it. It may have the other form
    of the number that they wrote from."""
    binding = conversation.bindings.held().filter(participant=person).first()
    return binding.address if binding else person.contact.address


def _uploaded(lease: Lease, message: Message) -> str:
    """The sid of the file that goes with somebody's words; a message carries one."""
    address = message.media[0].get("url") if message.kind == Message.Kind.RELAY and message.media else ""
    if not address:
        return ""
    lease.renew()
    file = media.fetch(address)
    lease.renew()
    sid = media.upload(file)
    # Kept, so that it can be deleted once it is not needed.
    Message.objects.filter(pk=message.pk).update(media=[message.media[0] | {"sid": sid}])
    lease.renew()
    return sid


def _mark_sent(lease: Lease, conversation: Conversation, message: Message, info: MessageInfo) -> None:
    with transaction.atomic():
        session = lease.hold()
        Message.objects.filter(pk=message.pk).note_sent(sid=info.sid, index=info.index, conversation=conversation)
        outgoing.queue_files_of(session, message)
    log.info("message_sent", session=lease.session_id, message=message.pk, kind=message.kind)


def _after_failure(lease: Lease, message: Message, error: GatewayError) -> float | None:
    if error.permanent:
        _record_outcome(lease, message, Message.State.REFUSED, error.words)
        _tell_staff(message, f"Twilio refused it: {error.words}")
        return None
    Message.objects.filter(pk=message.pk).update(error=error.words[:300])
    tried_for = timezone.now() - message.first_attempt_at if message.first_attempt_at else timedelta()
    if tried_for > GIVE_UP_AFTER:
        _record_outcome(lease, message, Message.State.HELD, error.words)
        _tell_staff(message, f"it failed for two minutes: {error.words}")
        return None
    # Everything behind it waits along: people must not read an answer before its question.
    return backoff.after(error, failures=message.attempts + 1)


def _record_outcome(lease: Lease, message: Message, state: Message.State, why: str) -> None:
    with transaction.atomic():
        lease.hold()
        Message.objects.filter(pk=message.pk).update(state=state, error=why[:300])


def _report_unsaid(lease: Lease) -> None:
    session = Session.objects.get(pk=lease.session_id)
    if session.status != Session.Status.CLOSED:
        Problem.report(
            f"unsaid-{session.pk}",
            session=session,
            what=f"Not everything was said in {session.code}: its conversation had ended at Twilio.",
            to_do="Read the end of its transcript. The chat opens again when somebody writes; say it then if it matters.",
        )


def _tell_staff(message: Message, why: str) -> None:
    Problem.report(
        f"unsent-{message.pk}",
        session=message.session,
        what=f"A message of {message.session.code} was not sent; {why}.",
        to_do="If it matters, choose “Send again” in the list of messages, or write to the group as staff.",
    )
