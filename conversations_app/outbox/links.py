"""Links that open a chat with one of our numbers, with the text typed in already."""

from urllib.parse import quote

from django.conf import settings

from conversations_app.models import Sender
from matchmaker.addresses import Channel
from sessions_app.models import OwnPageLink

# The number that everybody's WhatsApp sandbox at Twilio shares. It keeps the word `join` for itself.
SANDBOX = "whatsapp:+14155238886"


def number_of(sender: Sender) -> str:
    return sender.address.removeprefix("whatsapp:")


def join_text(code: str, sender: Sender) -> str:
    return f"hi {code}" if sender.address == SANDBOX else f"join {code}"


def invite_page_url(code: str) -> str:
    """The invite page: a link that can be forwarded to a phone on any channel."""
    return f"{settings.PUBLIC_BASE_URL}/join/{code}"


def own_page_url(link: OwnPageLink) -> str:
    """Whoever has it is taken for that person, so it goes to their phone alone and into no row and no log."""
    return f"{settings.PUBLIC_BASE_URL}/me/{link.token}"


def tap_link(sender: Sender, text: str) -> str:
    if sender.channel is Channel.WHATSAPP:
        return f"https://wa.me/{number_of(sender).removeprefix('+')}?text={quote(text)}"
    # RFC 5724 and Android want `?body=`; Messages on iOS looks for `&body=`. `?&body=` is both: Android skips the
    # empty part before the ampersand.
    return f"sms:{number_of(sender)}?&body={quote(text)}"


def scan_link(sender: Sender, text: str) -> str:
    """Cameras know SMSTO: on both kinds of phones, while an sms: link with a text is read by some only."""
    return tap_link(sender, text) if sender.channel is Channel.WHATSAPP else f"SMSTO:{number_of(sender)}:{text}"
