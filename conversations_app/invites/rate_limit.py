"""How many wrong codes one address may try on the invite page. Only the cache knows, and only a hash of the address."""

import hmac
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

log = structlog.get_logger()

MOST_WRONG = 30
WITHIN_S = 600

_Address = IPv4Address | IPv6Address


def may_try(request: HttpRequest) -> bool:
    """Count a try; without the cache everybody may."""
    key = _key(request)
    try:
        cache.add(key, 0, timeout=WITHIN_S)
        return int(cache.incr(key)) <= MOST_WRONG
    except Exception as error:  # the cache is away, or the count ran out between the two
        log.warning("guesses_not_counted", error=type(error).__name__)
        return True


def was_right(request: HttpRequest) -> None:
    """Take the try back: only wrong ones count."""
    try:
        cache.decr(_key(request))
    except Exception as error:
        log.warning("guesses_not_counted", error=type(error).__name__)


def _key(request: HttpRequest) -> str:
    digest = hmac.digest(settings.SECRET_KEY.encode(), client_of(request).encode(), "sha256")
    return f"guesses:{digest.hex()}"


def client_of(request: HttpRequest) -> str:
    """The nearest address that is not in a network of our own.

    Each proxy writes behind X-Forwarded-For whom it was asked by, so what stands further left is only a claim. Ours
    (nginx, and what ends TLS in front of it) have private addresses, however many of them there are.
    """
    nearest: _Address | None = None
    for address in _from_the_right(request):
        nearest = address
        if address.is_global:
            break
    return _household(nearest)


def _from_the_right(request: HttpRequest) -> Iterator[_Address]:
    told = [*request.headers.get("X-Forwarded-For", "").split(","), request.META.get("REMOTE_ADDR", "")]
    for text in reversed(told):
        try:
            address = ip_address(text.strip())
        except ValueError:
            return  # no proxy of ours wrote this
        yield getattr(address, "ipv4_mapped", None) or address


def _household(address: _Address | None) -> str:
    """Whoever has one IPv6 address has the 2^64 beside it as well."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)
