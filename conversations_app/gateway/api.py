"""The Twilio calls we make, in our own types. Every function may raise a GatewayError."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any

from django.conf import settings
from twilio.base import values

from conversations_app.gateway.client import calls_twilio, client
from conversations_app.gateway.payloads import MessageInfo, json_object, media_list
from conversations_app.naming.name_prefix import OUR_KEY

# The most that Conversations allows; participant conversations and receipts allow 50.
A_PAGE = 100
MOST_A_PAGE = 500
# Bounds the look for a message whose call was never answered: twenty pages.
MOST_TO_SEARCH = 2000


@dataclass(frozen=True)
class ConversationInfo:
    sid: str
    state: str
    attributes: dict[str, Any]


@dataclass(frozen=True)
class ParticipantInfo:
    sid: str
    address: str
    proxy_address: str
    added_at: datetime


@dataclass(frozen=True)
class ReceiptInfo:
    """What became of a message on one participant's phone; no error code: nothing went wrong."""

    participant_sid: str
    status: str
    error_code: str


@dataclass(frozen=True)
class TextInfo:
    """A message to one of our numbers; `media` are (address, content type)."""

    sid: str
    sender: str
    to: str
    body: str
    at: datetime
    media: list[tuple[str, str]]


def _service() -> Any:
    return client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)


def _conversation(sid: str) -> Any:
    return _service().conversations(sid)


@calls_twilio
def create_conversation(*, unique_name: str, friendly_name: str, attributes: dict[str, Any]) -> ConversationInfo:
    """The messaging service is pinned: with the account's default one, US texts may go out unregistered."""
    # The unique name makes the call safe to repeat: after a lost answer, a second try meets 50353 instead of making a
    # second group that nobody knows of.
    made = _service().conversations.create(
        unique_name=unique_name,
        friendly_name=friendly_name,
        attributes=json.dumps(attributes),
        messaging_service_sid=settings.TWILIO_MESSAGING_SERVICE_SID,
    )
    return _conversation_info(made)


@calls_twilio
def fetch_conversation(sid_or_name: str) -> ConversationInfo:
    return _conversation_info(_conversation(sid_or_name).fetch())


@calls_twilio
def update_attributes(sid: str, attributes: dict[str, Any]) -> None:
    _conversation(sid).update(attributes=json.dumps(attributes))


@calls_twilio
def activate_conversation(sid: str) -> None:
    _conversation(sid).update(state="active")


@calls_twilio
def close_conversation(sid: str) -> None:
    """Final; frees all its pairs of phone and number."""
    # Not deleted: that would take its messages along before we have listed them, and closing frees the phones just
    # the same. Its unique name stays taken for good.
    _conversation(sid).update(state="closed")


def _conversation_info(found: Any) -> ConversationInfo:
    return ConversationInfo(found.sid, found.state, json_object(found.attributes))


@calls_twilio
def add_participant(sid: str, *, address: str, sender: str) -> str:
    """The participant's sid. Raises PairTaken, ConversationClosed."""
    # No Identity: Twilio refuses one for somebody on a phone (50211).
    added = _conversation(sid).participants.create(
        messaging_binding_address=address, messaging_binding_proxy_address=sender
    )
    return str(added.sid)


@calls_twilio
def remove_participant(sid: str, participant_sid: str) -> None:
    """Raises NotFoundAtTwilio when they are out already."""
    _conversation(sid).participants(participant_sid).delete()


@calls_twilio
def participants(sid: str) -> list[ParticipantInfo]:
    # No webhook holds the roster, so who is in at Twilio has to be asked.
    listed = _conversation(sid).participants.list(page_size=100)
    return [
        ParticipantInfo(
            one.sid,
            (one.messaging_binding or {}).get("address", ""),
            (one.messaging_binding or {}).get("proxy_address", ""),
            one.date_created or datetime.now(UTC),
        )
        for one in listed
    ]


@calls_twilio
def receipts_of(sid: str, message_sid: str) -> list[ReceiptInfo]:
    """Of every phone to which Twilio has sent this message on; a receipt without a status is of one that still waits.
    Raises NotFoundAtTwilio."""
    # The author has no receipt, since no copy went to them; nor has anybody without a phone.
    listed = _conversation(sid).messages(message_sid).delivery_receipts.list(page_size=50)
    return [ReceiptInfo(str(one.participant_sid), str(one.status), _error_code(one)) for one in listed if one.status]


