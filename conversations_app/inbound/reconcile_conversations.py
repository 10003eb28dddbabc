"""Finds what the webhooks missed. Twilio's own lists are the truth about what was said in a Conversation and who is
in it."""

import structlog
from django.db import transaction
from django.db.models import Max, QuerySet

from conversations_app.gateway import account, api
from conversations_app.gateway.errors import NotFoundAtTwilio
from conversations_app.gateway.payloads import MessageInfo
from conversations_app.inbound import conversation_events
from conversations_app.membership import bindings
from conversations_app.models import Binding, Conversation, Message
from sessions_app import actions

log = structlog.get_logger()

# Webhooks come out of order, so the newest stored ones are looked at again for gaps between them.
LOOK_BACK = 100
# Each costs a call to Twilio, so a day with many endings is spread over some minutes.
MOST_CLOSED = 50


def reconcile_conversation(conversation: Conversation, *, whole: bool = False) -> int:
    """Store what is missing here, each message once; how many were. `whole`: from the first message on, and compare
    its state and its people as well."""
    stored = 0
    try:
        missing = missing_messages(conversation, whole=whole)
    except NotFoundAtTwilio:
        # Raises when all are gone, since the setting is wrong; else this one was deleted, which is as final as
        # closing.
        account.conversation_service_name()
        missing, whole = [], True
    # One transaction each, so that one message which cannot be stored keeps no other from being found.
    for info in missing:
        with transaction.atomic():
            result = conversation_events.store_message(conversation, info)
        stored += result.message is not None
    if conversation.state == Conversation.State.CLOSED:
        Conversation.objects.filter(pk=conversation.pk).update(looked_at_closed=True)
    elif whole and conversation.sid:
        _compare_life(conversation)
    return stored


def closed_without_a_last_look() -> QuerySet[Conversation]:
    """The last messages in these may not have reached us: a webhook can still be under way when a Conversation
    closes."""
    closed = Conversation.objects.filter(state=Conversation.State.CLOSED, looked_at_closed=False)
    return closed.exclude(sid=None).select_related("session").order_by("-pk")


def look_at_closed_ones() -> None:
    """Raises GatewayError."""
    for conversation in closed_without_a_last_look()[:MOST_CLOSED]:
        reconcile_conversation(conversation)


def missing_messages(conversation: Conversation, *, whole: bool = False) -> list[MessageInfo]:
    """Oldest first. `whole`: compare from the first message on, not only the newest ones. Raises NotFoundAtTwilio."""
    if not conversation.sid:
        return []
    newest = Message.objects.filter(conversation=conversation).aggregate(newest=Max("index"))["newest"]
    after = -1 if whole or newest is None else max(newest - LOOK_BACK, -1)
    listed = api.newest_messages(conversation.sid, after_index=after, most=100_000 if whole else 1000)
    known = set(Message.objects.filter(sid__in=[info.sid for info in listed]).values_list("sid", flat=True))
    return [info for info in listed if info.sid not in known]


def _compare_life(conversation: Conversation) -> None:
    """Twilio's timer may have closed it, and staff may have removed or added somebody there, with no webhook told."""
    if conversation.state in {Conversation.State.CREATING, Conversation.State.CLOSED}:
        return
    # Read before asking Twilio: somebody added while we ask would look removed.
    were_in = list(conversation.bindings.filter(state=Binding.State.BOUND).values_list("pk", flat=True))
    try:
        info = api.fetch_conversation(str(conversation.sid))
        there = api.participants(str(conversation.sid))
    except NotFoundAtTwilio:
        log.warning("conversation_gone", conversation=conversation.pk)
        info, there = None, []
    with transaction.atomic():
        session = actions.lock_session(conversation.session_id)
        if info is None or info.state == Conversation.State.CLOSED:
            bindings.mark_closed(conversation)
            return
        # Removals first: somebody who was added again under a new sid must be free before they are bound.
        sids = {one.sid for one in there}
        bound = conversation.bindings.filter(pk__in=were_in, state=Binding.State.BOUND)
        gone = bound.exclude(participant_sid__in=sids)
        for binding in gone.select_related("participant__session", "conversation"):
            conversation_events.record_removed_participant(session, binding)
        for one in there:
            conversation_events.record_added_participant(
                session, conversation, one.sid, address=one.address, proxy_address=one.proxy_address
            )
