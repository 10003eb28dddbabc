"""A Conversation that the older app made for a session becomes ours, when the session is woken here.

It is taken over if it is in our Conversations service, names the session in its attributes, is not closed, and the older
app has been silent there for an hour. While that app still answers there, the session goes back to sleep (`_stand_back`):
two matchmakers in one chat help nobody, and its phones are not ours to take.

What stands in it is history, merged by `merging` and answered by nobody. New is what we heard of by a webhook, or
what was written since the session was woken, which is when its Conversation's row was made; and everything behind the
first such text. An answer of the older app makes whatever stands before it history.

Everything here may be repeated until the one transaction that stores the sid, the history and the people. After it the
Conversation is like one that we have made.
"""

from collections.abc import Container, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from conversations_app.commands import parsing
from conversations_app.extensions import MoveBlocked, SessionLease
from conversations_app.gateway import api, setup
from conversations_app.gateway.api import ConversationInfo, ParticipantInfo
from conversations_app.gateway.errors import ConversationClosed, NotFoundAtTwilio, TryLater
from conversations_app.gateway.payloads import InboundText, MessageInfo
from conversations_app.inbound import conversation_events, direct_texts, inbox
from conversations_app.legacy import merging, thread, waking
from conversations_app.membership import bindings, leaving, senders
from conversations_app.models import Binding, Conversation, InboxEvent, Message, Problem
from conversations_app.naming import roster
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.addresses import canonical, channel_of, masked
from sessions_app import actions
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import Consent, Contact, LockedSession, Session

log = structlog.get_logger()

STILL_TALKING = timedelta(hours=1)
MOST_TO_LOOK_AT = 500
MOST_MESSAGES = 100_000
NOBODY_THERE = "Nobody of it can be written to first."
UNTIL_IT_STOPS = "It waits until the older app has stopped answering there."


class StillTalking(MoveBlocked):
    """The older app answers in the session's Conversation."""

    def __init__(self, sid: str, listed: Sequence[MessageInfo]) -> None:
        super().__init__("The older app still answers in its Conversation: stop it for this session first.")
        self.sid, self.listed = sid, listed


def may_have_one(conversation: Conversation) -> bool:
    """To be made, the first one of a session that was imported."""
    session = conversation.session
    if conversation.state != Conversation.State.CREATING or session.conversations.exclude(sid=None).exists():
        return False
    return LegacyImport.objects.filter(session=session).exists()


def settle(lease: SessionLease, conversation: Conversation) -> bool:
    """Take it over if there is one. False when the Conversation is not to be opened now: the older app still answers,
    or there is none and nobody to open one for. Raises GatewayError, ClaimLost."""
    if not may_have_one(conversation):
        return True
    try:
        if adopt(lease, conversation):
            return True
    except StillTalking as talking:
        _stand_back(lease, conversation, talking)
        return False
    with transaction.atomic():
        session = lease.hold()
        if bindings.has_bound_phones(session):
            waking.tell_who_is_missing(session)
            return True
        waiting = Message.objects.filter(session=lease.session_id, state=Message.State.WAITING)
        waiting.filter(kind=Message.Kind.MATCHMAKER).delete()  # said anew when somebody writes
        waiting.exclude(kind__in=[Message.Kind.PERSON, Message.Kind.RELAY]).update(
            state=Message.State.REFUSED, error=NOBODY_THERE
        )
        Message.objects.filter(conversation=conversation).update(conversation=None)
        Conversation.objects.filter(pk=conversation.pk, sid=None).delete()
    return False


def adopt(lease: SessionLease, conversation: Conversation) -> bool:
    """True when it is taken over; False when there is none to take. Raises StillTalking, GatewayError, ClaimLost."""
    if not may_have_one(conversation):
        return False
    found = _found(lease, conversation)
    if found is None:
        return False
    lease.renew()
    listed = api.newest_messages(found.sid, most=MOST_MESSAGES, before_each_page=lease.renew)
    _check_silent(found.sid, listed)
    lease.renew()
    there = [one for one in api.participants(found.sid) if one.address and not senders.is_ours(one.address)]
    _know_people(lease, there, listed)
    _hear_old_stops(listed)
    there = _without_those_who_are_out(lease, conversation, found, there)
    _make_it_work(lease, found)
    _take_over(lease, conversation, found, listed, there)
    _report_foreign_numbers(conversation, there)
    log.info("conversation_adopted", session=lease.session_id, conversation=conversation.pk)
    return True


# --- is there one -----------------------------------------------------------------------------------------------------


