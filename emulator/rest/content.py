"""Content templates (content/v1, and v2's list), and their approval by WhatsApp."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from starlette.responses import Response

from emulator.clock import to_seconds
from emulator.errors import invalid, not_found
from emulator.rest.endpoint import RestCall, created, no_content, ok
from emulator.rest.paging import list_response
from emulator.templates import Approval, Template

_NAME = re.compile(r"^[a-z0-9_]{1,512}$")
_CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
# Whoever submits it hears this; what WhatsApp made of it is fetched afterwards.
_SUBMITTED = "received"


def create(call: RestCall) -> Response:
    fields, now = call.json(), call.world.now()
    language = fields.get("language")
    if not isinstance(language, str) or not language:
        raise invalid("language is required")
    template = Template(
        friendly_name=_friendly_name(fields),
        language=language,
        variables=_variables(fields),
        types=_types(fields),
        created=now,
        updated=now,
    )
    call.world.account.templates[template.sid] = template
    return created(_as_json(call, template))


def fetch(call: RestCall) -> Response:
    return ok(_as_json(call, _get_or_404(call)))


def update(call: RestCall) -> Response:
    """What is named; a template under review or approved stays as WhatsApp knows it."""
    template, fields = _get_or_404(call), call.json()
    if template.approval.status not in ("unsubmitted", "rejected"):
        raise invalid("A template that was submitted for approval cannot be changed")
    name, variables = _friendly_name(fields), _variables(fields)
    types = _types(fields) if fields.get("types") is not None else template.types
    template.friendly_name = name or template.friendly_name
    template.variables = variables if fields.get("variables") is not None else template.variables
    template.types, template.updated = types, call.world.now()
    return ok(_as_json(call, template))


def delete(call: RestCall) -> Response:
    del call.world.account.templates[_get_or_404(call).sid]
    return no_content()


def list_all(call: RestCall) -> Response:
    return _list(call, "/v1/Content", _as_json)


def list_with_approvals(call: RestCall) -> Response:
    return _list(call, "/v1/ContentAndApprovals", _with_approval)


def list_all_v2(call: RestCall) -> Response:
    return _list(call, "/v2/Content", _as_json)


def list_with_approvals_v2(call: RestCall) -> Response:
    return _list(call, "/v2/ContentAndApprovals", _with_approval)


def submit(call: RestCall) -> Response:
    """For WhatsApp's approval, which the emulator decides at once."""
    template, fields = _get_or_404(call), call.json()
    name, category = fields.get("name"), fields.get("category")
    if not isinstance(name, str) or not _NAME.match(name):
        raise invalid("name may only contain lowercase letters, digits and underscores")
    if category not in _CATEGORIES:
        raise invalid(f"category must be one of {', '.join(_CATEGORIES)}")
    if template.approval.status not in ("unsubmitted", "rejected"):
        raise invalid("The template was already submitted for approval")
    status = call.world.faults.template_approval
    reason = "The template was rejected by a setting of the emulator" if status == "rejected" else ""
    template.approval = Approval(status, name, category, reason)
    answer = _approval_json(template) | {"status": _SUBMITTED, "rejection_reason": ""}
    return created(answer)


def fetch_approval(call: RestCall) -> Response:
    template = _get_or_404(call)
    return ok(
        {
            "sid": template.sid,
            "account_sid": call.world.account.sid,
            "whatsapp": {"type": "whatsapp", **_approval_json(template)},
            "url": f"{_url(call, template)}/ApprovalRequests",
        }
    )


def _get_or_404(call: RestCall) -> Template:
    template = call.world.account.templates.get(call.path["content"])
    if template is None:
        raise not_found(f"/Content/{call.path['content']}")
    return template


def _friendly_name(fields: Mapping[str, Any]) -> str | None:
    name = fields.get("friendly_name")
    if name is not None and not isinstance(name, str):
        raise invalid("friendly_name must be a string")
    return name or None


def _variables(fields: Mapping[str, Any]) -> dict[str, str]:
    variables = fields.get("variables") or {}
    if not isinstance(variables, dict) or not all(isinstance(value, str) for value in variables.values()):
        raise invalid("variables must be an object of strings")
    return variables


def _types(fields: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The kinds of content; clients send those that they leave out as null."""
    types = fields.get("types")
    given = {name: part for name, part in types.items() if part is not None} if isinstance(types, dict) else {}
    if not given or not all(isinstance(part, dict) for part in given.values()):
        raise invalid('types must be an object such as {"twilio/text": {"body": "Hello"}}')
    return given


def _list(call: RestCall, path: str, serialize: Callable[[RestCall, Template], dict[str, Any]]) -> Response:
    return list_response(
        call,
        f"{call.origin}{path}",
        "contents",
        list(call.world.account.templates.values()),
        serialize=partial(serialize, call),
    )


def _url(call: RestCall, template: Template) -> str:
    return f"{call.origin}/v1/Content/{template.sid}"


def _as_json(call: RestCall, template: Template) -> dict[str, Any]:
    url = _url(call, template)
    links = {"approval_create": "/ApprovalRequests/whatsapp", "approval_fetch": "/ApprovalRequests"}
    return _common(call, template) | {"url": url, "links": {name: url + path for name, path in links.items()}}


def _with_approval(call: RestCall, template: Template) -> dict[str, Any]:
    return _common(call, template) | {"approval_requests": _approval_json(template)}


def _common(call: RestCall, template: Template) -> dict[str, Any]:
    return {
        "sid": template.sid,
        "account_sid": call.world.account.sid,
        "friendly_name": template.friendly_name,
        "language": template.language,
        "variables": template.variables,
        "types": template.types,
        "date_created": to_seconds(template.created),
        "date_updated": to_seconds(template.updated),
    }


def _approval_json(template: Template) -> dict[str, Any]:
    approval = template.approval
    return {
        "name": approval.name,
        "category": approval.category,
        "content_type": template.content_type,
        "status": approval.status,
        "rejection_reason": approval.rejection_reason,
        "allow_category_change": True,
    }
