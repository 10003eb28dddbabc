"""The Messaging webhook may also fire for a phone that is bound to a Conversation (Twilio's pages contradict each other).

Such a text is most likely the twin of a message there. Before it is taken for anything else we wait for the twin, and
then ask Twilio what the Conversation really holds and whether the person is still in it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from conversations_app import arrivals, lobby
from conversations_app.errors import NotYet
from conversations_app.gateway import twilio
from conversations_app.gateway.errors import NotThere
from conversations_app.models import Binding, Conversation, InboxEvent
from conversations_app.reconciling import reconcile_conversation
from conversations_app.webhooks.payloads import InboundText

LOOK_AGAIN_S = 2.0


def before_text(event: InboxEvent) -> None:
    """Settle, outside any transaction, what `lobby.text_received` relies on. Raises NotYet while a twin may come."""
    text = InboundText.parse(event.payload)
    binding = lobby.held_binding(text)
    if binding is None or lobby.twin_of(text, binding) is not None:
        return
    if timezone.now() - event.received_at < timedelta(seconds=settings.TWIN_WAIT_S):
        raise NotYet(
            "Waiting for the same text from its Conversation.", pause_s=min(LOOK_AGAIN_S, settings.TWIN_WAIT_S)
        )
    if binding.state == Binding.State.BINDING or binding.conversation is None:
        raise NotYet("That person is just being added to the Conversation.", pause_s=LOOK_AGAIN_S)
    _ask_twilio(binding, binding.conversation)


def _ask_twilio(binding: Binding, conversation: Conversation) -> None:
    here = (str(conversation.sid), binding.sender.address)
    try:
        is_in = here in twilio.open_conversations_of(binding.address)
    except NotThere:
        is_in = False
    reconcile_conversation(conversation)
    if not is_in:
        with transaction.atomic():
            arrivals.free_binding(binding)
