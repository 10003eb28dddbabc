"""`--state FILE`: the next emulator begins where the last one ended."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from devstack.folder import REPOSITORY
from devstack.processes import wait_until
from devstack.stack import free_ports
from emulator.tests.support import ACCOUNT, TOKEN

PHONE, NUMBER = "+15550100777", "+15005550007"


@dataclass
class Running:
    http: httpx.Client
    process: subprocess.Popen[str]

    def thread(self) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = self.http.get(
            f"/emulator/phones/{PHONE}/thread", params={"with": NUMBER}
        ).json()
        return shown

    def stop(self) -> str:
        """What it wrote to its end."""
        self.process.terminate()
        return self.process.communicate(timeout=20)[0]


def launch(file: Path, port: int) -> subprocess.Popen[str]:
    options = ("--port", str(port), "--account-sid", ACCOUNT, "--auth-token", TOKEN, "--senders", NUMBER)
    return subprocess.Popen(
        [sys.executable, "-m", "emulator", *options, "--state", str(file)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def running(file: Path) -> Iterator[Running]:
    port = free_ports().emulator
    process = launch(file, port)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            assert wait_until(lambda: answers(http), seconds=20)
            yield Running(http, process)
    finally:
        process.kill()
        process.wait()


def answers(http: httpx.Client) -> bool:
    try:
        return http.get("/emulator/clock").status_code == 200
    except httpx.TransportError:
        return False


def write_a_text(emulator: Running, body: str) -> None:
    emulator.http.post("/emulator/phones", json={"address": PHONE, "name": "Abby"}).raise_for_status()
    emulator.http.post(f"/emulator/phones/{PHONE}/send", json={"to": NUMBER, "body": body}).raise_for_status()


def test_it_keeps_phones_texts_configuration_and_clock(tmp_path: Path) -> None:
    file = tmp_path / "world"
    with running(file) as first:
        write_a_text(first, "hello")
        first.http.post("/emulator/clock", json={"advance": "25h"}).raise_for_status()
        hook = {"number": NUMBER, "messaging_url": "http://127.0.0.1:9/inbound"}
        first.http.post("/emulator/webhook-config", json=hook).raise_for_status()
        first.stop()

    with running(file) as second:
        phones = second.http.get("/emulator/phones").json()
        bodies = [item["body"] for item in second.thread()]
        ahead_s = second.http.get("/emulator/clock").json()["offset_s"]
        write_a_text(second, "again")
        told = second.http.get("/emulator/webhooks").json()

    assert ([phone["name"] for phone in phones], bodies, ahead_s) == (["Abby"], ["hello"], 25 * 3600)
    assert told[-1]["url"] == hook["messaging_url"]


def test_it_keeps_the_world_when_the_emulator_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "world"
    with running(file) as first:
        before = file.stat().st_mtime_ns
        write_a_text(first, "hello")
        assert wait_until(lambda: file.stat().st_mtime_ns > before, seconds=20)

    with running(file) as second:
        assert [item["body"] for item in second.thread()] == ["hello"]


def test_it_delivers_texts_that_were_in_transit(tmp_path: Path) -> None:
    file, text = tmp_path / "world", {"To": PHONE, "From": NUMBER, "Body": "on its way"}
    with running(file) as first:
        write_a_text(first, "hello")
        first.http.post("/emulator/faults", json={"receipts_for": {PHONE: "sent"}}).raise_for_status()
        url = f"/api/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
        first.http.post(url, data=text, auth=(ACCOUNT, TOKEN)).raise_for_status()
        first.stop()

    with running(file) as second:
        second.http.delete("/emulator/faults").raise_for_status()

        assert wait_until(lambda: [item["body"] for item in second.thread()] == ["hello", "on its way"], seconds=20)


def test_its_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "world"
    with running(file):
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x04}\x94."])
def test_it_refuses_an_unreadable_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "world"
    file.write_bytes(content)

    process = launch(file, free_ports().emulator)
    said, _ = process.communicate(timeout=20)

    assert process.returncode == 2
    assert "Remove it to start over." in said
    assert "Traceback" not in said


def test_it_stops_without_a_traceback_while_a_page_is_open(tmp_path: Path) -> None:
    with (
        running(tmp_path / "world") as emulator,
        emulator.http.stream("GET", "/emulator/events") as events,
    ):
        lines = events.iter_lines()
        next(lines)

        said = emulator.stop()

    assert "Traceback" not in said
