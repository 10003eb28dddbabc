"""Sending a text by Programmable Messaging: what Twilio checks before it accepts one."""

from starlette.responses import Response

from emulator.account import MessagingService
from emulator.addresses import channel_of, is_phone
from emulator.delivery_errors import OPTED_OUT
from emulator.entities import Media, Text
from emulator.errors import TwilioError
from emulator.limits import MAX_CHANNEL_BODY
from emulator.messaging_webhook import linked_media
from emulator.rest.accounts import check_account
from emulator.rest.content_params import content_of_text, media_of
from emulator.rest.endpoint import RestCall, created
from emulator.rest.texts import text_json
from emulator.rest.webhooks import url_param
from emulator.segments import length


def send(call: RestCall) -> Response:
    """Accept a text; what becomes of it is told by its status and its status callback."""
    now = call.world.now()
    check_account(call)
    recipient = _recipient(call)
    service = _service(call)
    sender = _sender(call, service, recipient)
    content = content_of_text(call)
    media = media_of(call, content) if content else _media(call)
    body = content.body if content else _body(call, needed=not media)
    if (recipient, sender) in call.world.opted_out:
        raise TwilioError(OPTED_OUT)
    text = Text(
        sender=sender,
        recipient=recipient,
        body=body,
        media=media,
        direction="outbound-api",
        status="accepted" if service else "queued",
        created=now,
        updated=now,
        messaging_service_sid=service.sid if service else None,
        status_callback=_status_callback(call, service),
        content=content,
    )
    answer = text_json(call, text)
    call.emulator.carrier.send(text)
    return created(answer)


def _recipient(call: RestCall) -> str:
    recipient = call.form.text("To")
    if recipient is None:
        raise TwilioError(21604)
    if not is_phone(recipient):
        raise TwilioError(21211, address=recipient)
    return recipient


def _service(call: RestCall) -> MessagingService | None:
    sid = call.form.text("MessagingServiceSid")
    if sid is None:
        return None
    service = call.world.account.messaging_services.get(sid)
    if service is None:
        raise TwilioError(21701, sid=sid)
    return service


def _sender(call: RestCall, service: MessagingService | None, recipient: str) -> str:
    sender = call.form.text("From")
    if sender is None:
        if service is None:
            raise TwilioError(21603)
        return _pooled_sender(call, service, recipient)
    if sender == recipient:
        raise TwilioError(21266, address=sender)
    if not call.world.is_ours(sender):
        raise TwilioError(63007) if channel_of(sender) == "whatsapp" else TwilioError(21606, address=sender)
    if channel_of(sender) != channel_of(recipient):
        raise TwilioError(21910)
    return sender


def _pooled_sender(call: RestCall, service: MessagingService, recipient: str) -> str:
    """A number of the service; the one that this phone knows already, if there is one."""
    account = call.world.account
    pool = account.pool(service, channel_of(recipient))
    if not pool:
        others = any(number.messaging_service_sid == service.sid for number in account.numbers.values())
        raise TwilioError(21703 if others else 21704)
    known = [number for number in pool if call.world.threads.get((recipient, number.address))]
    return (known or pool)[0].address


def _body(call: RestCall, *, needed: bool) -> str:
    body = call.form.get("Body") or ""
    if not body and needed:
        raise TwilioError(21602)
    if length(body) > MAX_CHANNEL_BODY:
        raise TwilioError(21617)
    return body


def _media(call: RestCall) -> list[Media]:
    urls = call.form.texts("MediaUrl")
    if any(not url.startswith(("http://", "https://")) for url in urls):
        raise TwilioError(21620)
    return [linked_media(call.world, url) for url in urls]


def _status_callback(call: RestCall, service: MessagingService | None) -> str | None:
    try:
        return url_param(call, "StatusCallback") or (service.status_callback if service else None)
    except TwilioError as error:
        raise TwilioError(21609, url=call.form.get("StatusCallback") or "") from error
