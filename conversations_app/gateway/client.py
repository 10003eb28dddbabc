"""One Twilio client per process, with a timeout, pointed at the emulator when the settings say so."""

import logging
import secrets
import time
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from django.db import connection
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from conversations_app.gateway.errors import TryLater, translated

P = ParamSpec("P")
R = TypeVar("R")

# Few and short: a worker holds its lease meanwhile. Longer waits belong to the callers' own back-off.
MOST_TRIES = 3
# At info level the SDK logs addresses with each look-up.
logging.getLogger("twilio.http_client").setLevel(logging.WARNING)


class _EmulatorHttp(TwilioHttpClient):  # type: ignore[misc]  # the package carries no types
    """Sends every call for *.twilio.com to one local server, with the product as first part of the path."""

    def request(self, method: str, url: str, **kwargs: Any) -> Any:
        parts = urlsplit(url)
        if (parts.hostname or "").endswith(".twilio.com"):
            product = str(parts.hostname).split(".")[0]
            base = urlsplit(settings.TWILIO_BASE_URL)
            url = urlunsplit((base.scheme, base.netloc, f"/{product}{parts.path}", parts.query, ""))
        return super().request(method, url, **kwargs)


@lru_cache(maxsize=1)
def client() -> Client:
    http = _EmulatorHttp if settings.TWILIO_BASE_URL else TwilioHttpClient
    # The SDK's own default is no timeout at all. Its `max_retries` ignores 429 and 5xx, so `calls_twilio` retries instead.
    return Client(
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=http(timeout=settings.TWILIO_TIMEOUT_S)
    )


def calls_twilio(call: Callable[P, R]) -> Callable[P, R]:
    """Translates errors, and retries briefly, with jitter, where Twilio certainly did nothing.

    A slow Twilio must not keep database connections, let alone locks, from those who need them: the connection is
    returned first, and calling inside a transaction is a bug.
    """

    @wraps(call)
    def calling(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            raise RuntimeError(f"{call.__name__} would hold a database transaction while Twilio is asked")
        connection.close()
        for attempt in range(1, MOST_TRIES + 1):
            try:
                return call(*args, **kwargs)
            # The SDK lets network errors through as `requests` exceptions, and raises some API errors as plain
            # TwilioException, so catching TwilioRestException would miss both.
            except (TwilioException, requests.RequestException) as error:
                meant = translated(error)
                if not isinstance(meant, TryLater) or attempt == MOST_TRIES:
                    raise meant from None
            time.sleep(attempt * (0.1 + secrets.randbelow(300) / 1000))
        raise TryLater("Twilio could not be reached")

    return calling
