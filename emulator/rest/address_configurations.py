"""Address configurations: whether a text to one of our numbers creates a conversation. Stored, but without effect here."""

from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import Response

from emulator.addresses import channel_of
from emulator.clock import to_seconds
from emulator.entities import AddressConfiguration, AutoCreation
from emulator.errors import invalid, not_found
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.rest.paging import list_response
from emulator.rest.webhooks import url_param

PATH = "/v1/Configuration/Addresses"
_MOST_A_PAGE = 50
_KINDS = ("webhook", "studio", "default")
_METHODS = ("get", "post")


def create(call: RestCall) -> Response:
    form, now = call.form, call.world.now()
    made = AddressConfiguration(
        type=form.text("Type") or "",
        address=_free_address(call),
        friendly_name=form.text("FriendlyName"),
        address_country=form.text("AddressCountry"),
        auto_creation=_auto_creation(call, AutoCreation()),
        created=now,
        updated=now,
    )
    call.world.account.address_configurations[made.sid] = made
    return created(_json(call, made))


def fetch(call: RestCall) -> Response:
    return ok(_json(call, _get_or_404(call)))


def update(call: RestCall) -> Response:
    found = _get_or_404(call)
    found.auto_creation = _auto_creation(call, found.auto_creation)
    found.friendly_name = call.form.text("FriendlyName") or found.friendly_name
    found.updated = call.world.now()
    return ok(_json(call, found))


def delete(call: RestCall) -> Response:
    del call.world.account.address_configurations[_get_or_404(call).sid]
    return no_content()


def list_all(call: RestCall) -> Response:
    kind = call.form.text("Type")
    return list_response(
        call,
        call.origin + PATH,
        "address_configurations",
        [found for found in call.world.account.address_configurations.values() if kind in (None, found.type)],
        serialize=partial(_json, call),
        max_size=_MOST_A_PAGE,
    )


def _get_or_404(call: RestCall) -> AddressConfiguration:
    """By its sid or its address."""
    name = call.path["address"]
    for found in call.world.account.address_configurations.values():
        if name in (found.sid, found.address):
            return found
    raise not_found(f"{PATH.removeprefix('/v1')}/{name}")


def _free_address(call: RestCall) -> str:
    """One of our numbers, of the type that the call names, which has no configuration yet."""
    address = call.form.text("Address")
    if address is None or not call.world.is_ours(address):
        raise invalid("Address must be a number of this account")
    if call.form.text("Type") != channel_of(address):
        raise invalid("Type must match the address")
    if any(found.address == address for found in call.world.account.address_configurations.values()):
        raise invalid("Address already has a configuration")
    return address


def _auto_creation(call: RestCall, old: AutoCreation) -> AutoCreation:
    """The old one with what the call changes."""
    form = call.form
    enabled, kind = form.flag("AutoCreation.Enabled"), form.text("AutoCreation.Type") or old.type
    method, url = form.text("AutoCreation.WebhookMethod"), url_param(call, "AutoCreation.WebhookUrl")
    if kind not in _KINDS:
        raise invalid("AutoCreation.Type must be webhook, studio or default")
    if method is not None and method.lower() not in _METHODS:
        raise invalid("AutoCreation.WebhookMethod must be get or post")
    return replace(
        old,
        enabled=old.enabled if enabled is None else enabled,
        type=kind,
        conversation_service_sid=form.text("AutoCreation.ConversationServiceSid") or old.conversation_service_sid,
        webhook_url=url or old.webhook_url,
        webhook_method=method.upper() if method else old.webhook_method,
        webhook_filters=form.texts("AutoCreation.WebhookFilters") or old.webhook_filters,
        studio_flow_sid=form.text("AutoCreation.StudioFlowSid") or old.studio_flow_sid,
        studio_retry_count=form.number("AutoCreation.StudioRetryCount") or old.studio_retry_count,
    )


def _json(call: RestCall, found: AddressConfiguration) -> dict[str, Any]:
    return {
        "sid": found.sid,
        "account_sid": call.world.account.sid,
        "type": found.type,
        "address": found.address,
        "friendly_name": found.friendly_name,
        "address_country": found.address_country,
        "auto_creation": _auto_creation_json(found.auto_creation),
        "date_created": to_seconds(found.created),
        "date_updated": to_seconds(found.updated),
        "url": f"{call.origin}{PATH}/{found.sid}",
    }


def _auto_creation_json(auto: AutoCreation) -> dict[str, Any]:
    """Only what its type makes use of."""
    body: dict[str, Any] = {"enabled": auto.enabled, "type": auto.type}
    if auto.conversation_service_sid:
        body["conversation_service_sid"] = auto.conversation_service_sid
    if auto.type == "webhook":
        body |= {
            "webhook_url": auto.webhook_url,
            "webhook_method": auto.webhook_method or "POST",
            "webhook_filters": auto.webhook_filters,
        }
    if auto.type == "studio":
        body |= {"studio_flow_sid": auto.studio_flow_sid, "studio_retry_count": auto.studio_retry_count or 0}
    return body
