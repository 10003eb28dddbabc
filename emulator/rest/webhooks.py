"""Webhook configuration: of the account, of a conversation service, and of one conversation."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import Response

from emulator.clock import to_seconds
from emulator.entities import Conversation, ScopedWebhook, WebhookConfig
from emulator.errors import TwilioError, invalid, not_found
from emulator.limits import MAX_TRIGGERS, MAX_WEBHOOKS
from emulator.payloads import POST_EVENTS, PRE_EVENTS, message_fields
from emulator.rest.conversations import get_open, get_or_404
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.rest.paging import list_response

_TARGETS = ("webhook", "trigger", "studio")


# --- of the account and of a service


def fetch_account(call: RestCall) -> Response:
    return ok(_account_json(call))


def update_account(call: RestCall) -> Response:
    target = call.form.text("Target")
    if target not in (None, "webhook", "flex"):
        raise invalid("Target must be webhook or flex")
    _change(call, call.world.account.webhooks)
    call.world.account.webhooks.target = target or call.world.account.webhooks.target
    return ok(_account_json(call))


def fetch_service(call: RestCall) -> Response:
    return ok(_service_json(call))


def update_service(call: RestCall) -> Response:
    _change(call, call.service.webhooks)
    return ok(_service_json(call))


def _change(call: RestCall, config: WebhookConfig) -> None:
    """Set what the call names; an empty value takes it away."""
    form = call.form
    pre, post = url_param(call, "PreWebhookUrl"), url_param(call, "PostWebhookUrl")
    method = (form.text("Method") or config.method).upper()
    if method not in ("GET", "POST"):
        raise invalid("Method must be GET or POST")
    filters = _checked(form.texts("Filters"), POST_EVENTS | PRE_EVENTS)
    config.method = method
    config.pre_url = pre if "PreWebhookUrl" in form else config.pre_url
    config.post_url = post if "PostWebhookUrl" in form else config.post_url
    config.filters = filters if "Filters" in form else config.filters


def _account_json(call: RestCall) -> dict[str, Any]:
    return _config_json(call, call.world.account.webhooks) | {
        "target": call.world.account.webhooks.target,
        "url": f"{call.origin}/v1/Configuration/Webhooks",
    }


def _service_json(call: RestCall) -> dict[str, Any]:
    service = call.service
    return _config_json(call, service.webhooks) | {
        "chat_service_sid": service.sid,
        "url": f"{call.origin}/v1/Services/{service.sid}/Configuration/Webhooks",
    }


def _config_json(call: RestCall, config: WebhookConfig) -> dict[str, Any]:
    return {
        "account_sid": call.world.account.sid,
        "pre_webhook_url": config.pre_url,
        "post_webhook_url": config.post_url,
        "method": config.method,
        "filters": config.filters,
    }


# --- of one conversation


def create(call: RestCall) -> Response:
    conversation, form = get_open(call), call.form
    target = form.text("Target")
    if target not in _TARGETS:
        raise invalid("Target must be webhook, trigger or studio")
    if len(conversation.webhooks) >= MAX_WEBHOOKS:
        raise TwilioError(50361)
    now = call.world.now()
    webhook = ScopedWebhook(
        target=target,
        url=url_param(call, "Configuration.Url"),
        method=_method(call) or "POST",
        filters=_checked(form.texts("Configuration.Filters"), POST_EVENTS),
        triggers=_triggers(call),
        flow_sid=form.text("Configuration.FlowSid"),
        created=now,
        updated=now,
    )
    _check_complete(webhook)
    conversation.webhooks[webhook.sid] = webhook
    _replay(call, conversation, webhook)
    return created(_scoped_json(call, conversation, webhook))


def fetch(call: RestCall) -> Response:
    conversation = get_or_404(call)
    return ok(_scoped_json(call, conversation, _get_or_404(call, conversation)))


def update(call: RestCall) -> Response:
    conversation, form = get_open(call), call.form
    webhook = _get_or_404(call, conversation)
    url, method, triggers = url_param(call, "Configuration.Url"), _method(call), _triggers(call)
    filters = _checked(form.texts("Configuration.Filters"), POST_EVENTS)
    webhook.url, webhook.method = url or webhook.url, method or webhook.method
    webhook.filters = filters if "Configuration.Filters" in form else webhook.filters
    webhook.triggers = triggers if "Configuration.Triggers" in form else webhook.triggers
    webhook.flow_sid = form.text("Configuration.FlowSid") or webhook.flow_sid
    webhook.updated = call.world.now()
    return ok(_scoped_json(call, conversation, webhook))


def delete(call: RestCall) -> Response:
    conversation = get_open(call)
    del conversation.webhooks[_get_or_404(call, conversation).sid]
    return no_content()


def list_all(call: RestCall) -> Response:
    conversation = get_or_404(call)
    return list_response(
        call,
        call.conversations_url(f"/Conversations/{conversation.sid}/Webhooks"),
        "webhooks",
        list(conversation.webhooks.values()),
        serialize=partial(_scoped_json, call, conversation),
        default_size=5,
        max_size=5,
    )


def url_param(call: RestCall, name: str) -> str | None:
    """An http(s) URL, None when it is absent or empty."""
    url = call.form.text(name)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise invalid(f"{name} must be an http or https URL")
    return url


def _get_or_404(call: RestCall, conversation: Conversation) -> ScopedWebhook:
    webhook = conversation.webhooks.get(call.path["webhook"])
    if webhook is None:
        raise not_found(f"/Conversations/{conversation.sid}/Webhooks/{call.path['webhook']}")
    return webhook


def _checked(filters: list[str], known: Iterable[str]) -> list[str]:
    unknown = next((name for name in filters if name not in known), None)
    if unknown is not None:
        raise TwilioError(50365, filter=unknown)
    return list(dict.fromkeys(filters))


def _method(call: RestCall) -> str | None:
    method = call.form.text("Configuration.Method")
    if method is not None and method.upper() not in ("GET", "POST"):
        raise invalid("Configuration.Method must be get or post")
    return method.upper() if method else None


def _triggers(call: RestCall) -> list[str]:
    triggers = call.form.texts("Configuration.Triggers")
    if len(triggers) > MAX_TRIGGERS:
        raise TwilioError(50362)
    return triggers


def _check_complete(webhook: ScopedWebhook) -> None:
    if webhook.target == "studio" and not webhook.flow_sid:
        raise invalid("Configuration.FlowSid is required for a studio webhook")
    if webhook.target != "studio" and not webhook.url:
        raise invalid("Configuration.Url is required")


def _replay(call: RestCall, conversation: Conversation, webhook: ScopedWebhook) -> None:
    after = call.form.number("Configuration.ReplayAfter")
    if after is None:
        return
    for message in conversation.messages.values():
        if message.index > after:
            call.emulator.conversation_webhooks.replay(conversation, webhook, message_fields(conversation, message))


def _scoped_json(call: RestCall, conversation: Conversation, webhook: ScopedWebhook) -> dict[str, Any]:
    body = {
        "sid": webhook.sid,
        "account_sid": call.world.account.sid,
        "conversation_sid": conversation.sid,
        "target": webhook.target,
        "configuration": _configuration(webhook),
        "date_created": to_seconds(webhook.created),
        "date_updated": to_seconds(webhook.updated),
        "url": call.conversations_url(f"/Conversations/{conversation.sid}/Webhooks/{webhook.sid}"),
    }
    return body | ({"chat_service_sid": conversation.service_sid} if call.scoped else {})


def _configuration(webhook: ScopedWebhook) -> dict[str, Any]:
    if webhook.target == "studio":
        return {"flow_sid": webhook.flow_sid}
    words = {"triggers": webhook.triggers} if webhook.target == "trigger" else {"filters": webhook.filters}
    return {"url": webhook.url, "method": webhook.method.lower(), **words}
