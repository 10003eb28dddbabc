from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from matchmaker.dashboard.trouble import IS_STUCK
from sessions_app.models import Session, Stage


class StuckFilter(admin.SimpleListFilter):
    """Needs the annotations of `with_trouble`."""

    title = "stuck"
    parameter_name = "stuck"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "stuck"), ("no", "all is well")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        if self.value() == "yes":
            return queryset.filter(IS_STUCK)
        return queryset.exclude(IS_STUCK) if self.value() == "no" else queryset


class StageFilter(admin.SimpleListFilter):
    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        slugs = Stage.objects.filter(is_current=True).order_by("position").values_list("slug", flat=True)
        return [(slug, slug.replace("_", " ")) for slug in slugs]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        return queryset.filter(stage=self.value()) if self.value() else queryset
