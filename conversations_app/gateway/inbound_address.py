"""Where Twilio sends the texts to our numbers: here, or to another app, which then answers them."""

import hashlib

from django.conf import settings

from conversations_app.gateway import webhook_urls
from conversations_app.gateway.configuration import Inbound
from conversations_app.models import TEXTS_ELSEWHERE, Heartbeat
from matchmaker import clock


def is_here(now: Inbound) -> bool:
    """Also when it is an address that was ours before, or none at all: then nobody else takes them."""
    if now.on_number:
        return False
    if now.url == webhook_urls.inbound_url(settings.PUBLIC_BASE_URL):
        Heartbeat.beat(_name_of(now.url))
        return True
    return not is_another_apps(now.url)


def is_another_apps(url: str) -> bool:
    ours = webhook_urls.inbound_url(settings.PUBLIC_BASE_URL)
    return bool(url) and url != ours and not Heartbeat.objects.filter(name=_name_of(url)).exists()


def note_elsewhere() -> None:
    """Until this moment."""
    Heartbeat.beat(TEXTS_ELSEWHERE, at=clock.now())


def _name_of(url: str) -> str:
    return f"texts-at-{hashlib.sha256(url.encode()).hexdigest()[:24]}"
