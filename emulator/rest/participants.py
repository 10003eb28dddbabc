"""The Participant resource, and the lookup of a person's conversations."""

from functools import partial
from typing import Any

from starlette.responses import Response

from emulator.addresses import channel_of, is_number
from emulator.clock import to_seconds
from emulator.entities import Binding, Conversation, Participant
from emulator.errors import TwilioError, invalid, not_found
from emulator.limits import MAX_IDENTITY, MAX_SMALL_ATTRIBUTES
from emulator.rest.conversations import get_open, get_or_404, timers_json
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.rest.paging import list_response
from emulator.world import World

_ADDRESS, _PROXY = "MessagingBinding.Address", "MessagingBinding.ProxyAddress"
_PROJECTED = "MessagingBinding.ProjectedAddress"


def create(call: RestCall) -> Response:
    conversation, now = get_open(call), call.world.now()
    participant = Participant(
        identity=_identity(call),
        binding=_binding(call, conversation),
        attributes=call.form.attributes(MAX_SMALL_ATTRIBUTES) or "{}",
        role_sid=call.form.text("RoleSid") or call.service.member_role_sid,
        created=call.form.moment("DateCreated") or now,
        updated=call.form.moment("DateUpdated") or now,
    )
    if participant.identity is None and participant.binding is None:
        raise invalid("Either Identity or MessagingBinding.Address is required")
    if participant.identity and any(p.identity == participant.identity for p in conversation.participants.values()):
        raise TwilioError(50433)
    call.emulator.conversations.add_participant(conversation, participant, call.cause)
    return created(as_json(call, conversation, participant))


def fetch(call: RestCall) -> Response:
    conversation = get_or_404(call)
    return ok(as_json(call, conversation, _get_or_404(call, conversation)))


def update(call: RestCall) -> Response:
    conversation, form = get_open(call), call.form
    participant = _get_or_404(call, conversation)
    attributes, read_index = form.attributes(MAX_SMALL_ATTRIBUTES), form.number("LastReadMessageIndex")
    if form.text(_PROJECTED) not in (None, "null"):
        raise TwilioError(50452)
    if form.text(_PROXY):
        _change_proxy(call, conversation, participant)
    participant.attributes = participant.attributes if attributes is None else attributes
    participant.role_sid = form.text("RoleSid") or participant.role_sid
    if read_index is not None:
        participant.last_read_index = read_index
        participant.last_read_at = form.text("LastReadTimestamp") or to_seconds(call.world.now())
    call.emulator.conversations.participant_changed(conversation, participant, call.cause)
    return ok(as_json(call, conversation, participant))


def delete(call: RestCall) -> Response:
    conversation = get_open(call)
    call.emulator.conversations.remove_participant(conversation, _get_or_404(call, conversation), call.cause)
    return no_content()


def list_all(call: RestCall) -> Response:
    conversation = get_or_404(call)
    return list_response(
        call,
        call.conversations_url(f"/Conversations/{conversation.sid}/Participants"),
        "participants",
        list(conversation.participants.values()),
        serialize=partial(as_json, call, conversation),
    )


def list_conversations(call: RestCall) -> Response:
    """ParticipantConversations: every conversation of one address or identity, closed ones too."""
    address, identity = call.form.text("Address"), call.form.text("Identity")
    if bool(address) == bool(identity):
        raise TwilioError(50451)
    return list_response(
        call,
        call.conversations_url("/ParticipantConversations"),
        "conversations",
        _memberships(call, address, identity),
        serialize=lambda membership: _membership_json(call, *membership),
        sid_of=lambda membership: membership[1].sid,
        max_size=50,
    )


def as_json(call: RestCall, conversation: Conversation, participant: Participant) -> dict[str, Any]:
    body = {
        "account_sid": call.world.account.sid,
        "conversation_sid": conversation.sid,
        "sid": participant.sid,
        "identity": participant.identity,
        "attributes": participant.attributes,
        "messaging_binding": _binding_json(participant.binding),
        "role_sid": participant.role_sid,
        "date_created": to_seconds(participant.created),
        "date_updated": to_seconds(participant.updated),
        "url": call.conversations_url(f"/Conversations/{conversation.sid}/Participants/{participant.sid}"),
        "last_read_message_index": participant.last_read_index,
        "last_read_timestamp": participant.last_read_at,
    }
    return body | ({"chat_service_sid": conversation.service_sid} if call.scoped else {})


