"""The built-in roles of a conversation service. They can be read, but have no effect here."""

from typing import Any

from starlette.responses import Response

from emulator.clock import to_seconds
from emulator.errors import not_found
from emulator.rest.endpoint import RestCall, ok
from emulator.rest.paging import list_response

_OF_MEMBERS = ["sendMessage", "leaveConversation", "editOwnMessage", "deleteOwnMessage"]
_OF_CREATORS = [*_OF_MEMBERS, "addParticipant", "removeParticipant", "editConversationName"]
_OF_USERS = ["createConversation", "joinConversation", "editOwnUserInfo"]


def list_all(call: RestCall) -> Response:
    return list_response(
        call,
        call.conversations_url("/Roles"),
        "roles",
        _roles(call),
        serialize=lambda role: role,
        sid_of=lambda role: str(role["sid"]),
        max_size=50,
    )


def fetch(call: RestCall) -> Response:
    role = next((role for role in _roles(call) if role["sid"] == call.path["role"]), None)
    if role is None:
        raise not_found(f"/Roles/{call.path['role']}")
    return ok(role)


def _roles(call: RestCall) -> list[dict[str, Any]]:
    service = call.service
    return [
        _as_json(call, service.service_role_sid, "service user", "service", _OF_USERS),
        _as_json(call, service.creator_role_sid, "channel admin", "conversation", _OF_CREATORS),
        _as_json(call, service.member_role_sid, "channel user", "conversation", _OF_MEMBERS),
    ]


def _as_json(call: RestCall, sid: str, name: str, kind: str, permissions: list[str]) -> dict[str, Any]:
    return {
        "sid": sid,
        "account_sid": call.world.account.sid,
        "chat_service_sid": call.service.sid,
        "friendly_name": name,
        "type": kind,
        "permissions": permissions,
        "date_created": to_seconds(call.service.created),
        "date_updated": to_seconds(call.service.updated),
        "url": call.conversations_url(f"/Roles/{sid}"),
    }
