"""The Message resource of a conversation, and its delivery receipts."""

from functools import partial
from typing import Any

from starlette.responses import Response

from emulator.clock import to_seconds
from emulator.conversations import participant_named
from emulator.entities import Conversation, Draft, Media, Message, Receipt
from emulator.errors import TwilioError, invalid, not_found
from emulator.limits import MAX_AUTHOR, MAX_CHANNEL_BODY, MAX_INBOUND_BODY, MAX_SMALL_ATTRIBUTES
from emulator.rest.content_params import content_of_message, media_of
from emulator.rest.conversations import get_open, get_or_404
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.rest.paging import list_response
from emulator.segments import length

# How far a text came: each status holds for those after it.
_PROGRESS = {"sent": 1, "delivered": 2, "read": 3}


async def create(call: RestCall) -> Response:
    conversation, form = get_open(call), call.form
    draft = _draft(call, conversation)
    if call.cause.notifies_webhooks and call.world.faults.pre_hook_for_rest:
        draft = await _consulted(call, conversation, draft)
        conversation = get_open(call)
    message = call.emulator.conversations.publish(conversation, draft, call.cause)
    message.created = form.moment("DateCreated") or message.created
    message.updated = form.moment("DateUpdated") or message.updated
    return created(as_json(call, conversation, message))


def fetch(call: RestCall) -> Response:
    conversation = get_or_404(call)
    return ok(as_json(call, conversation, _get_or_404(call, conversation)))


def update(call: RestCall) -> Response:
    conversation, form = get_open(call), call.form
    message = _get_or_404(call, conversation)
    author, body, attributes = _author(call), _body(call, conversation), form.attributes(MAX_SMALL_ATTRIBUTES)
    message.author = author or message.author
    message.body = body or message.body
    message.attributes = message.attributes if attributes is None else attributes
    call.emulator.conversations.message_changed(conversation, message, call.cause)
    return ok(as_json(call, conversation, message))


def delete(call: RestCall) -> Response:
    conversation = get_open(call)
    call.emulator.conversations.remove_message(conversation, _get_or_404(call, conversation), call.cause)
    return no_content()


def list_all(call: RestCall) -> Response:
    conversation = get_or_404(call)
    messages = list(conversation.messages.values())
    if _order(call) == "desc":
        messages.reverse()
    return list_response(
        call,
        call.conversations_url(f"/Conversations/{conversation.sid}/Messages"),
        "messages",
        messages,
        serialize=partial(as_json, call, conversation),
    )


def list_receipts(call: RestCall) -> Response:
    conversation = get_or_404(call)
    message = _get_or_404(call, conversation)
    return list_response(
        call,
        call.conversations_url(f"/Conversations/{conversation.sid}/Messages/{message.sid}/Receipts"),
        "delivery_receipts",
        list(message.receipts.values()),
        serialize=partial(_receipt_json, call, conversation, message),
        max_size=50,
    )


def fetch_receipt(call: RestCall) -> Response:
    conversation = get_or_404(call)
    message = _get_or_404(call, conversation)
    receipt = message.receipts.get(call.path["receipt"])
    if receipt is None:
        raise not_found(f"/Conversations/{conversation.sid}/Messages/{message.sid}/Receipts/{call.path['receipt']}")
    return ok(_receipt_json(call, conversation, message, receipt))


def as_json(call: RestCall, conversation: Conversation, message: Message) -> dict[str, Any]:
    url = call.conversations_url(f"/Conversations/{conversation.sid}/Messages/{message.sid}")
    body = {
        "sid": message.sid,
        "account_sid": call.world.account.sid,
        "conversation_sid": conversation.sid,
        "index": message.index,
        "author": message.author,
        "body": message.body,
        "media": None if message.content else [_media_json(media) for media in message.media] or None,
        "attributes": message.attributes,
        "participant_sid": message.participant_sid,
        "content_sid": message.content.template.sid if message.content else None,
        "delivery": _delivery(list(message.receipts.values())),
        "date_created": to_seconds(message.created),
        "date_updated": to_seconds(message.updated),
        "url": url,
        "links": {"delivery_receipts": f"{url}/Receipts", "channel_metadata": f"{url}/ChannelMetadata"},
    }
    return body | ({"chat_service_sid": conversation.service_sid} if call.scoped else {})


