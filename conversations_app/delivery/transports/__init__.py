"""How a session's messages travel: by Twilio's Conversations, or one text to each phone. Both do the same things."""

import hashlib
from typing import Protocol

from django.conf import settings

from conversations_app.delivery.leases import Lease
from conversations_app.models import Binding
from sessions_app.models import Session


class Transport(Protocol):
    """Each call is made by the worker that holds the session's lease, outside any transaction, and may raise
    GatewayError and LeaseLost. All may be repeated."""

    def let_in(self, lease: Lease) -> None:
        """Everybody who waits to be in."""

    def let_out(self, lease: Lease, binding: Binding) -> None:
        """One phone; the caller frees the row afterwards."""

    def send(self, lease: Lease) -> float:
        """The group's waiting messages, in order; the seconds to wait if one is left."""

    def end(self, lease: Lease) -> None:
        """Nothing reaches the group by it any more, and all its phones are free."""


def of(session: Session) -> Transport:
    from conversations_app.delivery.transports import broadcast, conversations

    return broadcast if session.transport == Session.Transport.BROADCAST else conversations


def without_numbers(code: str) -> Session.Transport:
    """For people who hide their number: Conversations cannot receive from them."""
    return Session.Transport.BROADCAST


def for_new_session(code: str) -> Session.Transport:
    """By USE_CONVERSATIONS_API's share, the same for a code whenever it is asked."""
    lot = int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big") % 100
    if lot < settings.CONVERSATIONS_SHARE:
        return Session.Transport.CONVERSATIONS
    return Session.Transport.BROADCAST