def _found(lease: SessionLease, conversation: Conversation) -> ConversationInfo | None:
    """By the sid that the older app kept, else by the name that it gave."""
    session = conversation.session
    kept = LegacyImport.objects.get(session=session).conversation_sid
    why = "it is not in our Conversations service"
    for sid_or_name in filter(None, (kept if waking.is_a_conversation(kept) else "", f"session-{session.code}")):
        lease.renew()
        try:
            info = api.fetch_conversation(sid_or_name)
        except NotFoundAtTwilio:
            continue
        if info.attributes.get("sessionId") != session.code:
            why = "it is not this session's"
        elif info.state == Conversation.State.CLOSED:
            why = "it is closed"
        else:
            return info
    if kept:
        _note(lease, f"The older app's Conversation {kept} was not taken over: {why}.")
    return None


def _note(lease: SessionLease, words: str) -> None:
    with transaction.atomic():
        _note_once(lease.hold(), words)


def _note_once(session: Session, words: str) -> None:
    record = LegacyImport.objects.get(session=session)
    if words not in record.problems:
        LegacyImport.objects.filter(pk=record.pk).update(problems=[*record.problems, words])


def is_of_older_app(info: MessageInfo) -> bool:
    """Nobody wrote it on a phone, and neither did we."""
    return not senders.is_person(info.author) and not info.ours.get("ref")


def _last_of_older_app(listed: Sequence[MessageInfo]) -> MessageInfo | None:
    return next((info for info in reversed(listed) if is_of_older_app(info)), None)


def _check_silent(sid: str, listed: Sequence[MessageInfo]) -> None:
    last = _last_of_older_app(listed)
    if last is not None and clock.now() - last.at < STILL_TALKING:
        raise StillTalking(sid, listed)


# --- who is in it -----------------------------------------------------------------------------------------------------


def _know_people(lease: SessionLease, there: Sequence[ParticipantInfo], listed: Sequence[MessageInfo]) -> None:
    """The channel of people of whom the older app did not keep it stands here."""
    in_it = _addresses_of(there)
    wrote = {canonical(info.author): info.author for info in listed if senders.is_person(info.author)}
    with transaction.atomic():
        session = lease.hold()
        for key, address in sorted((wrote | in_it).items()):
            contact = actions.get_or_update_contact(address=address, at=clock.now())
            if key in in_it:
                _let_go_of_a_wrong_guess(session, contact, in_it)
            waking.learn_channel(contact)


def _addresses_of(there: Sequence[ParticipantInfo]) -> dict[str, str]:
    """As Twilio has them there, by what they compare by."""
    return {canonical(one.address): one.address for one in there}


def _let_go_of_a_wrong_guess(session: Session, contact: Contact, in_it: Container[str]) -> None:
    """Woken, somebody may have been put on a number of the channel that we took for theirs; nothing was sent there."""
    other = waking.on_the_other_channel(contact)
    guessed = LegacyImport.objects.get(session=session).assumed_channel
    if other and other not in in_it:
        _waiting(session).filter(participant__in=guessed, address__canonical=other).delete()


def _waiting(session: Session) -> QuerySet[Binding]:
    return Binding.objects.filter(participant__session=session, state=Binding.State.BINDING)


def _hear_old_stops(listed: Sequence[MessageInfo]) -> None:
    """Whoever said STOP there, and neither START nor `join` since, is not written to, though the older app may have
    known of it; unless they came into a group here afterwards. Of all that is history this alone still counts."""
    said_at: dict[str, datetime] = {}
    for info in listed:
        command = parsing.command_in(info.words, channel=channel_of(info.author), in_thread=True)
        if command is not None and senders.is_person(info.author):
            if command.name == "stop":
                said_at[canonical(info.author)] = info.at
            elif command.name in direct_texts.OPT_IN_COMMANDS and not command.is_tentative:
                said_at.pop(canonical(info.author), None)
    for address, at in said_at.items():
        _opt_out(address, at)


def _opt_out(address: str, at: datetime) -> None:
    came_in = Consent.objects.filter(
        participant__contact__address__canonical=address, kind=Consent.Kind.TAKING_PART, given_at__gte=at
    )
    if not came_in.exists() and not _has_asked_for_us(address, since=at):
        with transaction.atomic():
            leaving.opt_out(Contact.objects.get(address__canonical=address), at=clock.now())


def _has_asked_for_us(address: str, *, since: datetime) -> bool:
    """By a word to our number, which stands in no Conversation."""
    texts = InboxEvent.objects.filter(
        kind=InboxEvent.Kind.MESSAGING, subject__startswith=inbox.subject_of(address, ""), received_at__gte=since
    )
    readable = texts.exclude(state=InboxEvent.State.FAILED)
    return any(direct_texts.opts_in(InboundText.parse(event.payload)) for event in readable)


def _without_those_who_are_out(
    lease: SessionLease, conversation: Conversation, found: ConversationInfo, there: Sequence[ParticipantInfo]
) -> list[ParticipantInfo]:
    """Who opted out, left, or is in another group here on that number, gets nothing more from this one."""
    staying = []
    for one in there:
        if not _is_out(conversation.session, one):
            staying.append(one)
            continue
        lease.renew()
        remove(found.sid, one.sid)
    return staying


