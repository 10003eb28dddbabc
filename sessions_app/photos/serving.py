from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from matchmaker import clock
from sessions_app.photos import storage


@require_safe
def photo(request: HttpRequest, signed: str) -> HttpResponse:
    """The address itself is the permission: it was put on a page for whoever may see that page."""
    found = storage.photo_at(signed, clock.now())
    if found is None:
        raise Http404
    row, size, seconds_left = found
    try:
        data = storage.read(row, size)
    except FileNotFoundError:
        raise Http404 from None
    except storage.StorageTrouble:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Cache-Control"] = f"private, max-age={seconds_left}, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Robots-Tag"] = "noindex"
    answer["Cross-Origin-Resource-Policy"] = "same-site"
    return answer