def _get_or_404(call: RestCall, conversation: Conversation) -> Participant:
    name = call.path["participant"]
    found = conversation.participants.get(name) or next(
        (person for person in conversation.participants.values() if person.identity == name), None
    )
    if found is None:
        raise not_found(f"/Conversations/{conversation.sid}/Participants/{name}")
    return found


def _identity(call: RestCall) -> str | None:
    identity = call.form.text("Identity")
    if identity and len(identity) > MAX_IDENTITY:
        raise TwilioError(50207)
    if identity and (call.form.text(_ADDRESS) or call.form.text(_PROXY)):
        raise TwilioError(50211)
    return identity


def _binding(call: RestCall, conversation: Conversation) -> Binding | None:
    """The phone and our number in the call, None for a chat participant; raises what Twilio would."""
    form = call.form
    if _PROJECTED in form:
        raise TwilioError(50452)
    if _ADDRESS not in form and _PROXY not in form:
        return None
    if conversation.messaging_service_sid is None:
        raise TwilioError(50373)
    return checked_binding(call.world, form.text(_ADDRESS), form.text(_PROXY))


def checked_binding(world: World, address: str | None, proxy: str | None) -> Binding:
    if address is None:
        raise TwilioError(50411)
    if proxy is None:
        # An SMS address alone is how one asks for group MMS.
        raise TwilioError(50412 if channel_of(address) == "whatsapp" else 50452)
    if not is_number(address):
        raise TwilioError(50407, address=address)
    check_proxy(world, address, proxy)
    return Binding(address, proxy)


def check_proxy(world: World, address: str, proxy: str) -> None:
    if not is_number(proxy):
        raise TwilioError(50408, address=proxy)
    if address == proxy:
        raise TwilioError(50409)
    if channel_of(address) != channel_of(proxy):
        raise TwilioError(50414)
    if not world.is_ours(proxy):
        raise TwilioError(50415 if channel_of(proxy) == "whatsapp" else 50413)
    if world.is_ours(address):
        raise TwilioError(50407, address=address)


def _change_proxy(call: RestCall, conversation: Conversation, participant: Participant) -> None:
    proxy = call.form.text(_PROXY) or ""
    if participant.binding is None:
        raise TwilioError(50440, reason="it has no messaging binding")
    if proxy == "null":
        raise TwilioError(50440, reason="a phone needs a proxy address")
    if proxy == participant.binding.proxy_address:
        return
    check_proxy(call.world, participant.binding.address, proxy)
    holder = call.world.holder_of((participant.binding.address, proxy))
    if holder:
        raise TwilioError(50416, conversation=holder[0].sid)
    call.emulator.conversations.rebind(conversation, participant, proxy)


def _binding_json(binding: Binding | None) -> dict[str, str] | None:
    if binding is None:
        return None
    return {"type": binding.channel, "address": binding.address, "proxy_address": binding.proxy_address}


def _memberships(call: RestCall, address: str | None, identity: str | None) -> list[tuple[Conversation, Participant]]:
    service, with_closed = call.service, call.world.faults.lookup_of_closed
    return [
        (conversation, participant)
        for conversation in call.world.conversations.values()
        if conversation.service_sid == service.sid and (with_closed or conversation.state != "closed")
        for participant in conversation.participants.values()
        if (participant.name == address if address else participant.identity == identity)
    ]


def _membership_json(call: RestCall, conversation: Conversation, participant: Participant) -> dict[str, Any]:
    binding = _binding_json(participant.binding)
    url = call.conversations_url(f"/Conversations/{conversation.sid}")
    return {
        "account_sid": call.world.account.sid,
        "chat_service_sid": conversation.service_sid,
        "participant_sid": participant.sid,
        "participant_user_sid": None,
        "participant_identity": participant.identity,
        "participant_messaging_binding": (
            binding | {"level": None, "name": None, "projected_address": None} if binding else None
        ),
        "conversation_sid": conversation.sid,
        "conversation_unique_name": conversation.unique_name,
        "conversation_friendly_name": conversation.friendly_name,
        "conversation_attributes": conversation.attributes,
        "conversation_date_created": to_seconds(conversation.created),
        "conversation_date_updated": to_seconds(conversation.updated),
        "conversation_created_by": "system",
        "conversation_state": conversation.state,
        "conversation_timers": timers_json(conversation.timers),
        "links": {"participant": f"{url}/Participants/{participant.sid}", "conversation": url},
    }
