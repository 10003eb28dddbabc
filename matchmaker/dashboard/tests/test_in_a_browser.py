"""The admin as staff see it, in a real browser: live, and with nothing refused by the content policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from matchmaker.dashboard.tests.sample_session import SampleSession, abbys_session
from sessions_app import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, staff: Client, live_server: Any, complaints: list[str]) -> Iterator[Page]:
    """A tab of a staff user. The browser's errors are collected in `complaints`."""
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": staff.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(20_000)
    yield page
    context.close()


def open_session(page: Page, sample: SampleSession) -> None:
    page.goto(f"/admin/sessions_app/session/{sample.session.pk}/change/")


def test_it_logs_no_browser_errors(page: Page, complaints: list[str], sample: SampleSession) -> None:
    for path in ("/admin/", "/admin/sessions_app/session/", "/admin/sessions_app/stage/"):
        page.goto(path)
        expect(page.locator("#content")).to_be_visible()
    open_session(page, sample)
    expect(page.locator(".mm-bubbles")).to_be_visible()

    assert complaints == []


def test_it_shows_a_new_message_while_somebody_writes_a_reply(page: Page, complaints: list[str]) -> None:
    sample = abbys_session()
    open_session(page, sample)
    page.get_by_label("Write as staff").fill("Half a sen")

    sample.says("Lena", "wait, I have one more story")

    expect(page.get_by_text("wait, I have one more story")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("Write as staff")).to_have_value("Half a sen")
    assert complaints == []


def test_it_keeps_a_turn_open_that_staff_are_reading(page: Page) -> None:
    sample = abbys_session()
    open_session(page, sample)
    page.locator(".mm-turn-card summary").last.click()

    sample.says("Lena", "wait, I have one more story")

    expect(page.get_by_text("wait, I have one more story")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("record consent")).to_be_visible()


def test_it_leads_from_a_value_to_the_message_that_holds_it(page: Page) -> None:
    sample = abbys_session()
    open_session(page, sample)

    page.locator(".mm-profile").get_by_text("in this message").first.click()

    expect(page.locator(".mm-found")).to_contain_text("it's about me, yes, I'm in, I'm 27")
    expect(page.locator(".mm-found")).to_be_in_viewport()


def test_it_sends_a_reply_and_says_so(page: Page, sample: SampleSession) -> None:
    open_session(page, sample)
    page.get_by_label("Write as staff").fill("Hi all, Nora here.")

    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_text("Your message is on its way")).to_be_visible()
    expect(page.locator(".mm-bubble.mm-staff")).to_contain_text("Hi all, Nora here.")


def test_it_asks_before_it_replaces_an_invite(page: Page, sample: SampleSession) -> None:
    open_session(page, sample)
    invite = page.locator(".mm-invite")
    replace = invite.get_by_role("button", name=f"Replace {sample.code}")
    expect(replace).to_be_hidden()

    invite.get_by_text("New invite code").click()
    replace.click()

    expect(page.get_by_text("Made a new invite code.")).to_be_visible()
    expect(invite).not_to_contain_text(sample.code)
    expect(invite.get_by_role("button", name="Replace")).to_be_hidden()


def test_it_asks_before_it_closes_a_session(page: Page, sample: SampleSession) -> None:
    open_session(page, sample)
    close = page.get_by_role("button", name=f"Close {sample.code} for good")
    expect(close).to_be_hidden()

    page.get_by_text("Close session").click()
    close.click()

    expect(page.get_by_text("Closed the session for good.")).to_be_visible()
    expect(page.locator(".mm-head")).to_contain_text("closed")


@pytest.mark.parametrize("width", [390, 1440])
def test_what_staff_can_do_about_a_hold_fits_the_screen(page: Page, sample: SampleSession, width: int) -> None:
    with transaction.atomic():
        actions.hold_for_safety(session=actions.lock_session(sample.session.pk), at=sample.now)
    page.set_viewport_size({"width": width, "height": 900})
    open_session(page, sample)
    page.get_by_text("Release the hold").click()
    page.get_by_text("Close session").click()

    for name in ("They are an adult", f"Close {sample.code} for good"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
