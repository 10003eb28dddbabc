"""How a session's messages travel: by Twilio's Conversations, or one text to each phone. Both do the same things."""

from conversations_app.delivery.transports import broadcast, conversations
from conversations_app.delivery.transports.base import Transport
from sessions_app.models import Session

__all__ = ["Transport", "of"]


def of(session: Session) -> Transport:
    return broadcast if session.transport == Session.Transport.BROADCAST else conversations
