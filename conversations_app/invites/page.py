"""`/join/<code>`: what an invited friend sees before they write to us. Without a valid code it reveals nothing."""

from dataclasses import dataclass
from http import HTTPStatus

import phonenumbers
import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from conversations_app.invites import rate_limit
from conversations_app.membership import joining
from conversations_app.membership.senders import open_to_newcomers
from conversations_app.models import Sender
from conversations_app.outbox import links
from matchmaker import clock
from matchmaker.addresses import Channel
from sessions_app.codes import code_in
from sessions_app.models import Invite

_NAMES = {Channel.WHATSAPP: "WhatsApp", Channel.SMS: "SMS"}
_HOW = {Channel.WHATSAPP: "on WhatsApp", Channel.SMS: "by SMS"}


@dataclass(frozen=True)
class JoinOption:
    """One channel by which to join."""

    channel: str
    name: str
    how: str
    words: str
    number: str
    link: str
    qr: SafeString


@require_safe
def invite_page(request: HttpRequest, code: str) -> HttpResponse:
    """An attempt is counted before the code is checked, so that parallel requests cannot get around the limit."""
    if not rate_limit.allow_attempt(request):
        return _page(request, "too_many", HTTPStatus.TOO_MANY_REQUESTS)
    invite = _usable_invite(code_in(code))
    if invite is None:
        return _page(request, "not_valid", HTTPStatus.NOT_FOUND)
    rate_limit.forget_attempt(request)
    options = [_join_option(invite.code, sender) for sender in open_to_newcomers()]
    return _page(request, "join", HTTPStatus.OK, options=options)


def _usable_invite(code: str) -> Invite | None:
    """An expired code and one that never existed cost the same query, so timing does not tell them apart."""
    invite = Invite.objects.usable(clock.now()).filter(code=code).select_related("session").first()
    try:
        # A group that is full or closed looks like a wrong code, so that a code tells nothing about the group.
        if invite is not None:
            joining.check_can_join(invite)
    except joining.CodeRefused:
        return None
    return invite


def _join_option(code: str, sender: Sender) -> JoinOption:
    words = links.join_text(code, sender)
    return JoinOption(
        channel=sender.channel,
        name=_NAMES[sender.channel],
        how=_HOW[sender.channel],
        words=words,
        number=_as_people_write_it(links.number_of(sender)),
        link=links.tap_link(sender, words),
        qr=_qr(links.scan_link(sender, words)),
    )


def _as_people_write_it(number: str) -> str:
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _qr(content: str) -> SafeString:
    drawn = segno.make_qr(content, error="m").svg_inline(omitsize=True, svgclass=None, lineclass=None, border=4)
    # Safe: the SVG contains squares only, never the text they encode.
    return mark_safe(drawn)


def _page(request: HttpRequest, name: str, status: HTTPStatus, **more: object) -> HttpResponse:
    context = {
        "matchmaker": settings.MATCHMAKER_NAME,
        "base_url": settings.PUBLIC_BASE_URL,
        "privacy_url": settings.PRIVACY_URL,
        "terms_url": settings.TERMS_URL,
        **more,
    }
    answer = render(request, f"conversations_app/invite/{name}.html", context, status=status)
    # The URL is the key to the group: keep it out of search engines, Referer headers and shared caches.
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        answer["Retry-After"] = str(rate_limit.WITHIN_S)
    return answer
