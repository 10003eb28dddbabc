from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from matchmaker import clock
from matchmaker.addresses import masked
from matchmaker.admin_pages import FindsPhones, ReadOnlyAdmin, StaffAdmin, StaffForm, link_to, mark
from matchmaker.ai.fields import FIELDS
from matchmaker.in_words import ago, shortened
from sessions_app import actions
from sessions_app.models import (
    Cliche,
    Contact,
    ExportTarget,
    Fact,
    Invite,
    OwnPageLink,
    Photo,
    ShareLink,
    Stage,
    StarterPrompt,
)
from sessions_app.public_page import links
from sessions_app.stages import StageHasChanged, revise_stage

_FACT_TONES: dict[str, Any] = {"confirmed": "good", "proposed": "warn"}
_PHOTO_TONES: dict[str, Any] = {"chosen": "good", "offered": "warn"}


@admin.register(Contact)
class ContactAdmin(FindsPhones, ReadOnlyAdmin):
    list_display = ("name", "phone", "opted_out", "created_at")
    list_filter = (("opted_out_at", admin.EmptyFieldListFilter),)
    search_fields = ("display_name", "address", "address__canonical")
    search_help_text = "A name or a phone number."
    ordering = ("-pk",)
    exclude = ("address", "external_user_id")
    readonly_fields = ("phone",)

    @admin.display(description="name", ordering="display_name")
    def name(self, contact: Contact) -> str:
        return str(contact)

    @admin.display(description="phone")
    def phone(self, contact: Contact) -> str:
        return masked(contact.address)

    @admin.display(description="opted out")
    def opted_out(self, contact: Contact) -> SafeString | str:
        return mark("opted out", "bad") if contact.opted_out_at else "–"


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    list_display = ("field", "shown_value", "shown_state", "author", "words", "group", "created_at")
    list_filter = ("state", "source", "field")
    list_select_related = ("session", "said_by", "message")
    search_fields = ("=session__code", "field")
    search_help_text = "A session's code or a field."
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        """Nobody may read a sealed profile; the session's page only says that there is one."""
        found: QuerySet[Fact] = super().get_queryset(request)
        return found.filter(session__sealed_at=None, said_by__sealed_at=None)

    @admin.display(description="value")
    def shown_value(self, fact: Fact) -> str:
        return shortened(str(fact.value), 60)

    @admin.display(description="their words", ordering="message")
    def words(self, fact: Fact) -> SafeString | str:
        """The quote leads to the whole message."""
        if fact.message is None:
            return "on their own page"
        return link_to(fact.message, f"“{shortened(fact.quote, 90)}”" if fact.quote else "the message")

    @admin.display(description="said by", ordering="said_by")
    def author(self, fact: Fact) -> str:
        return fact.author_name

    @admin.display(description="state", ordering="state")
    def shown_state(self, fact: Fact) -> SafeString:
        return mark(fact.get_state_display(), _FACT_TONES.get(fact.state, "calm"))

    @admin.display(description="session")
    def group(self, fact: Fact) -> SafeString | str:
        return link_to(fact.session)


@admin.register(Photo)
class PhotoAdmin(ReadOnlyAdmin):
    """What became of each, and not what it shows: that is for the group."""

    list_display = (
        "shown_number",
        "group",
        "sent_by",
        "shown_state",
        "why",
        "shows",
        "place",
        "at_twilio",
        "created_at",
    )
    list_filter = ("state", "refusal")
    list_select_related = ("session", "sent_by")
    search_fields = ("=session__code",)
    search_help_text = "A session's code."
    ordering = ("-pk",)
    exclude = ("folder", "fingerprint", "generation", "leased_until", "alt_text")

    @admin.display(description="photo", ordering="number")
    def shown_number(self, photo: Photo) -> str:
        return str(photo)

    @admin.display(description="session")
    def group(self, photo: Photo) -> SafeString | str:
        return link_to(photo.session)

    @admin.display(description="state", ordering="state")
    def shown_state(self, photo: Photo) -> SafeString:
        return mark(photo.get_state_display(), _PHOTO_TONES.get(photo.state, "calm"))

    @admin.display(description="why not", ordering="refusal")
    def why(self, photo: Photo) -> str:
        return photo.refusal.replace("_", " ") or "–"

    @admin.display(description="Twilio's copy")
    def at_twilio(self, photo: Photo) -> str:
        if photo.message_id is None:
            return "none"
        return f"deleted {ago(photo.removed_at_twilio_at)}" if photo.removed_at_twilio_at else "there"


