"""`/p/<token>` and the card beside it. Whoever has no right to see it learns nothing, not even that it was there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from matchmaker import clock, pages
from sessions_app import versions
from sessions_app.models import Photo, ProfileVersion, ShareLink
from sessions_app.photos import storage
from sessions_app.public_page import card, links
from sessions_app.public_page.showing import render_profile


@require_safe
def profile_page(request: HttpRequest, token: str) -> HttpResponse:
    found = _shown_by(token)
    if found is None:
        return _unlisted(pages.not_found(request))
    link, version = found
    photos = _photos_of(version)
    main = _main_photo(version, photos) if link.preview_shows_photo else None
    image = f"{settings.PUBLIC_BASE_URL}{storage.address(main, 'medium')}" if main else ""
    return _unlisted(HttpResponse(render_profile(version.content, photos, preview_image=image)))


@require_safe
def share_card(request: HttpRequest, token: str) -> HttpResponse:
    found = _shown_by(token)
    if found is None:
        return _unlisted(pages.not_found(request))
    _, version = found
    answer = HttpResponse(card.card_of(version.content, _photos_of(version)), content_type="image/png")
    answer["Content-Disposition"] = 'inline; filename="profile.png"'
    return _unlisted(answer)


def _shown_by(token: str) -> tuple[ShareLink, ProfileVersion] | None:
    link = links.link_of(token, clock.now())
    version = versions.approved(link.session) if link else None
    return (link, version) if link and version else None


def _photos_of(version: ProfileVersion) -> list[Photo]:
    return list(
        Photo.objects.kept().filter(session=version.session_id, pk__in=version.content["made_from"]["photos"])
    )


def _main_photo(version: ProfileVersion, photos: list[Photo]) -> Photo | None:
    first = next(iter(version.content["made_from"]["photos"]), None)
    return next((photo for photo in photos if photo.pk == first), None)


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """The address is the key: it stays out of search engines, Referer headers and caches."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer
