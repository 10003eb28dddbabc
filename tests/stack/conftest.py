"""The whole product, which the tests in this folder share."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack

import pytest

from tests.running_stack import RunningStack, running_stack


@pytest.fixture(scope="session")
def stack(worker_id: str) -> Iterator[RunningStack]:
    """The whole product and the emulator on free ports, reached only over HTTP; shared by all tests of a process."""
    with ExitStack() as until_end:
        running = until_end.enter_context(running_stack(f"stack-{worker_id}"))
        running.end = until_end.close
        yield running


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Function, nextitem: pytest.Item | None) -> None:
    """Take the stack down after its last test: its processes would compete with the remaining tests."""
    running = item.funcargs.get("stack")
    if isinstance(running, RunningStack) and "stack" not in getattr(nextitem, "fixturenames", ()):
        running.end()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test comes with the end of each process's log."""
    report = yield
    running = item.funcargs.get("stack")
    if report.failed and isinstance(running, RunningStack):
        report.sections.extend((f"log of {name}", lines) for name, lines in running.last_lines())
    return report
