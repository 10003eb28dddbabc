"""The launcher's children: one log, and nothing left behind whichever way it ends."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devstack.errors import LaunchError
from devstack.folder import REPOSITORY, RunFolder, Taken
from devstack.postgres import command_line
from devstack.processes import Program, SharedLog, Supervisor, wait_until
from devstack.stack import check_free, ended_by_itself

LAUNCHER = """
import sys, time
from pathlib import Path
from devstack.folder import RunFolder
from devstack.postgres import command_line
from devstack.processes import Program, SharedLog, Supervisor

with RunFolder("demo", Path(sys.argv[1])) as folder, Supervisor(SharedLog(), folder.logs, folder.lock_fd) as up:
    shell = "sleep 600 & echo grandchild $!; wait"
    child = up.start(Program("parent", ["/bin/sh", "-c", shell], {}, Path("/")))
    time.sleep(600)
"""


@pytest.fixture
def output() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def supervisor(tmp_path: Path, output: io.StringIO) -> Iterator[Supervisor]:
    with RunFolder("demo", tmp_path) as folder, Supervisor(SharedLog(output), folder.logs, folder.lock_fd) as up:
        yield up


def shell(name: str, text: str) -> Program:
    return Program(name=name, argv=["/bin/sh", "-c", text], env={"PATH": os.defpath}, cwd=Path("/"))


def test_it_marks_each_line_with_its_process(supervisor: Supervisor, output: io.StringIO) -> None:
    supervisor.start(shell("web", "echo hello; echo trouble >&2")).last_lines()

    assert output.getvalue().splitlines() == ["web          | hello", "web          | trouble"]


def test_it_prints_only_unusual_lines_when_asked_to() -> None:
    output = io.StringIO()
    log = SharedLog(output, only_trouble=True)

    for line in ("05:30:26 [info     ] message_sent", "[INFO] Started worker-1", "05:31:15 [warning  ] Not Found"):
        log.write("web", line)

    assert output.getvalue() == "web          | 05:31:15 [warning  ] Not Found\n"


def test_it_keeps_the_lines_in_a_file(supervisor: Supervisor) -> None:
    supervisor.start(shell("web", "echo hello")).last_lines()

    assert (supervisor.log_folder / "web.log").read_text() == "hello\n"


def test_it_uses_no_colours_outside_a_terminal(output: io.StringIO) -> None:
    SharedLog(output).write("web", "hello")

    assert "\033" not in output.getvalue()


def test_it_notices_a_process_that_ended_by_itself(supervisor: Supervisor) -> None:
    child = supervisor.start(shell("worker", "echo out of luck; exit 3"))

    assert wait_until(lambda: supervisor.ended() == [child], seconds=20)
    assert ended_by_itself(child) == "worker ended by itself (exit code 3). Its last lines:\nout of luck"


def test_it_expects_a_process_to_end_when_told_to(supervisor: Supervisor) -> None:
    child = supervisor.start(shell("worker", "exec sleep 600"))

    supervisor.kill("worker", signal.SIGKILL)

    assert wait_until(lambda: not child.is_running(), seconds=20)
    assert supervisor.ended() == []


def test_it_starts_a_process_again(supervisor: Supervisor) -> None:
    first = supervisor.start(shell("worker", "exec sleep 600"))

    second = supervisor.restart("worker")

    assert (first.is_running(), second.is_running()) == (False, True)


def test_it_ends_a_processs_own_children_too(supervisor: Supervisor) -> None:
    child = supervisor.start(shell("web", "sleep 600 & echo $!; wait"))
    assert wait_until(lambda: bool(child.tail), seconds=20)

    supervisor.stop_some(["web"])

    assert wait_until(lambda: not command_line(int(child.tail[0])), seconds=20)


def test_it_leaves_nothing_behind_when_it_is_killed_outright(tmp_path: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    )
    assert launcher.stdout is not None
    grandchild = int(launcher.stdout.readline().split()[-1])

    launcher.kill()
    launcher.wait()

    assert wait_until(lambda: not command_line(grandchild), seconds=30)
    with RunFolder("demo", tmp_path):
        """The lock is free again."""


def test_it_refuses_a_second_launcher_in_the_same_folder(tmp_path: Path) -> None:
    with RunFolder("demo", tmp_path), pytest.raises(Taken, match="already running"):
        RunFolder("demo", tmp_path).take()


def test_it_names_the_variable_of_a_port_that_is_taken(taken_port: int) -> None:
    with pytest.raises(LaunchError, match=rf"Port {taken_port} .*EMULATOR_PORT=<port>"):
        check_free(taken_port, "EMULATOR_PORT")
