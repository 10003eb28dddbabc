"""What the webhooks missed: Twilio's own list of a Conversation is the truth about what was said in it."""

import structlog
from django.db import transaction
from django.db.models import Max

from conversations_app import arrivals
from conversations_app.gateway import twilio
from conversations_app.gateway.errors import NotThere
from conversations_app.models import Conversation, Message
from conversations_app.webhooks.payloads import MessageInfo

log = structlog.get_logger()

# Webhooks come out of order, so the newest stored ones are looked at again for gaps between them.
LOOK_BACK = 100


def reconcile_conversation(conversation: Conversation, *, whole: bool = False) -> int:
    """Store what is missing here, each message once; how many were."""
    stored = 0
    for info in missing_messages(conversation, whole=whole):
        with transaction.atomic():
            note = arrivals.store_message(conversation, info)
        stored += note.startswith("Message")
    return stored


def missing_messages(conversation: Conversation, *, whole: bool = False) -> list[MessageInfo]:
    """Oldest first. `whole`: compare from the first message on, not only the newest ones."""
    if not conversation.sid:
        return []
    newest = Message.objects.filter(conversation=conversation).aggregate(newest=Max("index"))["newest"]
    after = -1 if whole or newest is None else max(newest - LOOK_BACK, -1)
    try:
        listed = twilio.newest_messages(conversation.sid, after_index=after, most=100_000 if whole else 1000)
    except NotThere:
        log.warning("conversation_gone", conversation=conversation.pk)
        return []
    known = set(Message.objects.filter(sid__in=[info.sid for info in listed]).values_list("sid", flat=True))
    return [info for info in listed if info.sid not in known]
