"""How our account at Twilio is set up: webhooks, the messaging service, auto-creation, timers. Every function may raise
a GatewayError."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from conversations_app.gateway.client import calls_twilio, client


@dataclass(frozen=True)
class Hooks:
    """Webhooks of a Conversation service or of the whole account; an empty URL is none."""

    pre_url: str
    post_url: str
    method: str
    filters: frozenset[str]


@dataclass(frozen=True)
class Inbound:
    """Where a messaging service sends people's texts. `on_number`: to each number's own webhook instead."""

    url: str
    method: str
    on_number: bool


@dataclass(frozen=True)
class ScopedHook:
    sid: str
    url: str
    filters: frozenset[str]


def _conversations() -> Any:
    return client().conversations.v1


# Each environment has a service of its own; without the sid, calls would act on the account's default one.
def _service() -> Any:
    return _conversations().services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)


def _messaging_service() -> Any:
    return client().messaging.v1.services(settings.TWILIO_MESSAGING_SERVICE_SID)


@calls_twilio
def service_hooks() -> Hooks:
    return _hooks(_service().configuration.webhooks().fetch())


@calls_twilio
def set_service_hooks(**values: Any) -> None:
    _service().configuration.webhooks().update(**values)


@calls_twilio
def account_hooks() -> Hooks:
    return _hooks(_conversations().configuration.webhooks().fetch())


@calls_twilio
def set_account_hooks(**values: Any) -> None:
    _conversations().configuration.webhooks().update(**values)


def _hooks(found: Any) -> Hooks:
    return Hooks(
        found.pre_webhook_url or "",
        found.post_webhook_url or "",
        (found.method or "").upper(),
        # A set, since a change in their order is no change.
        frozenset(found.filters or ()),
    )


@calls_twilio
def scoped_hooks(conversation_sid: str) -> list[ScopedHook]:
    # Five is both the most a Conversation may have and the largest page that Twilio allows here.
    listed = _service().conversations(conversation_sid).webhooks.list(page_size=5)
    # Triggers and Studio flows are somebody else's, and stay.
    return [_scoped_hook(one) for one in listed if one.target == "webhook"]


def _scoped_hook(found: Any) -> ScopedHook:
    configuration = found.configuration or {}
    return ScopedHook(found.sid, configuration.get("url") or "", frozenset(configuration.get("filters") or ()))


@calls_twilio
def add_scoped_hook(conversation_sid: str, *, url: str, filters: Sequence[str]) -> None:
    """Twilio allows five a Conversation, for post-events only."""
    _service().conversations(conversation_sid).webhooks.create(
        target="webhook", configuration_url=url, configuration_method="post", configuration_filters=list(filters)
    )


@calls_twilio
def remove_scoped_hook(conversation_sid: str, sid: str) -> None:
    _service().conversations(conversation_sid).webhooks(sid).delete()


@calls_twilio
def inbound() -> Inbound:
    found = _messaging_service().fetch()
    return Inbound(
        found.inbound_request_url or "",
        (found.inbound_method or "").upper(),
        bool(found.use_inbound_webhook_on_number),
    )


@calls_twilio
def set_inbound(**values: Any) -> None:
    _messaging_service().update(**values)


@calls_twilio
def auto_creating() -> list[tuple[str, str]]:
    """(sid, address) of our numbers on which any stranger's text makes a Conversation by itself."""
    # Fifty is the most that Twilio allows here.
    listed = _conversations().address_configurations.list(page_size=50)
    return [(one.sid, one.address) for one in listed if (one.auto_creation or {}).get("enabled")]


@calls_twilio
def stop_auto_creation(sid: str) -> None:
    # Not deleted: the entry may hold what somebody else needs, such as a Studio flow.
    _conversations().address_configurations(sid).update(auto_creation_enabled=False)


@calls_twilio
def default_timers() -> tuple[str, str]:
    """(inactive, closed) as ISO 8601 durations; empty is never."""
    # The account's: a Conversation made without timers of its own gets these.
    found = _conversations().configuration().fetch()
    return found.default_inactive_timer or "", found.default_closed_timer or ""


@calls_twilio
def set_default_timers(**values: str) -> None:
    _conversations().configuration().update(**values)
