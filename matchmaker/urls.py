from django.contrib import admin
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from conversations_app.invites.page import invite_page
from matchmaker import health, metrics, pages
from sessions_app.photos.serving import photo
from sessions_app.public_page.views import profile_page, share_card


class Anything(StringConverter):
    """Nothing, slashes and line ends too, which are copied along with links."""

    regex = r"[\s\S]*"


register_converter(Anything, "anything")

urlpatterns = [
    path("", pages.home),
    path("read/<path:name>", pages.document, name="document"),
    path("webhooks/", include("conversations_app.webhooks.urls")),
    # No redirect: it would repeat the code.
    path("join/<anything:code>", invite_page),
    path("p/<str:token>/card.png", share_card),
    path("p/<anything:token>", profile_page),
    path("photo/<str:signed>", photo, name="photo"),
    path("me/", include("conversations_app.own_page.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics),
]

handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.server_error
