"""Compares Twilio's configuration with the one we want (`webhook_urls`), and changes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_duration

from conversations_app.gateway import configuration, inbound_address, webhook_urls
from conversations_app.gateway.configuration import Hooks
from conversations_app.gateway.errors import NotFoundAtTwilio
from conversations_app.models import Conversation
from matchmaker.addresses import masked
from matchmaker.environment import WebhookScope

NOTHING = "nothing"


@dataclass(frozen=True)
class Change:
    """One value at Twilio that is not as it should be. `apply` may raise GatewayError."""

    # In words, since `configure_twilio` shows every change before it makes any.
    what: str
    now: str
    wanted: str
    apply: Callable[[], None]


def changes(scope: WebhookScope, *, inbound_url: str = "") -> list[Change]:
    """What differs; nothing when all is as it should be. `inbound_url`: where texts go that no Conversation takes, if
    not here. Raises GatewayError."""
    return [*_hooks(scope), *_inbound(inbound_url), *_auto_creation(), *_timers()]


# --- webhooks of Conversations ----------------------------------------------------------------------------------------


def _hooks(scope: WebhookScope) -> Iterator[Change]:
    if scope == "global":
        # Hooks of the service replace those of the account for it, so they go last: until then nothing is missed.
        yield from _compare(
            "the account's", configuration.account_hooks(), _everything(), configuration.set_account_hooks
        )
        yield from _compare(
            "the service's", configuration.service_hooks(), _wanted(), configuration.set_service_hooks
        )
        return
    # A Conversation's own webhooks get no pre-events, so names come by the service's hook in any case.
    wanted = _everything() if scope == "service" else _wanted(pre=True)
    yield from _compare("the service's", configuration.service_hooks(), wanted, configuration.set_service_hooks)
    for conversation in _open_conversations():
        yield from _scoped(conversation, is_wanted=scope == "conversation")


def _everything() -> Hooks:
    return _wanted(pre=True, post=True)


def _wanted(*, pre: bool = False, post: bool = False) -> Hooks:
    base = settings.PUBLIC_BASE_URL
    events = (*(webhook_urls.PRE_EVENTS if pre else ()), *(webhook_urls.POST_EVENTS if post else ()))
    return Hooks(
        pre_url=webhook_urls.pre_webhook_url(base) if pre else "",
        post_url=webhook_urls.post_webhook_url(base) if post else "",
        method="POST",
        filters=frozenset(events),
    )


def _compare(whose: str, now: Hooks, wanted: Hooks, update: Callable[..., None]) -> Iterator[Change]:
    values: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("pre-event webhook", now.pre_url, wanted.pre_url, {"pre_webhook_url": wanted.pre_url}),
        ("post-event webhook", now.post_url, wanted.post_url, {"post_webhook_url": wanted.post_url}),
        # With GET, Twilio would put people's words into the address, where proxies log them.
        ("webhooks' method", now.method, wanted.method, {"method": wanted.method}),
        ("webhooks' events", _listed(now.filters), _listed(wanted.filters), {"filters": sorted(wanted.filters)}),
    )
    has_hooks = bool(wanted.pre_url or wanted.post_url)
    for what, is_now, should_be, call in values:
        # Without a URL, method and events have no effect.
        if is_now != should_be and (has_hooks or what.endswith("webhook")):
            yield Change(f"{whose} {what}", is_now or NOTHING, should_be or NOTHING, partial(update, **call))


def _listed(events: frozenset[str]) -> str:
    return ", ".join(sorted(events))


def _open_conversations() -> list[Conversation]:
    still_open = Conversation.objects.exclude(state=Conversation.State.CLOSED).exclude(sid=None)
    return list(still_open.select_related("session"))


def _scoped(conversation: Conversation, *, is_wanted: bool) -> Iterator[Change]:
    """Ours is recognised by its path, even after a move to another host; anybody else's stays."""
    url, sid = webhook_urls.post_webhook_url(settings.PUBLIC_BASE_URL), str(conversation.sid)
    path = webhook_urls.post_webhook_url("")
    try:
        ours = [hook for hook in configuration.scoped_hooks(sid) if hook.url.endswith(path)]
    except NotFoundAtTwilio:
        return  # deleted at Twilio; `reconcile` handles it
    complete = (url, frozenset(webhook_urls.POST_EVENTS))
    good = next((hook for hook in ours if (hook.url, hook.filters) == complete), None) if is_wanted else None
    for hook in ours:
        if hook is not good:
            remove = partial(configuration.remove_scoped_hook, sid, hook.sid)
            yield Change(f"a webhook of {conversation}", hook.url, NOTHING, remove)
    if is_wanted and good is None:
        add = partial(configuration.add_scoped_hook, sid, url=url, filters=webhook_urls.POST_EVENTS)
        yield Change(f"the webhook of {conversation}", NOTHING, url, add)


def ensure_scoped_webhook(conversation_sid: str) -> None:
    """For a new Conversation, where each has a webhook of its own. Safe to repeat, since Twilio would add a second one
    and call both. Raises GatewayError."""
    url = webhook_urls.post_webhook_url(settings.PUBLIC_BASE_URL)
    if not any(hook.url == url for hook in configuration.scoped_hooks(conversation_sid)):
        configuration.add_scoped_hook(conversation_sid, url=url, filters=webhook_urls.POST_EVENTS)


# --- texts, auto-creation, timers -------------------------------------------------------------------------------------


def _inbound(elsewhere: str) -> Iterator[Change]:
    now, url = configuration.inbound(), elsewhere or webhook_urls.inbound_url(settings.PUBLIC_BASE_URL)
    changes_hands = now.on_number or any(map(inbound_address.belongs_to_another_app, (now.url, url)))
    values: tuple[tuple[str, Any, Any, dict[str, Any]], ...] = (
        ("inbound webhook", now.url, url, {"inbound_request_url": url}),
        ("inbound webhook's method", now.method, "POST", {"inbound_method": "POST"}),
        ("webhook on each number", now.on_number, False, {"use_inbound_webhook_on_number": False}),
    )
    for what, is_now, should_be, call in values:
        if is_now != should_be:
            update = partial(_change_inbound, changes_hands=changes_hands, **call)
            yield Change(f"the messaging service's {what}", _shown(is_now), _shown(should_be), update)


def _change_inbound(*, changes_hands: bool, **call: Any) -> None:
    configuration.set_inbound(**call)
    # Twilio's list holds the texts of that time too, and the other app has answered them.
    if changes_hands:
        inbound_address.note_elsewhere()


def _shown(value: object) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value) or NOTHING


def _auto_creation() -> Iterator[Change]:
    # With auto-creation on, a stranger's `join CODE` lands in a Conversation of its own, and never reaches our webhook.
    for sid, address in configuration.auto_creating():
        stop = partial(configuration.stop_auto_creation, sid)
        yield Change(f"auto-creation of conversations on {masked(address)}", "on", "off", stop)


def _timers() -> Iterator[Change]:
    inactive, closed = configuration.default_timers()
    days = settings.SESSION_IDLE_DAYS
    values = (
        ("inactive", inactive, webhook_urls.inactive_after(days), "default_inactive_timer"),
        ("closed", closed, webhook_urls.closed_after(days), "default_closed_timer"),
    )
    for what, is_now, should_be, name in values:
        # By length: P1D and PT24H are the same.
        if _duration(is_now) != should_be:
            iso = f"P{should_be.days}D"
            update = partial(configuration.set_default_timers, **{name: iso})
            yield Change(f"a silent conversation becomes {what} after", is_now or "no time at all", iso, update)


def _duration(text: str) -> timedelta | None:
    return parse_duration(text) if text else None
