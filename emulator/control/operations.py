"""Clock, faults, logs, configuration and reset."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

from emulator.clock import parse_short_duration, to_millis
from emulator.control.endpoint import ControlCall, InvalidRequest
from emulator.control.phones import list_phones
from emulator.serializers import missing_json, thread_json
from emulator.webhook_sender import Webhook
from emulator.world import World

_SHOWN_AT_FIRST = 50


async def list_senders(call: ControlCall) -> list[str]:
    return list(call.world.account.numbers)


async def fetch_clock(call: ControlCall) -> dict[str, Any]:
    return clock_json(call.world)


async def advance_clock(call: ControlCall) -> dict[str, Any]:
    """Forward only; answers when the webhooks that it caused were answered."""
    by = parse_short_duration(call.text("advance"))
    if by is None:
        raise InvalidRequest(
            '"advance" must be a length of time such as "25h", "1h30m" or "90s"; the clock only moves forward.'
        )
    call.world.clock.advance(by)
    call.world.events.publish("clock", clock=clock_json(call.world))
    await asyncio.gather(*call.emulator.conversations.run_timers(), return_exceptions=True)
    return clock_json(call.world)


async def fetch_faults(call: ControlCall) -> dict[str, Any]:
    return call.world.faults.model_dump()


async def change_faults(call: ControlCall) -> dict[str, Any]:
    call.world.faults.change(call.fields)
    return _tell_faults(call)


async def clear_faults(call: ControlCall) -> dict[str, Any]:
    call.world.faults.clear()
    return _tell_faults(call)


async def list_webhooks(call: ControlCall) -> list[dict[str, Any]]:
    after, limit = call.query_number("after", 0), call.query_number("limit", 5_000)
    return [entry.as_json() for entry in call.world.webhooks.list(after, limit)]


async def resend_webhook(call: ControlCall) -> dict[str, Any]:
    """The same request once more; a pre-event hook's second answer changes nothing."""
    number = call.path("id")
    entry = call.world.webhooks.find(int(number)) if number.isascii() and number.isdigit() else None
    if entry is None:
        raise InvalidRequest(f"There is no webhook {number}.", status=404)
    answer = await call.emulator.webhook_sender.send(
        Webhook(entry.kind, entry.event_type, entry.target, entry.params, entry.method)
    )
    return answer.entry.as_json()


async def list_calls(call: ControlCall) -> list[dict[str, Any]]:
    after, limit = call.query_number("after", 0), call.query_number("limit", 5_000)
    return [entry.as_json() for entry in call.world.calls.list(after, limit)]


async def set_number_webhook(call: ControlCall) -> dict[str, Any]:
    number, url = call.text("number"), call.fields.get("messaging_url")
    if number not in call.world.account.numbers:
        ours = ", ".join(call.world.account.numbers)
        raise InvalidRequest(f"{number} is not one of our numbers: {ours}.", status=404)
    if url is not None and not (isinstance(url, str) and _is_url(url)):
        raise InvalidRequest('"messaging_url" must be an http or https URL, or null.')
    call.world.account.numbers[number].messaging_url = url or None
    return {"number": number, "messaging_url": url or None}


async def save_snapshot(call: ControlCall) -> dict[str, Any]:
    name = call.path("name")
    call.world.save_snapshot(name)
    return {"kept": name}


async def reset(call: ControlCall) -> dict[str, Any]:
    to = call.fields.get("to", "")
    if to and not (isinstance(to, str) and call.world.has_snapshot(to)):
        raise InvalidRequest("There is no snapshot of that name.", status=404)
    call.world.reset(everything=call.fields.get("everything") is True, to=to)
    call.request.app.state.model.reset()
    return {"reset": True}


async def fetch_state(call: ControlCall) -> dict[str, Any]:
    """All that the page of phones needs to start with."""
    world = call.world
    return {
        "phones": await list_phones(call),
        "threads": [
            {
                "address": pair[0],
                "with": pair[1],
                "items": thread_json(world, pair),
                "missing": missing_json(world, pair),
            }
            for pair in list(world.threads)
        ],
        "senders": list(world.account.numbers),
        "clock": clock_json(world),
        "faults": world.faults.model_dump(),
        "webhooks": [entry.as_json() for entry in world.webhooks.list(limit=_SHOWN_AT_FIRST)],
    }


def clock_json(world: World) -> dict[str, Any]:
    return {"offset_s": world.clock.offset_s, "now": to_millis(world.now())}


def _tell_faults(call: ControlCall) -> dict[str, Any]:
    faults = call.world.faults.model_dump()
    call.world.events.publish("faults", faults=faults)
    return faults


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
