"""How the whole suite is spread over two processes, which of it is quick, how tests reach the database, and the
browser in which the product's pages are looked at."""

import gc
import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadFileScheduling

from devstack.system_packages import find_browser
from devstack.template import TEMPLATE

APPS = ("conversations_app", "sessions_app", "matchmaker")
ON_THE_STACK = "tests/stack/"
# Fixtures. What boots the product takes a minute and more; a file of chats, or one in a browser, up to half a one.
LONGEST_FIRST = ("stack", "starts", "harness", "browser")
SERVERS_AND_BROWSERS = frozenset({"stack", "emulator_url", "live_server", "browser"})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="only tests of the apps that need no server and no browser")


def pytest_collection_finish() -> None:
    """Look for garbage a hundred times less often. What was imported and collected stays until the end, and walking
    through it again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


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


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests share a process and what it has set up. So do all files on the stack: one boot of it costs as much
    as fifty tests of the apps.

    Told by their names, since pytest-xdist 3.8 overlooks `xdist_group` with pytest 9.2 (pytest-xdist issue 1386).
    """
    scheduler = LoadFileScheduling(config, log)
    scheduler._split_scope = lambda name: ON_THE_STACK if name.startswith(ON_THE_STACK) else name.split("::")[0]
    return scheduler


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that take long go first, so that quick ones fill the end and neither process waits for the other."""
    if config.getoption("quick"):
        config.hook.pytest_deselected(items=[item for item in items if not _is_quick(item)])
        items[:] = [item for item in items if _is_quick(item)]
    place = {item.path: len(LONGEST_FIRST) for item in items}
    for item in items:
        place[item.path] = min(place[item.path], _place_by_length(item))
    items.sort(key=lambda item: place[item.path])


def _place_by_length(item: pytest.Item) -> int:
    fixtures = _fixtures_of(item)
    return next((place for place, name in enumerate(LONGEST_FIRST) if name in fixtures), len(LONGEST_FIRST))


def _is_quick(item: pytest.Item) -> bool:
    in_an_app = item.path.relative_to(item.config.rootpath).parts[0] in APPS
    return in_an_app and not _fixtures_of(item) & SERVERS_AND_BROWSERS


def _fixtures_of(item: pytest.Item) -> frozenset[str]:
    return frozenset(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Connections from a pool, as in a worker: each call of Twilio gives one back, and each webhook needs one.

    The database is a copy of one with the migrations done, where there is one.
    """
    database = connections["default"].settings_dict
    if TEMPLATE in os.environ:
        database["TEST"] |= {"TEMPLATE": os.environ[TEMPLATE], "MIGRATE": False}
    database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 40, "timeout": 30}
    database["CONN_MAX_AGE"] = 0
    database["CONN_HEALTH_CHECKS"] = False


@pytest.fixture(scope="session", autouse=True)
def _quick_emptying() -> Iterator[None]:
    """Truncating thirty tables, nearly all of them empty, takes Postgres fifty times as long as deleting what is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: _empty_the_tables())
        yield


_SEEDS = ("0002_seed_stages", "0019_starter_prompts_and_cliches", "0021_dating_apps_to_export_to")
_MADE_BY_MIGRATIONS = ("django_migrations", "django_content_type", "auth_permission")


def _empty_the_tables() -> None:
    """After a test whose transactions were real. Whoever is still writing is waited for, as by a truncation."""
    tables = connection.introspection.django_table_names(include_views=False)
    ours = [table for table in tables if table not in _MADE_BY_MIGRATIONS]
    deletions = ";".join(f"DELETE FROM {table}" for table in ours)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(ours)} IN EXCLUSIVE MODE; {deletions}")
        # Migrations put them there, and whatever test comes next expects them.
        for migration in _SEEDS:
            import_module(f"sessions_app.migrations.{migration}").seed(apps, None)