def remove(conversation_sid: str, participant_sid: str) -> None:
    with suppress(NotFoundAtTwilio, ConversationClosed):  # then they are out
        api.remove_participant(conversation_sid, participant_sid)


def _is_out(session: Session, one: ParticipantInfo) -> bool:
    held = bindings.of_pair(one.address, one.proxy_address)
    return (
        Contact.objects.filter(address__canonical=canonical(one.address), opted_out_at__isnull=False).exists()
        or session.participants.filter(
            contact__address__canonical=canonical(one.address), left_at__isnull=False
        ).exists()
        or (held is not None and held.participant.session_id != session.pk)
    )


# --- taking it over ---------------------------------------------------------------------------------------------------


def _make_it_work(lease: SessionLease, found: ConversationInfo) -> None:
    """What reaches an inactive one is not documented."""
    if found.state != Conversation.State.ACTIVE:
        lease.renew()
        api.activate_conversation(found.sid)
    if settings.TWILIO_WEBHOOK_SCOPE == "conversation":
        lease.renew()
        setup.ensure_scoped_webhook(found.sid)


def _take_over(
    lease: SessionLease,
    conversation: Conversation,
    found: ConversationInfo,
    listed: Sequence[MessageInfo],
    there: Sequence[ParticipantInfo],
) -> None:
    with transaction.atomic():
        session = lease.hold()
        conversation.session = session
        thread.recognise_waiting(session, conversation, _by(listed, there))
        _wait_for_what_twilio_took(session, there)
        history, new = _divided(conversation, listed)
        for one in there:
            _take_in(session, conversation, one, listed)
        known, added = merging.merge(session, conversation, history)
        conversation.sid, conversation.state = found.sid, Conversation.State.ACTIVE
        conversation.stage_told = str(found.attributes.get("stage", ""))[:30]
        conversation.save(update_fields=["sid", "state", "stage_told"])
        roster.refresh_after_commit(conversation)
        waking.tell_who_is_missing(session)
        LegacyImport.objects.filter(session=session).update(conversation_sid=found.sid)
        if listed or there:
            _note_once(
                session,
                f"The older app's Conversation {found.sid} was taken over: {known} of its messages were here, {added}"
                " more came with it.",
            )
        Problem.resolve(_problem(session))
    for info in new:
        with transaction.atomic():
            conversation_events.store_message(conversation, info)


def _by(listed: Sequence[MessageInfo], there: Sequence[ParticipantInfo]) -> list[MessageInfo]:
    in_it = _addresses_of(there)
    return [info for info in listed if canonical(info.author) in in_it]


def _wait_for_what_twilio_took(session: Session, there: Sequence[ParticipantInfo]) -> None:
    """The text of somebody who is in it must be in its list, if not yet."""
    pairs = {(canonical(one.address), one.proxy_address) for one in there}
    since = timezone.now() - timedelta(seconds=settings.DUPLICATE_WAIT_S)
    unsent = session.messages.filter(state__in=[Message.State.WAITING, Message.State.RECEIVED], attempts=0)
    texts = unsent.filter(kind=Message.Kind.PERSON, sid=None, messaging_sid__isnull=False, created_at__gt=since)
    held = Binding.objects.held().filter(participant__in=texts.values("author"))
    if pairs & set(held.values_list("address__canonical", "sender__address")):
        raise TryLater("Twilio does not list yet what was just written")


def _divided(
    conversation: Conversation, listed: Sequence[MessageInfo]
) -> tuple[list[MessageInfo], list[MessageInfo]]:
    """History, and what is not. What we posted ourselves is neither."""
    last = _last_of_older_app(listed)
    behind = [info for info in listed if last is None or info.index > last.index]
    unread = _unread(conversation, behind)
    begins = min(
        (info.index for info in behind if info.sid in unread or info.at >= conversation.created_at), default=None
    )
    spoken = [info for info in listed if senders.is_person(info.author) or is_of_older_app(info)]
    if begins is None:
        return spoken, []
    history = [info for info in spoken if info.index < begins]
    return history, [info for info in listed if info.index >= begins]


def _unread(conversation: Conversation, listed: Sequence[MessageInfo]) -> set[str]:
    """The sids of what we heard of and have not answered, and of what is just being taken in."""
    sids = [info.sid for info in listed]
    keys = {inbox.event_key("onMessageAdded", {"MessageSid": sid}): sid for sid in sids}
    events = InboxEvent.objects.filter(key__in=keys, state=InboxEvent.State.WAITING)
    unread = Message.objects.filter(sid__in=sids, session=conversation.session, needs_turn=True)
    being_taken_in = {keys[key] for key in events.values_list("key", flat=True)}
    return being_taken_in | {str(sid) for sid in unread.values_list("sid", flat=True)}


