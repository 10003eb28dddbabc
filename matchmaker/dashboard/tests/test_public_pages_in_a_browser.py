"""The front page as it is seen, on a phone and on a wide screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

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
