"""Who may join by which code. Codes can be guessed in principle, so wrong tries are counted per phone."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from sessions_app.codes import new_code
from sessions_app.models import Contact, Invite, LockedSession, Session

VALID_FOR = timedelta(days=14)
# More than fit into a group, since people leave and come back.
MOST_USES = 60
# Typos take two or three tries; guessing one of 31^6 codes at five an hour takes for ever.
WRONG_CODES_BEFORE_BLOCK = 5
REST = timedelta(hours=1)
# One in 900 million codes is taken by each session, so a second try is already rare; more means a fault of ours.
_TRIES = 20


class InviteNotValid(Exception):
    """The invite was replaced, has expired, or is used up."""


def first_invite(session: Session, *, at: datetime) -> Invite:
    """The session's own code, which lets people in until it is rotated. Raises IntegrityError when it is taken."""
    return Invite.objects.create(
        session=session, code=session.code, most_uses=MOST_USES, created_at=at, expires_at=at + VALID_FOR
    )


def current_invite(session: Session) -> Invite:
    return session.invites.get(retired_at=None)


def rotate_invite(session: LockedSession, *, at: datetime) -> Invite:
    """Retire the code in use and add another."""
    session.invites.filter(retired_at=None).update(retired_at=at)
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return Invite.objects.create(
                    session=session, code=new_code(), most_uses=MOST_USES, created_at=at, expires_at=at + VALID_FOR
                )
        except IntegrityError:
            continue
    raise RuntimeError(f"{_TRIES} invite codes in a row were taken")


def use(invite: Invite, *, at: datetime) -> None:
    """Count one person who joins by it. The condition is in the update, so that two who join at once cannot both take
    the last place. Raises InviteNotValid."""
    if not Invite.objects.usable(at).filter(pk=invite.pk).update(uses=F("uses") + 1):
        raise InviteNotValid


def record_wrong_code(contact: Contact, *, at: datetime) -> bool:
    """Count a wrong guess; True when it is the one that blocks this phone."""
    running = Contact.objects.filter(pk=contact.pk, wrong_codes_since__gt=at - REST)
    if not running.update(wrong_codes=F("wrong_codes") + 1):
        Contact.objects.filter(pk=contact.pk).update(wrong_codes=1, wrong_codes_since=at)
    contact.refresh_from_db(fields=["wrong_codes", "wrong_codes_since"])
    return contact.wrong_codes == WRONG_CODES_BEFORE_BLOCK


def is_guessing_blocked(contact: Contact, *, at: datetime) -> bool:
    """Whether this phone guessed wrong so often that we look at no code from it for the rest of the hour."""
    since = contact.wrong_codes_since
    return since is not None and at - since < REST and contact.wrong_codes >= WRONG_CODES_BEFORE_BLOCK
