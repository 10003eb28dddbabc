"""Conversation services, and the configuration of the account and of each service."""

from functools import partial
from typing import Any

from starlette.responses import Response

from emulator.account import ConversationService
from emulator.clock import iso_duration, to_seconds
from emulator.conversations import Cause
from emulator.errors import TwilioError, invalid, not_found
from emulator.limits import MIN_CLOSED, MIN_INACTIVE
from emulator.rest.conversations import parse_timer
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.rest.paging import list_response


def create(call: RestCall) -> Response:
    name, now = call.form.text("FriendlyName"), call.world.now()
    if name is None:
        raise invalid("FriendlyName is required")
    service = ConversationService(name, created=now, updated=now)
    call.world.account.services[service.sid] = service
    return created(_service_json(call, service))


def fetch(call: RestCall) -> Response:
    return ok(_service_json(call, call.service))


def delete(call: RestCall) -> Response:
    """With all its conversations; the default service stays."""
    account, service = call.world.account, call.service
    if service.sid == account.default_service_sid:
        raise invalid("The account's default service cannot be deleted")
    for conversation in list(call.world.conversations.values()):
        if conversation.service_sid == service.sid:
            call.emulator.conversations.remove(conversation, Cause(notifies_webhooks=False))
    del account.services[service.sid]
    return no_content()


def list_all(call: RestCall) -> Response:
    return list_response(
        call,
        f"{call.origin}/v1/Services",
        "services",
        list(call.world.account.services.values()),
        serialize=partial(_service_json, call),
    )


def fetch_configuration(call: RestCall) -> Response:
    return ok(_configuration_json(call))


def update_configuration(call: RestCall) -> Response:
    form, account = call.form, call.world.account
    service, messaging = form.text("DefaultChatServiceSid"), form.text("DefaultMessagingServiceSid")
    inactive = parse_timer(call, "DefaultInactiveTimer", MIN_INACTIVE, 50375)
    closed = parse_timer(call, "DefaultClosedTimer", MIN_CLOSED, 50376)
    if service and service not in account.services:
        raise not_found(f"/Services/{service}")
    if messaging and messaging not in account.messaging_services:
        raise TwilioError(50342)
    account.default_service_sid = service or account.default_service_sid
    if "DefaultMessagingServiceSid" in form:
        account.default_messaging_service_sid = messaging
    if "DefaultInactiveTimer" in form:
        account.default_inactive_after = inactive
    if "DefaultClosedTimer" in form:
        account.default_closed_after = closed
    return ok(_configuration_json(call))


def fetch_service_configuration(call: RestCall) -> Response:
    return ok(_service_configuration_json(call, call.service))


def update_service_configuration(call: RestCall) -> Response:
    form, service = call.form, call.service
    service.creator_role_sid = form.text("DefaultConversationCreatorRoleSid") or service.creator_role_sid
    service.member_role_sid = form.text("DefaultConversationRoleSid") or service.member_role_sid
    service.service_role_sid = form.text("DefaultChatServiceRoleSid") or service.service_role_sid
    reachability = form.flag("ReachabilityEnabled")
    service.reachability_enabled = service.reachability_enabled if reachability is None else reachability
    return ok(_service_configuration_json(call, service))


def _service_json(call: RestCall, service: ConversationService) -> dict[str, Any]:
    url = f"{call.origin}/v1/Services/{service.sid}"
    links = {
        "conversations": "Conversations",
        "users": "Users",
        "roles": "Roles",
        "bindings": "Bindings",
        "configuration": "Configuration",
        "participant_conversations": "ParticipantConversations",
        "conversation_with_participants": "ConversationWithParticipants",
    }
    return {
        "sid": service.sid,
        "account_sid": call.world.account.sid,
        "friendly_name": service.friendly_name,
        "date_created": to_seconds(service.created),
        "date_updated": to_seconds(service.updated),
        "url": url,
        "links": {name: f"{url}/{part}" for name, part in links.items()},
    }


def _configuration_json(call: RestCall) -> dict[str, Any]:
    account = call.world.account
    url = f"{call.origin}/v1/Configuration"
    return {
        "account_sid": account.sid,
        "default_chat_service_sid": account.default_service_sid,
        "default_messaging_service_sid": account.default_messaging_service_sid,
        "default_inactive_timer": iso_duration(account.default_inactive_after),
        "default_closed_timer": iso_duration(account.default_closed_after),
        "url": url,
        "links": {
            "service": f"{call.origin}/v1/Services/{account.default_service_sid}/Configuration",
            "webhooks": f"{url}/Webhooks",
        },
    }


def _service_configuration_json(call: RestCall, service: ConversationService) -> dict[str, Any]:
    url = f"{call.origin}/v1/Services/{service.sid}/Configuration"
    return {
        "chat_service_sid": service.sid,
        "default_conversation_creator_role_sid": service.creator_role_sid,
        "default_conversation_role_sid": service.member_role_sid,
        "default_chat_service_role_sid": service.service_role_sid,
        "reachability_enabled": service.reachability_enabled,
        "url": url,
        "links": {"notifications": f"{url}/Notifications", "webhooks": f"{url}/Webhooks"},
    }
