"""How the whole suite is spread over two processes."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One running stack serves all tests that want one, and the longest go first, so that both processes end together."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: not _wants_the_stack(item))


def _group(item: pytest.Item) -> str:
    return "stack" if _wants_the_stack(item) else item.path.stem


def _wants_the_stack(item: pytest.Item) -> bool:
    return "stack" in getattr(item, "fixturenames", ())
