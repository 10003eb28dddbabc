"""Where files are fetched from, whatever an address or a redirect says."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
import requests

from conversations_app.gateway import media, public_hosts
from conversations_app.gateway.errors import GatewayError, TwilioRefused

INSIDE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "::1",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_our_network_is_not_public(address: str) -> None:
    assert not public_hosts.is_public(address)


@pytest.mark.parametrize("address", ["54.172.60.1", "2600:1f18::1", "::ffff:54.172.60.1"])
def test_an_address_of_the_world_is(address: str) -> None:
    assert public_hosts.is_public(address)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_leads_inside_is_told_nothing(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(5)
        where = (socket.AF_INET, socket.SOCK_STREAM, 6, "", inside.getsockname())
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [where])
        with pytest.raises(requests.ConnectionError), public_hosts.session() as http:
            http.trust_env = False
            http.get(f"{scheme}://mms.twiliocdn.com/file", timeout=5)
        connection, _ = inside.accept()
        with connection:
            assert connection.recv(10) == b""


class Handler(BaseHTTPRequestHandler):
    """Twilio, as far as a download needs it: `/to?…` sends on to whatever stands after the question mark."""

    seen: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["Authorization"]))
        if self.path.startswith("/to?"):
            self.send_response(307)
            self.send_header("Location", self.path.removeprefix("/to?"))
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"a file")

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def twilio(settings: Any) -> Iterator[str]:
    Handler.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.TWILIO_BASE_URL = f"http://127.0.0.1:{server.server_port}"
    yield settings.TWILIO_BASE_URL
    server.shutdown()
    server.server_close()


def test_credentials_stay_with_the_first_address(twilio: str) -> None:
    assert media.fetch(f"{twilio}/to?{twilio}/file").data == b"a file"

    [(_, first), (path, second)] = Handler.seen
    assert first is not None
    assert (path, second) == ("/file", None)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/inside",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost/",
        "file:///etc/passwd",
        "//evil.example/file",
        "https://evil.example/file",
        "https://twiliocdn.com.evil.example/file",
        "https://eviltwiliocdn.com/file",
        "http://mms.twiliocdn.com/file",
        "https://mms.twiliocdn.com:8443/file",
        "https://mms.twiliocdn.com:no/file",
        "https://user:word@mms.twiliocdn.com/file",
        "https://[",
    ],
)
def test_it_follows_to_no_host_but_twilios(twilio: str, target: str) -> None:
    with pytest.raises(TwilioRefused):
        media.fetch(f"{twilio}/to?{target}")

    assert len(Handler.seen) == 1


@pytest.mark.parametrize(
    "target",
    ["https://mms.twiliocdn.com/AC1/x?Expires=1", "https://media.us1.twilio.com/ME1", "https://a.twilio.com:443/x"],
)
def test_twilios_own_hosts_are_followed_to(target: str, settings: Any) -> None:
    settings.TWILIO_BASE_URL = ""

    assert media._checked_target(target) == target


def test_going_round_in_circles_ends(twilio: str) -> None:
    circle = f"{twilio}/to?" * (media.MOST_REDIRECTS + 2) + f"{twilio}/file"
    with pytest.raises(TwilioRefused, match="from one address to the next"):
        media.fetch(circle)

    assert len(Handler.seen) == media.MOST_REDIRECTS + 1


def test_whoever_drips_bytes_is_left(twilio: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "LONGEST_S", -1.0)
    with pytest.raises(GatewayError, match="too slowly"):
        media.fetch(f"{twilio}/file")
