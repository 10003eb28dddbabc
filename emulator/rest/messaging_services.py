"""Messaging services (messaging/v1), and which of our numbers send for them."""

from functools import partial
from typing import Any

from starlette.responses import Response

from emulator.account import MessagingService, Number
from emulator.addresses import Channel
from emulator.clock import to_seconds
from emulator.errors import TwilioError, invalid, not_found
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.rest.paging import list_response
from emulator.rest.webhooks import url_param

_SWITCHES = {
    "StickySender": "sticky_sender",
    "MmsConverter": "mms_converter",
    "SmartEncoding": "smart_encoding",
    "FallbackToLongCode": "fallback_to_long_code",
    "AreaCodeGeomatch": "area_code_geomatch",
    "SynchronousValidation": "synchronous_validation",
}


def create(call: RestCall) -> Response:
    if call.form.text("FriendlyName") is None:
        raise invalid("FriendlyName is required")
    now = call.world.now()
    service = MessagingService("", created=now, updated=now)
    _change(call, service)
    call.world.account.messaging_services[service.sid] = service
    return created(_service_json(call, service))


def fetch(call: RestCall) -> Response:
    return ok(_service_json(call, _get_or_404(call)))


def update(call: RestCall) -> Response:
    service = _get_or_404(call)
    _change(call, service)
    service.updated = call.world.now()
    return ok(_service_json(call, service))


def delete(call: RestCall) -> Response:
    account, service = call.world.account, _get_or_404(call)
    del account.messaging_services[service.sid]
    for number in account.numbers.values():
        if number.messaging_service_sid == service.sid:
            number.messaging_service_sid = None
    if account.default_messaging_service_sid == service.sid:
        account.default_messaging_service_sid = None
    return no_content()


def list_all(call: RestCall) -> Response:
    return list_response(
        call,
        f"{call.origin}/v1/Services",
        "services",
        list(call.world.account.messaging_services.values()),
        serialize=partial(_service_json, call),
    )


def list_phone_numbers(call: RestCall) -> Response:
    return _pool(call, "sms", "PhoneNumbers", "phone_numbers")


def add_phone_number(call: RestCall) -> Response:
    return _add(call, call.form.text("PhoneNumberSid"), "PhoneNumberSid")


def fetch_phone_number(call: RestCall) -> Response:
    return ok(_number_json(call, _member(call)))


def remove_phone_number(call: RestCall) -> Response:
    _member(call).messaging_service_sid = None
    return no_content()


def list_channel_senders(call: RestCall) -> Response:
    return _pool(call, "whatsapp", "ChannelSenders", "senders")


def add_channel_sender(call: RestCall) -> Response:
    return _add(call, call.form.text("Sid"), "Sid")


def _get_or_404(call: RestCall) -> MessagingService:
    service = call.world.account.messaging_services.get(call.path["messaging_service"])
    if service is None:
        raise not_found(f"/Services/{call.path['messaging_service']}")
    return service


def _change(call: RestCall, service: MessagingService) -> None:
    """Set what the call names; an empty URL takes it away. Nothing changes when any of it is wrong."""
    form = call.form
    inbound, fallback, status = (
        url_param(call, name) for name in ("InboundRequestUrl", "FallbackUrl", "StatusCallback")
    )
    inbound_method, fallback_method = _method(call, "InboundMethod"), _method(call, "FallbackMethod")
    validity, on_number = form.number("ValidityPeriod"), form.flag("UseInboundWebhookOnNumber")
    service.friendly_name = form.text("FriendlyName") or service.friendly_name
    service.inbound_request_url = inbound if "InboundRequestUrl" in form else service.inbound_request_url
    service.fallback_url = fallback if "FallbackUrl" in form else service.fallback_url
    service.status_callback = status if "StatusCallback" in form else service.status_callback
    service.inbound_method = inbound_method or service.inbound_method
    service.fallback_method = fallback_method or service.fallback_method
    service.usecase = form.text("Usecase") or service.usecase
    service.validity_period = validity or service.validity_period
    if on_number is not None:
        service.use_inbound_webhook_on_number = on_number
    switches = {own: form.flag(name) for name, own in _SWITCHES.items()}
    service.switches |= {own: value for own, value in switches.items() if value is not None}


