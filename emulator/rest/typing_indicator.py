"""The typing indicator (messaging/v2): "writing…" on a WhatsApp handset, and that its last text was read."""

from starlette.responses import Response

from emulator.addresses import channel_of
from emulator.errors import invalid
from emulator.rest.endpoint import RestCall, ok


def show(call: RestCall) -> Response:
    """Its parameters, alone at Twilio, begin with small letters."""
    if call.form.get("channel") != "whatsapp":
        raise invalid("channel must be whatsapp")
    text = call.world.texts.get(call.form.get("messageId") or "")
    if text is None or text.direction != "inbound" or channel_of(text.sender) != "whatsapp":
        raise invalid("invalid or incomplete inbound data: messageId must name a text that came in by WhatsApp")
    call.emulator.carrier.show_typing(text)
    return ok({"success": True})
