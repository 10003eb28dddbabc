from django.contrib import admin
from django.urls import include, path

from conversations_app.invite_page import invite_page
from matchmaker import health, metrics

urlpatterns = [
    path("webhooks/", include("conversations_app.webhooks.urls")),
    # Both without and with the slash: a link that somebody types should work, and no redirect should repeat the code.
    path("join/<str:code>", invite_page, name="invite"),
    path("join/<str:code>/", invite_page),
    path("join/", invite_page, {"code": ""}),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics),
]
