"""Uploads as the own page makes them, without the page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from matchmaker import clock
from sessions_app import actions
from sessions_app.models import LockedSession, Participant, Photo
from sessions_app.photos import arriving


@contextmanager
def locked(person: Participant) -> Iterator[LockedSession]:
    with transaction.atomic():
        yield actions.lock_session(person.session_id)


def upload(person: Participant, data: bytes = b"a picture") -> Photo:
    file = SimpleUploadedFile("../me.exe", data)
    return arriving.upload(participant=person, file=file, under=locked(person), at=clock.now())
