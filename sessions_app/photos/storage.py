"""Where the photos' files are, and the short-lived addresses under which browsers get them.

The store is private, and knows nothing about people: a folder with a random name for each photo. An address says which
photo and until when, signed by us, so it opens nothing else and is worth nothing soon.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Literal, ParamSpec, TypeVar, get_args
from uuid import UUID, uuid4

from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.urls import reverse

from matchmaker import clock
from sessions_app.models import Photo

Size = Literal["small", "medium", "large"]
SIZES: tuple[Size, ...] = get_args(Size)
VALID_FOR_S = 600
# Within so long a page gets the same addresses again, so that browsers need not fetch the same picture twice.
SAME_FOR_S = 300
_SIGNER = signing.Signer(salt="photo address")


def address(photo: Photo, size: Size) -> str:
    """For a page that is shown now; it works for ten to fifteen minutes."""
    now = int(clock.now().timestamp())
    expires = now - now % SAME_FOR_S + SAME_FOR_S + VALID_FOR_S
    return reverse("photo", args=[_SIGNER.sign(f"{photo.pk}-{size}-{expires}")])


def photo_at(signed: str, at: datetime) -> tuple[Photo, Size, int] | None:
    """The photo that an address opens, in which size, and for how many seconds more."""
    try:
        pk, size, expires = _SIGNER.unsign(signed).split("-")
    except (signing.BadSignature, ValueError):
        return None
    seconds_left = int(expires) - int(at.timestamp())
    photo = Photo.objects.kept().filter(pk=pk).first() if seconds_left > 0 else None
    return (photo, size, seconds_left) if photo and size in SIZES else None


class StorageTrouble(Exception):
    """The storage cannot be reached, or takes nothing: worth another try."""


P = ParamSpec("P")
R = TypeVar("R")


def _calls_storage(call: Callable[P, R]) -> Callable[P, R]:
    """Each kind of storage has exceptions of its own."""

    @wraps(call)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except FileNotFoundError:
            raise
        except Exception as error:
            raise StorageTrouble(type(error).__name__) from error

    return called


@_calls_storage
def read(photo: Photo, size: Size) -> bytes:
    """Raises FileNotFoundError."""
    with _store().open(_name(photo, size)) as file:
        return bytes(file.read())


@_calls_storage
def write(photo: Photo, files: dict[Size, bytes]) -> None:
    """Again, where an earlier try was cut off: what it left is replaced."""
    for size, data in files.items():
        _store().save(_name(photo, size), ContentFile(data))


@_calls_storage
def keep_upload(folder: UUID, file: "File[bytes]") -> None:
    """As it came, until a worker has made a photo of it."""
    _store().save(_upload_name(folder), file)


@_calls_storage
def read_upload(folder: UUID) -> bytes:
    """Raises FileNotFoundError."""
    with _store().open(_upload_name(folder)) as file:
        return bytes(file.read())


@_calls_storage
def delete_upload(folder: UUID) -> None:
    _store().delete(_upload_name(folder))


@_calls_storage
def delete(photo: Photo) -> None:
    """All of its files. The row is the caller's to change."""
    for size in SIZES:
        _store().delete(_name(photo, size))
    delete_upload(photo.folder)


@_calls_storage
def try_out() -> None:
    """Write a file, read it and delete it. Raises StorageTrouble."""
    name = f"tried-out/{uuid4()}"
    _store().save(name, ContentFile(name.encode()))
    with _store().open(name) as file:
        is_same = file.read() == name.encode()
    _store().delete(name)
    if not is_same:
        raise StorageTrouble("it gave back something else")


def _store() -> Storage:
    return storages["photos"]


def _name(photo: Photo, size: Size) -> str:
    return f"{photo.folder}/{size}.jpg"


def _upload_name(folder: UUID) -> str:
    return f"{folder}/upload"
