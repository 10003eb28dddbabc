"""The front page, and what is shown when something cannot be: in our own design, with DEBUG on as well."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

log = structlog.get_logger()

# What the production image does not hold is not linked there.
DOCS = {
    "README.md": "What this is, and how to run it",
    "docs/architecture.md": "How it is built",
    "CONTRIBUTING.md": "How to change it",
    "docs/migration.md": "Moving over from the older app",
}

# What Django answers by 400 or 403 itself.
REFUSALS = (PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    phones = f"{settings.TWILIO_BASE_URL}/phones" if settings.TWILIO_BASE_URL else ""
    docs = [(name, title) for name, title in DOCS.items() if (settings.BASE_DIR / name).is_file()]
    return _page("home", HTTPStatus.OK, phones=phones, docs=docs)


@require_safe
def document(request: HttpRequest, name: str) -> HttpResponse:
    """A text of this repository, as it is written."""
    path: Path = settings.BASE_DIR / name
    if name not in DOCS or not path.is_file():
        raise Http404
    return HttpResponse(path.read_text(encoding="utf-8"), content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("not_found", HTTPStatus.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("forbidden", HTTPStatus.FORBIDDEN)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django refused a form by its CSRF token: as a rule it had been open since before a login."""
    answer = _page("form_expired", HTTPStatus.FORBIDDEN, back=request.path)
    # Some addresses are keys.
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    return _page("server_error", HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(name: str, status: HTTPStatus, **more: object) -> HttpResponse:
    """Without the request, whose session and user would ask the database: that may be what is wrong."""
    context = {
        "matchmaker": settings.MATCHMAKER_NAME,
        "privacy_url": settings.PRIVACY_URL,
        "terms_url": settings.TERMS_URL,
        **more,
    }
    return HttpResponse(render_to_string(f"pages/{name}.html", context), status=status)


class OwnErrorPages:
    """With DEBUG on, Django shows its routes and tracebacks in place of our pages. The demo is a public site to whoever
    looks at it; what went wrong is in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            resolve(request.path_info)
        except Resolver404:
            return not_found(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404):
            return not_found(request)
        if isinstance(exception, REFUSALS):
            return None
        log.error("request_failed", exc_info=exception)
        return server_error(request)
