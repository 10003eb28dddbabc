"""Limits wrong codes per client on the invite page. Only the cache holds the count, under a keyed hash of the address."""

import hmac
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

log = structlog.get_logger()

# Enough for a family behind one address to mistype; far too few to guess six characters.
MOST_WRONG = 30
WITHIN_S = 600

_Address = IPv4Address | IPv6Address


def allow_attempt(request: HttpRequest) -> bool:
    """Count an attempt. Without the cache everybody may try: guests must not be locked out by our trouble."""
    key = _key(request)
    try:
        cache.add(key, 0, timeout=WITHIN_S)
        return int(cache.incr(key)) <= MOST_WRONG
    except Exception as error:  # the cache is away, or the count ran out between the two
        log.warning("guesses_not_counted", error=type(error).__name__)
        return True


def forget_attempt(request: HttpRequest) -> None:
    """Take the attempt back: only wrong codes count."""
    try:
        cache.decr(_key(request))
    except Exception as error:
        log.warning("guesses_not_counted", error=type(error).__name__)


def _key(request: HttpRequest) -> str:
    # A plain hash of an IPv4 address could be reversed by trying them all.
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
    return _subnet(nearest)


def _from_the_right(request: HttpRequest) -> Iterator[_Address]:
    claimed = [*request.headers.get("X-Forwarded-For", "").split(","), request.META.get("REMOTE_ADDR", "")]
    for text in reversed(claimed):
        try:
            address = ip_address(text.strip())
        except ValueError:
            return  # none of our proxies wrote this
        # A dual-stack socket reports IPv4 clients as ::ffff:a.b.c.d.
        yield getattr(address, "ipv4_mapped", None) or address


def _subnet(address: _Address | None) -> str:
    """An IPv6 customer usually gets a whole /64, so single addresses would be no limit."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)
