"""Photos on their way: a row for each, from which a worker fetches it and makes it safe to keep."""

import uuid
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from sessions_app import actions
from sessions_app.models import LockedSession, PageAct, Participant, Photo, Session
from sessions_app.photos import storage
from sessions_app.photos.choosing import NotAllowed, Reason
from sessions_app.photos.decode import MOST_BYTES

MOST_OF_A_SESSION = 60
"""On their way and kept: far more than anybody needs, so that nobody fills our storage."""


def upload(*, participant: Participant, file: "UploadedFile[bytes]", at: datetime) -> Photo:
    """From their own page. It is shown there as soon as a worker has looked at it. Raises NotAllowed.

    Called outside a transaction: the file goes to the storage first, which may be far away.
    """
    if not file.size or file.size > MOST_BYTES:
        raise NotAllowed(Reason.TOO_BIG if file.size else Reason.EMPTY)
    _check_welcome(participant.session)
    folder = uuid.uuid4()
    storage.keep_upload(folder, file)
    try:
        with transaction.atomic():
            session = actions.lock_session(participant.session_id)
            # Once more under the lock: consent may have been taken back while the file came.
            _check_welcome(session)
            act = PageAct.objects.create(participant=participant, what=PageAct.What.SENT_PHOTO, at=at)
            return Photo.objects.create(
                session=session, sent_by=participant, page_act=act, folder=folder, created_at=at
            )
    except NotAllowed:
        storage.delete_upload(folder)
        raise


def _check_welcome(session: Session | LockedSession) -> None:
    if not actions.has_consented(session):
        raise NotAllowed(Reason.NO_CONSENT)
    if session.photos.exclude(state=Photo.State.REFUSED).count() >= MOST_OF_A_SESSION:
        raise NotAllowed(Reason.TOO_MANY)
