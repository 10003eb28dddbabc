"""Photos of the older app's sessions: fetched from hosts that the operator names, and kept sealed beside the session.

What cannot be had is asked for again by the next run; its address stays a note to staff.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings
from django.db import IntegrityError
from django.db.models import Prefetch

from conversations_app.gateway import media
from conversations_app.gateway.errors import GatewayError
from matchmaker import clock
from sessions_app.legacy.models import LegacyImport, LegacyPhoto

TIMEOUT_S = 10.0
LONGEST_S = 60.0
MOST_BYTES = media.MOST_BYTES
MOST_REDIRECTS = 3
AT_ONCE = 4
"""As many lie in memory together."""
RECORDS_AT_ONCE = 200
MayFetch = Callable[[str], bool]


@dataclass(frozen=True)
class Photo:
    """One that is wanted, and what came of it: a file, or the reason why there is none."""

    record_id: int
    key: str
    position: int
    url: str
    content_type: str = ""
    data: bytes = b""
    why: str = ""


class _NotHad(Exception):
    """Why, in a few words without the address, which may be a secret."""


def count(codes: Collection[str], may_fetch: MayFetch) -> int:
    return sum(1 for _ in missing(codes, may_fetch))


def missing(codes: Collection[str], may_fetch: MayFetch) -> Iterator[Photo]:
    """Of the imported sessions of these codes, or of all, those that may be fetched and are not here yet."""
    records = LegacyImport.objects.exclude(photos=[]).order_by("pk")
    if codes:
        records = records.filter(session__code__in=codes)
    last = 0
    known = Prefetch("files", LegacyPhoto.objects.only("record_id", "position"))  # not the bytes
    while batch := list(records.filter(pk__gt=last).prefetch_related(known)[:RECORDS_AT_ONCE]):
        for record in batch:
            yield from _missing_of(record, may_fetch)
        last = batch[-1].pk


def _missing_of(record: LegacyImport, may_fetch: MayFetch) -> Iterator[Photo]:
    known = {file.position for file in record.files.all()}
    seen: set[str] = set()
    for position, note in enumerate(record.photos):
        url = note["url"]
        if url not in seen and position not in known and may_fetch(url):
            yield Photo(record.pk, record.key, position, url)
        seen.add(url)


def fetch(photos: Iterable[Photo], may_fetch: MayFetch) -> Iterator[Photo]:
    """Each in its order, stored if it was had."""
    waiting = iter(photos)
    with ThreadPoolExecutor(AT_ONCE) as pool, _http() as http:
        while some := list(islice(waiting, AT_ONCE)):
            for photo in list(pool.map(lambda one: _fetched(http, one, may_fetch), some)):
                yield photo if photo.why else _stored(photo)


def _http() -> httpx.Client:
    return httpx.Client(timeout=TIMEOUT_S, follow_redirects=False)


def _fetched(http: httpx.Client, photo: Photo, may_fetch: MayFetch) -> Photo:
    try:
        data = _from_twilio(photo.url) if _is_at_twilio(photo.url) else _from_elsewhere(http, photo.url, may_fetch)
        return replace(photo, data=data, content_type=_kind_of(data))
    except _NotHad as why:
        return replace(photo, why=str(why))


def _is_at_twilio(url: str) -> bool:
    """A picture that came by a text stands under the account's own address, and may need its credentials."""
    parts = urlsplit(url)
    return parts.hostname == "api.twilio.com" and f"/Accounts/{settings.TWILIO_ACCOUNT_SID}/" in parts.path


def _from_twilio(url: str) -> bytes:
    try:
        return media.fetch(url).data
    except GatewayError as error:
        raise _NotHad(error.words) from error


def _from_elsewhere(http: httpx.Client, url: str, may_fetch: MayFetch) -> bytes:
    for _ in range(MOST_REDIRECTS + 1):
        if not may_fetch(url):
            raise _NotHad("its host sends to another one, which was not given with --photo-host")
        try:
            with http.stream("GET", url) as answer:
                if not answer.has_redirect_location:
                    return _read(answer)
                url = urljoin(url, answer.headers["location"])
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _NotHad(f"its host gave no answer ({type(error).__name__})") from error
    raise _NotHad("its host sends from one address to the next")


def _read(answer: httpx.Response) -> bytes:
    if answer.status_code != httpx.codes.OK:
        raise _NotHad(f"its host answers {answer.status_code}")
    data, until = bytearray(), time.monotonic() + LONGEST_S
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > MOST_BYTES:
            raise _NotHad("it is over 16 MB")
        if time.monotonic() > until:
            raise _NotHad(f"it took over {LONGEST_S:g} seconds")
    return bytes(data)


def _kind_of(data: bytes) -> str:
    """By what it begins with, whatever its host says it is."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"heif", b"mif1"}:
        return "image/heic"
    raise _NotHad("it is no JPEG, PNG, WebP or HEIC")


def _stored(photo: Photo) -> Photo:
    """Not had if a newer copy of the session took the record's place meanwhile."""
    row = LegacyPhoto(
        record_id=photo.record_id,
        position=photo.position,
        content_type=photo.content_type,
        data=photo.data,
        fetched_at=clock.now(),
    )
    try:
        LegacyPhoto.objects.bulk_create([row], ignore_conflicts=True)
    except IntegrityError:
        return replace(photo, why="its session was imported again meanwhile; run this again")
    return replace(photo, data=b"")
