"""Every path of the control API."""

from starlette.routing import Mount, Route, Router

from emulator.asgi import EncodedPaths
from emulator.control import attachments, operations, phones, stream, templates
from emulator.control.endpoint import control, unknown_path

_ONE = "/phones/{address}"

_CONTROL = [
    control("/state", get=operations.fetch_state),
    control("/events", get=stream.watch),
    control("/phones", get=phones.list_phones, post=phones.add),
    control(_ONE + "/send", post=phones.send),
    control(_ONE + "/thread", get=phones.thread),
    control(_ONE + "/missing", get=phones.missing),
    control(_ONE + "/history", post=phones.seed_history),
    control("/senders", get=operations.list_senders),
    control("/media/{media}", get=attachments.serve),
    control("/clock", get=operations.fetch_clock, post=operations.advance_clock),
    control("/faults", get=operations.fetch_faults, post=operations.change_faults, delete=operations.clear_faults),
    control("/webhooks", get=operations.list_webhooks),
    control("/webhooks/{id}/resend", post=operations.resend_webhook),
    control("/calls", get=operations.list_calls),
    control("/templates", get=templates.list_all),
    control("/templates/{template}", post=templates.decide),
    control("/webhook-config", post=operations.set_number_webhook),
    control("/kept/{name}", post=operations.save_snapshot),
    control("/reset", post=operations.reset),
]
_UNKNOWN_PATH = control("/{rest:path}", get=unknown_path, post=unknown_path, delete=unknown_path)


def control_mount(more: list[Route]) -> Mount:
    """The control API, with the controls of other parts of the emulator beside its own."""
    return Mount("/emulator", app=EncodedPaths(Router([*_CONTROL, *more, _UNKNOWN_PATH])))
