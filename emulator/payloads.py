"""The fields of each Conversations event, as strings; what Twilio leaves out is left out here."""

import json
from collections.abc import Mapping
from datetime import datetime

from emulator.clock import to_millis
from emulator.entities import Conversation, Draft, Media, Message, Participant, Receipt

Fields = dict[str, str]

POST_EVENTS = frozenset(
    {
        "onConversationAdded",
        "onConversationUpdated",
        "onConversationRemoved",
        "onConversationStateUpdated",
        "onMessageAdded",
        "onMessageUpdated",
        "onMessageRemoved",
        "onParticipantAdded",
        "onParticipantUpdated",
        "onParticipantRemoved",
        "onDeliveryUpdated",
        "onUserAdded",
        "onUserUpdated",
    }
)
PRE_EVENTS = frozenset(
    {
        "onConversationAdd",
        "onConversationUpdate",
        "onConversationRemove",
        "onMessageAdd",
        "onMessageUpdate",
        "onMessageRemove",
        "onParticipantAdd",
        "onParticipantUpdate",
        "onParticipantRemove",
        "onUserUpdate",
    }
)


def conversation_fields(conversation: Conversation) -> Fields:
    return _present(
        {
            "ConversationSid": conversation.sid,
            "DateCreated": to_millis(conversation.created),
            "DateUpdated": to_millis(conversation.updated),
            "FriendlyName": conversation.friendly_name,
            "UniqueName": conversation.unique_name,
            "Attributes": conversation.attributes,
            "ChatServiceSid": conversation.service_sid,
            "MessagingServiceSid": conversation.messaging_service_sid,
            "State": conversation.state,
        }
    )


def state_fields(conversation: Conversation, state_from: str, reason: str) -> Fields:
    return _present(
        {
            "ChatServiceSid": conversation.service_sid,
            "ConversationSid": conversation.sid,
            "MessagingServiceSid": conversation.messaging_service_sid,
            "StateUpdated": to_millis(conversation.updated),
            "StateFrom": state_from,
            "StateTo": conversation.state,
            "Reason": reason,
        }
    )


def participant_fields(conversation: Conversation, participant: Participant) -> Fields:
    binding = participant.binding
    return _present(
        {
            "ConversationSid": conversation.sid,
            "ParticipantSid": participant.sid,
            "DateCreated": to_millis(participant.created),
            "Identity": participant.identity,
            "RoleSid": participant.role_sid,
            "Attributes": participant.attributes,
            "MessagingBinding.Type": binding.channel.upper() if binding else "CHAT",
            "MessagingBinding.Address": binding.address if binding else None,
            "MessagingBinding.ProxyAddress": binding.proxy_address if binding else None,
        }
    )


def draft_fields(conversation: Conversation, draft: Draft, participant_sid: str | None) -> Fields:
    """Of a message that does not exist yet: no sid, no index."""
    return _present(
        {
            "ConversationSid": conversation.sid,
            "Body": draft.body,
            "Author": draft.author,
            "ParticipantSid": participant_sid,
            "Attributes": draft.attributes,
            "Media": _media(draft.media),
        }
    )


def message_fields(conversation: Conversation, message: Message) -> Fields:
    draft = Draft(message.author, message.body or "", message.attributes, message.media)
    return draft_fields(conversation, draft, message.participant_sid) | _present(
        {
            "MessageSid": message.sid,
            "MessagingServiceSid": conversation.messaging_service_sid,
            "Index": str(message.index),
            "DateCreated": to_millis(message.created),
        }
    )


def receipt_fields(conversation: Conversation, message: Message, receipt: Receipt) -> Fields:
    return {
        "ConversationSid": conversation.sid,
        "ChatServiceSid": conversation.service_sid,
        "MessageSid": message.sid,
        "DeliveryReceiptSid": receipt.sid,
        "ChannelMessageSid": receipt.channel_message_sid,
        "ParticipantSid": receipt.participant_sid,
        "Status": receipt.status or "",
        "ErrorCode": str(receipt.error_code),
        "DateCreated": to_millis(receipt.created),
        "DateUpdated": to_millis(receipt.updated),
    }


def updated(fields: Fields, at: datetime) -> Fields:
    return fields | {"DateUpdated": to_millis(at)}


def removed(fields: Fields, at: datetime) -> Fields:
    return fields | {"DateRemoved": to_millis(at)}


def with_media_keys(media: str, sid_key: str) -> str:
    """The Media field with its ids under another name."""
    return json.dumps(
        [{sid_key if name == "Sid" else name: value for name, value in item.items()} for item in json.loads(media)]
    )


def _media(media: list[Media]) -> str | None:
    if not media:
        return None
    return json.dumps(
        [
            {
                "Sid": item.sid,
                "Filename": item.filename,
                "ContentType": item.content_type,
                "Size": len(item.data),
            }
            for item in media
        ]
    )


def _present(fields: Mapping[str, str | None]) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}
