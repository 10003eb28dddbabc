"""Who comes in by a link to an own page, and what is shown to everybody else.

Opening a page changes nothing, since programs that preview links open it too; it only sets a cookie, without which
nothing can be changed. The cookie is sent back to that one page alone, so two people's pages can be open side by side.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from conversations_app.invites import rate_limit
from matchmaker import clock
from sessions_app.models import OwnPageLink, Participant, Session, nonce_in

COOKIE = "own_page"
# Of one sitting; opening the link again starts the next.
COOKIE_LASTS_S = 12 * 3600


@dataclass(frozen=True)
class Visit:
    """Somebody has opened their own page."""

    request: HttpRequest
    link: OwnPageLink
    at: datetime

    @property
    def person(self) -> Participant:
        return self.link.participant

    @property
    def session(self) -> Session:
        return self.link.participant.session

    @property
    def address(self) -> str:
        return f"/me/{self.link.token}"

    def back_to(self, section: str, line: str = "", *, level: int = messages.SUCCESS) -> HttpResponse:
        """To the page as it is now, with a line where they were."""
        if line:
            messages.add_message(self.request, level, line, extra_tags=section)
        return HttpResponseRedirect(f"{self.address}#{section}", status=HTTPStatus.SEE_OTHER)

    def show(self, template: str, context: dict[str, object], *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        return _shown(self.request, template, {"visit": self, "person": self.person, **context}, status=status)


View = Callable[..., HttpResponse]


def opened_by_its_link(view: Callable[..., HttpResponse]) -> View:
    """An attempt is counted before the token is looked at, so that parallel requests cannot get around the limit."""

    @csrf_protect
    def open_door(request: HttpRequest, visit: Visit, **more: str) -> HttpResponse:
        if request.method == "POST" and not _has_cookie(visit):
            return _shown(request, "open_again", {}, status=HTTPStatus.FORBIDDEN)
        answer = view(visit, **more)
        if request.method != "POST":
            _set_cookie(visit, answer)
        return _kept_private(answer)

    # Checked by `open_door` instead: the check reads the form, which may be larger than we read, and that gets a page of
    # ours as well.
    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **more: str) -> HttpResponse:
        if not rate_limit.allow_attempt(request):
            answer = _shown(request, "too_many", {}, status=HTTPStatus.TOO_MANY_REQUESTS)
            answer["Retry-After"] = str(rate_limit.WITHIN_S)
            return answer
        visit = _visit(request, token)
        if visit is None:
            return gone(request)
        rate_limit.forget_attempt(request)
        try:
            return open_door(request, visit, **more)
        except _TOO_MUCH:
            return _shown(request, "too_much", {"visit": visit}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    return guarded


# A form that is larger than what we read, has more fields or files, or is cut off.
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError)


def gone(request: HttpRequest, anything: str = "") -> HttpResponse:
    """Whatever is wrong with a link: what expired or was revoked looks like what never was."""
    return _shown(request, "gone", {}, status=HTTPStatus.NOT_FOUND)


def _visit(request: HttpRequest, token: str) -> Visit | None:
    nonce, at = nonce_in(token, OwnPageLink.purpose), clock.now()
    if nonce is None:
        return None
    usable = OwnPageLink.objects.usable(at).filter(participant__left_at=None)
    link = usable.filter(nonce=nonce).select_related("participant__session", "participant__contact").first()
    return Visit(request, link, at) if link else None


def _has_cookie(visit: Visit) -> bool:
    found = visit.request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=COOKIE_LASTS_S)
    return found == str(visit.link.pk)


def _set_cookie(visit: Visit, answer: HttpResponse) -> None:
    answer.set_signed_cookie(
        COOKIE,
        str(visit.link.pk),
        salt=COOKIE,
        path=visit.address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _shown(request: HttpRequest, template: str, context: dict[str, object], *, status: HTTPStatus) -> HttpResponse:
    context = {
        "matchmaker": settings.MATCHMAKER_NAME,
        "privacy_url": settings.PRIVACY_URL,
        "terms_url": settings.TERMS_URL,
        **context,
    }
    answer = render(request, f"conversations_app/own_page/{template}.html", context, status=status)
    return _kept_private(answer)


def _kept_private(answer: HttpResponse) -> HttpResponse:
    """The address is the key to the page: keep it out of search engines, Referer headers and shared caches."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ["Cookie"])
    return answer