def _get_or_404(call: RestCall, conversation: Conversation) -> Message:
    message = conversation.messages.get(call.path["message"])
    if message is None:
        raise not_found(f"/Conversations/{conversation.sid}/Messages/{call.path['message']}")
    return message


def _draft(call: RestCall, conversation: Conversation) -> Draft:
    """What the call wants to say; a template takes the place of text and media."""
    content = content_of_message(call)
    body = content.body if content else _body(call, conversation) or ""
    media = media_of(call, content) if content else _media(call)
    if not (body or media):
        raise invalid("Body, MediaSid or ContentSid is required")
    return Draft(
        author=_author(call) or "system",
        body=body,
        attributes=call.form.attributes(MAX_SMALL_ATTRIBUTES) or "{}",
        media=media,
        content=content,
    )


async def _consulted(call: RestCall, conversation: Conversation, draft: Draft) -> Draft:
    """As the pre-event hook lets it pass; 50056 when it does not."""
    author = participant_named(conversation, draft.author)
    verdict = await call.emulator.conversation_webhooks.ask_before_message(
        conversation, draft, source=call.cause.source, participant_sid=author.sid if author else None
    )
    if not verdict.published:
        raise TwilioError(50056)
    return verdict.draft


def _body(call: RestCall, conversation: Conversation) -> str | None:
    """Up to 1,600 characters; chat alone takes more."""
    body = call.form.text("Body") or ""
    is_chat = conversation.participants and not conversation.on_phones
    if len(body.encode()) > MAX_INBOUND_BODY or (length(body) > MAX_CHANNEL_BODY and not is_chat):
        raise TwilioError(50504)
    return body or None


def _author(call: RestCall) -> str | None:
    author = call.form.text("Author")
    if author and len(author) > MAX_AUTHOR:
        raise TwilioError(50501)
    return author


def _media(call: RestCall) -> list[Media]:
    sid = call.form.text("MediaSid")
    if sid is None:
        return []
    media = call.world.media.get(sid)
    if media is None:
        raise TwilioError(50507, sid=sid)
    if media.used_by:
        raise TwilioError(50508)
    return [media]


def _order(call: RestCall) -> str:
    order = call.form.text("Order") or "asc"
    if order not in ("asc", "desc"):
        raise invalid("Order must be asc or desc")
    return order


def _media_json(media: Media) -> dict[str, Any]:
    return {
        "sid": media.sid,
        "size": len(media.data),
        "content_type": media.content_type,
        "filename": media.filename,
    }


def _delivery(receipts: list[Receipt]) -> dict[str, Any] | None:
    """The receipts in short: how many, and whether all, some or none came that far."""
    if not receipts:
        return None
    reached = [_PROGRESS.get(receipt.status or "", 0) for receipt in receipts]
    counts = {
        status: _all_some_none(sum(far >= least for far in reached), len(receipts))
        for status, least in _PROGRESS.items()
    }
    for status in ("failed", "undelivered"):
        counts[status] = _all_some_none(sum(r.status == status for r in receipts), len(receipts))
    return {"total": len(receipts), **counts}


def _all_some_none(part: int, whole: int) -> str:
    return "none" if part == 0 else "all" if part == whole else "some"


def _receipt_json(call: RestCall, conversation: Conversation, message: Message, receipt: Receipt) -> dict[str, Any]:
    url = call.conversations_url(f"/Conversations/{conversation.sid}/Messages/{message.sid}")
    body = {
        "sid": receipt.sid,
        "account_sid": call.world.account.sid,
        "conversation_sid": conversation.sid,
        "message_sid": message.sid,
        "channel_message_sid": receipt.channel_message_sid,
        "participant_sid": receipt.participant_sid,
        "status": receipt.status,
        "error_code": receipt.error_code,
        "date_created": to_seconds(receipt.created),
        "date_updated": to_seconds(receipt.updated),
        "url": f"{url}/Receipts/{receipt.sid}",
    }
    return body | ({"chat_service_sid": conversation.service_sid} if call.scoped else {})
