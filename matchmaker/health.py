"""`/healthz`: the process answers. `/readyz`: so does everything it needs, each named."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from conversations_app.models import Heartbeat

FRESH_FOR = timedelta(seconds=60)


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when web can do its work, else 503 with the failing part named. A missing worker is named but does not
    cause 503: the web process stores what Twilio sends all the same."""
    needed = {"postgres": _outcome(_postgres), "redis": _outcome(_redis)}
    reported = {
        "worker": _outcome(lambda: _heartbeat("worker")),
        "model worker": _outcome(lambda: _heartbeat("model worker")),
        "beat": _outcome(lambda: _heartbeat("beat")),
    }
    ready = all(answer == "ok" for answer in needed.values())
    return JsonResponse({"ready": ready, **needed, **reported}, status=200 if ready else 503)


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # whatever keeps it from working is the answer
        return f"down ({type(error).__name__})"


def _postgres() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _redis() -> str:
    cache.set("readyz", 1, timeout=5)
    return "ok"


def _heartbeat(name: str) -> str:
    beat = Heartbeat.objects.filter(name=name).first()
    if beat is None:
        return "not seen yet"
    age = timezone.now() - beat.at
    return "ok" if age < FRESH_FOR else f"last seen {int(age.total_seconds())} s ago"
