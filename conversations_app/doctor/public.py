"""Our public address as Twilio sees it: requests from here by way of the internet and our proxy."""

import socket
import ssl
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from django.conf import settings
from twilio.request_validator import RequestValidator

from conversations_app.doctor.findings import Finding, bad, good, note
from conversations_app.gateway import webhook_urls
from conversations_app.models import InboxEvent
from conversations_app.webhooks.signature import expect_unsigned

# As long as Twilio waits for a webhook.
TIMEOUT_S = 5.0
# Twilio waits five seconds and the proxy three, while people wait for the text.
PRE_EVENT_WITHIN_S = 1.0
OUR_EVENT = "doctor"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

_ADDRESS = (
    "PUBLIC_BASE_URL must be the address that Twilio calls. Some networks keep a server from calling its own public "
    "address: if others reach it, run doctor on another machine with the same settings."
)
_SIGNED = (
    "The web must have the PUBLIC_BASE_URL and TWILIO_AUTH_TOKEN that this command has (restart it after a change), "
    "and a proxy must pass path and body on unchanged."
)


def reachable() -> Iterator[Finding]:
    base = settings.PUBLIC_BASE_URL
    if not base.startswith("https://"):
        yield note(
            f"{base} is not https: texts pass the network readable.", "Put TLS in front, and change the setting."
        )
    try:
        with _http() as http:
            answer = http.get(f"{base}/healthz")
    except httpx.HTTPError as error:
        yield bad(f"{base} cannot be reached: {_why(error)}.", _ADDRESS)
        return
    yield _healthy(answer)


def _healthy(answer: httpx.Response) -> Finding:
    url = f"{settings.PUBLIC_BASE_URL}/healthz"
    if answer.is_redirect:
        to = urlsplit(answer.headers["Location"])
        return bad(
            f"{url} redirects to {to.scheme}://{to.netloc}{to.path}, which Twilio does not follow.",
            "Set PUBLIC_BASE_URL to the address at the end of it, or have the proxy pass requests on.",
        )
    if answer.status_code != 200:
        return bad(
            f"{url} answers {answer.status_code}.",
            "Check that the web is up, that a proxy passes every path to it, and PUBLIC_BASE_URL.",
        )
    if answer.text.strip() != "ok":
        return bad(f"Something other than our web app answers at {url}.", _ADDRESS)
    return good(f"{settings.PUBLIC_BASE_URL} is reached, and our web answers.")


def webhooks_by_signature() -> Iterator[Finding]:
    """Uses an event type that the inbox records and nothing acts on."""
    with _http() as http:
        for what, look in _REQUESTS.items():
            try:
                yield look(http)
            except httpx.HTTPError as error:
                yield bad(f"{what} gets no answer: {_why(error)}.", _ADDRESS)


def _signed(http: httpx.Client) -> Finding:
    url, fields = webhook_urls.post_webhook_url(settings.PUBLIC_BASE_URL), _event()
    answer = _post(http, url, fields, RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(url, fields))
    if answer.status_code == 403:
        return bad("The web refuses webhooks that are signed as Twilio signs them.", _SIGNED)
    if answer.status_code != 200:
        return bad(f"A signed webhook is answered {answer.status_code} instead of 200.", _SIGNED)
    # A catch-all page of a proxy also answers 200; only our database can tell the difference.
    if not InboxEvent.objects.filter(event_type=OUR_EVENT, payload__Nonce=fields["Nonce"]).exists():
        return bad(
            "A signed webhook is answered 200, and is not in this database.",
            "PUBLIC_BASE_URL leads to another deployment, or a proxy answers in the web's place.",
        )
    return good("A webhook that is signed as Twilio signs it is kept.")


def _wrongly_signed(http: httpx.Client) -> Finding:
    status = _post_unsigned(http, webhook_urls.post_webhook_url(settings.PUBLIC_BASE_URL)).status_code
    if status != 403:
        return bad(
            f"A wrongly signed webhook is answered {status} instead of 403.",
            "A proxy must leave it to the web to refuse; otherwise whoever knows the address could write as anybody.",
        )
    return good("A wrongly signed webhook is refused.")


def _pre_event(http: httpx.Client) -> Finding:
    answer = _post_unsigned(http, webhook_urls.pre_webhook_url(settings.PUBLIC_BASE_URL))
    if answer.status_code != 200:
        return bad(
            f"The pre-event route answers {answer.status_code}: Twilio destroys such messages.",
            "It must answer 200 whatever happens: keep the rules of deploy/nginx.conf.template in your proxy.",
        )
    took = answer.elapsed.total_seconds()
    if took > PRE_EVENT_WITHIN_S:
        return bad(f"The pre-event route takes {took:.1f} seconds.", "Give the web more processes or a nearer proxy.")
    return good("The pre-event route answers 200 at once, also when it has to refuse.")


_REQUESTS: dict[str, Callable[[httpx.Client], Finding]] = {
    "A signed webhook": _signed,
    "A wrongly signed webhook": _wrongly_signed,
    "The pre-event route": _pre_event,
}


def _event() -> dict[str, str]:
    return {"EventType": OUR_EVENT, "Nonce": uuid4().hex}


def _http() -> httpx.Client:
    """Never follows a redirect, as Twilio would sign the first address; a proxy for the outside leads to no loopback."""
    is_near = urlsplit(settings.PUBLIC_BASE_URL).hostname in _LOOPBACK
    return httpx.Client(timeout=TIMEOUT_S, trust_env=not is_near)


def _post_unsigned(http: httpx.Client, url: str) -> httpx.Response:
    expect_unsigned(1)
    return _post(http, url, _event(), "wrong")


def _post(http: httpx.Client, url: str, fields: dict[str, str], signature: str) -> httpx.Response:
    return http.post(url, data=fields, headers={"X-Twilio-Signature": signature})


def _why(error: httpx.HTTPError) -> str:
    causes = list(_causes(error))
    tls = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    if tls is not None:
        return f"TLS fails ({getattr(tls, 'verify_message', '') or tls.reason})"
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return "the host name does not resolve"
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return "the connection was refused"
    if isinstance(error, httpx.TimeoutException):
        return f"no answer within {TIMEOUT_S:g} seconds"
    return type(error).__name__


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
