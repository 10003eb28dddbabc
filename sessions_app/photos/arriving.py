"""Photos on their way: a row for each, from which a worker fetches it and makes it safe to keep."""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from sessions_app import actions
from sessions_app.models import LockedSession, PageAct, Participant, Photo, Session
from sessions_app.photos import storage
from sessions_app.photos.choosing import NotAllowed, Reason
from sessions_app.photos.decode import MOST_BYTES

MOST_OF_A_SESSION = 60
"""On their way and kept: far more than anybody needs, so that nobody fills our storage."""
MOST_OF_FRIENDS = 40
MOST_OF_A_FRIEND = 20


def upload(
    *,
    participant: Participant,
    file: "UploadedFile[bytes]",
    under: AbstractContextManager[LockedSession],
    at: datetime,
) -> Photo:
    """From their own page. It is shown there as soon as a worker has looked at it. Raises NotAllowed.

    Called outside a transaction: the file goes to the storage first, which may be far away. `under`: locks the session
    and makes sure that the page is still theirs, since they may have left or been forgotten while the file came.
    """
    if not file.size or file.size > MOST_BYTES:
        raise NotAllowed(Reason.TOO_BIG if file.size else Reason.EMPTY)
    _check_welcome(participant.session, participant)
    folder = uuid.uuid4()
    storage.keep_upload(folder, file)
    try:
        with under as session:
            # Once more under the lock: consent may have been taken back while the file came.
            _check_welcome(session, participant)
            act = PageAct.objects.create(participant=participant, what=PageAct.What.SENT_PHOTO, at=at)
            return Photo.objects.create(
                session=session, sent_by=participant, page_act=act, folder=folder, created_at=at
            )
    except Exception:
        storage.delete_upload(folder)
        raise


def has_room(session: Session, sender: Participant, photos: QuerySet[Photo]) -> bool:
    """For one more by this person. Friends share a part of the places, so that there is always room for whoever the
    profile is about."""
    of_session = photos.filter(session=session)
    if sender.is_primary or of_session.count() >= MOST_OF_A_SESSION:
        return of_session.count() < MOST_OF_A_SESSION
    by_friends = of_session.exclude(sent_by__role=Participant.Role.PRIMARY)
    is_below = by_friends.filter(sent_by=sender).count() < MOST_OF_A_FRIEND
    return is_below and by_friends.count() < MOST_OF_FRIENDS


def _check_welcome(session: Session | LockedSession, sender: Participant) -> None:
    if not actions.has_consented(session):
        raise NotAllowed(Reason.NO_CONSENT)
    if not has_room(session, sender, Photo.objects.exclude(state=Photo.State.REFUSED)):
        raise NotAllowed(Reason.TOO_MANY)
