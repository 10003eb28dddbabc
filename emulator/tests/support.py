"""A running emulator, its phones, and a consumer of webhooks, for tests."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import httpx
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

ACCOUNT = "AC" + "0a" * 16
TOKEN = "token-of-the-tests"
WHATSAPP, SMS = "whatsapp:+15005550006", "+15005550007"
SECOND_WHATSAPP = "whatsapp:+15005550008"
ABBY, LENA, SAM = (f"whatsapp:+1555010000{n}" for n in (1, 2, 3))
TEXTER = "+15550100009"
PATIENCE_S = 15


def wait_until(condition: Callable[[], Any], what: str = "the condition") -> Any:
    """The condition's first true value; fails after a generous deadline."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError(f"{what} did not come true within {PATIENCE_S} s")


class LocalTwilioHttp(TwilioHttpClient):  # type: ignore[misc]  # the SDK has no types
    """Sends every *.twilio.com call to one local server, the product as first path part."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=10)
        self._base = urlsplit(base)

    def request(self, method, url, **kwargs):
        parts = urlsplit(url)
        if (parts.hostname or "").endswith(".twilio.com"):
            path = f"/{parts.hostname.split('.')[0]}{parts.path}"
            url = urlunsplit((self._base.scheme, self._base.netloc, path, parts.query, ""))
        return super().request(method, url, **kwargs)


@dataclass
class ReceivedWebhook:
    """A webhook as its consumer saw it."""

    method: str
    path: str
    form: dict[str, str]
    headers: dict[str, str]

    @property
    def event(self) -> str:
        return self.form.get("EventType", "")


@dataclass
class Reply:
    status: int = 200
    body: str = "{}"
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0


class Receiver:
    """A consumer of webhooks on loopback; `answers` says by path how it replies."""

    def __init__(self) -> None:
        self.requests: list[ReceivedWebhook] = []
        self.answers: dict[str, Reply | Callable[[ReceivedWebhook], Reply]] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def _take(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
                path, _, query = self.path.partition("?")
                form = dict(parse_qsl(body or query, keep_blank_values=True))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = receiver._reply(ReceivedWebhook(self.command, path, form, headers))
                time.sleep(reply.delay_s)
                self.send_response(reply.status)
                for name, value in {"Content-Type": reply.content_type, **reply.headers}.items():
                    self.send_header(name, value)
                payload = reply.body.encode()
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            do_GET = do_POST = _take

            def log_message(self, format, *args):
                pass

            def handle(self):
                # The emulator gave up waiting: that is what some tests are about.
                with suppress(BrokenPipeError, ConnectionResetError):
                    super().handle()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def events(self, *names: str) -> list[ReceivedWebhook]:
        return [request for request in self.requests if request.event in names]

    def at(self, path: str) -> list[ReceivedWebhook]:
        return [request for request in self.requests if request.path == path]

    def _reply(self, request: ReceivedWebhook) -> Reply:
        self.requests.append(request)
        answer = self.answers.get(request.path, Reply())
        return answer(request) if callable(answer) else answer


class Bench:
    """One running emulator as the tests use it: `rest` is a stock Twilio client, `http` speaks to it plainly."""

    auth = (ACCOUNT, TOKEN)

    def __init__(self, base: str) -> None:
        self.base = base
        self.http = httpx.Client(base_url=base, timeout=20, trust_env=False)
        self.rest = Client(ACCOUNT, TOKEN, http_client=LocalTwilioHttp(base))

    def close(self) -> None:
        self.http.close()

    def reset(self) -> None:
        self.control("POST", "/reset", {"everything": True})

    def control(self, method: str, path: str, body: object = None) -> Any:
        response = self.http.request(method, f"/emulator{path}", json=body)
        assert response.status_code == 200, response.text
        return response.json()

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> httpx.Response:
        """A plain REST call with credentials; `data` may be a dict or pairs."""
        given: Any = {"data": data} if isinstance(data, dict) else {"content": data} if data is not None else {}
        if isinstance(data, str):
            headers["content-type"] = "application/x-www-form-urlencoded"
        return self.http.request(method, path, auth=self.auth, headers=headers, **given)

    def faults(self, **faults: Any) -> None:
        self.control("POST", "/faults", faults)

    def phone(self, address: str, name: str = "Somebody") -> None:
        self.control("POST", "/phones", {"address": address, "name": name})

    def say(self, address: str, body: str, *, to: str | None = None, **more: Any) -> dict[str, Any]:
        number = to or (WHATSAPP if address.startswith("whatsapp:") else SMS)
        result: dict[str, Any] = self.control("POST", f"/phones/{address}/send", {"to": number, "body": body, **more})
        return result

    def thread(self, address: str, *, number: str | None = None) -> list[dict[str, Any]]:
        ours = number or (WHATSAPP if address.startswith("whatsapp:") else SMS)
        response = self.http.get(f"/emulator/phones/{address}/thread", params={"with": ours})
        assert response.status_code == 200, response.text
        items: list[dict[str, Any]] = response.json()
        return items

    def missing(self, address: str) -> list[dict[str, Any]]:
        """What we sent and the handset does not show."""
        ours = WHATSAPP if address.startswith("whatsapp:") else SMS
        response = self.http.get(f"/emulator/phones/{address}/missing", params={"with": ours})
        items: list[dict[str, Any]] = response.json()
        return items

    def bodies(self, address: str, *, direction: str = "in") -> list[str]:
        return [item["body"] for item in self.thread(address) if item["direction"] == direction]

    def webhooks(self, *kinds: str) -> list[dict[str, Any]]:
        return [entry for entry in self.control("GET", "/webhooks") if not kinds or entry["kind"] in kinds]

    def configure_webhooks(self, receiver: Receiver, *filters: str, pre: str | None = "/pre") -> None:
        """The default service's webhooks to /pre and /post of the receiver."""
        service = self.rest.conversations.v1.configuration().fetch().default_chat_service_sid
        self.rest.conversations.v1.services(service).configuration.webhooks().update(
            pre_webhook_url=receiver.url + pre if pre else None,
            post_webhook_url=receiver.url + "/post",
            filters=list(filters),
            method="POST",
        )

    def configure_messaging_webhook(self, receiver: Receiver) -> None:
        """The default messaging service's texts to /sms of the receiver, which sends nothing back."""
        service = self.rest.messaging.v1.services.list()[0]
        service.update(inbound_request_url=receiver.url + "/sms")
        receiver.answers["/sms"] = Reply(body="<Response/>", content_type="text/xml")

    def group(self, *addresses: str) -> Any:
        """A conversation of these phones, every WhatsApp window open."""
        conversation = self.rest.conversations.v1.conversations.create(friendly_name="A group")
        for address in addresses:
            self.phone(address, name=f"Owner of {address[-1]}")
            self.say(address, "hello")
            self.join(conversation, address)
        return conversation

    def join(self, conversation: Any, address: str, number: str | None = None) -> Any:
        ours = number or (WHATSAPP if address.startswith("whatsapp:") else SMS)
        return conversation.participants.create(
            messaging_binding_address=address, messaging_binding_proxy_address=ours
        )


def create_template(
    bench: Bench, body: str = "", *, types: dict[str, Any] | None = None, variables: dict[str, str] | None = None
) -> str:
    """The sid of a template that says `body`."""
    fields = {
        "friendly_name": "greeting",
        "language": "en",
        "variables": variables or {},
        "types": types or {"twilio/text": {"body": body}},
    }
    response = bench.http.post("/content/v1/Content", json=fields, auth=bench.auth)
    assert response.status_code == 201, response.text
    return str(response.json()["sid"])


def submit(bench: Bench, sid: str) -> dict[str, Any]:
    """For WhatsApp's approval."""
    path = f"/content/v1/Content/{sid}/ApprovalRequests/whatsapp"
    response = bench.http.post(path, json={"name": "greeting", "category": "UTILITY"}, auth=bench.auth)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


def approval_of(bench: Bench, sid: str) -> dict[str, Any]:
    approval: dict[str, Any] = bench.call("GET", f"/content/v1/Content/{sid}/ApprovalRequests").json()["whatsapp"]
    return approval


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()
    try:
        yield receiver
    finally:
        receiver.close()


def json_reply(**fields: Any) -> Reply:
    return Reply(body=json.dumps(fields))
