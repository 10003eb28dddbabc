"""The files of photos, and the short-lived addresses under which browsers get them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from moto.server import ThreadedMotoServer

from matchmaker import clock
from matchmaker.environment import photo_storage, read_environment
from sessions_app import actions
from sessions_app.models import PageAct, Photo
from sessions_app.photos import storage

pytestmark = pytest.mark.django_db


def use(settings: Any, **environment: str) -> None:
    """A storage as the environment variables describe it."""
    env = read_environment().model_copy(update=environment)
    settings.STORAGES = settings.STORAGES | {"photos": photo_storage(env)}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    use(settings, PHOTO_STORAGE=str(tmp_path))
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


def test_it_is_tried_out_without_a_trace(folder: Path) -> None:
    storage.try_out()

    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_written_to_is_trouble(folder: Path, settings: Any) -> None:
    (folder / "a file").touch()
    use(settings, PHOTO_STORAGE=str(folder / "a file"))

    with pytest.raises(storage.StorageTrouble):
        storage.try_out()


def test_nothing_but_reading_is_possible(client: Client, photo: Photo) -> None:
    assert client.post(storage.address(photo, "small")).status_code == 405


def test_nobody_else_on_the_machine_reads_the_folder(photo: Photo, folder: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in folder.rglob("*")} == {0}


# --- in a store that speaks S3 ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, settings: Any) -> Any:
    """With a folder of ours in it."""
    use(
        settings,
        PHOTO_STORAGE="s3://people/photos",
        PHOTO_S3_ENDPOINT=s3,
        PHOTO_S3_REGION="eu-central-1",
        PHOTO_S3_ACCESS_KEY="key",
        PHOTO_S3_SECRET_KEY="secret",
    )
    store: Any = storages["photos"]
    made = store.connection.Bucket("people")
    if made.creation_date is None:
        made.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    made.objects.delete()
    return made


def test_photos_are_kept_in_it_and_served_by_us(client: Client, bucket: Any, photo: Photo) -> None:
    assert [client.get(storage.address(photo, size)).content for size in storage.SIZES] == [b"s", b"m", b"l"]
    assert sorted(kept.key for kept in bucket.objects.all()) == [
        f"photos/{photo.folder}/{size}.jpg" for size in ("large", "medium", "small")
    ]


def test_nobody_is_let_in_without_our_keys(bucket: Any, photo: Photo) -> None:
    everybody = "http://acs.amazonaws.com/groups/global/AllUsers"
    grants = [grant for kept in bucket.objects.all() for grant in kept.Acl().grants]

    assert grants
    assert not any(grant["Grantee"].get("URI") == everybody for grant in grants)


def test_what_is_written_again_there_takes_the_place_of_the_first(bucket: Any, photo: Photo) -> None:
    storage.write(photo, {"small": b"once more"})

    assert storage.read(photo, "small") == b"once more"


def test_nothing_of_a_photo_that_is_deleted_stays_there(client: Client, bucket: Any, photo: Photo) -> None:
    address = storage.address(photo, "small")
    storage.keep_upload(photo.folder, ContentFile(b"as it came"))
    assert storage.read_upload(photo.folder) == b"as it came"
    storage.delete(photo)

    assert list(bucket.objects.all()) == []
    assert status(client, address) == 404


def test_a_store_that_does_not_answer_is_trouble_that_may_pass(client: Client, settings: Any, photo: Photo) -> None:
    use(
        settings,
        PHOTO_STORAGE="s3://people",
        PHOTO_S3_ENDPOINT="http://127.0.0.1:9",
        PHOTO_S3_REGION="eu-central-1",
        PHOTO_S3_ACCESS_KEY="key",
        PHOTO_S3_SECRET_KEY="secret",
    )

    with pytest.raises(storage.StorageTrouble):
        storage.write(photo, {"small": b"s"})
    assert status(client, storage.address(photo, "small")) == 503


def test_a_store_of_ones_own_is_asked_by_path_for_the_bucket(settings: Any) -> None:
    use(
        settings,
        PHOTO_STORAGE="s3://people",
        PHOTO_S3_ENDPOINT="https://store.example",
        PHOTO_S3_REGION="eu-central-1",
        PHOTO_S3_ACCESS_KEY="key",
        PHOTO_S3_SECRET_KEY="secret",
    )
    store: Any = storages["photos"]
    assert store.url("a.jpg").startswith("https://store.example/people/a.jpg")


@pytest.mark.parametrize("value", ["s3://", "s3:///photos", "https://bucket.example", "file:///photos"])
def test_a_place_that_is_none_is_named_at_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTO_STORAGE", value)
    with pytest.raises(ImproperlyConfigured, match="PHOTO_STORAGE: must be a folder"):
        read_environment()
