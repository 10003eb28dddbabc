"""Uploads from people's own pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Consent, LockedSession, Participant, Photo
from sessions_app.photos import arriving, decode, storage
from sessions_app.photos.choosing import NotAllowed, Reason
from sessions_app.photos.tests.uploads import upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    photos = settings.STORAGES["photos"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"photos": photos}
    return tmp_path


@pytest.fixture
def abby() -> Participant:
    now = clock.now()
    contact = actions.get_or_update_contact(address="whatsapp:+15550100001", at=now, display_name="Abby")
    person = actions.start_session(contact=contact, at=now)
    actions.make_primary(participant=person)
    person.refresh_from_db()
    message = person.session.messages.create(kind="person", author=person, body="yes", at=now)
    actions.record_consent(participant=person, message_id=message.pk, at=now)
    return person


def friend_of(abby: Participant, number: int) -> Participant:
    contact = actions.get_or_update_contact(address=f"whatsapp:+1555010000{number}", at=clock.now())
    return actions.join_session(session=LockedSession(abby.session), contact=contact, at=clock.now())


class Gone(Exception):
    """Their page is not theirs any more."""


def refusal(person: Participant, data: bytes = b"a picture") -> Reason:
    with pytest.raises(NotAllowed) as caught:
        upload(person, data)
    assert not Photo.objects.filter(state="arriving").exists()
    return caught.value.reason


def test_it_waits_for_a_worker_under_a_name_of_our_own(abby: Participant, folder: Path) -> None:
    photo = upload(abby)

    assert (photo.state, photo.sent_by) == ("arriving", abby)
    assert photo.page_act is not None
    assert photo.page_act.what == "sent_photo"
    assert [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()] == [
        Path(f"{photo.folder}/upload")
    ]
    assert storage.read_upload(photo.folder) == b"a picture"


def test_nothing_is_kept_before_consent(abby: Participant, folder: Path) -> None:
    Consent.objects.update(withdrawn_at=clock.now())

    assert refusal(abby) is Reason.NO_CONSENT
    assert list(folder.iterdir()) == []


def test_nothing_is_kept_if_consent_is_taken_back_meanwhile(
    abby: Participant, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.keep_upload

    def keep_slowly(*args: Any) -> None:
        real(*args)
        Consent.objects.update(withdrawn_at=clock.now())

    monkeypatch.setattr(storage, "keep_upload", keep_slowly)

    assert refusal(abby) is Reason.NO_CONSENT
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("size", "reason"), [(0, Reason.EMPTY), (decode.MOST_BYTES + 1, Reason.TOO_BIG)], ids=["empty", "17 MB"]
)
def test_its_size_is_looked_at_first(abby: Participant, size: int, reason: Reason) -> None:
    assert refusal(abby, b"x" * size) is reason


def test_nobody_fills_our_storage(abby: Participant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "MOST_OF_A_SESSION", 1)
    upload(abby)
    Photo.objects.update(state="offered")

    assert refusal(abby) is Reason.TOO_MANY


def test_friends_leave_room_for_whoever_the_profile_is_about(
    abby: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST_OF_A_FRIEND", 2)
    monkeypatch.setattr(arriving, "MOST_OF_FRIENDS", 3)
    lena, sam = (friend_of(abby, number) for number in (2, 3))
    for sender in (lena, lena, sam):
        upload(sender)
    Photo.objects.update(state="offered")

    assert [refusal(friend) for friend in (lena, sam)] == [Reason.TOO_MANY] * 2
    assert upload(abby).sent_by == abby


def test_nothing_is_kept_of_somebody_who_left_while_their_file_came(abby: Participant, folder: Path) -> None:
    @contextmanager
    def closed() -> Iterator[LockedSession]:
        raise Gone
        yield

    with pytest.raises(Gone):
        arriving.upload(participant=abby, file=SimpleUploadedFile("me", b"x"), under=closed(), at=clock.now())

    assert not Photo.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]
