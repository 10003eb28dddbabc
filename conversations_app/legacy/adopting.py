"""A Conversation that the older app made for a session becomes ours when the session is woken here.

We take it over if it is in our Conversations service, names the session in its attributes, is not closed, and the older
app has been silent there for an hour. While that app still answers, see `standing_back`.

What was said there before is history: `merging` stores it, and nobody answers it. New is what a webhook told us of, what
was written after the session was woken (the time at which its Conversation's row was made), and everything after the
first such text. A line of the older app makes everything before it history.

All of this can be repeated until the one transaction that stores the sid, the history and the people. After it the
Conversation is like one that we made.
"""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from conversations_app.extensions import SessionLease
from conversations_app.gateway import api, setup
from conversations_app.gateway.api import ConversationInfo, ParticipantInfo
from conversations_app.gateway.errors import NotFoundAtTwilio, TryLater
from conversations_app.gateway.payloads import MessageInfo
from conversations_app.inbound import conversation_events, inbox
from conversations_app.legacy import merging, older_members, standing_back, thread, waking
from conversations_app.legacy.older_app import (
    OlderAppStillAnswering,
    is_answering,
    is_of_older_app,
    last_of_older_app,
)
from conversations_app.membership import bindings, senders
from conversations_app.models import Binding, Conversation, InboxEvent, Message, Problem
from conversations_app.naming import roster
from conversations_app.windows import messaging_window
from matchmaker.addresses import canonical
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import Contact, LockedSession, Session

log = structlog.get_logger()

# Far beyond the longest chat, so that all of it is read; only a runaway list is cut.
MOST_MESSAGES = 100_000
NOBODY_THERE = "We may not write first to anybody in it."


def may_have_one(conversation: Conversation) -> bool:
    """Could the older app have made it? It is still to be made here, as the first one of an imported session."""
    session = conversation.session
    if conversation.state != Conversation.State.CREATING or session.conversations.exclude(sid=None).exists():
        return False
    return LegacyImport.objects.filter(session=session).exists()


def settle(lease: SessionLease, conversation: Conversation) -> bool:
    """Take the older app's Conversation over if there is one. False when none may be opened now: that app still answers,
    or there is none and nobody to open one for. Raises GatewayError, ClaimLost."""
    if not may_have_one(conversation):
        return True
    try:
        if adopt(lease, conversation):
            return True
    except OlderAppStillAnswering as still:
        standing_back.stand_back(lease, conversation, still)
        return False
    with transaction.atomic():
        session = lease.hold()
        if bindings.has_bound_phones(session):
            waking.tell_who_is_missing(session)
            return True
        waiting = Message.objects.filter(session=lease.session_id, state=Message.State.WAITING)
        # Deleted and not refused: the matchmaker says it again once somebody writes.
        waiting.filter(kind=Message.Kind.MATCHMAKER).delete()
        waiting.exclude(kind__in=[Message.Kind.PERSON, Message.Kind.RELAY]).update(
            state=Message.State.REFUSED, error=NOBODY_THERE
        )
        Message.objects.filter(conversation=conversation).update(conversation=None)
        Conversation.objects.filter(pk=conversation.pk, sid=None).delete()
    return False


def adopt(lease: SessionLease, conversation: Conversation) -> bool:
    """True when we took it over, False when there is none. Raises OlderAppStillAnswering, GatewayError, ClaimLost."""
    if not may_have_one(conversation):
        return False
    found = _find(lease, conversation)
    if found is None:
        return False
    lease.renew()
    listed = api.newest_messages(found.sid, most=MOST_MESSAGES, before_each_page=lease.renew)
    if is_answering(listed):
        raise OlderAppStillAnswering(found.sid, listed)
    lease.renew()
    there = [one for one in api.participants(found.sid) if one.address and not senders.is_ours(one.address)]
    older_members.identify_participants(lease, there, listed)
    older_members.apply_earlier_opt_outs(listed)
    # After the opt-outs, so that those who said STOP long ago are taken out of it as well.
    there = older_members.remove_former_members(lease, conversation, found, there)
    _activate(lease, found)
    _take_over(lease, conversation, found, listed, there)
    older_members.report_foreign_numbers(conversation, there)
    log.info("conversation_adopted", session=lease.session_id, conversation=conversation.pk)
    return True


