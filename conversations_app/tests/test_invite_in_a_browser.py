"""The invite page as friends see it, on a phone and on a wide screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, live_server: Any, settings: Any, complaints: list[str]) -> Iterator[Page]:
    settings.CLOCK_URL = ""
    settings.CHANNELS_ENABLED = ["whatsapp", "sms"]
    abby = Contact.objects.create(address="+15550100001", created_at=clock.now())
    code = actions.start_session(contact=abby, at=clock.now()).session.code
    page = browser.new_page(viewport=PHONE)
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{live_server.url}/join/{code}")
    yield page
    page.close()


def top_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def test_a_phone_shows_the_links_to_tap_first(page: Page, complaints: list[str]) -> None:
    whatsapp = page.get_by_role("link", name="Join on WhatsApp")

    expect(whatsapp).to_be_in_viewport()
    expect(whatsapp).to_have_attribute("href", f"https://wa.me/15005550006?text=join%20{page.url[-6:]}")
    assert top_of(whatsapp) < top_of(page.get_by_role("img", name="QR code to join on WhatsApp"))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert complaints == []


def test_a_wide_screen_shows_the_codes_to_scan_first(page: Page) -> None:
    page.set_viewport_size(WIDE)

    code = page.get_by_role("img", name="QR code to join by SMS")
    expect(code).to_be_in_viewport()
    assert top_of(code) < top_of(page.get_by_role("link", name="Join by SMS"))
