"""From outside to our webhooks, by the public address, as Twilio goes."""

import time
from collections.abc import Iterator

import httpx
from django.conf import settings
from twilio.request_validator import RequestValidator

from conversations_app import twilio_setup
from conversations_app.doctor.findings import Finding, bad, good

TIMEOUT_S = 5.0
# Twilio gives the pre-event hook five seconds; names should stand there long before.
SLOW_S = 1.0


def public_address() -> Iterator[Finding]:
    address = f"{settings.PUBLIC_BASE_URL}/healthz"
    try:
        answer = httpx.get(address, timeout=TIMEOUT_S)
    except httpx.HTTPError as error:
        yield bad(
            f"{address} cannot be reached ({type(error).__name__}).",
            "Check PUBLIC_BASE_URL, the DNS name, the certificate and the proxy.",
        )
        return
    if answer.status_code == httpx.codes.OK and answer.text == "ok":
        yield good("Our public address is ours.")
    else:
        yield bad(
            f"{address} answers {answer.status_code}, and not as we do.", "PUBLIC_BASE_URL leads to somebody else."
        )


def signature() -> Iterator[Finding]:
    """A webhook of no known kind, signed with our token for the public address: it is kept, and nothing is done."""
    url = twilio_setup.post_webhook_url(settings.PUBLIC_BASE_URL)
    answer, _ = _post_signed(url, {"EventType": "doctor"})
    if answer.status_code == httpx.codes.OK:
        yield good("A signed webhook is believed.")
    elif answer.status_code == httpx.codes.FORBIDDEN:
        yield bad(
            "A webhook signed for PUBLIC_BASE_URL is refused by the server there.",
            "The running server has another PUBLIC_BASE_URL or TWILIO_AUTH_TOKEN, or a proxy changes the path.",
        )
    else:
        yield bad(f"A signed webhook is answered {answer.status_code}.", "Look at the web server's log.")


def before_each_message() -> Iterator[Finding]:
    url = twilio_setup.pre_webhook_url(settings.PUBLIC_BASE_URL)
    answer, took_s = _post_signed(url, {"EventType": "onMessageAdd", "ConversationSid": "CH" + "0" * 32})
    if answer.status_code != httpx.codes.OK:
        yield bad(
            f"The pre-event hook answers {answer.status_code}: Twilio destroys each message for which it does.",
            "Put the proxy of deploy/nginx.conf.template in front, now.",
        )
    elif took_s > SLOW_S:
        yield bad(
            f"The pre-event hook takes {took_s:.1f} s.", "Give the web server more room: phones show names late."
        )
    else:
        yield good("The pre-event hook answers in time.")


def _post_signed(url: str, fields: dict[str, str]) -> tuple[httpx.Response, float]:
    signed = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(url, fields)
    began = time.monotonic()
    answer = httpx.post(url, data=fields, headers={"X-Twilio-Signature": signed}, timeout=TIMEOUT_S)
    return answer, time.monotonic() - began
