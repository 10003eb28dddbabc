"""Pictures and other files. A Conversation takes them from Twilio's media service, a text to one phone by an address.

Every function may raise a GatewayError.
"""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from twilio.base.exceptions import TwilioRestException

from conversations_app.gateway.client import calls_twilio, client
from conversations_app.gateway.errors import TwilioRefused, Unclear, UnclearButOver

MOST_BYTES = 16 * 1024 * 1024
"""The most that WhatsApp takes."""
# The media service lives in this region only; https://www.twilio.com/docs/conversations/media-support-conversations
_MEDIA_SERVICE = "https://mcs.us1.twilio.com/v1"
# `requests` times each read, not the whole download: a server that drips bytes would hold a worker for ever.
LONGEST_S = 20.0
_NOT_AVAILABLE = {
    requests.codes.unauthorized,
    requests.codes.forbidden,
    requests.codes.not_found,
    requests.codes.gone,
}
# In pieces, so that size and time are checked while it comes: the length that a server announces is only its word.
_AT_ONCE = 64 * 1024


@dataclass(frozen=True)
class File:
    content_type: str
    data: bytes


@calls_twilio
def is_open_to_all(address: str) -> bool:
    """Whether Twilio gives it without credentials, which an account may forbid."""
    with requests.get(_checked_address(address), timeout=settings.TWILIO_TIMEOUT_S, stream=True) as answer:
        return answer.status_code not in {requests.codes.unauthorized, requests.codes.forbidden}


@calls_twilio
def fetch(address: str) -> File:
    """What somebody sent us, from the address that the Messaging webhook tells. Our credentials go to Twilio alone."""
    # An account may protect what people sent it, so the credentials go along in any case.
    account = (settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN)
    with requests.get(
        _checked_address(address), auth=account, timeout=settings.TWILIO_TIMEOUT_S, stream=True
    ) as answer:
        if answer.status_code in _NOT_AVAILABLE:
            # Only this file is refused; trouble with the account itself shows in other calls.
            raise TwilioRefused(f"the file cannot be had ({answer.status_code})")
        # As if the SDK had called, so that one place (`errors`) tells what is worth another try.
        if answer.status_code != requests.codes.ok:
            raise TwilioRestException(answer.status_code, "", "The file could not be fetched")
        data, until = bytearray(), time.monotonic() + LONGEST_S
        for piece in answer.iter_content(_AT_ONCE):
            data += piece
            if len(data) > MOST_BYTES:
                raise TwilioRefused("the file is over 16 MB")
            if time.monotonic() > until:
                raise Unclear("the file came too slowly")
        return File(answer.headers.get("Content-Type", ""), bytes(data))


def _checked_address(address: str) -> str:
    """Our credentials go to Twilio or the emulator only, whatever URL the webhook contains. The URL is checked in its
    prepared form, since libraries disagree about the host of some malformed ones."""
    try:
        called = str(requests.Request("GET", address).prepare().url)
        parts = urlsplit(called)
    except (ValueError, requests.RequestException) as error:
        raise TwilioRefused("the file's address cannot be read") from error
    if settings.TWILIO_BASE_URL:
        base = urlsplit(settings.TWILIO_BASE_URL)
        return parts._replace(scheme=base.scheme, netloc=base.netloc).geturl()
    if parts.scheme != "https" or parts.username or not (parts.hostname or "").endswith(".twilio.com"):
        raise TwilioRefused("the file's address is not one of Twilio's")
    return called


@calls_twilio
def upload(file: File) -> str:
    """The ME… sid, which one message may carry."""
    answer = client().request(
        "POST",
        f"{_MEDIA_SERVICE}/Services/{settings.TWILIO_CONVERSATIONS_SERVICE_SID}/Media",
        data=file.data,
        headers={"Content-Type": file.content_type or "application/octet-stream"},
    )
    return str(_read(answer)["sid"])


@calls_twilio
def link_to(media_sid: str) -> str:
    """An address under which anybody can fetch it, for some minutes."""
    answer = client().request(
        "GET", f"{_MEDIA_SERVICE}/Services/{settings.TWILIO_CONVERSATIONS_SERVICE_SID}/Media/{media_sid}"
    )
    return str(_read(answer)["links"]["content_direct_temporary"])


def _read(answer: Any) -> dict[str, Any]:
    """The SDK has no client for the media service, so responses are checked here."""
    try:
        body = dict(json.loads(answer.text))
    except (ValueError, TypeError):
        body = {}
    if answer.status_code in _NOT_AVAILABLE:
        raise TwilioRefused(f"Twilio's media service does not do it ({answer.status_code})")
    if not answer.ok:
        raise TwilioRestException(answer.status_code, "", str(body.get("message", "")), body.get("code", 0))
    # It said yes, so the file may be there; a second copy of it does no harm.
    if "sid" not in body:
        raise UnclearButOver("Twilio's answer could not be read")
    return body
