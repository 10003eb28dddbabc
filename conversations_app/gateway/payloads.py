"""Twilio's form posts as typed values. Unknown fields are kept in the inbox and otherwise ignored."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict

from conversations_app.gateway.places import place_in
from conversations_app.naming.name_prefix import OUR_KEY, own_words

_SID = re.compile(r"^[A-Z]{2}[0-9a-fA-F]{32}$")

_UUID = re.compile(r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
# The key of our own id beside a status callback's fields. The dot keeps it apart from any name of Twilio's.
REF = "matchmaker.ref"

Fields = dict[str, str]


class Malformed(Exception):
    """A signed webhook that we cannot read; says which field and what is wrong with it."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field}: {what}")
        self.field = field


def fields_of(data: QueryDict) -> Fields:
    """Each name may occur once: with two values, which one counts would depend on who reads it. Postgres cannot store NUL."""
    for name, values in data.lists():
        if len(values) != 1:
            raise Malformed(name, "occurs more than once")
    return {name: value.replace("\x00", "") for name, value in data.items() if isinstance(value, str)}


def need(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    if not value:
        raise Malformed(name, "is missing")
    return value


def need_sid(fields: Fields, name: str, prefix: str = "") -> str:
    value = need(fields, name)
    if not _SID.match(value) or not value.startswith(prefix):
        raise Malformed(name, f"is not a {prefix or 'Twilio'} SID")
    return value


def time_of(text: str) -> datetime:
    """Twilio's ISO 8601 in UTC, with or without milliseconds."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("DateCreated", "is not an ISO 8601 time") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def json_object(text: str) -> dict[str, Any]:
    """`Attributes` is a text that holds JSON; what is not an object counts as empty."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class MessageInfo:
    """A message of a Conversation as Twilio keeps it, from a webhook or from its list; `at` is UTC."""

    sid: str
    # Rises within a Conversation, with gaps: Twilio skips a number now and then.
    index: int
    author: str
    body: str
    attributes: dict[str, Any]
    media: list[dict[str, Any]]
    at: datetime

    @property
    def ours(self) -> dict[str, Any]:
        """What we noted in the attributes: inserted spans, a command, or our own id."""
        noted = self.attributes.get(OUR_KEY)
        return noted if isinstance(noted, dict) else {}

    @property
    def words(self) -> str:
        """The author's own: what they wrote to us alone, or the body without what we inserted."""
        return str(self.ours.get("command") or own_words(self.body, self.attributes))

    @property
    def is_empty(self) -> bool:
        """Something that WhatsApp does not pass on, such as a poll: nobody can be shown anything."""
        return not (self.words.strip() or self.media)


@dataclass(frozen=True)
class MessageAdded:
    conversation_sid: str
    message: MessageInfo

    @classmethod
    def parse(cls, fields: Fields) -> "MessageAdded":
        index = need(fields, "Index")
        # What Postgres's integer holds: a larger one would fail on every retry, as our fault rather than the sender's.
        if not index.isdecimal() or int(index) > 2**31 - 1:
            raise Malformed("Index", "is not a whole number")
        message = MessageInfo(
            sid=need_sid(fields, "MessageSid", "IM"),
            index=int(index),
            # A phone's address, an identity, or any word that a REST call gave: it need not be a person.
            author=need(fields, "Author"),
            body=fields.get("Body", "") or place_in(fields),
            attributes=json_object(fields.get("Attributes", "")),
            media=media_list(fields.get("Media", "")),
            at=time_of(need(fields, "DateCreated")),
        )
        return cls(need_sid(fields, "ConversationSid", "CH"), message)


def media_list(text: str) -> list[dict[str, Any]]:
    """Capitalisation differs between Twilio's own sources (`Sid`, `MediaSid`), so both are read."""
    try:
        items = json.loads(text or "[]")
    except ValueError:
        return []
    return [_media(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _media(item: dict[str, Any]) -> dict[str, Any]:
    lowered = {name.lower().replace("_", "").removeprefix("media"): value for name, value in item.items()}
    return {
        "sid": str(lowered.get("sid", "")),
        "content_type": str(lowered.get("contenttype", "")),
        "filename": str(lowered.get("filename", "") or ""),
    }


@dataclass(frozen=True)
class InboundText:
    """A message to one of our numbers, by Programmable Messaging."""

    sid: str
    sender: str
    to: str
    body: str
    profile_name: str
    external_user_id: str
    opt_out: str
    media: list[dict[str, Any]]
    tap: str = ""

    @property
    def is_empty(self) -> bool:
        """Something that WhatsApp does not pass on (MessageType `unsupported`)."""
        return not (self.body.strip() or self.media)

    @classmethod
    def parse(cls, fields: Fields) -> "InboundText":
        """`opt_out`: STOP, START or HELP where the carrier's side has taken the text for that, whatever the words.
        `tap`: what a button means that they tapped, which they do not see; the words on it are the `body`."""
        sid = need_sid(fields, "MessageSid")
        # Some kinds of message leave it out, or empty.
        count = fields.get("NumMedia", "0") or "0"
        if not count.isdecimal():
            raise Malformed("NumMedia", "is not a whole number")
        return cls(
            sid=sid,
            sender=need(fields, "From"),
            to=need(fields, "To"),
            body=_words(fields),
            profile_name=fields.get("ProfileName", ""),
            external_user_id=fields.get("ExternalUserId", ""),
            opt_out=fields.get("OptOutType", "").upper(),
            media=[
                {"url": fields.get(f"MediaUrl{n}", ""), "content_type": fields.get(f"MediaContentType{n}", "")}
                # Twilio passes on ten files at most, and the count comes from outside.
                for n in range(min(int(count), 10))
            ],
            # `join_ABC234`, as somebody may spell it in a template, is `join ABC234`.
            tap=(fields.get("ButtonPayload", "") or fields.get("ListId", "")).replace("_", " "),
        )


def _words(fields: Fields) -> str:
    """What they wrote or chose, or where they say they are: a text, a button, a line of a list, or a place."""
    said = (fields.get(name, "") for name in ("Body", "ButtonText", "ListTitle", "ButtonPayload", "ListId"))
    # The words on a button before what it means: friends read them, and they have to make sense there.
    return next((one for one in said if one.strip()), "") or place_in(fields)


@dataclass(frozen=True)
class DeliveryUpdated:
    message_sid: str
    receipt_sid: str
    participant_sid: str
    status: str
    error_code: str

    @classmethod
    def parse(cls, fields: Fields) -> "DeliveryUpdated":
        error_code = fields.get("ErrorCode", "")
        return cls(
            message_sid=need_sid(fields, "MessageSid", "IM"),
            receipt_sid=need_sid(fields, "DeliveryReceiptSid", "DY"),
            participant_sid=need_sid(fields, "ParticipantSid", "MB"),
            status=need(fields, "Status"),
            # Twilio writes 0 where nothing went wrong.
            error_code="" if error_code == "0" else error_code[:10],
        )


@dataclass(frozen=True)
class StateUpdated:
    conversation_sid: str
    state: str

    @classmethod
    def parse(cls, fields: Fields) -> "StateUpdated":
        return cls(need_sid(fields, "ConversationSid", "CH"), need(fields, "StateTo"))


@dataclass(frozen=True)
class ConversationRemoved:
    conversation_sid: str

    @classmethod
    def parse(cls, fields: Fields) -> "ConversationRemoved":
        return cls(need_sid(fields, "ConversationSid", "CH"))


@dataclass(frozen=True)
class ParticipantAdded:
    """`address` is empty for somebody without a phone."""

    conversation_sid: str
    participant_sid: str
    address: str
    proxy_address: str

    @classmethod
    def parse(cls, fields: Fields) -> "ParticipantAdded":
        return cls(
            conversation_sid=need_sid(fields, "ConversationSid", "CH"),
            participant_sid=need_sid(fields, "ParticipantSid", "MB"),
            address=fields.get("MessagingBinding.Address", ""),
            proxy_address=fields.get("MessagingBinding.ProxyAddress", ""),
        )


@dataclass(frozen=True)
class ParticipantRemoved:
    conversation_sid: str
    participant_sid: str

    @classmethod
    def parse(cls, fields: Fields) -> "ParticipantRemoved":
        return cls(need_sid(fields, "ConversationSid", "CH"), need_sid(fields, "ParticipantSid", "MB"))


@dataclass(frozen=True)
class StatusUpdate:
    """A status callback of one text that we addressed ourselves."""

    sid: str
    status: str
    error_code: str
    ref: str

    @classmethod
    def parse(cls, fields: Fields) -> "StatusUpdate":
        """`ref`: our own id, which we put into the address that Twilio calls."""
        error_code = fields.get("ErrorCode", "")
        ref = fields.get(REF, "")
        return cls(
            sid=need_sid(fields, "MessageSid"),
            status=need(fields, "MessageStatus"),
            error_code="" if error_code == "0" else error_code[:10],
            ref=ref if _UUID.match(ref) else "",
        )