def _take_in(
    session: LockedSession, conversation: Conversation, one: ParticipantInfo, listed: Sequence[MessageInfo]
) -> None:
    """Onto the number on which they are there; `add_participants` then finds them in it."""
    sender = senders.get_sender(one.proxy_address)
    if sender is None:
        return
    waiting = _waiting(session).filter(address__canonical=canonical(one.address))
    if bindings.of_pair(one.address, one.proxy_address) is None:
        waiting.update(sender=sender)
    waiting.filter(sender=sender).update(address=one.address)
    conversation_events.record_added_participant(
        session, conversation, one.sid, address=one.address, proxy_address=one.proxy_address
    )
    theirs = canonical(one.address)
    wrote = next((info for info in reversed(listed) if canonical(info.author) == theirs), None)
    if wrote is not None:
        messaging_window.note_inbound(Contact.objects.get(address__canonical=theirs), sender, at=wrote.at)


def _report_foreign_numbers(conversation: Conversation, there: Sequence[ParticipantInfo]) -> None:
    foreign = sorted({one.proxy_address for one in there if senders.get_sender(one.proxy_address) is None})
    for number in foreign:
        Problem.report(
            f"foreign-number-{conversation.pk}-{masked(number)}",
            session=conversation.session,
            what=f"Somebody of {conversation.session.code} is in its Conversation on {masked(number)}, which is none of"
            " our numbers.",
            to_do="Add the number to TWILIO_SENDERS, or remove them there in Twilio's console.",
        )


# --- while the older app answers there --------------------------------------------------------------------------------


def _stand_back(lease: SessionLease, conversation: Conversation, talking: StillTalking) -> None:
    """The session sleeps on as if nobody had woken it, and what people wrote is kept for when somebody does."""
    with transaction.atomic():
        session = lease.hold()
        conversation.session = session
        thread.recognise_waiting(session, conversation, talking.listed)
        _leave_what_was_answered(conversation, talking.listed)
        Session.objects.filter(pk=session.pk).update(
            status=Session.Status.DORMANT, turn_due_at=None, batch_opened_at=None
        )
        _waiting(session).delete()
        _keep_texts(session)
    Problem.report(
        _problem(session),
        session=session,
        what=f"{session.code} was not woken: the older app wrote in its Conversation {talking.sid} within the hour, so"
        " it still answers there.",
        to_do=f"Stop the older app for this session, then `resume {session.code} --apply` an hour after its last line."
        " What people wrote is kept.",
    )


def free_from_older(lease: SessionLease, binding: Binding, conversation_sid: str) -> bool:
    """A phone that the older app left in the Conversation of another session. True when it is out of there: it is no
    member of that session, and that app is silent."""
    lease.renew()
    try:
        attributes = api.fetch_conversation(conversation_sid).attributes
    except NotFoundAtTwilio:
        return False
    of = Session.objects.filter(code=attributes.get("sessionId"), legacy_import__isnull=False).first()
    if of is None or _is_member(of, binding):
        return False
    lease.renew()
    last = _last_of_older_app(api.newest_messages(conversation_sid, most=MOST_TO_LOOK_AT))
    if last is not None and clock.now() - last.at < STILL_TALKING:
        return False
    lease.renew()
    pair = (canonical(binding.address), binding.sender.address)
    for one in api.participants(conversation_sid):
        if (canonical(one.address), one.proxy_address) == pair:
            lease.renew()
            remove(conversation_sid, one.sid)
    return True


def _is_member(session: Session, binding: Binding) -> bool:
    if session.pk == binding.participant.session_id:
        return False
    return session.participants.present().filter(contact__address__canonical=canonical(binding.address)).exists()


def _problem(session: Session) -> str:
    return f"older-app-{session.pk}"


def _leave_what_was_answered(conversation: Conversation, listed: Sequence[MessageInfo]) -> None:
    last = _last_of_older_app(listed)
    if last is not None:
        unread = Message.objects.filter(conversation=conversation, needs_turn=True, turn=None)
        unread.filter(index__lt=last.index).update(needs_turn=False)


def _keep_texts(session: Session) -> None:
    """The line that it was to begin with is gone; theirs are passed on later."""
    waiting = session.messages.filter(state=Message.State.WAITING)
    of_people = waiting.filter(kind__in=[Message.Kind.PERSON, Message.Kind.RELAY])
    of_people.update(state=Message.State.HELD, error=UNTIL_IT_STOPS)
    waiting.filter(kind=Message.Kind.MATCHMAKER).delete()
    waiting.update(state=Message.State.REFUSED, error="Not said: the older app still answers there.")
