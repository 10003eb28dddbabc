"""Somebody's own page in a real browser: on a phone and on a wide screen, with and without JavaScript, by keyboard."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from conversations_app.tests.own_pages import OwnPage, heard, photo_of
from conversations_app.tests.test_own_review import STORIES
from sessions_app.models import Photo, ProfileVersion, Session
from sessions_app.photos import decode, storage
from sessions_app.photos.tests.pictures import jpeg
from sessions_app.tests.profiles import Profile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 780},
    "wide": {"width": 1440, "height": 900},
}


@pytest.fixture
def profile(settings: Any, live_server: Any) -> Profile:
    """Abby's, complete, with three photos; Sam has offered one and praised her."""
    settings.CLOCK_URL = ""
    settings.PUBLIC_BASE_URL = live_server.url
    profile = Profile().complete()
    for field, values in {"interests": ("tram lines", "card games"), "stories": STORIES}.items():
        for value in values:
            profile.fact(field, value)
    profile.fact("gender", "woman")
    profile.fact("interested_in", "men")
    heard(profile.sam, "green_flags", "Brings soup when you're ill, through the snow")
    Session.objects.update(is_adult=True)
    for place in (2, 3):
        photo_of(profile.abby, place=place)
    photo_of(profile.sam)
    for photo in Photo.objects.all():
        decoded = decode.decode(jpeg(photo.pk))
        storage.write(photo, decoded.files)
    return profile


@pytest.fixture
def complaints() -> list[str]:
    """What the browser says in its console, and whatever it asks of anybody else."""
    return []


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: Any, complaints: list[str]) -> Iterator[Opener]:
    contexts: list[BrowserContext] = []

    def opened(page: OwnPage, screen: str = "wide", what: str = "", **more: Any) -> Page:
        context = browser.new_context(viewport=SCREENS[screen], **more)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on(
            "request",
            lambda request: complaints.append(request.url) if not _is_ours(request.url, live_server.url) else None,
        )
        tab.goto(f"{live_server.url}{page.address}{what}")
        return tab

    yield opened
    for context in contexts:
        context.close()


def _is_ours(address: str, ours: str) -> bool:
    return address.startswith((ours, "data:"))


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", ["abby", "sam"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    profile: Profile, opened: Opener, complaints: list[str], screen: str, scheme: str, who: str
) -> None:
    tab = opened(OwnPage(getattr(profile, who)), screen, color_scheme=scheme)
    tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    found = Axe().run(tab)

    assert found.violations_count == 0, found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") == SCREENS[screen]["width"]
    assert complaints == []


@pytest.mark.parametrize("what", ["/leave", "/forget-me", "/versions", "x"])
def test_axe_finds_nothing_on_the_pages_beside_it(profile: Profile, opened: Opener, what: str) -> None:
    tab = opened(OwnPage(profile.abby), "phone", what)

    found = Axe().run(tab)

    assert found.violations_count == 0, found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") == SCREENS["phone"]["width"]


def test_all_of_it_works_without_javascript(profile: Profile, opened: Opener) -> None:
    tab = opened(OwnPage(profile.abby), "phone", java_script_enabled=False)

    tab.locator("#questions summary").click()
    tab.get_by_label("In my own words", exact=True).first.check()
    tab.get_by_label("What's your gender? In my own words").fill("genderfluid")
    tab.get_by_role("button", name="Save my answers").click()
    expect(tab.locator("#questions").get_by_role("status")).to_contain_text("Saved.")

    tab.get_by_role("button", name=re.compile("^Make it main.*Photo 3$")).click()
    expect(tab.locator("#photos").get_by_role("status")).to_contain_text("main photo now")
    tab.get_by_role("button", name="Approve exactly this version").click()
    expect(tab.locator("#review").get_by_role("status")).to_contain_text("Approved")

    version = ProfileVersion.objects.get()
    assert version.content["photos"][0]["id"] == Photo.objects.get(number=3).pk
    tab.get_by_role("link", name="Open it").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Abby")


def test_photos_are_put_in_order_by_keyboard(profile: Profile, opened: Opener) -> None:
    tab = opened(OwnPage(profile.abby))

    later = tab.get_by_role("button", name=re.compile("^Later.*Photo 1$"))
    later.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#photos").get_by_role("status")).to_contain_text("Moved")

    assert [photo.number for photo in profile.session.photos.chosen()] == [2, 1, 3]


def test_photos_are_put_in_order_by_dragging(profile: Profile, opened: Opener) -> None:
    tab = opened(OwnPage(profile.abby))
    tab.locator("#photos").scroll_into_view_if_needed()
    photos = tab.locator(".photos.order img")

    photos.nth(2).drag_to(photos.nth(0))
    expect(tab.locator("#photos").get_by_role("status")).to_contain_text("Moved")

    assert [photo.number for photo in profile.session.photos.chosen()] == [3, 1, 2]


def test_typing_words_of_ones_own_picks_them(profile: Profile, opened: Opener) -> None:
    tab = opened(OwnPage(profile.abby))
    tab.locator("#questions summary").click()

    tab.get_by_label("What's your gender? In my own words").fill("elf")
    expect(tab.locator("input[name=gender][value=own]")).to_be_checked()
    tab.locator("input[name=gender][value=woman]").check()

    expect(tab.get_by_label("What's your gender? In my own words")).to_have_value("")


def test_no_request_tells_the_token_to_what_the_page_leads_to(profile: Profile, opened: Opener) -> None:
    own = OwnPage(profile.abby)
    tab = opened(own)
    referrers: list[str] = []
    tab.on("request", lambda request: referrers.append(request.headers.get("referer", "")))

    tab.reload()
    tab.get_by_role("link", name="See it as strangers will").click()
    tab.wait_for_load_state()

    assert referrers
    assert not any(own.link.token in referrer for referrer in referrers)


def test_a_page_that_was_open_while_its_link_was_revoked_says_how_to_get_a_new_one(
    profile: Profile, opened: Opener
) -> None:
    own = OwnPage(profile.sam)
    tab = opened(own, "phone")
    own.send("leave")

    tab.get_by_role("button", name="Change", exact=True).first.click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    expect(tab.get_by_text("my page")).to_be_in_viewport()
