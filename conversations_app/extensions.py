"""Where an app that brings sessions here from elsewhere can join in: the core calls it and does not know it.

Such an app subclasses `SessionSource`, overrides what it needs, and registers itself in its `AppConfig.ready`. The
defaults are those of a product whose sessions all began here. There is one source at most: two of them could answer
differently, for instance about who is taken over from where.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from conversations_app.gateway.payloads import MessageInfo
from conversations_app.models import Binding, Conversation
from sessions_app.models import Contact, LockedSession, Participant, Session


class SessionLease(Protocol):
    """What a source may do with the lease of the worker that talks to Twilio for a session (`delivery.leases.Lease`)."""

    @property
    def session_id(self) -> int: ...

    def renew(self) -> None:
        """Before each call to Twilio. Raises ClaimLost."""

    def hold(self) -> LockedSession:
        """Inside a transaction: the session, surely still in our hands. Raises ClaimLost."""


class MoveBlocked(Exception):
    """Why a session cannot move to Conversations yet, in a sentence for staff."""


def _no_rows(rows: QuerySet[Any]) -> QuerySet[Any]:
    """In place of `none()`, of which Django makes a constant: as a subquery that is compared to NULL, it then counts as
    something. No row has the id 0."""
    return rows.filter(pk=0)


class SessionSource:
    """What a "locked session" or a "lease" is given for, the caller holds until its transaction or its work ends."""

    # --- which sessions -------------------------------------------------------------------------------------------

    def imported_sessions(self) -> QuerySet[Any]:
        """Ids of the sessions that it brought, for `session__in=`. Read in queries of every kind, so it stays lazy."""
        return _no_rows(Session.objects.all()).values("pk")

    def earlier_conversations(self) -> QuerySet[Any]:
        """The sids of the Conversations that they had, for `__in=`; lazy too."""
        return _no_rows(Conversation.objects.all()).values("sid")

    def conversations_of(self, session: Session) -> Set[str]:
        """Those of one session: its people are in them by right. Asked before a move, without a lock."""
        return frozenset()

    def was_member_before(self, person: Participant) -> bool:
        """They were in the group before it came here, so nobody is told that they joined, and they keep their place."""
        return False

    # --- texts, in the transaction that takes in the event -----------------------------------------------------------

    def contact_wrote(self, contact: Contact) -> None:
        """Somebody who is in no group on that number sent us a text. Called before we look for their group."""

    def text_elsewhere(self, conversation_sid: str, info: MessageInfo) -> str:
        """A text in a Conversation that is none of ours. A note for staff when it was taken in, else nothing."""
        return ""

    # --- waking and turns --------------------------------------------------------------------------------------------

    def session_woken(self, session: LockedSession) -> None:
        """Somebody is back and everyone within reach is bound. In the transaction that wakes it; may come repeatedly."""

    def consent_given(self, session: LockedSession, primary: Participant, *, message_id: int, at: datetime) -> bool:
        """The primary person said yes. In the transaction that closes the turn. True when it added facts."""
        return False

    def person_forgotten(self, session: LockedSession, person: Participant) -> None:
        """They had everything they said taken out; of the primary person, the whole profile. In that transaction."""

    # --- delivery, under the session's lease and outside a transaction: it may call Twilio, renewing the lease ------

    def before_opening(self, lease: SessionLease, conversation: Conversation) -> bool:
        """Before a Conversation is made at Twilio, or closed. False when it is to be left alone for now."""
        return True

    def before_moving_into(self, lease: SessionLease, conversation: Conversation) -> None:
        """Before a move fills a Conversation. Raises MoveBlocked."""

    def release_phone(self, lease: SessionLease, binding: Binding, conversation_sid: str) -> bool:
        """This phone is held by a Conversation that is none of ours. True when it was taken out of there."""
        return False

    def travels_once_asleep(self, session: LockedSession, to: Session.Transport) -> dict[str, str]:
        """What `transport` and `moving_to` of a sleeping session become when staff move it; in that transaction."""
        return {"transport": to, "moving_to": ""}


_source = SessionSource()


def register(source: SessionSource) -> None:
    """From `AppConfig.ready`."""
    global _source
    _source = source


def source() -> SessionSource:
    return _source
