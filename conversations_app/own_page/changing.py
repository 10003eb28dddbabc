"""Changes by somebody on their own page: each under the lock of their session, on rows as they are now."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from conversations_app.own_page.door import Visit
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import LockedSession, OwnPageLink, Session

ON_HOLD = "This is on hold until someone from our team has taken a look. Nothing was changed."
CLOSED = "This group has ended, so nothing more is added here. You can still have things taken out."
CHANGED = "That changed in the meantime, perhaps in the chat or on another device. Here is how it is now."


class Gone(Exception):
    """The link was revoked while the page was open."""


class Refused(Exception):
    """Says why, in a line for whoever tried."""


@contextmanager
def changing(visit: Visit, *, adds: bool = True) -> Iterator[LockedSession]:
    """`adds`: it makes more of the profile; what takes something out is always possible.

    Raises Gone, Refused.
    """
    with transaction.atomic():
        session = actions.lock_session(visit.person.session_id)
        if not OwnPageLink.objects.usable(clock.now()).filter(pk=visit.link.pk).exists():
            raise Gone
        visit.person.refresh_from_db(fields=["role", "name", "left_at", "panic_word"])
        if visit.person.left_at is not None:
            raise Gone
        if adds and (session.sealed_at or session.status == Session.Status.SAFETY_HOLD):
            raise Refused(ON_HOLD)
        if adds and session.status == Session.Status.CLOSED:
            raise Refused(CLOSED)
        yield session
