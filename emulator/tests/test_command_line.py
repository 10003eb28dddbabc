"""`python -m emulator`, as the launcher starts it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from emulator.tests.support import ACCOUNT, TOKEN, wait_until

SERVICE, MESSAGING = "IS" + "1" * 32, "MG" + "2" * 32


@contextmanager
def running(*options: str, **environ: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and its URL; port 0 picks a free one, which the first line names."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TWILIO_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "emulator", "--port", "0", *options],
        env=clean | environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        found = re.search(r"http://[\d.:]+", process.stderr.readline())
        assert found
        wait_until(lambda: _ready(found[0]), "the emulator")
        yield process, found[0]
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/emulator/clock").status_code == 200
    except httpx.TransportError:
        return False


def test_it_reads_account_numbers_and_services_from_the_environment():
    environ = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_SENDERS": "whatsapp:+15005550001",
        "TWILIO_CONVERSATIONS_SERVICE_SID": SERVICE,
        "TWILIO_MESSAGING_SERVICE_SID": MESSAGING,
    }
    with running(**environ) as (_, url):
        httpx.post(f"{url}/emulator/reset", json={"everything": True})
        made = httpx.post(f"{url}/conversations/v1/Conversations", auth=(ACCOUNT, TOKEN)).json()
        scoped = f"{url}/conversations/v1/Services/{SERVICE}/Conversations/{made['sid']}"

        assert (made["chat_service_sid"], made["messaging_service_sid"]) == (SERVICE, MESSAGING)
        assert httpx.get(scoped, auth=(ACCOUNT, TOKEN)).json()["sid"] == made["sid"]
        assert httpx.get(f"{url}/emulator/senders").json() == ["whatsapp:+15005550001"]


def test_it_stops_promptly_while_an_event_stream_is_open():
    with running("--auth-token", TOKEN) as (process, url):
        with httpx.stream("GET", f"{url}/emulator/events") as stream:
            next(stream.iter_lines())
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=10)

        assert process.returncode in (0, -signal.SIGTERM)


def test_it_says_when_the_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = _run("--port", port)

    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_names_invalid_settings():
    done = _run("--account-sid", "me", "--senders", "12")

    assert done.returncode == 2
    assert "ACCOUNT_SID" in done.stderr
    assert "SENDERS" in done.stderr


def _run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "emulator", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
