"""What `make test ARGS="--quick"` runs."""

import subprocess
import sys

from devstack.folder import REPOSITORY


def test_it_runs_what_needs_no_server_and_no_browser_in_the_apps_alone() -> None:
    """This file is outside the apps; test_windows.py holds one test that needs the emulator, and some that do not."""
    files = ("tests/test_quick.py", "conversations_app/tests/test_windows.py")
    collected = subprocess.run(
        [sys.executable, "-m", "pytest", "--quick", "--collect-only", "-q", *files],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "test_a_window_is_open_for_a_day_after_the_person_wrote" in collected
    assert "test_someone_silent_for_a_day_is_caught_up_once" not in collected
    assert "test_quick.py" not in collected