def _method(call: RestCall, name: str) -> str | None:
    method = call.form.text(name)
    if method is not None and method.upper() not in ("GET", "POST"):
        raise invalid(f"{name} must be GET or POST")
    return method.upper() if method else None


def _pool(call: RestCall, channel: Channel, path: str, key: str) -> Response:
    service = _get_or_404(call)
    return list_response(
        call,
        f"{call.origin}/v1/Services/{service.sid}/{path}",
        key,
        call.world.account.pool(service, channel),
        serialize=partial(_number_json, call),
    )


def _add(call: RestCall, sid: str | None, name: str) -> Response:
    service = _get_or_404(call)
    if sid is None:
        raise invalid(f"{name} is required")
    number = next((n for n in call.world.account.numbers.values() if n.sid == sid), None)
    if number is None:
        raise not_found(f"/Services/{service.sid}/{sid}")
    if number.messaging_service_sid is not None:
        raise TwilioError(21710 if number.messaging_service_sid == service.sid else 21712)
    number.messaging_service_sid = service.sid
    return created(_number_json(call, number))


def _member(call: RestCall) -> Number:
    service, sid = _get_or_404(call), call.path["number"]
    for number in call.world.account.numbers.values():
        if number.sid == sid and number.messaging_service_sid == service.sid:
            return number
    raise not_found(f"/Services/{service.sid}/PhoneNumbers/{sid}")


def _service_json(call: RestCall, service: MessagingService) -> dict[str, Any]:
    url = f"{call.origin}/v1/Services/{service.sid}"
    links = {
        "phone_numbers": "PhoneNumbers",
        "short_codes": "ShortCodes",
        "alpha_senders": "AlphaSenders",
        "messages": "Messages",
        "us_app_to_person": "Compliance/Usa2p",
        "us_app_to_person_usecases": "Compliance/Usa2p/Usecases",
        "channel_senders": "ChannelSenders",
    }
    return {
        "sid": service.sid,
        "account_sid": call.world.account.sid,
        "friendly_name": service.friendly_name,
        "date_created": to_seconds(service.created),
        "date_updated": to_seconds(service.updated),
        "inbound_request_url": service.inbound_request_url,
        "inbound_method": service.inbound_method,
        "fallback_url": service.fallback_url,
        "fallback_method": service.fallback_method,
        "status_callback": service.status_callback,
        **service.switches,
        "scan_message_content": "inherit",
        "validity_period": service.validity_period,
        "usecase": service.usecase,
        "us_app_to_person_registered": False,
        "use_inbound_webhook_on_number": service.use_inbound_webhook_on_number,
        "url": url,
        "links": {name: f"{url}/{part}" for name, part in links.items()},
    }


def _number_json(call: RestCall, number: Number) -> dict[str, Any]:
    service_sid = number.messaging_service_sid
    url = f"{call.origin}/v1/Services/{service_sid}"
    body = {
        "sid": number.sid,
        "account_sid": call.world.account.sid,
        "country_code": "US",
        "date_created": to_seconds(number.created),
        "date_updated": to_seconds(number.created),
    }
    if number.channel == "sms":
        return body | {
            "service_sid": service_sid,
            "phone_number": number.address,
            "capabilities": ["MMS", "SMS"],
            "url": f"{url}/PhoneNumbers/{number.sid}",
        }
    return body | {
        "messaging_service_sid": service_sid,
        "sender": number.address,
        "sender_type": "WhatsApp",
        "url": f"{url}/ChannelSenders/{number.sid}",
    }
