"""How `make test` spreads the tests over its processes."""

import os
import subprocess
import sys
from pathlib import Path

from devstack.folder import REPOSITORY
from devstack.testrun import IN_TWO_PROCESSES

FOUR_TESTS = """
import os
import pathlib
import pytest

@pytest.mark.parametrize("number", range(4))
def test_it(number):
    pathlib.Path("process-" + os.environ["PYTEST_XDIST_WORKER"]).touch()
"""


def test_one_process_takes_all_tests_on_the_stack(tmp_path: Path) -> None:
    """Else each boots one, and pytest-xdist says nothing."""
    folder = tmp_path / "tests" / "stack"
    folder.mkdir(parents=True)
    for name in ("test_one.py", "test_other.py"):
        (folder / name).write_text(FOUR_TESTS)
    run = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:django", "--rootdir", ".", *IN_TWO_PROCESSES]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_XDIST", "DJANGO_"))}

    done = subprocess.run(
        run, cwd=tmp_path, env=env | {"PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, check=False
    )

    assert "8 passed" in done.stdout, done.stdout + done.stderr
    assert len(list(tmp_path.glob("process-*"))) == 1
