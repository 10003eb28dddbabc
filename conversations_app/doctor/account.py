"""Our account at Twilio: credentials, services, numbers, webhooks, the template."""

from collections.abc import Iterator

from django.conf import settings

from conversations_app import configuring
from conversations_app.doctor.findings import Finding, bad, good, note
from conversations_app.gateway import configuration, content
from conversations_app.gateway.errors import NotThere
from matchmaker.addresses import Channel, channel_of, masked

CONFIGURE = "Run manage.py configure_twilio, and again with --apply."


def credentials() -> Iterator[Finding]:
    status = configuration.account_status()
    if status == "active":
        yield good("Twilio knows our account, and it is active.")
    else:
        yield bad(f"Our account at Twilio is {status}.", "Open Twilio's console: nothing is sent until it is active.")


def services() -> Iterator[Finding]:
    for what, setting, look in (
        ("Conversation service", "TWILIO_CONVERSATIONS_SERVICE_SID", configuration.service_hooks),
        ("Messaging service", "TWILIO_MESSAGING_SERVICE_SID", configuration.inbound),
    ):
        try:
            look()
        except NotThere:
            yield bad(f"Twilio knows no such {what}.", f"Correct {setting}.")
        else:
            yield good(f"The {what} is there.")


def webhooks() -> Iterator[Finding]:
    differences = configuring.changes(settings.TWILIO_WEBHOOK_SCOPE)
    for change in differences:
        yield bad(f"At Twilio, {change.what} is {change.now}, not {change.wanted}.", CONFIGURE)
    if not differences:
        yield good("Webhooks, inbound address, auto-creation and timers are as they should be.")


def senders() -> Iterator[Finding]:
    pool = configuration.pool()
    for address in settings.TWILIO_SENDERS:
        if address in pool:
            yield good(f"Our number {masked(address)} is in the messaging service.")
        else:
            yield bad(
                f"Our number {masked(address)} is not in the messaging service.",
                "Add it there at Twilio, or take it out of TWILIO_SENDERS.",
            )
    yield from _channels()


def _channels() -> Iterator[Finding]:
    ours = {channel_of(address) for address in settings.TWILIO_SENDERS}
    for channel in settings.CHANNELS_ENABLED:
        if channel != Channel.CHAT and channel not in ours:
            yield bad(
                f"{channel} is switched on, and we have no number for it.",
                "Add one to TWILIO_SENDERS, or take the channel out of CHANNELS_ENABLED.",
            )
    if Channel.WHATSAPP in settings.CHANNELS_ENABLED:
        yield note(
            "WhatsApp is switched on. Its business policy names dating services as prohibited.",
            "Have a written answer of Meta's or Twilio's, or set CHANNELS_ENABLED=sms,chat.",
        )


def template() -> Iterator[Finding]:
    if not settings.WINDOW_TEMPLATE_SID:
        yield note("No template is set: nobody is written to after 24 hours of silence on WhatsApp.")
        return
    try:
        found = content.fetch_template(settings.WINDOW_TEMPLATE_SID)
    except NotThere:
        yield bad("Twilio knows no such template.", "Correct WINDOW_TEMPLATE_SID.")
        return
    if found.is_approved:
        yield good("WhatsApp has approved the template.")
    else:
        yield bad(
            f"WhatsApp has not approved the template: {found.status} {found.reason}".rstrip() + ".",
            "Submit it in Twilio's Content Template Builder; until then it is not sent.",
        )
