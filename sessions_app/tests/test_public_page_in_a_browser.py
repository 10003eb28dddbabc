"""The profile as it is seen on a phone, on a wide screen and on paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from matchmaker import clock
from sessions_app.public_page import links
from sessions_app.tests.profiles import BIO, Profile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1440, "height": 900}
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorffwelch"


def address_of(profile: Profile, live_server: Any) -> str:
    profile.approved()
    link = links.share_link(profile.session, clock.now())
    return f"{live_server.url}/p/{link.token}"


@pytest.fixture
def address(photo_store: None, live_server: Any) -> str:
    return address_of(Profile().with_pictures(), live_server)


@pytest.fixture(params=[PHONE, WIDE], ids=["phone", "wide"])
def screen(request: pytest.FixtureRequest) -> ViewportSize:
    size: ViewportSize = request.param
    return size


@pytest.fixture
def page(browser: Browser, screen: ViewportSize) -> Iterator[Page]:
    page = browser.new_page(viewport=screen)
    yield page
    page.close()


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_name_photo_and_bio_come_first_and_nothing_is_wider_than_the_screen(
    page: Page, screen: ViewportSize, address: str
) -> None:
    page.goto(address)

    expect(page.get_by_role("heading", level=1, name="Abby, 29")).to_be_in_viewport()
    expect(page.get_by_alt_text("Abby laughing behind a slice of cake")).to_be_in_viewport()
    expect(page.get_by_text(BIO)).to_be_in_viewport()
    assert width_of(page) == screen["width"]


def test_every_photo_is_shown_in_its_own_proportions(page: Page, address: str) -> None:
    page.goto(address)
    photos = page.locator("figure.photo img")
    for photo in photos.all():
        photo.scroll_into_view_if_needed()
        expect(photo).to_have_js_property("complete", value=True)

    shapes = photos.evaluate_all(
        "all => all.map(one => [one.naturalWidth, one.naturalHeight, one.width, one.height])"
    )

    assert len(shapes) == 4
    for width, height, shown_width, shown_height in shapes:
        assert width > 0
        assert shown_width / shown_height == pytest.approx(width / height, rel=0.25)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, screen: ViewportSize, address: str, scheme: Any) -> None:
    page = browser.new_page(viewport=screen, color_scheme=scheme, bypass_csp=True)
    page.goto(address)

    found = Axe().run(page)

    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_it_asks_nobody_but_us_and_keeps_to_the_policy(page: Page, live_server: Any, address: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(address)
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert complaints == []
    assert page.evaluate("document.fonts.check('20px Fraunces') && document.fonts.check('16px Inter')")
    assert page.context.cookies() == []


def test_it_prints_on_one_sheet(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")

    sheet = page.pdf(path=tmp_path / "profile.pdf", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


@pytest.mark.parametrize("name", [LONG_NAME, "María José", "ليلى", "さくら"])
def test_a_name_of_any_length_and_script_fits(
    page: Page, screen: ViewportSize, live_server: Any, photo_store: None, name: str
) -> None:
    profile = Profile()
    profile.photo_file("cafe")
    profile.complete(name=name)

    page.goto(address_of(profile, live_server))

    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    assert width_of(page) == screen["width"]


def test_without_a_photo_it_is_a_page_all_the_same(
    page: Page, screen: ViewportSize, live_server: Any, photo_store: None
) -> None:
    profile = Profile().complete()
    profile.session.photos.all().delete()

    page.goto(address_of(profile, live_server))

    expect(page.get_by_role("heading", level=1, name="Abby, 29")).to_be_in_viewport()
    expect(page.get_by_text(BIO)).to_be_in_viewport()
    assert page.locator("figure.photo").count() == 0
    assert width_of(page) == screen["width"]
