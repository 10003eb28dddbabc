"""How the whole suite is spread over two processes, and how tests reach the database."""

import pytest
from django.db import connections


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Connections from a pool, as in a worker: each call of Twilio gives one back, and each webhook needs one."""
    database = connections["default"].settings_dict
    database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 40, "timeout": 30}
    database["CONN_MAX_AGE"] = 0
    database["CONN_HEALTH_CHECKS"] = False
