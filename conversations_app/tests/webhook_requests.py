"""Webhooks as Twilio would send them."""

import itertools
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from twilio.request_validator import RequestValidator

_numbers = itertools.count(1)
FORM = "application/x-www-form-urlencoded"


def sid(prefix: str) -> str:
    return f"{prefix}{next(_numbers):032x}"


def post_signed(client: Client, path: str, fields: dict[str, str], **headers: str) -> Any:
    signature = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(
        settings.PUBLIC_BASE_URL + path, fields
    )
    return client.post(
        path, urlencode(fields), content_type=FORM, headers={"X-Twilio-Signature": signature, **headers}
    )


def message_added(**fields: str) -> dict[str, str]:
    return {
        "EventType": "onMessageAdded",
        "AccountSid": settings.TWILIO_ACCOUNT_SID,
        "ConversationSid": sid("CH"),
        "MessageSid": sid("IM"),
        "Index": "0",
        "Author": "whatsapp:+15550100001",
        "Body": "hello",
        "Attributes": "{}",
        "DateCreated": "2026-11-01T20:00:00.123Z",
        "Source": "WHATSAPP",
        "RetryCount": "0",
    } | fields


def text_received(**fields: str) -> dict[str, str]:
    return {
        "MessageSid": sid("SM"),
        "AccountSid": settings.TWILIO_ACCOUNT_SID,
        "From": "whatsapp:+15550100001",
        "To": "whatsapp:+15005550006",
        "Body": "start",
        "NumMedia": "0",
        "ProfileName": "Abby",
    } | fields
