"""Is a request from Twilio? See "Security", X-Twilio-Signature, in Twilio's usage documentation."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qsl

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from twilio.request_validator import RequestValidator

from conversations_app.models import Problem

TOO_MANY_A_MINUTE = 5
MANY_UNSIGNED = "many-unsigned-webhooks"
_COUNTER = "unsigned-webhooks"

log = structlog.get_logger()


def is_signed(request: HttpRequest) -> bool:
    """Checks against the token in use and the one before it, over the address that Twilio was given."""
    # Twilio signs the URL it was given. Behind a proxy that ends TLS, `build_absolute_uri` would say http.
    url = settings.PUBLIC_BASE_URL + request.get_full_path()
    signature = request.headers.get("X-Twilio-Signature", "")
    if not signature.isascii():
        return False  # no signature has such characters, and `compare_digest` refuses to look at them
    # While a token is rotated, webhooks signed with either may still be on their way.
    tokens = [token for token in (settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_PREVIOUS) if token]
    if not is_utf8(request):
        return any(hmac.compare_digest(_raw_signature(token, url, request.body), signature) for token in tokens)
    return any(RequestValidator(token).validate(url, request.POST, signature) for token in tokens)


def is_utf8(request: HttpRequest) -> bool:
    try:
        parse_qsl(request.body.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        return False
    return True


def _raw_signature(token: str, url: str, body: bytes) -> str:
    """The same signature over bytes: decoding text that is not UTF-8 would change it before it is checked."""
    pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    signed = url + "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), signed.encode("latin-1"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


class HasTwilioSignature(BasePermission):
    message = "The signature does not match this address and body."

    def has_permission(self, request: Request, view: object) -> bool:
        if is_signed(request._request):
            return True
        try:
            count_unsigned()
        except DatabaseError as error:  # the answer stays 403
            log.error("unsigned_not_counted", error=type(error).__name__)
        return False


def count_unsigned() -> None:
    """Tell staff once a minute, and more urgently above five: a wrong PUBLIC_BASE_URL or token looks just like this."""
    try:
        cache.add(_COUNTER, 0, timeout=60)
        seen = cache.incr(_COUNTER)
    except Exception:  # the cache being down must not turn a refusal into an error
        return
    if seen in {1, TOO_MANY_A_MINUTE + 1}:
        many = "More than five webhooks" if seen > 1 else "A webhook"
        Problem.report(
            "unsigned-webhooks" if seen == 1 else MANY_UNSIGNED,
            what=f"{many} came without a valid Twilio signature within a minute.",
            to_do="If they came from Twilio, PUBLIC_BASE_URL or TWILIO_AUTH_TOKEN is wrong, and messages go out without names.",
        )


def expect_unsigned(count: int) -> None:
    """`doctor` is about to send this many on purpose: they are refused like any other, but not counted."""
    try:
        cache.add(_COUNTER, 0, timeout=60)
        cache.decr(_COUNTER, count)
    except Exception as error:  # at worst a false alarm
        log.warning("unsigned_not_expected", error=type(error).__name__)