# --- is there one -----------------------------------------------------------------------------------------------------


def _find(lease: SessionLease, conversation: Conversation) -> ConversationInfo | None:
    """By the sid that the older app kept, or by the unique name that it gave: some of its records lost the sid."""
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
        note_once(lease.hold(), words)


def note_once(session: Session, words: str) -> None:
    record = LegacyImport.objects.get(session=session)
    if words not in record.problems:
        LegacyImport.objects.filter(pk=record.pk).update(problems=[*record.problems, words])


# --- taking it over ---------------------------------------------------------------------------------------------------


def _activate(lease: SessionLease, found: ConversationInfo) -> None:
    """Twilio does not say which webhooks and messages an inactive Conversation still gets."""
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
        thread.recognise_waiting(session, conversation, _written_by_members(listed, there))
        _check_list_is_complete(session, there)
        history, new = _split_history_from_new(conversation, listed)
        for one in there:
            _bind_participant(session, conversation, one, listed)
        known, added = merging.merge(session, conversation, history)
        conversation.sid, conversation.state = found.sid, Conversation.State.ACTIVE
        conversation.stage_told = str(found.attributes.get("stage", ""))[:30]
        conversation.save(update_fields=["sid", "state", "stage_told"])
        roster.refresh_after_commit(conversation)
        waking.tell_who_is_missing(session)
        LegacyImport.objects.filter(session=session).update(conversation_sid=found.sid)
        if listed or there:
            note_once(
                session,
                f"The older app's Conversation {found.sid} was taken over: {known} of its messages were here, {added}"
                " more came with it.",
            )
        Problem.resolve(standing_back.problem_key(session))
    # Each in its own transaction, as if its webhook had come: one that fails is found again by the next look at Twilio.
    for info in new:
        with transaction.atomic():
            conversation_events.store_message(conversation, info)


def _written_by_members(listed: Sequence[MessageInfo], there: Sequence[ParticipantInfo]) -> list[MessageInfo]:
    in_it = older_members.addresses_of(there)
    return [info for info in listed if canonical(info.author) in in_it]


def _check_list_is_complete(session: Session, there: Sequence[ParticipantInfo]) -> None:
    """A member's text that another webhook told of has to be listed, too. Taken over without it, the text would be passed
    on a second time. Raises TryLater."""
    pairs = {(canonical(one.address), one.proxy_address) for one in there}
    since = timezone.now() - timedelta(seconds=settings.DUPLICATE_WAIT_S)
    unsent = session.messages.filter(state__in=[Message.State.WAITING, Message.State.RECEIVED], attempts=0)
    texts = unsent.filter(kind=Message.Kind.PERSON, sid=None, messaging_sid__isnull=False, created_at__gt=since)
    held = Binding.objects.held().filter(participant__in=texts.values("author"))
    if pairs & set(held.values_list("address__canonical", "sender__address")):
        raise TryLater("Twilio does not list yet what was just written")


def _split_history_from_new(
    conversation: Conversation, listed: Sequence[MessageInfo]
) -> tuple[list[MessageInfo], list[MessageInfo]]:
    """(history, new). What we posted ourselves is neither."""
    last = last_of_older_app(listed)
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
    """The sids of messages that wait for an answer here, or whose webhook is still to be processed."""
    sids = [info.sid for info in listed]
    keys = {inbox.event_key("onMessageAdded", {"MessageSid": sid}): sid for sid in sids}
    events = InboxEvent.objects.filter(key__in=keys, state=InboxEvent.State.WAITING)
    unread = Message.objects.filter(sid__in=sids, session=conversation.session, needs_turn=True)
    in_the_inbox = {keys[key] for key in events.values_list("key", flat=True)}
    return in_the_inbox | {str(sid) for sid in unread.values_list("sid", flat=True)}


def _bind_participant(
    session: LockedSession, conversation: Conversation, one: ParticipantInfo, listed: Sequence[MessageInfo]
) -> None:
    """On the number that they use there, so that `add_participants` finds them in it and does not add them again."""
    sender = senders.get_sender(one.proxy_address)
    if sender is None:
        return
    waiting = older_members.waiting_bindings(session).filter(address__canonical=canonical(one.address))
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
