"""Pictures and other files. A Conversation takes them from Twilio's media service, a text to one phone by an address.

Every function may raise a GatewayError.
"""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from django.conf import settings
from twilio.base.exceptions import TwilioRestException

from conversations_app.gateway import public_hosts
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
# With credentials, and without. https://www.twilio.com/docs/messaging/api/media-resource: what is asked of the first is
# answered with an address at the second, signed and good for some hours.
_CREDENTIALS_GO_TO = (".twilio.com",)
_FILES_LIE_AT = (".twilio.com", ".twiliocdn.com")
MOST_REDIRECTS = 3
# In pieces, so that size and time are checked while it comes: the length that a server announces is only its word.
_AT_ONCE = 64 * 1024


@dataclass(frozen=True)
class File:
    content_type: str
    data: bytes


class TooBig(TwilioRefused):
    pass


@calls_twilio
def is_open_to_all(address: str) -> bool:
    """Whether Twilio gives it without credentials, which an account may forbid."""
    with _http() as http, _call(http, "GET", _checked_address(address)) as answer:
        return answer.status_code not in {requests.codes.unauthorized, requests.codes.forbidden}


@calls_twilio
def fetch(address: str) -> File:
    """What somebody sent us, from the address that the Messaging webhook tells. Our credentials go to Twilio alone."""
    # An account may protect what people sent it, so the credentials go along in any case.
    return _download(_checked_address(address), auth=_account())


@calls_twilio
def fetch_from_conversation(media_sid: str) -> File:
    """What somebody sent to a Conversation."""
    return _download(_checked_target(_direct_link(media_sid)))


def _account() -> tuple[str, str]:
    return settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN


def _http() -> requests.Session:
    """The emulator is inside, where nothing else of ours may lead."""
    return requests.Session() if settings.TWILIO_BASE_URL else public_hosts.session()


def _call(http: requests.Session, method: str, url: str, auth: tuple[str, str] | None = None) -> requests.Response:
    return http.request(
        method,
        url,
        auth=auth,
        # Packed, a few bytes could become more than memory holds.
        headers={"Accept-Encoding": "identity"},
        timeout=settings.TWILIO_TIMEOUT_S,
        stream=True,
        allow_redirects=False,
    )


def _download(url: str, *, auth: tuple[str, str] | None = None) -> File:
    """Twilio keeps files on another host, to which it sends on. That one gets no credentials, and has to be Twilio's."""
    until = time.monotonic() + LONGEST_S
    with _http() as http:
        for _ in range(MOST_REDIRECTS + 1):
            with _call(http, "GET", url, auth) as answer:
                if not answer.is_redirect:
                    return _read_file(answer, until)
                url, auth = _checked_target(urljoin(url, answer.headers["Location"])), None
    raise TwilioRefused("the file is sent from one address to the next")


def _read_file(answer: requests.Response, until: float) -> File:
    if answer.status_code in _NOT_AVAILABLE:
        # Only this file is refused; trouble with the account itself shows in other calls.
        raise TwilioRefused(f"the file cannot be had ({answer.status_code})")
    # As if the SDK had called, so that one place (`errors`) tells what is worth another try.
    if answer.status_code != requests.codes.ok:
        raise TwilioRestException(answer.status_code, "", "The file could not be fetched")
    data = bytearray()
    for piece in answer.iter_content(_AT_ONCE):
        data += piece
        if len(data) > MOST_BYTES:
            raise TooBig("the file is over 16 MB")
        if time.monotonic() > until:
            raise Unclear("the file came too slowly")
    return File(answer.headers.get("Content-Type", ""), bytes(data))


def _checked_address(address: str) -> str:
    """Our credentials go to Twilio or the emulator only, whatever URL the webhook contains. The URL is checked in its
    prepared form, since libraries disagree about the host of some malformed ones."""
    called, parts = _prepared(address)
    if settings.TWILIO_BASE_URL:
        base = urlsplit(settings.TWILIO_BASE_URL)
        return parts._replace(scheme=base.scheme, netloc=base.netloc).geturl()
    if not _is_at(parts, _CREDENTIALS_GO_TO):
        raise TwilioRefused("the file's address is not one of Twilio's")
    return called


def _checked_target(address: str) -> str:
    """Where Twilio sends us on to: to a host of its own, never into our network."""
    called, parts = _prepared(address)
    base = urlsplit(settings.TWILIO_BASE_URL)
    is_emulator = bool(base.netloc) and (parts.scheme, parts.netloc) == (base.scheme, base.netloc)
    if not is_emulator and not _is_at(parts, _FILES_LIE_AT):
        raise TwilioRefused("the file is said to lie on a host that is not Twilio's")
    return called


def _prepared(address: str) -> tuple[str, SplitResult]:
    try:
        called = str(requests.Request("GET", address).prepare().url)
        return called, urlsplit(called)
    except (ValueError, requests.RequestException) as error:
        raise TwilioRefused("the file's address cannot be read") from error


def _is_at(parts: SplitResult, domains: tuple[str, ...]) -> bool:
    try:
        is_usual_port = parts.port in {None, 443}
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and is_usual_port
        and parts.username is None
        and (parts.hostname or "").endswith(domains)
    )


@calls_twilio
def delete(address: str) -> None:
    """Twilio's copy of what came as a text. One that is gone already is as good."""
    # The resource rather than the file, which only differ in how they are spelt.
    resource = urlsplit(_checked_address(address))
    url = resource._replace(path=f"{resource.path.removesuffix('.json')}.json").geturl()
    with _http() as http, _call(http, "DELETE", url, _account()) as answer:
        _check_deleted(answer.status_code)


@calls_twilio
def delete_from_conversation(media_sid: str) -> None:
    """Twilio's copy of what came to a Conversation, or of what we uploaded for one."""
    answer = client().request("DELETE", _resource(media_sid))
    _check_deleted(answer.status_code)


def _check_deleted(status: int) -> None:
    if status not in {requests.codes.no_content, requests.codes.ok, requests.codes.not_found, requests.codes.gone}:
        raise TwilioRestException(status, "", "The file could not be deleted")


@calls_twilio
def upload(file: File) -> str:
    """The ME… sid, which one message may carry."""
    answer = client().request(
        "POST",
        _resource(),
        data=file.data,
        headers={"Content-Type": file.content_type or "application/octet-stream"},
    )
    return str(_read(answer)["sid"])


@calls_twilio
def link_to(media_sid: str) -> str:
    """An address under which anybody can fetch it, for some minutes."""
    return _direct_link(media_sid)


def _direct_link(media_sid: str) -> str:
    return str(_read(client().request("GET", _resource(media_sid)))["links"]["content_direct_temporary"])


def _resource(media_sid: str = "") -> str:
    of_service = f"{_MEDIA_SERVICE}/Services/{settings.TWILIO_CONVERSATIONS_SERVICE_SID}/Media"
    return f"{of_service}/{media_sid}" if media_sid else of_service


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
