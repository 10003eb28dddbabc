"""Makes a scenario's people strangers again, so that it can be played repeatedly."""

from collections.abc import Callable

from conversations_app.delivery.ending import end_session
from conversations_app.gateway import api
from conversations_app.gateway.errors import NotFoundAtTwilio
from conversations_app.models import Binding
from sessions_app.models import Contact, Session


def end_open_sessions(addresses: list[str], tell: Callable[[str], None]) -> None:
    """Every one in which any of these phones is, here and at Twilio."""
    here = Session.objects.open().filter(
        participants__contact__address__in=addresses, participants__left_at__isnull=True
    )
    held = Session.objects.filter(participants__bindings__in=Binding.objects.held().filter(address__in=addresses))
    for session in sorted({*here, *held}, key=lambda session: session.pk):
        tell(f"Ending session {session.code}, which they had open.")
        end_session(session)
    for address in addresses:
        for sid, _ in _open_at_twilio(address):
            api.close_conversation(sid)


def are_free(addresses: list[str]) -> bool:
    held = Binding.objects.held().filter(address__in=addresses)
    return not held.exists() and not any(_open_at_twilio(address) for address in addresses)


def make_strangers(addresses: list[str]) -> None:
    """Nobody explained to them yet how to start, they told us no name, and nobody opted out."""
    Contact.objects.filter(address__in=addresses).update(
        hint_sent_at=None, opted_out_at=None, display_name="", wrong_codes=0, wrong_codes_since=None
    )


def _open_at_twilio(address: str) -> list[tuple[str, str]]:
    try:
        return api.open_conversations_of(address)
    except NotFoundAtTwilio:
        return []