def _error_code(found: Any) -> str:
    return str(found.error_code or "")[:10]


@calls_twilio
def open_conversations_of(address: str) -> list[tuple[str, str]]:
    """(Conversation sid, our number) of everything open that this phone is in."""
    # Twilio lists closed Conversations too, but only open ones hold the pair of phone and number.
    listed = _service().participant_conversations.list(address=address, page_size=50)
    return [
        (one.conversation_sid, (one.participant_messaging_binding or {}).get("proxy_address", ""))
        for one in listed
        if one.conversation_state != "closed"
    ]


@calls_twilio
def post_message(sid: str, *, author: str, body: str, ours: dict[str, Any], media_sid: str = "") -> MessageInfo:
    """One call; Twilio passes it on to everyone in the Conversation but its author. To WhatsApp and SMS it passes a
    file on without the text beside it."""
    # No X-Twilio-Webhook-Enabled: without it our own messages fire no webhooks, which would only repeat what we know.
    made = _conversation(sid).messages.create(
        author=author,
        body=body,
        attributes=json.dumps({OUR_KEY: ours}, ensure_ascii=False),
        media_sid=media_sid or values.unset,
    )
    return _message_info(made)


@calls_twilio
def find_message(sid: str, ref: str, *, since: datetime) -> MessageInfo | None:
    """A message of ours by our id, posted after `since`: what became of a call that was never answered."""
    # v1 has no idempotency key, so we look for our id in the attributes. The minute allows for clocks that differ.
    start = since - timedelta(minutes=1)
    # From the newest on: what we have just tried to post is among the last, if it is there at all.
    for info in _messages_downwards(sid, MOST_TO_SEARCH):
        if info.ours.get("ref") == ref:
            return info
        if info.at < start:
            break
    return None


@calls_twilio
def newest_messages(
    sid: str, *, after_index: int = -1, most: int = 1000, before_each_page: Callable[[], None] = lambda: None
) -> list[MessageInfo]:
    """Those above an index, oldest first. A long list takes many calls, before each of which a lease may be renewed."""
    found = []
    # No list of Twilio's starts at an index, so it is read from its end until something known comes.
    for number, info in enumerate(_until(_messages_downwards(sid, most), after_index)):
        if number % A_PAGE == 0:
            before_each_page()
        found.append(info)
    return found[::-1]


def _messages_downwards(sid: str, most: int) -> Iterator[MessageInfo]:
    return map(_message_info, _conversation(sid).messages.stream(order="desc", limit=most, page_size=A_PAGE))


def _until(messages: Iterator[MessageInfo], index: int) -> Iterator[MessageInfo]:
    for info in messages:
        if info.index <= index:
            return
        yield info


def _message_info(found: Any) -> MessageInfo:
    media = media_list(json.dumps(found.media)) if found.media else []
    return MessageInfo(
        sid=found.sid,
        index=found.index,
        author=found.author or "",
        body=found.body or "",
        attributes=json_object(found.attributes),
        media=media,
        at=found.date_created or datetime.now(UTC),
    )


@calls_twilio
def send_text(
    *,
    sender: str,
    to: str,
    body: str,
    status_callback: str,
    media: Sequence[str] = (),
    content_sid: str = "",
    content_variables: dict[str, str] | None = None,
) -> str:
    """One text to one phone by the Messages API; its sid. `media`: addresses from which Twilio fetches
    files. With a template's sid, Twilio makes the words itself."""
    words: dict[str, Any] = (
        {"content_sid": content_sid, "content_variables": json.dumps(content_variables or {})}
        if content_sid
        else {"body": body, "media_url": list(media) or values.unset}
    )
    # By number and not by messaging service, which might choose another of ours: WhatsApp's window is open with one
    # number only.
    made = client().messages.create(from_=sender, to=to, status_callback=status_callback, **words)
    return str(made.sid)


@calls_twilio
def texts_received(*, sender: str, since: datetime, by: str = "") -> list[TextInfo]:
    """What came to a number of ours since then, oldest first; of one phone, or of all."""
    listed = client().messages.list(to=sender, from_=by or values.unset, date_sent_after=since, page_size=MOST_A_PAGE)
    inbound = [text for text in listed if text.direction == "inbound" and (text.date_sent or since) >= since]
    return [_text_info(text) for text in reversed(inbound)]


