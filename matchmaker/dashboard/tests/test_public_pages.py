"""The front page and the pages for what went wrong, with DEBUG on and off."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from matchmaker import urls


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret of ours")


@pytest.fixture(autouse=True, params=[False, True], ids=["DEBUG off", "DEBUG on"])
def debug(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.DEBUG = request.param


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def broken_page(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[str]:
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("breaks", breaks)])
    settings.ROOT_URLCONF = "matchmaker.urls"  # being set, it is read anew
    yield "/breaks"
    monkeypatch.undo()
    settings.ROOT_URLCONF = "matchmaker.urls"


def read(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_front_page_says_what_this_is(client: Client) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert "A dating profile, made among friends" in read(answer)
    assert 'href="/admin/"' in read(answer)
    assert 'href="/read/docs/architecture.md"' in read(answer)


def test_it_links_the_phones_where_an_emulator_is_used(client: Client, settings: Any) -> None:
    settings.TWILIO_BASE_URL = "http://127.0.0.1:8010"

    assert 'href="http://127.0.0.1:8010/phones"' in read(client.get("/"))


def test_it_links_no_phones_in_production(client: Client, settings: Any) -> None:
    settings.TWILIO_BASE_URL = ""

    assert "/phones" not in read(client.get("/"))


def test_it_links_the_texts_that_the_operator_named(client: Client, settings: Any) -> None:
    settings.PRIVACY_URL, settings.TERMS_URL = "https://match.example/privacy", "https://match.example/terms"

    page = read(client.get("/"))

    assert 'href="https://match.example/privacy"' in page
    assert 'href="https://match.example/terms"' in page


def test_it_shows_a_document_of_the_repository(client: Client) -> None:
    answer = client.get("/read/docs/architecture.md")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert read(answer).startswith("# ")


@pytest.mark.parametrize("name", ["manage.py", ".env", "docs/../manage.py", "nothing.md"])
def test_it_shows_no_other_file(client: Client, name: str) -> None:
    assert client.get(f"/read/{name}").status_code == 404


@pytest.mark.parametrize("address", ["/nowhere", "/read/nothing.md", "/webhooks/nowhere"])
def test_a_page_that_is_not_there_has_a_page_of_ours(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert "<h1>There is no such page</h1>" in read(answer)
    assert "urlpatterns" not in read(answer) and "DEBUG" not in read(answer)


def test_it_still_adds_a_missing_slash(client: Client) -> None:
    assert client.get("/admin").headers["Location"] == "/admin/"


def test_a_page_that_fails_has_a_page_of_ours(client: Client, broken_page: str) -> None:
    answer = client.get(broken_page)

    assert answer.status_code == 500
    assert "<h1>Something went wrong here</h1>" in read(answer)
    assert "a secret of ours" not in read(answer)


def test_a_form_without_its_token_has_a_page_of_ours(client: Client, db: None) -> None:
    answer = client.post("/admin/login/", {"username": "somebody"})

    assert answer.status_code == 403
    assert "<h1>This form has expired</h1>" in read(answer)
    assert 'href="/admin/login/"' in read(answer)


def test_a_page_that_a_login_does_not_open_has_a_page_of_ours(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("intern", is_staff=True))

    answer = client.get("/admin/sessions_app/session/")

    assert answer.status_code == 403
    assert "<h1>This page is not for you</h1>" in read(answer)
