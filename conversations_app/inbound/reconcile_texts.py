"""Fetches texts to our numbers that no webhook told us about, and puts them into the inbox as if one had.

Twilio's list also holds what Conversations received. Those are reconciled by their own lists, so they are left out
here.
"""

from datetime import datetime, timedelta

from django.conf import settings

from conversations_app.gateway import api, configuration, inbound_address
from conversations_app.gateway.api import TextInfo
from conversations_app.inbound import inbox, reconcile_conversations
from conversations_app.membership import bindings
from conversations_app.models import TEXTS_ELSEWHERE, Binding, Heartbeat, InboxEvent, Message
from matchmaker import clock
from matchmaker.addresses import canonical

# Twilio's times of one text in its two lists differ by seconds.
MARGIN = timedelta(minutes=2)


def fetch(*, since: datetime, by: str = "", older_than: timedelta = timedelta()) -> int:
    """Those of all our numbers, or of one phone; how many are new. Raises GatewayError."""
    reconcile_conversations.look_at_closed_ones()
    found = missing(since=since, by=by, older_than=older_than)
    for text in found:
        inbox.record(
            kind=InboxEvent.Kind.MESSAGING,
            event_type="inbound",
            fields=_fields(text),
            subject=inbox.subject_of(text.sender, text.to),
        )
    return len(found)


def count(*, since: datetime, by: str = "") -> int:
    return len(missing(since=since, by=by))


def missing(*, since: datetime, by: str = "", older_than: timedelta = timedelta()) -> list[TextInfo]:
    """Oldest first on each number. Looks at once into Conversations whose phones wrote what we have not seen."""
    begin = _ours_since(since)
    if begin is None:
        return []
    since, until = begin, clock.now() - older_than
    listed = [text for number in settings.TWILIO_SENDERS for text in _missing_on(number, since=since, by=by)]
    settled = [text for text in listed if not older_than or text.at <= until]
    behind = {held.conversation for text in settled if (held := _conversation_behind(text)) is not None}
    # Their messages have to be here before `_was_heard` compares words, or each would be taken for a text of its own.
    for conversation in behind:
        if conversation is not None:
            reconcile_conversations.reconcile_conversation(conversation)
    return [text for text in settled if not _is_in_a_conversation(text)]


def _ours_since(since: datetime) -> datetime | None:
    """Twilio lists every text to our numbers, also from when another app took and answered them, as the older one
    does before a change; None while it is so."""
    if not inbound_address.is_here(configuration.inbound()):
        inbound_address.note_elsewhere()
        return None
    elsewhere = Heartbeat.objects.filter(name=TEXTS_ELSEWHERE).first()
    return max(since, elsewhere.at) if elsewhere else since


def _conversation_behind(text: TextInfo) -> Binding | None:
    """The open Conversation that took it, of which we have not heard."""
    held = bindings.of_pair(text.sender, text.to)
    return held if held is not None and held.conversation_id is not None and not _was_heard(text) else None


def _missing_on(number: str, *, since: datetime, by: str) -> list[TextInfo]:
    listed = api.texts_received(sender=number, since=since, by=by)
    keys = {inbox.event_key("inbound", {"MessageSid": text.sid}): text for text in listed}
    known = set(InboxEvent.objects.filter(key__in=keys).values_list("key", flat=True))
    return [text for key, text in keys.items() if key not in known]


def _is_in_a_conversation(text: TextInfo) -> bool:
    """Its phone is in one, or was when it was written, and the same words of those minutes came from there."""
    held = bindings.of_pair(text.sender, text.to)
    return (held is not None and held.conversation_id is not None) or _was_heard(text)


def _was_heard(text: TextInfo) -> bool:
    near = Message.objects.filter(
        author__contact__address__canonical=canonical(text.sender),
        conversation__isnull=False,
        at__range=(text.at - MARGIN, text.at + MARGIN),
    )
    return any(message.body.split() == text.body.split() for message in near)


def _fields(text: TextInfo) -> dict[str, str]:
    fields = {
        "MessageSid": text.sid,
        "From": text.sender,
        "To": text.to,
        # Postgres stores no NUL, neither in text nor in JSON.
        "Body": text.body.replace("\x00", ""),
        "NumMedia": str(len(text.media)),
    }
    for number, (url, content_type) in enumerate(text.media):
        fields |= {f"MediaUrl{number}": url, f"MediaContentType{number}": content_type}
    return fields
