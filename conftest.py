"""How the whole suite is spread over two processes, and the browser in which the product's pages are looked at."""

from collections.abc import Iterator

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from devstack.system_packages import find_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("NO BROWSER: our pages go untested there. Install Chromium (apt-get install chromium).")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, and Django is wary of the database in one.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
        # The loop has a connection of its own, which would keep the test database from being dropped.
        connections.close_all()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests share a process and what it has set up; those on a running stack are the longest and go first."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: not _wants_the_stack(item))


def _group(item: pytest.Item) -> str:
    """The promises take as long as everything else on a stack together: each process boots one."""
    if not _wants_the_stack(item) or item.path.stem == "test_promises":
        return item.path.stem
    return "stack"


def _wants_the_stack(item: pytest.Item) -> bool:
    return "stack" in getattr(item, "fixturenames", ())
