"""ConversationWithParticipants: creates a conversation and its participants in one call; they are added after the answer."""

import asyncio
from contextlib import suppress
from typing import Any

from starlette.responses import Response

from emulator.conversations import Cause
from emulator.entities import Conversation, ConversationState, Participant
from emulator.errors import TwilioError, invalid
from emulator.limits import FEWEST_TOGETHER, MOST_TOGETHER
from emulator.rest.conversations import as_json, new_conversation
from emulator.rest.endpoint import RestCall, accepted
from emulator.rest.participants import checked_binding
from emulator.safe_json import InvalidJson, is_json, read_object


def create(call: RestCall) -> Response:
    people = [_person(call, text) for text in call.form.texts("Participant")]
    if not FEWEST_TOGETHER <= len(people) <= MOST_TOGETHER:
        raise invalid(f"From {FEWEST_TOGETHER} to {MOST_TOGETHER} participants are required")
    conversation = new_conversation(call)
    state, conversation.state = conversation.state, "initializing"
    call.emulator.conversations.add(conversation, call.cause)
    call.world.spawn(_fill(call, conversation, people, state))
    return accepted(as_json(call, conversation))


async def _fill(
    call: RestCall, conversation: Conversation, people: list[Participant], state: ConversationState
) -> None:
    await asyncio.sleep(call.world.settings.carrier_delay_s)
    if conversation.sid not in call.world.conversations:
        return
    for person in people:
        # Participants whose pair was taken meanwhile are left out.
        with suppress(TwilioError):
            call.emulator.conversations.add_participant(conversation, person, call.cause)
    # By now it is Twilio that acts, so the event is sent without the header asking for it.
    call.emulator.conversations.change_state(conversation, state, Cause(), "EVENT")


def _person(call: RestCall, text: str) -> Participant:
    fields, now = _fields(text), call.world.now()
    binding, identity = fields.get("messaging_binding") or {}, fields.get("identity") or None
    if not isinstance(binding, dict) or not isinstance(identity, str | None):
        raise invalid("A Participant has an identity or a messaging_binding")
    if not (binding or identity):
        raise invalid("A Participant needs an identity or a messaging_binding")
    if binding.get("projected_address"):
        raise TwilioError(50452)
    person = Participant(
        identity=identity,
        binding=checked_binding(call.world, binding.get("address"), binding.get("proxy_address"))
        if binding
        else None,
        attributes=_attributes(fields),
        role_sid=str(fields.get("role_sid") or call.service.member_role_sid),
        created=now,
        updated=now,
    )
    _check_free(call, person)
    return person


def _fields(text: str) -> dict[str, Any]:
    try:
        return read_object(text)
    except InvalidJson as error:
        raise invalid("A Participant is not a JSON object") from error


def _attributes(fields: dict[str, Any]) -> str:
    attributes = fields.get("attributes") or "{}"
    if not isinstance(attributes, str) or not is_json(attributes):
        raise TwilioError(50304)
    return attributes


def _check_free(call: RestCall, person: Participant) -> None:
    holder = call.world.holder_of(person.binding.pair) if person.binding else None
    if holder:
        raise TwilioError(50425, conversation=holder[0].sid)
