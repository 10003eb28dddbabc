"""Where Twilio sends texts to our numbers: to us, or to another app, which then answers them."""

import hashlib

from django.conf import settings

from conversations_app.gateway import webhook_urls
from conversations_app.gateway.configuration import Inbound
from conversations_app.models import TEXTS_ELSEWHERE, Heartbeat
from matchmaker import clock


def is_here(now: Inbound) -> bool:
    """True for a former address of ours, or none at all, as well: then no other app receives the texts."""
    # Then each number has a webhook of its own, which we do not read: assume another app.
    if now.on_number:
        return False
    # Remembered: after a move to another host, the former address is still known as ours.
    if now.url == webhook_urls.inbound_url(settings.PUBLIC_BASE_URL):
        Heartbeat.beat(_name_of(now.url))
        return True
    return not belongs_to_another_app(now.url)


def belongs_to_another_app(url: str) -> bool:
    ours = webhook_urls.inbound_url(settings.PUBLIC_BASE_URL)
    return bool(url) and url != ours and not Heartbeat.objects.filter(name=_name_of(url)).exists()


def note_elsewhere() -> None:
    """Record that texts went elsewhere until now, so that nobody fetches and answers those later."""
    Heartbeat.beat(TEXTS_ELSEWHERE, at=clock.now())


def _name_of(url: str) -> str:
    # Hashed: a heartbeat's name is short, and another app's URL may hold a secret.
    return f"texts-at-{hashlib.sha256(url.encode()).hexdigest()[:24]}"
