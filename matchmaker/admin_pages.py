"""Shared by our admin pages: read-only pages, and small badges in lists."""

import re
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from matchmaker.addresses import canonical

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, TabularInline
    from django.forms import ModelForm

    StaffAdmin = ModelAdmin[Any]
    StaffForm = ModelForm[Any]
    _Inline = TabularInline[Any, Any]
else:
    from django.forms import ModelForm as StaffForm
    from unfold.admin import ModelAdmin as StaffAdmin
    from unfold.admin import TabularInline as _Inline

__all__ = [
    "FindsPhones",
    "ReadOnlyAdmin",
    "ReadOnlyInline",
    "StaffAdmin",
    "StaffForm",
    "Tone",
    "link_to",
    "mark",
]

Tone = Literal["good", "warn", "bad", "calm"]
_LOOKS_LIKE_A_NUMBER = re.compile(r"^\s*\+?[\d\s().\-/]{5,}$")


class _ReadOnly:
    """The pipeline owns these rows: an edit by hand would bypass its locks and leases."""

    def has_add_permission(self, *_: object) -> bool:
        return False

    def has_change_permission(self, *_: object) -> bool:
        return False

    def has_delete_permission(self, *_: object) -> bool:
        return False


class ReadOnlyAdmin(_ReadOnly, StaffAdmin):
    # Counting a whole table of messages takes longer than the page itself.
    show_full_result_count = False
    list_per_page = 50
    list_fullwidth = True

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        plural = self.model._meta.verbose_name_plural
        return super().changelist_view(request, {"title": str(plural).capitalize(), **(extra_context or {})})


class FindsPhones(StaffAdmin):
    """Numbers may be searched for as people write them."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, digits_of_a_number(search_term))


def digits_of_a_number(term: str) -> str:
    """The digits that addresses are compared by, if it looks like a phone number; other words stay as they are."""
    if not _LOOKS_LIKE_A_NUMBER.match(term):
        return canonical(term)
    digits = re.sub(r"\D", "", term)
    return canonical(f"+{digits}").removeprefix("+")


class ReadOnlyInline(_ReadOnly, _Inline):
    extra = 0


def mark(text: str, tone: Tone = "calm") -> SafeString:
    return format_html('<span class="mm-mark mm-{}">{}</span>', tone, text)


def link_to(row: Model | None, text: str = "") -> SafeString | str:
    if row is None:
        return "–"
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a class="mm-link" href="{}">{}</a>', address, text or str(row))
