"""`make demo`, and the commands that find it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devstack.demo import Secret, Wish, demo
from devstack.environment import FILE_NAME, for_process, reach_running_demo, write_environment
from devstack.errors import LaunchError
from devstack.folder import REPOSITORY, RunFolder
from devstack.stack import free_ports
from devstack.web_client import status_of

LAUNCH = """
import sys
from pathlib import Path
from devstack.__main__ import take_signals
from devstack.demo import Wish, demo

take_signals()
sys.exit(demo(Wish(None, leave=False), Path(sys.argv[1])))
"""


@pytest.mark.e2e
def test_it_brings_everything_up_and_takes_it_down_on_ctrl_c(short_path: Path) -> None:
    ports = free_ports()
    env = {**for_process({}, "command"), "PORT": str(ports.web), "EMULATOR_PORT": str(ports.emulator)}
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCH, str(short_path)],
        cwd=REPOSITORY,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert launcher.stdout is not None

    said = []
    for line in launcher.stdout:
        said.append(line)
        if line.startswith("Everything stays up"):
            break
    pages = [
        status_of(f"http://127.0.0.1:{ports.web}/admin/login/"),
        status_of(f"http://127.0.0.1:{ports.emulator}/phones"),
    ]
    launcher.send_signal(signal.SIGINT)
    rest, _ = launcher.communicate(timeout=60)

    assert (pages, launcher.returncode) == ([200, 200], 0), "".join(said) + rest
    assert still_running(short_path) == []


def still_running(folder: Path) -> list[str]:
    """Processes that name the run folder; none of them is this one."""
    listed = subprocess.run(["ps", "-ww", "-eo", "args="], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if str(folder) in line]


def test_it_starts_nothing_for_a_scenario_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="no scenario"):
        demo(Wish(Path("no/such.yaml"), leave=True), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_it_starts_nothing_on_a_port_that_is_taken(
    tmp_path: Path, taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))

    with pytest.raises(LaunchError, match="PORT=<port>"):
        demo(Wish(None, leave=True), tmp_path)


def test_it_asks_for_a_port_that_is_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMULATOR_PORT", "80 10")

    with pytest.raises(LaunchError, match="EMULATOR_PORT must be a port number"):
        demo(Wish(None, leave=True), tmp_path)


def test_it_asks_for_two_different_ports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8010")

    with pytest.raises(LaunchError, match="PORT and EMULATOR_PORT are both 8010"):
        demo(Wish(None, leave=True), tmp_path)


@pytest.mark.parametrize(
    ("name", "url"), [("DATABASE_URL", "postgres://x@127.0.0.1:1/none"), ("REDIS_URL", "redis://127.0.0.1:1")]
)
def test_it_names_a_server_from_outside_that_does_not_answer(
    name: str, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, url)

    with pytest.raises(LaunchError, match=f"{name} does not work"):
        demo(Wish(None, leave=True), tmp_path)


def test_a_password_stays_the_same_and_is_nobody_elses(tmp_path: Path) -> None:
    first = Secret.kept_in(tmp_path / "password", length=9)
    second = Secret.kept_in(tmp_path / "password", length=9)

    assert (first.is_new, second.is_new, first.text) == (True, False, second.text)
    assert (tmp_path / "password").stat().st_mode & 0o077 == 0


def test_commands_reach_a_demo_that_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    with RunFolder("demo", tmp_path) as folder:
        write_environment(folder.path / FILE_NAME, {"DATABASE_URL": "postgres://demo"})

        reach_running_demo(tmp_path / ".env", tmp_path)

    assert os.environ["DATABASE_URL"] == "postgres://demo"


def test_commands_pass_by_what_a_killed_demo_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    with RunFolder("demo", tmp_path) as folder:
        write_environment(folder.path / FILE_NAME, {"DATABASE_URL": "postgres://demo"})

    reach_running_demo(tmp_path / ".env", tmp_path)

    assert "DATABASE_URL" not in os.environ


def test_commands_prefer_the_database_in_the_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (tmp_path / ".env").write_text("export DATABASE_URL=postgres://mine\n")
    with RunFolder("demo", tmp_path) as folder:
        write_environment(folder.path / FILE_NAME, {"DATABASE_URL": "postgres://demo"})

        reach_running_demo(tmp_path / ".env", tmp_path)

    assert "DATABASE_URL" not in os.environ
