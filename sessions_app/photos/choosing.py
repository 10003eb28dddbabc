"""Which photos are on the profile, and in what order: the primary person's choice, carried out.

Whoever calls this has made sure that the primary person said so, in the chat or on their own page. Places count from 1
without a gap, and the photo in place 1, the main one, shows its owner; where no photo does, none is on the profile.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from matchmaker.ai.interview import MAY_BE_MAIN, MOST_PHOTOS
from sessions_app import actions
from sessions_app.models import LockedSession, Photo

FEWEST_WANTED = 3
MOST = MOST_PHOTOS
SHOWS_OWNER = MAY_BE_MAIN


class Reason(StrEnum):
    NO_CONSENT = "Before any photo goes on the profile, I need a yes to making one at all."
    NOT_HERE = "That photo isn't here any more."
    FULL = f"There are {MOST} photos on the profile, and that's the most. Take one off first."
    WHO_IS_IN_IT = "First tell me who is in it: just you, you and others, or only others?"
    MAIN_SHOWS_OTHERS = "The main photo has to be one with you in it."
    CHANGED = "The photos have changed in the meantime. Have another look, then try again."
    TOO_BIG = "That file is over 16 MB, which is more than I can take. Could you send a smaller one?"
    EMPTY = "That file is empty. Could you try it again?"
    TOO_MANY = "I have as many photos as I can keep. Take one out first, then send this one again."


class NotAllowed(Exception):
    """`str()` is a line for whoever asked; `reason` lets a caller word it in another language."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def choose(*, session: LockedSession, photo: Photo, shows: str = Photo.Shows.UNKNOWN, at: datetime) -> None:
    """Put it on the profile, at the end of the order; where it is there already, it keeps its place.

    `shows`: who is in it, where that was said along with the choice.
    """
    order = _order(session)
    row = _one_to_choose(session, photo, shows)
    if row in order:
        say_who_is_in_it(session=session, photo=row, shows=row.shows, at=at)
        return
    if len(order) >= MOST:
        raise NotAllowed(Reason.FULL)
    if not order:
        _check_main(row)
    _save(session, [*order, row], at)


def make_main(*, session: LockedSession, photo: Photo, shows: str = Photo.Shows.UNKNOWN, at: datetime) -> None:
    """Put it first, and on the profile if it is not there yet."""
    order = _order(session)
    row = _one_to_choose(session, photo, shows)
    _check_main(row)
    others = [other for other in order if other != row]
    if len(others) >= MOST:
        raise NotAllowed(Reason.FULL)
    _save(session, [row, *others], at)


def reorder(*, session: LockedSession, photos_in_order: Sequence[Photo], at: datetime) -> None:
    """`photos_in_order`: all that are on the profile, each once, as they were shown to whoever put them in order."""
    by_pk = {photo.pk: photo for photo in _order(session)}
    wanted = [photo.pk for photo in photos_in_order]
    if sorted(wanted) != sorted(by_pk):
        raise NotAllowed(Reason.CHANGED)
    order = [by_pk[pk] for pk in wanted]
    if order:
        _check_main(order[0])
    _save(session, order, at)


def leave_out(*, session: LockedSession, photo: Photo, at: datetime) -> None:
    """Take it off the profile, or say no to one that was offered. Always possible, and may be undone by choosing it."""
    row = _kept(session, photo)
    order = [other for other in _order(session) if other != row]
    Photo.objects.filter(pk=row.pk).update(state=Photo.State.LEFT_OUT, place=None, decided_at=at)
    _save(session, _with_main_first(order), at)


def say_who_is_in_it(*, session: LockedSession, photo: Photo, shows: str, at: datetime) -> None:
    """In the primary person's words. A main photo that turns out not to show them gives its place to one that does."""
    row = _kept(session, photo)
    row.shows = shows
    order = [row if row == other else other for other in _order(session)]
    _save(session, _with_main_first(order), at)
    # Also if it is not on the profile, or has just left it.
    Photo.objects.filter(pk=row.pk).update(shows=shows)


def _order(session: LockedSession) -> list[Photo]:
    return list(session.photos.chosen())


def _kept(session: LockedSession, photo: Photo) -> Photo:
    """As it is now: the caller's copy may be older than the lock."""
    row = session.photos.kept().filter(pk=photo.pk).first()
    if row is None:
        raise NotAllowed(Reason.NOT_HERE)
    return row


def _one_to_choose(session: LockedSession, photo: Photo, shows: str) -> Photo:
    if not actions.has_consented(session):
        raise NotAllowed(Reason.NO_CONSENT)
    row = _kept(session, photo)
    if shows != Photo.Shows.UNKNOWN:
        row.shows = shows
    # Somebody else may be in it, who has to be all right with that.
    if row.shows == Photo.Shows.UNKNOWN:
        raise NotAllowed(Reason.WHO_IS_IN_IT)
    return row


def _check_main(photo: Photo) -> None:
    if photo.shows not in SHOWS_OWNER:
        raise NotAllowed(Reason.MAIN_SHOWS_OTHERS)


def _with_main_first(order: list[Photo]) -> list[Photo]:
    """The first that shows its owner moves to the front; without one there is no profile to show."""
    main = next((photo for photo in order if photo.shows in SHOWS_OWNER), None)
    return [main, *(photo for photo in order if photo != main)] if main else []


def _save(session: LockedSession, order: list[Photo], at: datetime) -> None:
    """What was on the profile and is not in the order waits to be chosen again."""
    session.photos.chosen().exclude(pk__in=[photo.pk for photo in order]).update(
        state=Photo.State.OFFERED, place=None, decided_at=at
    )
    for place, photo in enumerate(order, start=1):
        is_new = photo.state != Photo.State.CHOSEN
        Photo.objects.filter(pk=photo.pk).update(
            state=Photo.State.CHOSEN,
            place=place,
            shows=photo.shows,
            decided_at=at if is_new else photo.decided_at,
        )
