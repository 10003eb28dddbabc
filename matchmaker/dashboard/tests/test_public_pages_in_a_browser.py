"""The front page and the pages that say no, as they are seen on a phone and on a wide screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from matchmaker import urls

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(params=[PHONE, WIDE], ids=["phone", "wide"])
def page(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = browser.new_page(viewport=request.param)
    page.goto(live_server.url)
    yield page
    page.close()


def top_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def test_it_says_what_this_is_before_it_links_anything(page: Page) -> None:
    headline, admin = page.get_by_role("heading", level=1), page.get_by_role("link", name="Admin")

    expect(headline).to_be_in_viewport()
    expect(admin).to_be_in_viewport()
    assert top_of(headline) < top_of(admin)


def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    viewport = page.viewport_size
    assert viewport is not None

    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


@pytest.fixture
def refusing_pages(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    refusing = [path("forbidden", forbid), path("broken", break_down)]
    monkeypatch.setattr(urls, "urlpatterns", [*refusing, *urls.urlpatterns])
    settings.ROOT_URLCONF = "matchmaker.urls"  # being set, it is read anew
    yield
    monkeypatch.undo()
    settings.ROOT_URLCONF = "matchmaker.urls"


@pytest.mark.parametrize(
    ("where", "headline"),
    [
        ("forbidden", "This page is not for you"),
        ("no-such-page", "There is no such page"),
        ("broken", "Something went wrong here"),
    ],
)
def test_a_page_that_says_no_fits_the_screen_and_leads_back(
    page: Page, live_server: Any, refusing_pages: None, where: str, headline: str
) -> None:
    page.goto(f"{live_server.url}/{where}")

    expect(page.get_by_role("heading", level=1, name=headline)).to_be_in_viewport()
    expect(page.get_by_role("link", name="To the front page")).to_be_in_viewport()
    viewport = page.viewport_size
    assert viewport is not None
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
