"""The Conversation resource."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any, cast

from starlette.responses import Response

from emulator.clock import parse_iso_duration, to_seconds
from emulator.entities import Conversation, ConversationState, Timers
from emulator.errors import TwilioError, not_found
from emulator.limits import MAX_CONVERSATION_ATTRIBUTES, MAX_FRIENDLY_NAME, MIN_CLOSED, MIN_INACTIVE
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.rest.paging import list_response
from emulator.sids import is_sid

STATES = ("active", "inactive", "closed")


def create(call: RestCall) -> Response:
    conversation = new_conversation(call)
    call.emulator.conversations.add(conversation, call.cause)
    return created(as_json(call, conversation))


def new_conversation(call: RestCall) -> Conversation:
    """The conversation that the call asks for, not yet in the world."""
    form, world = call.form, call.world
    state = _state(call)
    if state == "closed":
        raise TwilioError(50384)
    if not state and ("Timers.Inactive" in form or "Timers.Closed" in form):
        raise TwilioError(50382)
    now = world.now()
    return Conversation(
        service_sid=call.service.sid,
        messaging_service_sid=_messaging_service(call) or world.account.default_messaging_service_sid,
        friendly_name=_friendly_name(call),
        unique_name=_unique_name(call, None),
        attributes=form.attributes(MAX_CONVERSATION_ATTRIBUTES) or "{}",
        created=form.moment("DateCreated") or now,
        updated=form.moment("DateUpdated") or now,
        state=state or "active",
        timers=_timers(call, Timers(world.account.default_inactive_after, world.account.default_closed_after)),
    )


def fetch(call: RestCall) -> Response:
    return ok(as_json(call, get_or_404(call)))


def update(call: RestCall) -> Response:
    conversation, form = get_open(call), call.form
    state = _state(call)
    friendly_name, unique_name = _friendly_name(call), _unique_name(call, conversation)
    attributes, messaging_service = form.attributes(MAX_CONVERSATION_ATTRIBUTES), _messaging_service(call)
    timers = _timers(call, conversation.timers)
    created_at, updated_at = form.moment("DateCreated"), form.moment("DateUpdated")
    if "FriendlyName" in form:
        conversation.friendly_name = friendly_name
    if "UniqueName" in form:
        conversation.unique_name = unique_name
    conversation.attributes = conversation.attributes if attributes is None else attributes
    conversation.messaging_service_sid = messaging_service or conversation.messaging_service_sid
    conversation.timers = timers
    conversation.created = created_at or conversation.created
    call.emulator.conversations.changed(conversation, call.cause)
    if state:
        call.emulator.conversations.change_state(conversation, state, call.cause, "API")
    call.emulator.conversations.restart_timers(conversation)
    conversation.updated = updated_at or conversation.updated
    return ok(as_json(call, conversation))


def delete(call: RestCall) -> Response:
    call.emulator.conversations.remove(get_or_404(call), call.cause)
    return no_content()


def list_all(call: RestCall) -> Response:
    service = call.service
    found = [c for c in call.world.conversations.values() if c.service_sid == service.sid]
    return list_response(
        call,
        call.conversations_url("/Conversations"),
        "conversations",
        list(_filtered(call, found)),
        serialize=partial(as_json, call),
    )


def get_or_404(call: RestCall) -> Conversation:
    """The conversation in the path, by sid or unique name; 404 when it is another service's."""
    name = call.path["conversation"]
    conversation = call.world.find_conversation(call.service.sid, name)
    if conversation is None:
        raise not_found(f"/Conversations/{name}")
    return conversation


def get_open(call: RestCall) -> Conversation:
    """The conversation in the path; refused when it may not change any more (50377), or not yet."""
    conversation = get_or_404(call)
    if conversation.state == "closed":
        raise TwilioError(50377)
    if conversation.state == "initializing":
        raise TwilioError(20409, reason="the conversation is still initializing")
    return conversation


def as_json(call: RestCall, conversation: Conversation) -> dict[str, Any]:
    url = call.conversations_url(f"/Conversations/{conversation.sid}")
    links = {"participants": "Participants", "messages": "Messages", "webhooks": "Webhooks", "export": "Export"}
    return {
        "sid": conversation.sid,
        "account_sid": call.world.account.sid,
        "chat_service_sid": conversation.service_sid,
        "messaging_service_sid": conversation.messaging_service_sid,
        "friendly_name": conversation.friendly_name,
        "unique_name": conversation.unique_name,
        "attributes": conversation.attributes,
        "state": conversation.state,
        "date_created": to_seconds(conversation.created),
        "date_updated": to_seconds(conversation.updated),
        "timers": timers_json(conversation.timers),
        "bindings": {},
        "url": url,
        "links": {name: f"{url}/{part}" for name, part in links.items()},
    }


def timers_json(timers: Timers) -> dict[str, str]:
    dates = {"date_inactive": timers.inactive_at, "date_closed": timers.closed_at}
    return {name: to_seconds(at) for name, at in dates.items() if at}


def parse_timer(call: RestCall, name: str, least: timedelta, too_short: int) -> timedelta | None:
    text = call.form.text(name)
    if text is None:
        return None
    duration = parse_iso_duration(text)
    if duration is None:
        raise TwilioError(50379)
    if duration < least:
        raise TwilioError(too_short)
    return duration


def _timers(call: RestCall, old: Timers) -> Timers:
    """The timers with what the call changes; an empty value takes one away."""
    inactive = parse_timer(call, "Timers.Inactive", MIN_INACTIVE, 50375)
    closed = parse_timer(call, "Timers.Closed", MIN_CLOSED, 50376)
    return Timers(
        inactive_after=inactive if "Timers.Inactive" in call.form else old.inactive_after,
        closed_after=closed if "Timers.Closed" in call.form else old.closed_after,
    )


def _state(call: RestCall) -> ConversationState | None:
    state = call.form.text("State")
    if state is not None and state not in STATES:
        raise TwilioError(50378)
    return cast(ConversationState | None, state)


def _friendly_name(call: RestCall) -> str | None:
    name = call.form.text("FriendlyName")
    if name and len(name) > MAX_FRIENDLY_NAME:
        raise TwilioError(50202)
    return name


def _unique_name(call: RestCall, own: Conversation | None) -> str | None:
    name = call.form.text("UniqueName")
    if name is None:
        return None
    if is_sid(name, "CH"):
        raise TwilioError(50390)
    holder = call.world.find_by_unique_name(call.service.sid, name)
    if holder and holder is not own:
        raise TwilioError(50353)
    return name


def _messaging_service(call: RestCall) -> str | None:
    sid = call.form.text("MessagingServiceSid")
    if sid is None:
        return None
    if not is_sid(sid, "MG"):
        raise TwilioError(50341)
    if sid not in call.world.account.messaging_services:
        raise TwilioError(50342)
    return sid


def _filtered(call: RestCall, conversations: Iterable[Conversation]) -> Iterable[Conversation]:
    state, start, end = _state(call), call.form.moment("StartDate"), call.form.moment("EndDate")
    whole_day = timedelta(days=1) if len(call.form.get("EndDate") or "") == len("2026-01-31") else timedelta()
    for conversation in conversations:
        if state and conversation.state != state:
            continue
        if start and conversation.created < start:
            continue
        if end and conversation.created >= end + whole_day:
            continue
        yield conversation
