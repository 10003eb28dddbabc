"""Is a text at the Messaging webhook one that a Conversation has told us of?"""

from datetime import datetime, timedelta

from django.db.models import Q

from conversations_app.gateway.payloads import InboundText
from conversations_app.models import Binding, Message
from matchmaker.addresses import canonical

# Where the Messaging webhook stays quiet no message ever gets a `messaging_sid`, so only recent ones count.
WITHIN = timedelta(minutes=3)
# Shorter for somebody who has left: `join`, `leave` and `join` again within minutes are three texts, not duplicates.
WITHIN_OF_SOMEBODY_OUT = timedelta(seconds=10)
MOST_CANDIDATES = 100


def is_known(text: InboundText) -> bool:
    """Whether it is already in a transcript: processed before, or matched with a message of a Conversation."""
    return Message.objects.filter(Q(sid=text.sid) | Q(messaging_sid=text.sid)).exists()


def may_have_duplicate(binding: Binding, received_at: datetime) -> bool:
    """In a broadcast session nothing comes from a Conversation, unless it was moved after the text came."""
    if binding.conversation_id is not None:
        return True
    return binding.moved_at is not None and received_at <= binding.moved_at


def find_duplicate(text: InboundText, binding: Binding | None, received_at: datetime) -> Message | None:
    """The two share no id, so: the author's first recent message with the same words that has no duplicate yet.

    Matched by phone, not by current membership: the message itself (LEAVE) may have taken them out of the group.
    """
    if binding is not None and not may_have_duplicate(binding, received_at):
        return None
    within = WITHIN if binding is not None else WITHIN_OF_SOMEBODY_OUT
    candidates = Message.objects.filter(
        author__contact__address__canonical=canonical(text.sender),
        author__bindings__sender__address=text.to,
        kind__in=[Message.Kind.PERSON, Message.Kind.COMMAND],
        conversation__isnull=False,
        sid__isnull=False,
        messaging_sid__isnull=True,
        created_at__gt=received_at - within,
    ).order_by("-pk")[:MOST_CANDIDATES]
    same = [message for message in candidates if message.body.split() == text.body.split()]
    return same[-1] if same else None
