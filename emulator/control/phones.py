"""Phones: add one, send from it, read its threads."""

from datetime import datetime
from typing import Any

from emulator.addresses import channel_of, is_phone, is_username
from emulator.clock import parse_moment
from emulator.control.attachments import read_media
from emulator.control.endpoint import ControlCall, InvalidRequest, checked_text
from emulator.entities import Media, Pair, Phone, Place, Text
from emulator.limits import MAX_INBOUND_BODY
from emulator.serializers import missing_json, phone_json, thread_json

_MAX_NAME = 100
_MAX_BUTTON = 256
_MAX_PLACE = 1_000
_MAX_PHONES = 2_000


async def list_phones(call: ControlCall) -> list[dict[str, Any]]:
    return [phone_json(call.world, phone) for phone in call.world.phones.values()]


async def add(call: ControlCall) -> dict[str, Any]:
    address, name = call.text("address").strip(), call.text("name").strip()
    if not is_phone(address):
        raise InvalidRequest(f"{address!r} is not a phone number: use +15550100001 or whatsapp:+15550100001.")
    if call.world.is_ours(address):
        raise InvalidRequest(f"{address} is one of our own numbers.")
    if not 0 < len(name) <= _MAX_NAME:
        raise InvalidRequest(f'"name" must have 1 to {_MAX_NAME} characters.')
    if call.fields.get("channel", channel_of(address)) != channel_of(address):
        raise InvalidRequest(f'{address} is on channel "{channel_of(address)}".')
    if len(call.world.phones) >= _MAX_PHONES:
        raise InvalidRequest(f"There are {_MAX_PHONES} phones already; POST /emulator/reset removes them.")
    external = _external_user_id(call)
    phone = call.world.phones.setdefault(address, Phone(address, name))
    phone.name, phone.external_user_id = name, external or phone.external_user_id
    call.world.events.publish("phone", phone=phone_json(call.world, phone))
    return phone_json(call.world, phone)


async def send(call: ControlCall) -> dict[str, Any]:
    phone = _phone(call)
    number = _our_number(call, phone, call.text("to"))
    button = _button(call, phone)
    body = call.text("body", default="") or (button[0] if button else "")
    if len(body.encode()) > MAX_INBOUND_BODY:
        raise InvalidRequest("Messages can have up to 32 KB of text.")
    media = await read_media(call.world, call.fields.get("media"))
    place = _place(call, phone)
    if not (body or media or place or _is_unsupported(call, phone)):
        raise InvalidRequest('A message needs "body", "media" or "location".')
    accepted = await call.emulator.inbound.receive(
        phone, number, body, media, button=button[1] if button else None, place=place
    )
    return {
        "id": accepted.text.sid,
        "sid": accepted.sid,
        "outcome": accepted.outcome,
        "conversation_sid": accepted.conversation_sid,
    }


async def thread(call: ControlCall) -> list[dict[str, Any]]:
    return thread_json(call.world, _pair(call))


async def missing(call: ControlCall) -> list[dict[str, Any]]:
    """What we sent and this handset does not show: refused, failed, or still on its way."""
    return missing_json(call.world, _pair(call))


async def seed_history(call: ControlCall) -> list[dict[str, Any]]:
    phone = _phone(call)
    number = _our_number(call, phone, call.text("with"))
    messages = call.fields.get("messages")
    if not isinstance(messages, list):
        raise InvalidRequest('"messages" must be a list of {"direction", "body", "at"}.')
    texts = [await _old_text(call, phone, number, message) for message in messages]
    if call.fields.get("afresh") is True:
        call.world.forget((phone.address, number))
    for text in texts:
        call.emulator.carrier.add_history(text)
    return thread_json(call.world, (phone.address, number))


def _pair(call: ControlCall) -> Pair:
    # A plus that was not encoded arrives as a space.
    number = call.request.query_params.get("with", "").replace(" ", "+")
    if not number:
        raise InvalidRequest("?with= must be one of our numbers.")
    return _phone(call).address, number


