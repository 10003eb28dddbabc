"""Why a message did not reach a phone, and what staff can do about it. Codes: Twilio's error dictionary, November 2026."""

_ASK_THEM = "Ask them to write to the group, or to join from another channel."
_ASK_FOR_SMS = "Ask them to join by SMS."
_TRY_LATER = "Send it again later, if it still matters."
_OUR_NUMBER = "Check our numbers in Twilio's console against TWILIO_SENDERS."
_TEMPLATE = "Check the template's approval and its variables in Twilio's console (Content Template Builder)."
_META = (
    "See the WhatsApp sender in Twilio's console, and write to Twilio's support. Until then, people can join by SMS."
)
# WhatsApp and the US carriers count over a day, and raise a limit on request.
_FEWER = "It passes within a day. If it comes back, ask Twilio for a higher limit, or add a number to TWILIO_SENDERS."
_WRITE_FIRST = "Sending it again changes nothing. Ask them, by SMS or through a friend, to write to us first: then we can answer."

# Code: what went wrong, and what to do.
_KNOWN: dict[str, tuple[str, str]] = {
    "14107": ("we sent that phone more than fifteen texts in half a minute", _TRY_LATER),
    "21211": ("that is no number Twilio can send to", "Ask them to join again from the phone itself."),
    "21408": (
        "our account may not send to that country",
        "Allow the country under Messaging, Geo permissions at Twilio.",
    ),
    "21606": ("our number cannot send texts", _OUR_NUMBER),
    "21608": ("our Twilio account is on trial and reaches verified numbers only", "Upgrade the account at Twilio."),
    "21610": ("they opted out with STOP", "Send them nothing until they text START themselves."),
    "21611": ("too many texts of ours were waiting at Twilio", _TRY_LATER),
    "21612": ("our number cannot reach that phone", _ASK_THEM),
    "21614": ("the number is no mobile phone", "Ask them to join from a mobile phone."),
    "21617": ("the text was over 1,600 characters", "Send it again in shorter messages."),
    "21703": ("our messaging service has no number for that phone", _OUR_NUMBER),
    "21704": ("our messaging service has no numbers", _OUR_NUMBER),
    "30001": ("too many texts of ours were waiting at Twilio", _TRY_LATER),
    "30002": ("our Twilio account is suspended", "Look at the account in Twilio's console."),
    "30003": (
        "the phone could not be reached",
        "It may be off or abroad. Ask their friends whether all is well with it.",
    ),
    "30004": ("they, or their carrier, block our number", _ASK_THEM),
    "30005": ("the number does not exist", "Ask their friends for the right number, and invite them again."),
    "30006": ("the number is a landline", "Ask them to join from a mobile phone."),
    "30007": ("the carrier filtered it as spam", _ASK_THEM),
    "30008": ("the carrier gave no reason", _TRY_LATER),
    "30022": ("we sent more texts to US phones than our registration allows", _FEWER),
    "30023": ("our texts to one US carrier have reached today's limit", _FEWER),
    "30027": ("our texts to T-Mobile phones have reached today's limit", _FEWER),
    "30034": (
        "our US number is not registered for application texts (A2P 10DLC)",
        "Register it at Twilio: Messaging, Regulatory compliance.",
    ),
    "63003": ("the number is not on WhatsApp", _ASK_FOR_SMS),
    "63005": ("WhatsApp did not take what was in it", "Send it again in other words, or without the file."),
    "63006": ("WhatsApp did not take what was in it", "Send it again in other words, or without the file."),
    "63007": ("our number is no WhatsApp sender", _OUR_NUMBER),
    "63012": ("WhatsApp had a fault of its own", _TRY_LATER),
    "63013": ("WhatsApp says that it breaks its policy", _META),
    "63014": ("they have blocked us on WhatsApp", "Leave them be, unless they say that it was a mistake."),
    "63015": (
        "they have not joined the WhatsApp sandbox",
        "They join by sending the sandbox's own words, for three days.",
    ),
    "63016": ("their 24-hour WhatsApp window is closed", "They get it as soon as they write again."),
    "63017": ("we sent too much at once on WhatsApp", _TRY_LATER),
    "63018": ("our WhatsApp number has sent as much as WhatsApp allows for now", _FEWER),
    "63019": ("WhatsApp could not fetch the picture or file", "Ask whoever sent it to send it again, if it matters."),
    "63021": ("WhatsApp did not take what was in it", "Send it again in other words, or without the file."),
    "63024": ("the number is not on WhatsApp", _ASK_FOR_SMS),
    "63027": ("WhatsApp does not have the template in that language", _TEMPLATE),
    "63028": ("the template needs another number of values", _TEMPLATE),
    "63032": ("they are in an experiment of Meta's that keeps templates from one in a hundred people", _WRITE_FIRST),
    "63033": ("they have blocked us on WhatsApp", "Leave them be, unless they say that it was a mistake."),
    "63034": ("the picture or file is too big for WhatsApp", "Ask whoever sent it for a smaller one, if it matters."),
    "63038": ("our Twilio account has reached today's limit of messages", _FEWER),
    "63040": ("WhatsApp has turned the template down", _TEMPLATE),
    "63041": ("WhatsApp has paused the template, since people disliked it", _TEMPLATE),
    "63042": ("WhatsApp has switched the template off for good", _TEMPLATE),
    "63049": ("Meta held the template back, as they get many such messages from businesses", _WRITE_FIRST),
    "63051": ("WhatsApp has locked our business account", _META),
}


def is_known(code: int) -> bool:
    return str(code) in _KNOWN


def in_words(code: str) -> str:
    return _KNOWN[code][0] if code in _KNOWN else f"Twilio error {code}" if code else "Twilio gave no reason"


def to_do(code: str) -> str:
    if code in _KNOWN:
        return _KNOWN[code][1]
    return f"See https://www.twilio.com/docs/api/errors/{code}." if code else _ASK_THEM
