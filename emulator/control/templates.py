"""Sets WhatsApp's decision on a content template by hand: approved after a wait, or paused later."""

from typing import Any, cast, get_args

from emulator.control.endpoint import ControlCall, InvalidRequest
from emulator.templates import ApprovalStatus, Template

_STATUSES: tuple[str, ...] = get_args(ApprovalStatus)


async def list_all(call: ControlCall) -> list[dict[str, Any]]:
    return [_as_json(template) for template in call.world.account.templates.values()]


async def decide(call: ControlCall) -> dict[str, Any]:
    template = call.world.account.templates.get(call.path("template"))
    if template is None:
        raise InvalidRequest(f"There is no template {call.path('template')}.", status=404)
    status = call.text("status")
    if status not in _STATUSES:
        raise InvalidRequest(f'"status" must be one of {", ".join(_STATUSES)}.')
    template.approval.status = cast(ApprovalStatus, status)
    template.approval.rejection_reason = call.text("reason", default="")
    return _as_json(template)


def _as_json(template: Template) -> dict[str, Any]:
    return {"sid": template.sid, "friendly_name": template.friendly_name, "status": template.approval.status}
