"""Phones and their threads as JSON, for the control API and the phones page."""

from typing import Any

from emulator.clock import to_millis
from emulator.delivery_errors import in_words
from emulator.delivery_rules import window_until
from emulator.entities import Media, Pair, Phone, Place, Text
from emulator.world import World


def phone_json(world: World, phone: Phone) -> dict[str, Any]:
    left = sorted(number for address, number in world.opted_out if address == phone.address)
    return {
        "address": phone.address,
        "name": phone.name,
        "channel": phone.channel,
        "external_user_id": phone.external_user_id,
        "opted_out": bool(left),
        "opted_out_of": left,
        "windows": _windows(world, phone),
    }


def _windows(world: World, phone: Phone) -> dict[str, str]:
    """Until when WhatsApp's window is or was open, by number of ours; SMS has none."""
    if phone.channel != "whatsapp":
        return {}
    until = {number: window_until(world, (phone.address, number)) for number in world.account.numbers}
    return {number: to_millis(at) for number, at in until.items() if at}


def thread_json(world: World, pair: Pair) -> list[dict[str, Any]]:
    return [item_json(world, text) for text in world.threads.get(pair, []) if text.shown]


def missing_json(world: World, pair: Pair) -> list[dict[str, Any]]:
    return [item_json(world, text) for text in world.threads.get(pair, []) if not text.shown]


def media_url(world: World, media: Media) -> str:
    """Where a handset, or the page, fetches it."""
    return media.source_url or f"{world.settings.public_url}/emulator/media/{media.sid}"


def item_json(world: World, text: Text) -> dict[str, Any]:
    """A text as its handset shows it; one that is not there yet has Twilio's status, and why it is not."""
    from_handset = text.direction == "inbound"
    return {
        "id": text.sid,
        "direction": "out" if from_handset else "in",
        "body": text.body or (_on_the_map(text.place) if text.place else ""),
        "media": [{"url": media_url(world, media), "content_type": media.content_type} for media in text.media],
        "at": text.created.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "status": _handset_status(text, from_handset) if text.shown else text.status,
        "error_code": text.error_code,
        "error": in_words(text.error_code),
        "template": text.content.template.friendly_name or text.content.template.sid if text.content else None,
    }


def _on_the_map(place: Place) -> str:
    return f"📍 {place.label or place.address or f'{place.latitude}, {place.longitude}'}"


def _handset_status(text: Text, from_handset: bool) -> str:
    if from_handset:
        return "rejected" if text.destroyed else "read" if text.seen else "sent"
    return "read" if text.status == "read" else "delivered"
