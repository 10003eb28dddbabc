"""Every Twilio path that the emulator answers; any other gets Twilio's 404."""

from starlette.routing import Mount, Route, Router

from emulator.asgi import EncodedPaths
from emulator.rest import (
    accounts,
    address_configurations,
    content,
    conversation_services,
    conversation_with_participants,
    conversations,
    media,
    messages,
    messaging_services,
    participants,
    roles,
    send_text,
    texts,
    typing_indicator,
    webhooks,
)
from emulator.rest.endpoint import resource, unknown_path

_SHORT, _SCOPED = "/v1", "/v1/Services/{service}"


def _conversation_paths(prefix: str) -> list[Route]:
    one = prefix + "/Conversations/{conversation}"
    message = one + "/Messages/{message}"
    return [
        resource(prefix + "/Conversations", get=conversations.list_all, post=conversations.create),
        resource(one, get=conversations.fetch, post=conversations.update, delete=conversations.delete),
        resource(one + "/Participants", get=participants.list_all, post=participants.create),
        resource(
            one + "/Participants/{participant}",
            get=participants.fetch,
            post=participants.update,
            delete=participants.delete,
        ),
        resource(one + "/Messages", get=messages.list_all, post=messages.create),
        resource(message, get=messages.fetch, post=messages.update, delete=messages.delete),
        resource(message + "/Receipts", get=messages.list_receipts),
        resource(message + "/Receipts/{receipt}", get=messages.fetch_receipt),
        resource(one + "/Webhooks", get=webhooks.list_all, post=webhooks.create),
        resource(one + "/Webhooks/{webhook}", get=webhooks.fetch, post=webhooks.update, delete=webhooks.delete),
        resource(prefix + "/ParticipantConversations", get=participants.list_conversations),
        resource(prefix + "/ConversationWithParticipants", post=conversation_with_participants.create),
        resource(prefix + "/Roles", get=roles.list_all),
        resource(prefix + "/Roles/{role}", get=roles.fetch),
    ]


_CONVERSATIONS = [
    *_conversation_paths(_SHORT),
    *_conversation_paths(_SCOPED),
    resource(
        "/v1/Configuration",
        get=conversation_services.fetch_configuration,
        post=conversation_services.update_configuration,
    ),
    resource("/v1/Configuration/Webhooks", get=webhooks.fetch_account, post=webhooks.update_account),
    resource("/v1/Configuration/Addresses", get=address_configurations.list_all, post=address_configurations.create),
    resource(
        "/v1/Configuration/Addresses/{address}",
        get=address_configurations.fetch,
        post=address_configurations.update,
        delete=address_configurations.delete,
    ),
    resource("/v1/Services", get=conversation_services.list_all, post=conversation_services.create),
    resource(_SCOPED, get=conversation_services.fetch, delete=conversation_services.delete),
    resource(
        _SCOPED + "/Configuration",
        get=conversation_services.fetch_service_configuration,
        post=conversation_services.update_service_configuration,
    ),
    resource(_SCOPED + "/Configuration/Webhooks", get=webhooks.fetch_service, post=webhooks.update_service),
]

_ACCOUNT = "/2010-04-01/Accounts/{account}"
_API = [
    resource(_ACCOUNT + ".json", get=accounts.fetch_account),
    resource(_ACCOUNT + "/IncomingPhoneNumbers.json", get=accounts.list_numbers),
    resource(_ACCOUNT + "/Messages.json", get=texts.list_texts, post=send_text.send),
    resource(_ACCOUNT + "/Messages/{message}.json", get=texts.fetch, post=texts.update, delete=texts.delete),
    resource(_ACCOUNT + "/Messages/{message}/Media.json", get=texts.list_media),
    resource(_ACCOUNT + "/Messages/{message}/Media/{media}", get=texts.fetch_media, delete=texts.delete_media),
]

_ONE_MESSAGING = "/v1/Services/{messaging_service}"
_MESSAGING = [
    resource("/v1/Services", get=messaging_services.list_all, post=messaging_services.create),
    resource(
        _ONE_MESSAGING, get=messaging_services.fetch, post=messaging_services.update, delete=messaging_services.delete
    ),
    resource(
        _ONE_MESSAGING + "/PhoneNumbers",
        get=messaging_services.list_phone_numbers,
        post=messaging_services.add_phone_number,
    ),
    resource(
        _ONE_MESSAGING + "/PhoneNumbers/{number}",
        get=messaging_services.fetch_phone_number,
        delete=messaging_services.remove_phone_number,
    ),
    resource(
        _ONE_MESSAGING + "/ChannelSenders",
        get=messaging_services.list_channel_senders,
        post=messaging_services.add_channel_sender,
    ),
    resource("/v2/Indicators/Typing.json", post=typing_indicator.show),
]

_ONE_CONTENT = "/v1/Content/{content}"
_CONTENT = [
    resource("/v1/Content", get=content.list_all, post=content.create),
    resource("/v1/ContentAndApprovals", get=content.list_with_approvals),
    resource(_ONE_CONTENT, get=content.fetch, put=content.update, delete=content.delete),
    resource(_ONE_CONTENT + "/ApprovalRequests", get=content.fetch_approval),
    resource(_ONE_CONTENT + "/ApprovalRequests/whatsapp", post=content.submit),
    resource("/v2/Content", get=content.list_all_v2),
    resource("/v2/ContentAndApprovals", get=content.list_with_approvals_v2),
]

_MCS = [
    resource(_SCOPED + "/Media", post=media.upload),
    resource(_SCOPED + "/Media/{media}", get=media.fetch, delete=media.delete),
    resource(_SCOPED + "/Media/{media}/Content", get=media.fetch_content),
]

_UNKNOWN_PATH = {
    "get": unknown_path,
    "post": unknown_path,
    "delete": unknown_path,
    "put": unknown_path,
    "patch": unknown_path,
}


def product(name: str, routes: list[Route]) -> Mount:
    """One of Twilio's host names, as the first part of the path."""
    return Mount(f"/{name}", app=EncodedPaths(Router([*routes, resource("/{rest:path}", **_UNKNOWN_PATH)])))


routes = [
    product("conversations", _CONVERSATIONS),
    product("api", _API),
    product("messaging", _MESSAGING),
    product("content", _CONTENT),
    product("mcs", _MCS),
]
