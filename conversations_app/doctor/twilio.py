"""The account, its two services, our numbers, and the template for WhatsApp."""

from collections.abc import Callable, Iterator

from django.conf import settings

from conversations_app.doctor.findings import Finding, bad, good, note
from conversations_app.gateway import account as gateway
from conversations_app.gateway import content, setup
from conversations_app.gateway.errors import AccountTrouble, NotFoundAtTwilio
from conversations_app.windows.templates import why_unusable
from matchmaker.addresses import Channel, channel_of, masked

# Twilio's shared sandbox number, which no messaging service can contain.
SANDBOX = "whatsapp:+14155238886"
UNDER_REVIEW = {"pending", "received"}
PHONE_CHANNELS = (Channel.WHATSAPP, Channel.SMS)


def account() -> Iterator[Finding]:
    try:
        found = gateway.fetch_account()
    except (AccountTrouble, NotFoundAtTwilio) as error:
        yield bad(f"{error.words}.", "Compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN with Twilio's console.")
        return
    if found.status != "active":
        yield bad(f"The Twilio account is {found.status}.", "Twilio's console says why; until then nothing is sent.")
        return
    yield good("Twilio knows the account and its token.")
    if found.is_trial:
        yield note("It is a trial account: it writes to verified numbers only.", "Upgrade it before others write.")


def services() -> Iterator[Finding]:
    yield _service("Conversation service", "TWILIO_CONVERSATIONS_SERVICE_SID", gateway.conversation_service_name)
    yield _service("messaging service", "TWILIO_MESSAGING_SERVICE_SID", gateway.messaging_service_name)


def _service(kind: str, setting: str, fetch_name: Callable[[], str]) -> Finding:
    try:
        return good(f"The {kind} is “{fetch_name()}”.")
    except NotFoundAtTwilio:
        return bad(f"The account has no {kind} of that sid.", f"Correct {setting}.")


# --- what is set there ------------------------------------------------------------------------------------------------


def settings_there() -> Iterator[Finding]:
    differences = setup.changes(settings.TWILIO_WEBHOOK_SCOPE)
    for change in differences:
        yield bad(f"At Twilio, {change.what} is {change.now}, not {change.wanted}.", _CONFIGURE)
    if not differences:
        yield good("Webhooks, inbound address, auto-creation and timers are as they should be.")


_CONFIGURE = "Run: python manage.py configure_twilio, and again with --apply."


# --- our numbers ------------------------------------------------------------------------------------------------------


def senders() -> Iterator[Finding]:
    yield from _channels()
    own, pooled = gateway.own_numbers(), gateway.pool()
    for address in settings.TWILIO_SENDERS:
        yield _sender(address, own, pooled)


def _sender(address: str, own: set[str], pooled: set[str]) -> Finding:
    name = masked(address)
    if address == SANDBOX:
        return note(f"{name} is Twilio's WhatsApp sandbox.", "Fine for rehearsals; people need a number of your own.")
    if channel_of(address) is Channel.SMS and address not in own:
        return bad(f"{name} is not a number of this account.", "Correct TWILIO_SENDERS, or buy the number.")
    if address not in pooled:
        return bad(
            f"{name} is not in the messaging service, which then passes on nothing that is written to it.",
            "Add it to the service's sender pool in Twilio's console, or take it out of TWILIO_SENDERS.",
        )
    return good(f"{name} is in the messaging service.")


def _channels() -> Iterator[Finding]:
    served = {channel_of(address) for address in settings.TWILIO_SENDERS}
    for channel in PHONE_CHANNELS:
        if channel in settings.CHANNELS_ENABLED and channel not in served:
            yield bad(
                f"CHANNELS_ENABLED names {channel}, and no number of ours is for it.",
                f"Add one to TWILIO_SENDERS, or take {channel} out of CHANNELS_ENABLED.",
            )
    if Channel.WHATSAPP in settings.CHANNELS_ENABLED:
        yield note(
            "WhatsApp is enabled, and its business policy names dating services as prohibited.",
            "Have a written answer from Meta or Twilio, or leave whatsapp out of CHANNELS_ENABLED.",
        )


# --- the template for shut windows ------------------------------------------------------------------------------------


def template() -> Iterator[Finding]:
    if Channel.WHATSAPP not in settings.CHANNELS_ENABLED:
        return
    if not settings.WINDOW_TEMPLATE_SID:
        yield note(
            "No template is set: people who are silent for a day on WhatsApp are not told that they are missing messages.",
            _TEMPLATE,
        )
        return
    found = content.fetch_template(settings.WINDOW_TEMPLATE_SID)
    hindrance = why_unusable(found)
    if not hindrance:
        yield good("WhatsApp has approved the template for shut windows.")
    elif found.status in UNDER_REVIEW:
        yield note(f"The template for shut windows: {hindrance}.", "WhatsApp decides within a day or two.")
    else:
        yield bad(f"The template for shut windows: {hindrance}.", _TEMPLATE)


_TEMPLATE = "README.md, “Going live”, says which template to make; its sid goes into WINDOW_TEMPLATE_SID."
