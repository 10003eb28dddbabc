"""The Messaging webhook may also fire for a phone that is bound to a Conversation (Twilio's pages contradict each
other).

Such a text most likely duplicates a message there. Before we treat it as anything else we wait for that message, then
ask Twilio what the Conversation really holds and whether the person is still in it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from conversations_app.errors import TryAgainLater, WaitReason
from conversations_app.gateway import api
from conversations_app.gateway.errors import NotFoundAtTwilio
from conversations_app.gateway.payloads import InboundText
from conversations_app.inbound import conversation_events, duplicate_search, reconcile_conversations
from conversations_app.membership import bindings
from conversations_app.models import Binding, Conversation, InboxEvent
from sessions_app import actions

# Usually the same text comes from the Conversation within a second; a pause this short keeps a reply quick.
LOOK_AGAIN_S = 2.0


def check_before_processing(event: InboxEvent) -> None:
    """Settle, outside any transaction, what `direct_texts.text_received` relies on.

    Raises TryAgainLater while the same text may still come from the Conversation.
    """
    text = InboundText.parse(event.payload)
    binding = bindings.of_pair(text.sender, text.to)
    if binding is None or duplicate_search.is_known(text):
        return
    if binding.state == Binding.State.UNBINDING:
        # Until Twilio has released the pair, a text could still land in the Conversation that they are leaving.
        raise TryAgainLater(WaitReason.LEAVING, pause_s=1.0)
    if binding.conversation is None or duplicate_search.find_duplicate(text, binding, event.received_at) is not None:
        return
    if timezone.now() - event.received_at < timedelta(seconds=settings.DUPLICATE_WAIT_S):
        raise TryAgainLater(WaitReason.DUPLICATE, pause_s=min(LOOK_AGAIN_S, settings.DUPLICATE_WAIT_S))
    if binding.state == Binding.State.BINDING:
        raise TryAgainLater(WaitReason.JOINING, pause_s=LOOK_AGAIN_S)
    _ask_twilio(binding, binding.conversation)


def _ask_twilio(binding: Binding, conversation: Conversation) -> None:
    """Check our view, which can be stale: Twilio's timer closes Conversations, and staff remove people in its
    console."""
    reconcile_conversations.reconcile_conversation(conversation)
    here = (str(conversation.sid), binding.sender.address)
    if here in api.open_conversations_of(binding.address):
        return
    # Asked before the transaction: no lock may be held while Twilio answers.
    is_closed = _is_closed(conversation)
    with transaction.atomic():
        session = actions.lock_session(conversation.session_id)
        if is_closed:
            bindings.mark_closed(conversation)
        else:
            conversation_events.record_removed_participant(session, binding)


def _is_closed(conversation: Conversation) -> bool:
    try:
        return api.fetch_conversation(str(conversation.sid)).state == Conversation.State.CLOSED
    except NotFoundAtTwilio:
        return True
