"""A real browser in front of a real emulator, emptied before each test."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from devstack.system_packages import find_browser
from emulator.phones.tests.visit import DESKTOP, Visit
from emulator.serving import listen, make_server
from emulator.settings import Settings
from emulator.tests.support import ACCOUNT, SECOND_WHATSAPP, SMS, TOKEN, WHATSAPP, Bench, wait_until


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    listener = listen("127.0.0.1", 0)
    senders = (WHATSAPP, SMS, SECOND_WHATSAPP)
    port = listener.getsockname()[1]
    settings = Settings(ACCOUNT, TOKEN, senders, port=port, carrier_delay_s=0.01)
    server = make_server(settings)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    wait_until(lambda: server.started, "the emulator")
    bench = Bench(settings.public_url)
    yield bench
    bench.close()
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """One context for all tests: the page keeps nothing, and its files need not be fetched anew."""
    path = find_browser()
    if path is None:
        pytest.skip("NO BROWSER: the page of phones goes untested. Install Chromium (apt-get install chromium).")
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        # As root, Chromium refuses its sandbox.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser.new_context(reduced_motion="reduce")
        browser.close()


@pytest.fixture
def visit(browser: BrowserContext, bench: Bench) -> Iterator[Visit]:
    bench.reset()
    page = browser.new_page()
    page.set_viewport_size(DESKTOP)
    yield Visit(page, bench)
    page.close()
