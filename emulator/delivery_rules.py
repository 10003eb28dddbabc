"""Whether and when one of our texts reaches its phone."""

from datetime import datetime

from emulator.addresses import channel_of
from emulator.delivery_errors import (
    MEDIA_NOT_HAD,
    OPTED_OUT,
    OUTSIDE_WINDOW,
    TEMPLATE_PARAMETERS,
    TOO_LONG,
    TOO_OFTEN,
    template_failure,
)
from emulator.entities import Media, Pair, Text
from emulator.limits import MAX_CHANNEL_BODY, PAIR_EVERY, WINDOW
from emulator.segments import length
from emulator.world import World


def refusal_of(world: World, text: Text) -> int | None:
    """The error code with which this text ends, if it does."""
    if text.pair in world.opted_out:
        return OPTED_OUT
    if length(text.body) > MAX_CHANNEL_BODY:
        return TOO_LONG
    if world.faults.media_auth and any(_is_a_texts_file(world, media) for media in text.media):
        return MEDIA_NOT_HAD
    return _scripted(world, text) or _of_whatsapp(world, text) or _by_chance(world)


def due_at(world: World, text: Text) -> datetime:
    """When the network takes it: at once, unless WhatsApp's limit makes it wait its turn."""
    now = world.now()
    if world.faults.pair_limit == "none" or channel_of(text.recipient) != "whatsapp":
        return now
    due = max(now, world.next_allowed_at.get(text.pair, now))
    world.next_allowed_at[text.pair] = due + PAIR_EVERY
    return due


def is_switched_off(world: World, text: Text) -> bool:
    return world.faults.receipts_for.get(text.recipient) == "sent"


def hides_read_receipts(world: World, text: Text) -> bool:
    return world.faults.receipts_for.get(text.recipient) == "delivered"


def window_until(world: World, pair: Pair) -> datetime | None:
    """WhatsApp's window is open for 24 hours after the person's last text to this number; None when it never was."""
    last = world.last_inbound.get(pair)
    return last + WINDOW if last else None


def _is_a_texts_file(world: World, media: Media) -> bool:
    """Twilio fetches a link without anybody's credentials, its own files among them."""
    return (media.source_url or "").startswith(f"{world.settings.public_url}/api/")


def _scripted(world: World, text: Text) -> int | None:
    outcome = world.faults.receipts_for.get(text.recipient, "")
    return int(outcome) if outcome.isdigit() else None


def _of_whatsapp(world: World, text: Text) -> int | None:
    if channel_of(text.recipient) != "whatsapp":
        return None
    until, now = window_until(world, text.pair), world.now()
    failure = None if until and now < until else _outside_window(text)
    if failure:
        return failure
    too_soon = world.next_allowed_at.get(text.pair, now) > now
    return TOO_OFTEN if too_soon and world.faults.pair_limit == "fail" else None


def _outside_window(text: Text) -> int | None:
    """Only an approved template gets through, with all its placeholders filled in."""
    if text.content is None:
        return OUTSIDE_WINDOW
    status = text.content.template.approval.status
    if status != "approved":
        return template_failure(status)
    return None if text.content.complete else TEMPLATE_PARAMETERS


def _by_chance(world: World) -> int | None:
    rates = world.faults.receipts
    return next((int(code) for code, rate in rates.items() if world.chances.hit(rate)), None)
