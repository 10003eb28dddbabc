"""A real browser in front of a real emulator, emptied before each test."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from devstack.system_packages import find_browser
from emulator.phones.tests.visit import DESKTOP, Visit
from emulator.server import listen, make_server
from emulator.settings import Settings
from emulator.tests.support import ACCOUNT, SECOND_WHATSAPP, SMS, TOKEN, WHATSAPP, Bench, wait_until


class Served:
    """An emulator on a free port, in a thread of its own."""

    def __init__(self) -> None:
        listener = listen("127.0.0.1", 0)
        senders = (WHATSAPP, SMS, SECOND_WHATSAPP)
        self.settings = Settings(ACCOUNT, TOKEN, senders, port=listener.getsockname()[1], carrier_delay_s=0.01)
        self._server = make_server(self.settings)
        self._loop = asyncio.new_event_loop()
        serving = self._server.serve(sockets=[listener])
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(serving,), daemon=True)
        self._thread.start()
        wait_until(lambda: self._server.started, "the emulator")

    def cut_connections(self) -> None:
        """As when a cable is pulled."""
        self._loop.call_soon_threadsafe(self._abort_all)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._loop.close()

    def _abort_all(self) -> None:
        for connection in list(self._server.server_state.connections):
            transport: Any = connection.transport
            transport.abort()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    served = Served()
    yield served
    served.stop()


@pytest.fixture
def cut_connections(served: Served) -> Callable[[], None]:
    return served.cut_connections


@pytest.fixture(scope="module")
def bench(served: Served) -> Iterator[Bench]:
    bench = Bench(served.settings.public_url)
    yield bench
    bench.close()


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


@pytest.fixture(scope="module")
def tab(browser: BrowserContext) -> Page:
    """One for all tests: a new tab takes a process of its own, which costs more than most tests do."""
    return browser.new_page()


@pytest.fixture
def visit(tab: Page, bench: Bench) -> Iterator[Visit]:
    bench.reset()
    tab.bring_to_front()
    tab.set_viewport_size(DESKTOP)
    visit = Visit(tab, bench)
    yield visit
    visit.leave()
