"""The files of photos, and the short-lived addresses under which browsers get them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from matchmaker import clock
from sessions_app import actions
from sessions_app.models import PageAct, Photo
from sessions_app.photos import storage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    photos = settings.STORAGES["photos"] | {"OPTIONS": {"location": tmp_path, "file_permissions_mode": 0o600}}
    settings.STORAGES = settings.STORAGES | {"photos": photos}
    return tmp_path


@pytest.fixture
def photo() -> Photo:
    now = clock.now()
    contact = actions.get_or_update_contact(address="whatsapp:+15550100001", at=now, display_name="Abby")
    abby = actions.start_session(contact=contact, at=now)
    act = PageAct.objects.create(participant=abby, what=PageAct.What.CHOSE_PHOTOS, at=now)
    row = Photo.objects.create(
        session=abby.session, sent_by=abby, page_act=act, number=1, state="offered", created_at=now
    )
    storage.write(row, {"small": b"s", "medium": b"m", "large": b"l"})
    return row


def status(client: Client, address: str) -> int:
    return client.get(address).status_code


def test_each_size_has_its_own_address(client: Client, photo: Photo) -> None:
    answers = [client.get(storage.address(photo, size)) for size in storage.SIZES]

    assert [answer.content for answer in answers] == [b"s", b"m", b"l"]
    assert {answer["Content-Type"] for answer in answers} == {"image/jpeg"}
    assert {answer["X-Content-Type-Options"] for answer in answers} == {"nosniff"}


def test_browsers_may_keep_it_for_as_long_as_its_address_is_good(client: Client, photo: Photo) -> None:
    caching = client.get(storage.address(photo, "small"))["Cache-Control"]
    seconds = int(caching.removeprefix("private, max-age=").removesuffix(", immutable"))

    assert storage.VALID_FOR_S - 5 <= seconds <= storage.VALID_FOR_S + storage.SAME_FOR_S


def test_pages_shown_one_after_the_other_give_the_same_address(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    start = clock.now().replace(minute=0, second=1)
    addresses = []
    for minutes in (0, 4, 6):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        addresses.append(storage.address(photo, "small"))

    assert addresses[0] == addresses[1] != addresses[2]


def test_an_address_ends(client: Client, photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    address = storage.address(photo, "small")
    later = clock.now() + timedelta(seconds=storage.VALID_FOR_S + storage.SAME_FOR_S)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert status(client, address) == 404


def test_no_other_address_opens_anything(client: Client, photo: Photo) -> None:
    signed = storage.address(photo, "small").removeprefix("/photo/")
    signature = signed.rpartition(":")[2]
    elsewhere = signing.Signer(salt="another purpose").sign(signed.rpartition(":")[0])
    others = [
        signed[:-1],
        signed.upper(),
        signed + "x",
        signature,
        f"{photo.pk}-large-9999999999:{signature}",
        elsewhere,
    ]

    assert {status(client, f"/photo/{other}") for other in others} == {404}
    assert status(client, f"/photo/{signed}") == 200


def test_what_is_gone_is_not_found(client: Client, photo: Photo, folder: Path) -> None:
    address = storage.address(photo, "small")
    storage.delete(photo)
    assert status(client, address) == 404
    assert [path for path in folder.rglob("*") if path.is_file()] == []

    storage.write(photo, {"small": b"s"})
    Photo.objects.update(state="refused")
    assert status(client, address) == 404


def test_a_photo_that_is_written_again_takes_the_place_of_the_first(photo: Photo) -> None:
    storage.write(photo, {"small": b"once more"})

    assert storage.read(photo, "small") == b"once more"


def test_nothing_but_reading_is_possible(client: Client, photo: Photo) -> None:
    assert client.post(storage.address(photo, "small")).status_code == 405
