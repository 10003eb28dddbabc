"""The real nginx with the real configuration, in front of a tiny web that misbehaves in every way we could think of."""

import contextlib
import http.client
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from devstack.folder import REPOSITORY
from devstack.processes import wait_until
from devstack.system_packages import find_nginx

PRE = "/webhooks/conversations/pre"
CONFIG = REPOSITORY / "deploy" / "nginx.conf.template"
MAIN = """
pid nginx.pid;
error_log stderr;
daemon off;
master_process off;
events {}
http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
       uwsgi_temp_path uwsgi; scgi_temp_path scgi; include matchmaker.conf; }
"""


class Web(ThreadingHTTPServer):
    """A web process that answers with the status in `behave`, or hangs."""

    daemon_threads = True
    behave: int | str = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.seen: list[tuple[str, dict[str, str], int]] = []
        self.over = threading.Event()


class Answer(BaseHTTPRequestHandler):
    server: Web

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        self.server.seen.append((self.path, dict(self.headers), length))
        if self.server.behave == "hang":
            self.server.over.wait(30)
            return
        status = int(self.server.behave)
        body = b'{"body": "*Abby:* hi"}' if status == 200 else b"something of the web's own"
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if status == 200 else "text/plain")
        if 300 <= status < 400:
            self.send_header("Location", "https://elsewhere.test/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Proxy:
    def __init__(self, port: int) -> None:
        self.port = port

    def post(self, path: str, body: bytes = b"EventType=onMessageAdd") -> tuple[int, str, str, float]:
        """Status, content type, body, seconds."""
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request("POST", path, body, {"Host": "match.test", "Content-Type": "text/plain"})
            answer = connection.getresponse()
            text = answer.read().decode()
        return answer.status, answer.getheader("Content-Type", ""), text, time.monotonic() - started


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def proxy(web: Web, tmp_path: Path) -> Iterator[Proxy]:
    with running_proxy(tmp_path, f"127.0.0.1:{web.server_port}") as proxy:
        yield proxy


@contextlib.contextmanager
def running_proxy(folder: Path, web_address: str) -> Iterator[Proxy]:
    nginx = find_nginx()
    if nginx is None:
        pytest.skip(
            "NGINX IS MISSING, so the rule that no message is lost was NOT tested: apt-get install nginx-light"
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    filled = CONFIG.read_text()
    values = {
        "WEB": web_address,
        "LISTEN": f"127.0.0.1:{port}",
        "RESOLVER": "127.0.0.1:9",
        "ACCESS_LOG": "access.log",
    }
    for name, value in values.items():
        filled = filled.replace(f"${{{name}}}", value)
    (folder / "matchmaker.conf").write_text(filled)
    (folder / "nginx.conf").write_text(MAIN)
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen([nginx, "-p", str(folder), "-c", "nginx.conf"], stdout=log, stderr=log)
        try:
            assert wait_until(lambda: listens(port), seconds=20), (folder / "nginx.log").read_text()
            yield Proxy(port)
        finally:
            process.terminate()
            process.wait(10)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_it_hands_the_webs_answer_on(web: Web, proxy: Proxy) -> None:
    status, _, body, _ = proxy.post(PRE)

    assert (status, body) == (200, '{"body": "*Abby:* hi"}')


def test_it_tells_the_web_how_it_was_called(web: Web, proxy: Proxy) -> None:
    proxy.post("/webhooks/conversations?x=1")

    path, headers, _ = web.seen[0]
    assert path == "/webhooks/conversations?x=1"
    assert (headers["Host"], headers["X-Forwarded-Proto"]) == ("match.test", "http")


@pytest.mark.parametrize("status", [301, 307, 400, 403, 404, 413, 418, 429, 500, 502, 503, 504, 599])
def test_it_carries_on_when_the_web_refuses(status: int, web: Web, proxy: Proxy) -> None:
    web.behave = status

    answer = proxy.post(PRE)

    assert answer[:3] == (200, "application/json", "{}")


def test_it_carries_on_when_the_web_is_down(web: Web, proxy: Proxy) -> None:
    web.shutdown()
    web.server_close()

    answer = proxy.post(PRE)

    assert answer[:3] == (200, "application/json", "{}")


def test_it_carries_on_when_the_web_has_no_address(tmp_path: Path) -> None:
    with running_proxy(tmp_path, "web.invalid:8000") as proxy:
        answer = proxy.post(PRE)

    assert answer[:3] == (200, "application/json", "{}")


def test_it_carries_on_within_three_seconds_when_the_web_hangs(web: Web, proxy: Proxy) -> None:
    web.behave = "hang"

    *answer, seconds = proxy.post(PRE)

    assert answer == [200, "application/json", "{}"]
    assert seconds < 3


def test_it_carries_on_when_the_request_is_oversized(web: Web, proxy: Proxy) -> None:
    answer = proxy.post(PRE, b"x" * 1_100_000)

    assert answer[:3] == (200, "application/json", "{}")
    assert not web.seen


def test_it_refuses_an_oversized_request_elsewhere(web: Web, proxy: Proxy) -> None:
    status, *_ = proxy.post("/webhooks/conversations", b"x" * 1_100_000)

    assert status == 413
    assert not web.seen


@pytest.mark.parametrize("status", [403, 503])
def test_it_leaves_the_other_webhooks_answers_alone(status: int, web: Web, proxy: Proxy) -> None:
    web.behave = status

    answer = proxy.post("/webhooks/conversations")

    assert answer[0] == status


@pytest.mark.parametrize(
    "path", ["/join/AB2CDE", "/join/AB2CDE/?AB2CDE", "/%6Aoin/AB2CDE", "//p/AB2CDE", "/me/AB2CDE"]
)
def test_it_keeps_codes_out_of_its_logs(path: str, web: Web, proxy: Proxy, tmp_path: Path) -> None:
    proxy.post(path)
    web.shutdown()
    web.server_close()

    status, *_ = proxy.post(path)

    access = tmp_path / "access.log"
    door = next((door for door in ("p", "me") if f"/{door}/" in path), "join")
    told = f'"POST /{door}/-"'
    assert status == 502
    # A line is written once the client has gone.
    assert wait_until(lambda: access.read_text().count(told) == 2, seconds=20), access.read_text()
    assert "AB2CDE" not in access.read_text() + (tmp_path / "nginx.log").read_text()


def test_it_shows_the_world_no_figures(web: Web, proxy: Proxy) -> None:
    answer = proxy.post("/metrics")

    assert answer[0] == 404
    assert not web.seen
