"""Why a text does not reach its phone: Twilio's error codes, and what each means."""

OPTED_OUT = 21610
TOO_LONG = 21617
OUTSIDE_WINDOW = 63016
TOO_OFTEN = 63018
MEDIA_NOT_HAD = 63019
TEMPLATE_PARAMETERS = 63028
TEMPLATE_REJECTED = 63040
TEMPLATE_PAUSED = 63041
TEMPLATE_DISABLED = 63042

_WORDS = {
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered as spam",
    30008: "Unknown error",
    30034: "Message from an unregistered number",
    OPTED_OUT: "Attempt to send to unsubscribed recipient",
    TOO_LONG: "The concatenated message body exceeds the 1600 character limit",
    63003: "Channel could not find the To address",
    63013: "Message violates the channel's policy",
    63015: "The phone has not joined the sandbox",
    OUTSIDE_WINDOW: "Failed to send freeform message because you are outside the allowed window.",
    TOO_OFTEN: "Rate limit exceeded for the channel",
    MEDIA_NOT_HAD: "Media failed to download",
    63024: "Invalid message recipient: not a WhatsApp user",
    63027: "Template does not exist for a language and locale",
    TEMPLATE_PARAMETERS: "Number of parameters provided does not match the template",
    63032: "The person is part of a WhatsApp experiment",
    63033: "Recipient blocked the sender",
    63038: "Account exceeded its daily message limit",
    TEMPLATE_REJECTED: "Template is rejected",
    TEMPLATE_PAUSED: "Template is paused",
    TEMPLATE_DISABLED: "Template is disabled",
    63049: "Meta chose not to deliver this marketing message",
    63051: "The WhatsApp Business Account is locked",
}

_FOR_PEOPLE = {
    OPTED_OUT: "the person sent STOP",
    TOO_LONG: "longer than 1,600 characters",
    OUTSIDE_WINDOW: "WhatsApp's 24-hour window is closed",
    TOO_OFTEN: "too many within a few seconds",
    63024: "not a WhatsApp user",
    63033: "they blocked our number",
    TEMPLATE_PARAMETERS: "the template is missing a value",
}
_OF_TEMPLATES = {"rejected": TEMPLATE_REJECTED, "paused": TEMPLATE_PAUSED, "disabled": TEMPLATE_DISABLED}


def error_text(code: int | None) -> str | None:
    return _WORDS.get(code, "The message could not be delivered") if code else None


def in_words(code: int | None) -> str | None:
    """For people who look at a handset."""
    return _FOR_PEOPLE.get(code, error_text(code)) if code else None


def template_failure(approval_status: str) -> int:
    """With which code a template that is not approved ends outside the window: WhatsApp does not know it, or bars it."""
    return _OF_TEMPLATES.get(approval_status, OUTSIDE_WINDOW)
