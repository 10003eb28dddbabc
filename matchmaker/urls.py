from django.contrib import admin
from django.urls import include, path

from matchmaker import health, metrics

urlpatterns = [
    path("webhooks/", include("conversations_app.webhooks.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics),
]
