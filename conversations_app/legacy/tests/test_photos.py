"""Photos of the older app: from hosts that the operator names, once, and sealed until the person has said yes."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conversations_app.legacy import photos
from conversations_app.legacy.tests.test_import import migrate
from matchmaker import clock
from sessions_app.legacy.models import LegacyImport, LegacyPhoto
from sessions_app.legacy.tests.old_app import said, session_key, value, write_dump
from sessions_app.models import Session

pytestmark = pytest.mark.django_db(transaction=True)

JPEG, PNG = b"\xff\xd8\xff\xe0 a face", b"\x89PNG\r\n\x1a\n a cat"


class Photos:
    """A host of photos on loopback, and what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        photos = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                photos.asked.append(self.path)
                status, headers, body = photos.answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, text in headers.items():
                    self.send_header(name, text)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.name = f"127.0.0.1:{self.server.server_port}"

    def has(self, path: str, body: bytes = JPEG, status: int = 200, **headers: str) -> str:
        self.answers[path] = (status, headers, body)
        return f"http://{self.name}{path}"


@pytest.fixture
def host() -> Iterator[Photos]:
    photos = Photos()
    serving = threading.Thread(target=photos.server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    yield photos
    photos.server.shutdown()
    serving.join()
    photos.server.server_close()


@pytest.fixture
def bring(tmp_path: Path) -> Any:
    def bring(*urls: str, hosts: tuple[str, ...] = (), **session: Any) -> dict[str, Any]:
        dump = write_dump(tmp_path / "dump.jsonl", session_key(data={"photos": list(urls)}, **session))
        named = [option for host in hosts for option in ("--photo-host", host)]
        return migrate("--dump", dump, *named, "--apply")

    return bring


def test_those_of_named_hosts_are_fetched_once(bring: Any, host: Photos) -> None:
    urls = (host.has("/a.jpg"), host.has("/b", PNG), "https://other.example/c.jpg")

    reports = [bring(*urls, hosts=(host.name,)) for _ in range(2)]

    assert [(one["photos"], one["photos_fetched"], one["photos_not_fetched"]) for one in reports] == [
        (3, 2, []),
        (3, 0, []),
    ]
    assert sorted(host.asked) == ["/a.jpg", "/b"]
    with CaptureQueriesContext(connection) as asked:
        list(photos.missing(set(), lambda url: True))
    assert not any('"data"' in query["sql"] for query in asked)
    kept = LegacyPhoto.objects.order_by("position").values_list("position", "content_type", "data")
    assert [(place, kind, bytes(data)) for place, kind, data in kept] == [
        (0, "image/jpeg", JPEG),
        (1, "image/png", PNG),
    ]


def test_none_is_asked_for_without_its_host_being_named(bring: Any, host: Photos) -> None:
    report = bring(host.has("/a.jpg"), hosts=("other.example",))

    assert (report["photos"], report["photos_fetched"], host.asked) == (1, 0, [])


def test_a_later_run_that_names_the_host_fetches_what_is_missing(bring: Any, host: Photos) -> None:
    url = host.has("/a.jpg")
    bring(url)

    report = bring(url, hosts=("127.0.0.1",))

    assert (report["skipped"], report["photos_fetched"]) == (1, 1)


def test_a_later_copy_keeps_what_was_fetched_by_its_address(bring: Any, host: Photos) -> None:
    first, second = host.has("/a.jpg"), host.has("/b", PNG)
    bring(first, second, hosts=(host.name,))

    report = bring("https://other.example/new.jpg", second, messages=[*value()["messages"], said("one more")])

    assert report["updated"] == 1
    [kept] = LegacyPhoto.objects.all()
    assert (kept.position, kept.content_type) == (1, "image/png")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"status": 404}, "its host answers 404"),
        ({"body": b"<html>"}, "it is no JPEG, PNG, WebP or HEIC"),
        ({"status": 302, "location": "https://inside.example/"}, "which was not given with --photo-host"),
        ({"status": 302, "location": "/a.jpg"}, "from one address to the next"),
        ({"body": JPEG + b"x" * 100}, "over 16 MB"),
    ],
)
def test_what_cannot_be_had_is_told_and_stays_a_note(
    bring: Any, host: Photos, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], why: str
) -> None:
    monkeypatch.setattr(photos, "MOST_BYTES", 50)

    report = bring(host.has("/a.jpg", **answer), hosts=(host.name,))

    [told] = report["photos_not_fetched"]
    assert why in told["why"] and told["key"] == "session:OLDAB2"
    assert len(LegacyImport.objects.get().photos) == 1 and not LegacyPhoto.objects.exists()


def test_staff_get_from_the_list_to_the_record(bring: Any, admin_client: Client) -> None:
    bring()

    page = admin_client.get("/admin/sessions_legacy/legacyimport/").content.decode()

    assert re.search(r'<a href="/admin/sessions_legacy/legacyimport/\d+/change/"[^>]*>collecting</a>', page)


def test_staff_see_it_only_once_the_person_has_said_yes(bring: Any, host: Photos, admin_client: Client) -> None:
    bring(host.has("/a.jpg"), hosts=(host.name,))
    address = f"/admin/sessions_legacy/legacyimport/photo/{LegacyPhoto.objects.get().pk}/"

    before = admin_client.get(address).status_code
    LegacyImport.objects.update(photos_are_open=True)
    after = admin_client.get(address)

    assert before == 404
    assert (after["Content-Type"], after["X-Content-Type-Options"], after.content) == ("image/jpeg", "nosniff", JPEG)
    assert (
        address
        in admin_client.get(
            f"/admin/sessions_legacy/legacyimport/{LegacyImport.objects.get().pk}/change/"
        ).content.decode()
    )


def test_nobody_sees_it_while_the_profile_is_sealed(bring: Any, host: Photos, admin_client: Client) -> None:
    bring(host.has("/a.jpg"), hosts=(host.name,))
    LegacyImport.objects.update(photos_are_open=True)
    Session.objects.update(sealed_at=clock.now())
    record, photo = LegacyImport.objects.get(), LegacyPhoto.objects.get()

    shown = admin_client.get(f"/admin/sessions_legacy/legacyimport/{record.pk}/change/").content.decode()

    assert "1, sealed" in shown
    assert admin_client.get(f"/admin/sessions_legacy/legacyimport/photo/{photo.pk}/").status_code == 404
