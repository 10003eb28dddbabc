"""The pre-event route answers 200 whatever happens to us: a 4xx or 5xx makes Twilio destroy the person's message."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

PRE_EVENT_PATH = "/webhooks/conversations/pre"
# Message bodies hold 32 KB at most, so nothing from Twilio comes near; more would cost memory before it is even
# checked.
MAX_BODY_BYTES = 1_000_000

log = structlog.get_logger()


def publish_unchanged() -> HttpResponse:
    """Twilio publishes the message unchanged."""
    return HttpResponse("{}", content_type="application/json")


class NeverLoseAMessage:
    """First in the chain, so that a refusal of any later middleware or setting is caught as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_pre_event = request.path_info.rstrip("/") == PRE_EVENT_PATH
        if request.path_info.startswith("/webhooks/") and _is_oversized(request):
            return publish_unchanged() if is_pre_event else HttpResponse("The body is over 1 MB.", status=413)
        if not is_pre_event:
            return self.get_response(request)
        try:
            response = self.get_response(request)
        except Exception:
            log.exception("pre_event_failed")
            return publish_unchanged()
        if response.status_code != 200:
            log.error("pre_event_refused", status=response.status_code)
            return publish_unchanged()
        return response


def _is_oversized(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > MAX_BODY_BYTES
