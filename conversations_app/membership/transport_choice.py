"""Which transport a new session travels by."""

import hashlib

from django.conf import settings

from sessions_app.models import Session


def without_numbers(code: str) -> Session.Transport:
    """For people who hide their number: Conversations cannot receive from them."""
    return Session.Transport.BROADCAST


def for_new_session(code: str) -> Session.Transport:
    """By USE_CONVERSATIONS_API's share, the same for a code whenever it is asked."""
    # Not `hash()`, which differs from process to process.
    lot = int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big") % 100
    if lot < settings.CONVERSATIONS_SHARE:
        return Session.Transport.CONVERSATIONS
    return Session.Transport.BROADCAST
