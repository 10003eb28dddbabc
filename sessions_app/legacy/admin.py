from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from matchmaker.admin_pages import ReadOnlyAdmin, link_to, mark
from sessions_app.legacy.models import LegacyImport, LegacyPhoto


@admin.register(LegacyImport)
class LegacyImportAdmin(ReadOnlyAdmin):
    """Sealed values are left out: nobody reads them before the person they are about has said yes."""

    list_display = ("group", "was_at", "people", "texts", "photos_noted", "notes", "imported_at", "is_unsealed")
    # The first is a link to the session already.
    list_display_links = ("was_at",)
    list_filter = (("unsealed_at", admin.EmptyFieldListFilter), "stage_then")
    list_select_related = ("session",)
    search_fields = ("=session__code",)
    search_help_text = "A session's code."
    ordering = ("-pk",)
    exclude = (
        *("sealed", "unsealed", "kept", "primary_hint", "assumed_channel"),
        *("digest", "transcript_digest", "photos_are_open"),
    )
    readonly_fields = ("fetched",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LegacyImport]:
        found: QuerySet[LegacyImport] = super().get_queryset(request)
        return found.annotate(fetched_count=Count("files"))

    @admin.display(description="session", ordering="session__code")
    def group(self, record: LegacyImport) -> SafeString | str:
        return link_to(record.session)

    @admin.display(description="was at", ordering="stage_then")
    def was_at(self, record: LegacyImport) -> str:
        return record.stage_then or "–"

    @admin.display(description="people (there, here)")
    def people(self, record: LegacyImport) -> str:
        return f"{record.participants_in}, {record.participants_out}"

    @admin.display(description="messages (there, here)")
    def texts(self, record: LegacyImport) -> str:
        return f"{record.messages_in}, {record.messages_out}"

    @admin.display(description="photos (noted, fetched)")
    def photos_noted(self, record: Any) -> str:
        return f"{len(record.photos)}, {record.fetched_count}"

    @admin.display(description="photos fetched")
    def fetched(self, record: LegacyImport) -> SafeString | str:
        if not record.photos_are_open or record.session.sealed_at:
            return f"{record.files.count()}, sealed"
        links = ((reverse("admin:legacy_photo", args=[pk]), pk) for pk in record.files.values_list("pk", flat=True))
        return format_html_join(" ", '<a class="mm-link" href="{}">photo {}</a>', links) or "–"

    def get_urls(self) -> list[URLPattern]:
        return [
            path("photo/<int:photo_id>/", self.admin_site.admin_view(self.show_photo), name="legacy_photo"),
            *super().get_urls(),
        ]

    def show_photo(self, request: HttpRequest, photo_id: int) -> HttpResponse:
        """A file from elsewhere must not become a page with the rights of this one."""
        photo = get_object_or_404(
            LegacyPhoto, pk=photo_id, record__photos_are_open=True, record__session__sealed_at=None
        )
        if not self.has_view_permission(request, photo.record):
            raise PermissionDenied
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        return HttpResponse(bytes(photo.data), content_type=photo.content_type, headers=headers)

    @admin.display(description="notes")
    def notes(self, record: LegacyImport) -> SafeString | str:
        return mark(str(len(record.problems)), "warn") if record.problems else "–"

    @admin.display(description="profile")
    def is_unsealed(self, record: LegacyImport) -> SafeString:
        return mark("unsealed", "good") if record.unsealed_at else mark("sealed")