@admin.register(Invite)
class InviteAdmin(ReadOnlyAdmin):
    list_display = ("code", "group", "shown_state", "used", "expires_at", "created_at")
    list_filter = (("retired_at", admin.EmptyFieldListFilter),)
    list_select_related = ("session",)
    search_fields = ("=code", "=session__code")
    search_help_text = "An invite's code or a session's."
    ordering = ("-pk",)

    @admin.display(description="session")
    def group(self, invite: Invite) -> SafeString | str:
        return link_to(invite.session)

    @admin.display(description="state")
    def shown_state(self, invite: Invite) -> SafeString:
        state = invite.state_at(clock.now())
        return mark(state, "good" if state == "in use" else "calm")

    @admin.display(description="used")
    def used(self, invite: Invite) -> str:
        return f"{invite.uses} of {invite.most_uses}"


@admin.register(ShareLink)
class ShareLinkAdmin(ReadOnlyAdmin):
    """Who has a page that strangers can open, and until when. What would open it is nowhere here."""

    list_display = ("group", "shown_state", "preview_shows_photo", "expires_at", "created_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("session",)
    search_fields = ("=session__code",)
    search_help_text = "A session's code."
    ordering = ("-pk",)
    actions = ("close_pages",)

    @admin.display(description="session")
    def group(self, link: ShareLink) -> SafeString | str:
        return link_to(link.session)

    @admin.display(description="state")
    def shown_state(self, link: ShareLink) -> SafeString:
        if link.revoked_at:
            return mark("closed")
        return mark("open", "good") if link.expires_at > clock.now() else mark("expired")

    def has_close_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("sessions_app.change_sharelink")

    @admin.action(description="Close these pages at once", permissions=["close"])
    def close_pages(self, request: HttpRequest, queryset: QuerySet[ShareLink]) -> None:
        """The profile stays as it is; its owner may ask for another link."""
        closed = 0
        for link in queryset.filter(revoked_at=None):
            with transaction.atomic():
                closed += links.revoke(actions.lock_session(link.session_id), clock.now())
            self.log_change(request, link, "Closed the page.")
        self.message_user(request, f"Closed: {closed}.", messages.SUCCESS)


@admin.register(OwnPageLink)
class OwnPageLinkAdmin(ReadOnlyAdmin):
    """Who has a link to their own page. What would open it is kept nowhere, and so shown nowhere."""

    list_display = ("participant", "group", "shown_state", "expires_at", "created_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("participant__session",)
    search_fields = ("=participant__session__code", "participant__name")
    search_help_text = "A session's code or a name."
    ordering = ("-pk",)
    exclude = ("nonce",)
    actions = ("revoke",)

    @admin.display(description="session")
    def group(self, link: OwnPageLink) -> SafeString | str:
        return link_to(link.participant.session)

    @admin.display(description="state")
    def shown_state(self, link: OwnPageLink) -> SafeString:
        if link.revoked_at is not None:
            return mark("revoked", "calm")
        return mark("works", "good") if link.expires_at > clock.now() else mark("expired", "calm")

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("sessions_app.change_ownpagelink")

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[OwnPageLink]) -> None:
        """One by one rather than in bulk, so that each has its own entry in the history."""
        done = 0
        for link in queryset:
            if OwnPageLink.objects.filter(pk=link.pk).revoke(clock.now()):
                self.log_change(request, link, "Revoked.")
                done += 1
        said = f"Revoked: {done}. Whoever texts “my page” gets a new one."
        self.message_user(request, said, messages.SUCCESS)


class StageForm(StaffForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "fields" in self.fields:
            # Django adds a hidden copy for JSON defaults that are callables, and would compare with that one.
            self.fields["fields"].show_hidden_initial = False
            self.fields["fields"].widget.attrs["rows"] = 3
            self.fields[
                "fields"
            ].help_text = f"The profile fields that this stage fills. Available: {', '.join(FIELDS)}."

    def clean_fields(self) -> list[str]:
        wanted = self.cleaned_data["fields"]
        if not isinstance(wanted, list) or not all(isinstance(slug, str) for slug in wanted):
            raise ValidationError('Give a list of slugs, such as ["first_name", "age"].')
        unknown = [slug for slug in wanted if slug not in FIELDS and slug not in self.instance.fields]
        if unknown:
            raise ValidationError(f"Unknown field: {', '.join(unknown)}.")
        return wanted


@admin.register(Stage)
class StageAdmin(StaffAdmin):
    """Saving a change adds the next version and makes it the current one; older versions are there to be read."""

    list_display = ("slug", "position", "version", "standing", "goal_in_short", "created")
    list_filter = ("is_current", "slug")
    list_fullwidth = True
    fields = ("slug", "version", "is_current", "position", "goal", "instructions", "fields")
    readonly_fields = ("slug", "version", "is_current")
    form = StageForm
    ordering = ("-is_current", "position", "-version")

    @admin.display(description="state", ordering="is_current")
    def standing(self, stage: Stage) -> SafeString:
        return mark("current", "good") if stage.is_current else mark("older version")

    @admin.display(description="goal")
    def goal_in_short(self, stage: Stage) -> str:
        return shortened(stage.goal, 90)

    @admin.display(description="written")
    def created(self, stage: Stage) -> str:
        return ago(stage.created_at)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Stage | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Stage | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_current)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form opened before somebody else saved must not overwrite their change."""
        stage = self.get_object(request, object_id)
        if request.method == "POST" and stage is not None and not stage.is_current:
            return self._show_newer_version(request, stage)
        try:
            return super().change_view(request, object_id, *args, **kwargs)
        # Saved in the moment between the check above and our own save.
        except StageHasChanged:
            return self._show_newer_version(request, Stage.objects.get(pk=object_id))

    def _show_newer_version(self, request: HttpRequest, stage: Stage) -> HttpResponse:
        messages.error(
            request,
            f"Nothing was saved: {stage.slug} has a newer version since you opened it. Here it is; go back in your "
            "browser for what you wrote.",
        )
        current = Stage.objects.get(slug=stage.slug, is_current=True)
        return redirect("admin:sessions_app_stage_change", current.pk)

    def response_change(self, request: HttpRequest, obj: Stage) -> HttpResponse:
        answer = super().response_change(request, obj)
        return redirect("admin:sessions_app_stage_change", obj.pk) if "_continue" in request.POST else answer

    def save_model(self, request: HttpRequest, obj: Stage, form: Any, change: bool) -> None:
        if not form.has_changed():
            return
        before = Stage.objects.get(pk=obj.pk)
        new = revise_stage(
            before, position=obj.position, goal=obj.goal, instructions=obj.instructions, fields=obj.fields
        )
        # The admin logs and redirects by this object, and both must mean the new version.
        obj.pk, obj.version, obj.created_at = new.pk, new.version, new.created_at


@admin.register(StarterPrompt)
class StarterPromptAdmin(StaffAdmin):
    """What a profile may answer. A profile that answers one keeps it, should it be taken away here."""

    list_display = ("text",)
    search_fields = ("text",)


@admin.register(Cliche)
class ClicheAdmin(StaffAdmin):
    """Drafts with these words are written again. What people write themselves may say anything."""

    list_display = ("words",)
    search_fields = ("words",)


@admin.register(ExportTarget)
class ExportTargetAdmin(StaffAdmin):
    """What fits into other apps. A profile's text for one of them is cut to these when it is asked for."""

    list_display = ("name", "bio_limit", "prompts", "prompt_limit", "checked_on", "note")
    search_fields = ("name",)
