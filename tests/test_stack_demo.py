"""`make demo`, and the commands that find it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from devstack.__main__ import read_wish
from devstack.demo import PURPOSES, Demo, Secret, Wish, check_fresh, demo
from devstack.environment import FILE_NAME, SENDERS, for_process, reach_running_demo, write_environment
from devstack.errors import LaunchError
from devstack.folder import REPOSITORY, RunFolder
from devstack.last_demo import FRESH, GOES_ON, NO_DATABASE, NO_PHONES, LastDemo
from devstack.model import DEFAULT_MODEL, OPENAI, own_model, who_plays
from devstack.postgres import Postgres
from devstack.processes import SharedLog, Supervisor
from devstack.stack import ROLES, Stack, free_ports
from devstack.web_client import ask, post_json, status_of
from emulator.persistence import StateFile
from emulator.settings import read_settings
from emulator.world import World
from tests.short_folder import short_folder

LAUNCH = """
import sys
from pathlib import Path
from devstack.__main__ import take_signals
from devstack.demo import Wish, demo

take_signals()
sys.exit(demo(Wish(None, leave=False), Path(sys.argv[1])))
"""


@dataclass
class Start:
    """The result of one demo run, in which a phone was added before Ctrl-C."""

    said: str
    pages: list[int]
    phones_at_first: list[str]
    returncode: int
    left_running: list[str]


@pytest.fixture(scope="module")
def starts() -> Iterator[list[Start]]:
    """The demo started twice, one after the other, in the same folder."""
    with short_folder() as folder:
        yield [start_and_stop(folder), start_and_stop(folder)]


def start_and_stop(folder: Path) -> Start:
    ports = free_ports()
    env = {**for_process({}, "command"), "PORT": str(ports.web), "EMULATOR_PORT": str(ports.emulator)}
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCH, str(folder)],
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
    emulator = f"http://127.0.0.1:{ports.emulator}"
    pages = [status_of(f"http://127.0.0.1:{ports.web}/admin/login/"), status_of(f"{emulator}/phones")]
    phones = json.loads(ask(f"{emulator}/emulator/phones")[1] or "[]")
    if pages[1] == 200:
        post_json(f"{emulator}/emulator/phones", {"address": "+15550100042", "name": "Abby"})
    launcher.send_signal(signal.SIGINT)
    rest, _ = launcher.communicate(timeout=60)
    names = [phone["name"] for phone in phones]
    return Start("".join(said) + rest, pages, names, launcher.returncode, still_running(folder))


@pytest.mark.e2e
def test_it_brings_everything_up_and_takes_it_down_on_ctrl_c(starts: list[Start]) -> None:
    first = starts[0]

    assert (first.pages, first.returncode, first.left_running) == ([200, 200], 0, []), first.said


@pytest.mark.e2e
def test_it_goes_on_where_the_last_demo_ended(starts: list[Start]) -> None:
    first, second = starts

    assert GOES_ON not in first.said
    assert GOES_ON in second.said
    assert (first.phones_at_first, second.phones_at_first) == ([], ["Abby"])


@pytest.mark.e2e
def test_it_says_one_quiet_line_of_each_process(starts: list[Start]) -> None:
    said = starts[0].said

    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")][: len(PURPOSES)] == list(PURPOSES)
    assert " | " not in said
    assert "demo/logs" in said
    assert who_plays({}, {}) in said


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


def test_the_password_stays_the_same_and_is_private(tmp_path: Path) -> None:
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


def test_commands_ignore_the_leftovers_of_a_killed_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


# --- What the last one left -------------------------------------------------------------------------------------------


@pytest.fixture
def last_demo(tmp_path: Path) -> Iterator[LastDemo]:
    with RunFolder("demo", tmp_path) as folder:
        yield LastDemo(folder)


def leave_a_database(last_demo: LastDemo) -> Path:
    cluster = Postgres(last_demo.folder).cluster
    cluster.mkdir()
    return cluster


def leave_a_world(last_demo: LastDemo) -> None:
    settings = read_settings([], {**last_demo.account, "TWILIO_SENDERS": SENDERS})
    StateFile(last_demo.world, World(settings)).save()


def test_a_first_demo_says_nothing_of_an_earlier_one(last_demo: LastDemo) -> None:
    assert last_demo.settle(fresh=False) == ""


def test_it_keeps_database_and_phones(last_demo: LastDemo) -> None:
    cluster = leave_a_database(last_demo)
    leave_a_world(last_demo)

    told = last_demo.settle(fresh=False)

    assert (told, cluster.exists(), last_demo.world.exists()) == (GOES_ON, True, True)


def test_it_starts_over_when_asked_to(last_demo: LastDemo) -> None:
    cluster = leave_a_database(last_demo)
    leave_a_world(last_demo)

    told = last_demo.settle(fresh=True)

    assert (told, cluster.exists(), last_demo.world.exists()) == (FRESH, False, False)


def test_it_starts_over_without_the_phones(last_demo: LastDemo) -> None:
    cluster = leave_a_database(last_demo)

    assert (last_demo.settle(fresh=False), cluster.exists()) == (NO_PHONES, False)


def test_it_starts_over_without_the_database(last_demo: LastDemo) -> None:
    leave_a_world(last_demo)

    assert (last_demo.settle(fresh=False), last_demo.world.exists()) == (NO_DATABASE, False)


def test_phones_of_another_version_of_the_emulator_count_as_missing(last_demo: LastDemo) -> None:
    cluster = leave_a_database(last_demo)
    leave_a_world(last_demo)
    last_demo.world.write_bytes(b"something else")

    assert (last_demo.settle(fresh=False), cluster.exists()) == (NO_PHONES, False)


def test_it_empties_no_database_from_outside(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="FRESH=1 does not empty a database of yours"):
        check_fresh(Wish(None, leave=True, fresh=True), {"DATABASE_URL": "postgres://mine"})


def test_it_plays_the_evening_unless_another_scenario_is_named() -> None:
    assert read_wish([]) == Wish(Path("scenarios/demo.yaml"), leave=False)
    assert read_wish(["--scenario", "none"]) == Wish(None, leave=False, is_chosen=True)
    assert read_wish(["--scenario", "x.yaml", "--fresh"]) == Wish(
        Path("x.yaml"), leave=False, is_chosen=True, fresh=True
    )


@pytest.mark.parametrize(("path", "kept"), [("p", b"a picture"), ("gone", None)])
def test_it_keeps_the_card_that_the_profile_has(path: str, kept: bytes | None, short_path: Path) -> None:
    (short_path / "p").mkdir()
    (short_path / "p" / "card.png").write_bytes(b"a picture")
    with (
        RunFolder("demo", short_path) as run,
        Supervisor(SharedLog(), run.logs, run.lock_fd) as supervisor,
        serving(short_path) as address,
    ):
        told = Demo(Wish(None, leave=True), free_ports(), run, supervisor).where_to_share(
            f"{address}/{path}", "AB2C3D"
        )
        card = run.path / "card-AB2C3D.png"

        assert f"To share  {address}/{path}" in told
        assert (card.read_bytes() if card.exists() else None) == kept
        assert (str(card) in told) == (kept is not None)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


# --- The model --------------------------------------------------------------------------------------------------------

OPENAI_SETTINGS = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL")
LOCAL_SERVER = {"OPENAI_BASE_URL": "http://127.0.0.1:11434/v1", "OPENAI_MODEL": "qwen3:8b"}


def model_in_each_process(folder: Path) -> set[tuple[str, ...]]:
    """(key, server, model) as the demo hands them to its processes."""
    with RunFolder("demo", folder) as run, Supervisor(SharedLog(), run.logs, run.lock_fd) as supervisor:
        ports = free_ports()
        stack = Stack(supervisor, ports, Demo(Wish(None, leave=True), ports, run, supervisor).environment())
        programs = [stack.python(name) for name in ROLES]
    return {tuple(program.env[name] for name in OPENAI_SETTINGS) for program in programs}


@pytest.mark.parametrize(
    ("given", "model"),
    [
        ({"OPENAI_API_KEY": "sk-mine"}, ("sk-mine", OPENAI, DEFAULT_MODEL)),
        ({"OPENAI_API_KEY": "sk-mine", "OPENAI_MODEL": "gpt-5"}, ("sk-mine", OPENAI, "gpt-5")),
        (LOCAL_SERVER, ("none", "http://127.0.0.1:11434/v1", "qwen3:8b")),
        (LOCAL_SERVER | {"OPENAI_API_KEY": "sk-mine"}, ("sk-mine", "http://127.0.0.1:11434/v1", "qwen3:8b")),
    ],
)
def test_its_processes_get_the_model_of_the_environment(
    given: dict[str, str], model: tuple[str, ...], short_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OPENAI_SETTINGS:
        monkeypatch.setenv(name, given.get(name, ""))

    assert model_in_each_process(short_path) == {model}


def test_its_processes_get_the_offline_interviewer_without_one(
    short_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OPENAI_SETTINGS:
        monkeypatch.delenv(name, raising=False)

    [(key, server, name)] = model_in_each_process(short_path)

    assert (key, name) == ("offline", "scripted-interviewer")
    assert server.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"OPENAI_API_KEY": "sk-mine"}, f"model is {DEFAULT_MODEL} at {OPENAI}."),
        (LOCAL_SERVER, "model is qwen3:8b at http://127.0.0.1:11434/v1."),
        ({}, "offline interviewer, a stand-in. Set OPENAI_API_KEY"),
        ({"OPENAI_MODEL": "gpt-5"}, "offline interviewer, a stand-in: OPENAI_MODEL says nothing without"),
    ],
)
def test_it_says_which_model_plays(given: dict[str, str], told: str) -> None:
    line = who_plays(own_model(given), given)

    assert told in line
    assert "sk-mine" not in line


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"}, "OPENAI_MODEL"),
        ({"OPENAI_BASE_URL": "127.0.0.1:11434", "OPENAI_MODEL": "qwen3:8b"}, "http://"),
    ],
)
def test_it_starts_nothing_for_half_a_model(
    given: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OPENAI_SETTINGS:
        monkeypatch.setenv(name, given.get(name, ""))

    with pytest.raises(LaunchError, match=told):
        demo(Wish(None, leave=True), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_its_processes_find_the_way_out_to_the_model_and_stay_at_home_for_the_rest() -> None:
    given = {"OPENAI_API_KEY": "sk-mine", "HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "intranet"}

    assert own_model(given)["NO_PROXY"] == "intranet,127.0.0.1,localhost"
    assert own_model(given)["HTTPS_PROXY"] == "http://proxy:3128"
    assert "HTTPS_PROXY" not in own_model({"HTTPS_PROXY": "http://proxy:3128"})
