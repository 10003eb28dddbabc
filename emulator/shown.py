"""Phones and their threads, as the control API and the page show them."""

from typing import Any

from emulator.entities import Media, Phone, Text
from emulator.world import World


def phone_json(world: World, phone: Phone) -> dict[str, Any]:
    opted_out = any(address == phone.address for address, _ in world.opted_out)
    return {
        "address": phone.address,
        "name": phone.name,
        "channel": phone.channel,
        "opted_out": opted_out,
    }


def media_url(world: World, media: Media) -> str:
    """Where a handset, or the page, fetches it."""
    return media.source_url or f"{world.settings.public_url}/emulator/media/{media.sid}"


def item_json(world: World, text: Text) -> dict[str, Any]:
    """A text as its handset shows it."""
    from_handset = text.direction == "inbound"
    return {
        "id": text.sid,
        "direction": "out" if from_handset else "in",
        "body": text.body,
        "media": [{"url": media_url(world, media), "content_type": media.content_type} for media in text.media],
        "at": text.created.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "status": _handset_status(text, from_handset),
    }


def _handset_status(text: Text, from_handset: bool) -> str:
    if from_handset:
        return "rejected" if text.destroyed else "sent"
    return "read" if text.status == "read" else "delivered"