def _external_user_id(call: ControlCall) -> str | None:
    external = call.fields.get("external_user_id")
    if external is not None and not (isinstance(external, str) and is_username(external)):
        raise InvalidRequest('"external_user_id" must be one like whatsapp:US.1a2b3c.')
    return external


def _button(call: ControlCall, phone: Phone) -> tuple[str, str] | None:
    """The words on a button of one of our messages, and what it means to us, when the person taps it."""
    button = call.fields.get("button")
    if button is None:
        return None
    words = (button.get("text"), button.get("payload")) if isinstance(button, dict) else (None, None)
    if phone.channel != "whatsapp" or not all(
        isinstance(word, str) and 0 < len(word) <= _MAX_BUTTON for word in words
    ):
        raise InvalidRequest(
            f'"button" must be {{"text", "payload"}} with at most {_MAX_BUTTON} characters each, and is for WhatsApp only.'
        )
    return str(words[0]), str(words[1])


def _place(call: ControlCall, phone: Phone) -> Place | None:
    given = call.fields.get("location")
    if given is None:
        return None
    place = _read_place(given) if isinstance(given, dict) and phone.channel == "whatsapp" else None
    if place is None:
        raise InvalidRequest(
            '"location" must be {"latitude", "longitude", "label"?, "address"?}, two numbers and two texts, and is for '
            "WhatsApp only."
        )
    return place


def _read_place(given: dict[str, Any]) -> Place | None:
    north, east = given.get("latitude"), given.get("longitude")
    label, address = given.get("label", ""), given.get("address", "")
    if not all(type(number) in (int, float) for number in (north, east)):
        return None
    if not (abs(north or 0) <= 90 and abs(east or 0) <= 180):
        return None
    if not all(isinstance(word, str) and len(word) <= _MAX_PLACE for word in (label, address)):
        return None
    return Place(float(north or 0), float(east or 0), label, address)


def _is_unsupported(call: ControlCall, phone: Phone) -> bool:
    return call.fields.get("unsupported") is True and phone.channel == "whatsapp"


def _phone(call: ControlCall) -> Phone:
    address = call.path("address")
    phone = call.world.phones.get(address)
    if phone is None:
        raise InvalidRequest(f"There is no phone {address}; add it with POST /emulator/phones.", status=404)
    return phone


def _our_number(call: ControlCall, phone: Phone, number: str) -> str:
    if not call.world.is_ours(number):
        ours = ", ".join(call.world.account.numbers)
        raise InvalidRequest(f"{number} is not one of our numbers: {ours}.", status=404)
    if channel_of(number) != phone.channel:
        raise InvalidRequest(f"A phone on {phone.channel} cannot write to {number}.")
    return number


async def _old_text(call: ControlCall, phone: Phone, number: str, message: object) -> Text:
    if not isinstance(message, dict) or message.get("direction") not in ("in", "out"):
        raise InvalidRequest(
            'Each old message needs a "direction": "in" (received by the phone) or "out" (sent from it).'
        )
    body = message.get("body", "")
    if not isinstance(body, str):
        raise InvalidRequest('"body" must be a string.')
    at = _moment(call, message.get("at"))
    return _text_of(
        phone,
        number,
        written_there=message["direction"] == "out",
        body=checked_text("body", body),
        media=await read_media(call.world, message.get("media")),
        at=at,
    )


def _text_of(phone: Phone, number: str, *, written_there: bool, body: str, media: list[Media], at: datetime) -> Text:
    return Text(
        sender=phone.address if written_there else number,
        recipient=number if written_there else phone.address,
        body=body,
        media=media,
        direction="inbound" if written_there else "outbound-api",
        status="received" if written_there else "delivered",
        created=at,
        updated=at,
    )


def _moment(call: ControlCall, value: object) -> datetime:
    if value is None:
        return call.world.now()
    moment = parse_moment(value) if isinstance(value, str) else None
    if moment is None:
        raise InvalidRequest('"at" must be an ISO 8601 time, such as 2026-01-31T18:00:00Z.')
    return moment