def _text_info(text: Any) -> TextInfo:
    media = text.media.list(limit=10) if int(text.num_media or 0) else []
    return TextInfo(
        sid=text.sid,
        sender=text.from_,
        to=text.to,
        body=text.body or "",
        at=text.date_sent or datetime.now(UTC),
        media=[(_media_url(one), one.content_type) for one in media],
    )


def _media_url(media: Any) -> str:
    base = (settings.TWILIO_BASE_URL and f"{settings.TWILIO_BASE_URL}/api") or "https://api.twilio.com"
    return f"{base}{media.uri.removesuffix('.json')}"


@calls_twilio
def delete_media_of_text(sid: str) -> None:
    """The files that went along with a text of ours, of which Twilio keeps a copy of its own."""
    for file in client().messages(sid).media.list(limit=10):
        file.delete()


@calls_twilio
def text_status(sid: str) -> tuple[str, str]:
    """(status, error code) of a text that we sent. Raises NotFoundAtTwilio."""
    found = client().messages(sid).fetch()
    return str(found.status), _error_code(found)


@calls_twilio
def texts_sent(*, sender: str, to: str, since: datetime) -> list[tuple[str, str]]:
    """(sid, body) of what went from a number of ours to a phone since then, newest first; Twilio itself filters by day
    in UTC."""
    day = since.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    newest_first = client().messages.stream(
        to=to, from_=sender, date_sent_after=day - timedelta(days=1), limit=MOST_TO_SEARCH, page_size=MOST_A_PAGE
    )
    start = since - timedelta(minutes=1)
    recent = takewhile(lambda text: (text.date_created or start) >= start, newest_first)
    return [(text.sid, text.body or "") for text in recent]


# --- taking out what somebody wants forgotten -------------------------------------------------------------------------

REMOVED = "(removed)"


@calls_twilio
def copies_of(sid: str, message_sid: str) -> list[str]:
    """The sids of the texts as which Twilio passed a line on, one for each phone. Raises NotFoundAtTwilio."""
    listed = _conversation(sid).messages(message_sid).delivery_receipts.list(page_size=50)
    return [str(one.channel_message_sid) for one in listed if str(one.channel_message_sid or "")[:2] in {"SM", "MM"}]


@calls_twilio
def files_of(sid: str, message_sid: str) -> list[str]:
    """The sids (ME…) of a line's files. Raises NotFoundAtTwilio."""
    found = _message_info(_conversation(sid).messages(message_sid).fetch())
    return [str(item["sid"]) for item in found.media if item.get("sid")]


@calls_twilio
def empty_line(sid: str, message_sid: str, *, ref: str = "") -> None:
    """A line of a Conversation: words, author and whatever we noted beside them; our own id stays, by which we know what
    we posted. Raises ConversationClosed, NotFoundAtTwilio."""
    attributes = json.dumps({OUR_KEY: {"ref": ref}} if ref else {})
    # An empty Body changes nothing there, so something has to stand in its place.
    _conversation(sid).messages(message_sid).update(body=REMOVED, author=REMOVED, attributes=attributes)


@calls_twilio
def delete_line(sid: str, message_sid: str) -> None:
    """Its files are in the media service, and go by themselves. Raises ConversationClosed, NotFoundAtTwilio."""
    _conversation(sid).messages(message_sid).delete()


@calls_twilio
def delete_conversation(sid: str) -> None:
    """With all of its lines. Raises NotFoundAtTwilio."""
    _conversation(sid).delete()


@calls_twilio
def delete_text(sid: str) -> None:
    """Twilio's record of a text, with its files. Raises NotFoundAtTwilio; TryLater while it is on its way."""
    text = client().messages(sid)
    for file in text.media.list(limit=20):
        text.media(file.sid).delete()
    text.delete()


@calls_twilio
def texts_between(*, sender: str, phone: str, since: datetime, until: datetime) -> list[str]:
    """The sids of what went either way between one of our numbers and a phone."""
    start, end = since - timedelta(minutes=1), until + timedelta(minutes=1)
    found = []
    for here, there in ((sender, phone), (phone, sender)):
        listed = client().messages.list(
            to=there, from_=here, date_sent_after=start, limit=MOST_TO_SEARCH, page_size=MOST_A_PAGE
        )
        found += [text.sid for text in listed if start <= (text.date_created or start) <= end]
    return found
