"""The pipeline's tables, read-only. Staff can solve problems, retry failed webhooks and resend held messages."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from conversations_app.gateway import delivery_errors
from conversations_app.inbound import inbox
from conversations_app.inbound.receipts import FAILURES
from conversations_app.models import (
    Binding,
    Conversation,
    Delivery,
    Heartbeat,
    InboxEvent,
    Message,
    Problem,
    Receipt,
    Sender,
    Turn,
    TurnAction,
    Window,
)
from conversations_app.staff import interventions
from matchmaker import clock
from matchmaker.addresses import masked
from matchmaker.admin_pages import FindsPhones, ReadOnlyAdmin, ReadOnlyInline, Tone, link_to, mark
from matchmaker.in_words import ago, shortened

_TONES: dict[str, Tone] = {
    "waiting": "warn",
    "creating": "warn",
    "binding": "warn",
    "unbinding": "warn",
    "missed": "warn",
    "open": "warn",
    "abandoned": "bad",
    "refused": "bad",
    "held": "bad",
    "failed": "bad",
    "active": "good",
    "bound": "good",
    "sent": "good",
    "done": "good",
}


class _WithState(ReadOnlyAdmin):
    @admin.display(description="state", ordering="state")
    def shown_state(self, row: Any) -> SafeString:
        return mark(row.get_state_display(), _TONES.get(row.state, "calm"))


class _WithSession(ReadOnlyAdmin):
    @admin.display(description="session")
    def group(self, row: Any) -> SafeString | str:
        return link_to(row.session)


class OpenOrSolved(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "open"), ("solved", "solved")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Problem]) -> QuerySet[Problem]:
        if self.value() is None:
            return queryset
        return queryset.filter(solved_at__isnull=self.value() == "open")


@admin.register(Problem)
class ProblemAdmin(_WithSession):
    list_display = ("what", "shown_state", "to_do", "group", "times", "seen")
    list_filter = (OpenOrSolved,)
    list_select_related = ("session",)
    search_fields = ("what", "=session__code")
    search_help_text = "Words of the problem, or a session's code."
    actions = ("mark_solved",)

    @admin.display(description="state")
    def shown_state(self, problem: Problem) -> SafeString:
        if problem.solved_at is None:
            return mark("urgent" if problem.is_urgent else "open", "bad")
        return mark("solved by itself" if problem.solved_by_itself else "solved", "good")

    @admin.display(description="last seen", ordering="last_at")
    def seen(self, problem: Problem) -> str:
        return ago(problem.last_at)

    def has_solve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("conversations_app.change_problem")

    @admin.action(description="Mark as solved", permissions=["solve"])
    def mark_solved(self, request: HttpRequest, queryset: QuerySet[Problem]) -> None:
        solved = [problem for problem in queryset if solve(problem)]
        for problem in solved:
            self.log_change(request, problem, "Marked as solved.")
        self.message_user(request, f"Marked as solved: {len(solved)}.", messages.SUCCESS)


def solve(problem: Problem) -> bool:
    """False if somebody else solved it first. If the trouble returns, a new problem is opened."""
    return Problem.objects.filter(pk=problem.pk, solved_at__isnull=True).update(solved_at=Now()) == 1


@admin.register(InboxEvent)
class InboxEventAdmin(_WithState):
    list_display = ("event_type", "kind", "shown_state", "note", "attempts", "received", "took")
    list_filter = ("state", "kind", "event_type")
    search_fields = ("key", "note")
    search_help_text = "A sid, or words of the note."
    ordering = ("-pk",)
    # Shown through `content` instead, as readable JSON.
    exclude = ("payload",)
    readonly_fields = ("content",)
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[InboxEvent]:
        # The list shows fifty rows and no payload, each of which may be 32 KB.
        return super().get_queryset(request).defer("payload")

    @admin.display(description="payload")
    def content(self, event: InboxEvent) -> SafeString:
        payload = json.dumps(event.payload, indent=2, ensure_ascii=False, sort_keys=True)
        return format_html('<pre class="mm-payload">{}</pre>', payload)

    @admin.display(description="received", ordering="pk")
    def received(self, event: InboxEvent) -> str:
        return ago(event.received_at)

    @admin.display(description="took")
    def took(self, event: InboxEvent) -> str:
        if event.finished_at is None:
            return "–"
        return f"{(event.finished_at - event.received_at).total_seconds():.2f} s"

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("conversations_app.change_inboxevent")

    @admin.action(description="Try failed ones again", permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[InboxEvent]) -> None:
        failed = queryset.filter(state=InboxEvent.State.FAILED)
        tried = [event for event in failed if inbox.replay(event)]
        for event in tried:
            self.log_change(request, event, "Set back to waiting.")
        self.message_user(request, f"Set back to waiting: {len(tried)}. Only failed ones can be.", messages.SUCCESS)


class _SendsAgain(ReadOnlyAdmin):
    actions = ("send_again",)

    put_back: Callable[..., None]
    """The intervention for one row; raises InterventionRefused."""

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"conversations_app.change_{self.opts.model_name}")

    @admin.action(description="Send again what was held back", permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        done = 0
        # Oldest first, so that the group reads them in the order in which they were written.
        for row in queryset.order_by("pk"):
            try:
                self.put_back(row, by=request.user.get_username())
            except interventions.InterventionRefused as why:
                messages.warning(request, str(why))
            else:
                self.log_change(request, row, "Put back to be sent again.")
                done += 1
        self.message_user(request, f"Queued to be sent again: {done}.", messages.SUCCESS)


@admin.register(Message)
class MessageAdmin(_SendsAgain, _WithSession, _WithState):
    list_display = ("written", "group", "kind", "by", "in_short", "shown_state", "error")
    list_filter = ("state", "kind")
    list_select_related = ("session", "author")
    search_fields = ("=session__code", "=sid")
    search_help_text = "A session's code, or a message's sid."
    ordering = ("-pk",)

    put_back = staticmethod(interventions.send_again)

    def get_exclude(self, request: HttpRequest, obj: Message | None = None) -> tuple[str, ...]:
        return ("body", "media", "read_instead") if obj is not None and obj.sealed_at is not None else ()

    @admin.display(description="written", ordering="at")
    def written(self, message: Message) -> str:
        return ago(message.at)

    @admin.display(description="by")
    def by(self, message: Message) -> str:
        return message.author.name if message.author else "–"

    @admin.display(description="text")
    def in_short(self, message: Message) -> str:
        return shortened(message.shown_body, 60)


@admin.register(Conversation)
class ConversationAdmin(_WithSession, _WithState):
    list_display = ("unique_name", "group", "sid", "shown_state", "created_at", "reconciled_at")
    list_filter = ("state",)
    list_select_related = ("session",)
    search_fields = ("=session__code", "=sid")
    search_help_text = "A session's code, or a Conversation's sid."
    ordering = ("-pk",)


@admin.register(Binding)
class BindingAdmin(FindsPhones, _WithState):
    list_display = ("participant", "group", "phone", "sender", "shown_state", "refusal", "created_at")
    list_filter = ("state", "sender")
    list_select_related = ("participant__session", "sender")
    search_fields = ("=participant__session__code", "participant__name", "address", "address__canonical")
    search_help_text = "A session's code, a name, or a phone number."
    ordering = ("-pk",)
    # Staff see masked numbers only.
    exclude = ("address",)
    readonly_fields = ("phone",)

    @admin.display(description="phone")
    def phone(self, binding: Binding) -> str:
        return masked(binding.address)

    @admin.display(description="session")
    def group(self, binding: Binding) -> SafeString | str:
        return link_to(binding.participant.session)


@admin.register(Delivery)
class DeliveryAdmin(_SendsAgain, _WithSession, _WithState):
    list_display = ("reason", "contact", "group", "shown_state", "status", "trouble", "attempts", "created_at")
    list_filter = ("state", "status", "reason")
    list_select_related = ("contact", "session")
    search_fields = ("=session__code", "=sid", "contact__display_name")
    search_help_text = "A session's code, a sid, or a name."
    ordering = ("-pk",)

    put_back = staticmethod(interventions.send_text_again)

    def get_exclude(self, request: HttpRequest, obj: Delivery | None = None) -> tuple[str, ...]:
        is_sealed = obj is not None and obj.message is not None and obj.message.sealed_at is not None
        return ("body", "media", "content_variables") if is_sealed else ()

    @admin.display(description="trouble")
    def trouble(self, delivery: Delivery) -> str:
        return delivery.error or (delivery_errors.in_words(delivery.error_code) if delivery.error_code else "–")


@admin.register(Receipt)
class ReceiptAdmin(ReadOnlyAdmin):
    list_display = ("message", "participant", "group", "shown_status", "trouble", "updated_at")
    list_filter = ("status", "error_code")
    list_select_related = ("message__session", "participant")
    search_fields = ("=message__session__code", "participant__name")
    search_help_text = "A session's code, or a name."
    ordering = ("-pk",)

    @admin.display(description="session")
    def group(self, receipt: Receipt) -> SafeString | str:
        return link_to(receipt.message.session)

    @admin.display(description="status", ordering="rank")
    def shown_status(self, receipt: Receipt) -> SafeString:
        return mark(receipt.status, "bad" if receipt.status in FAILURES else "calm")

    @admin.display(description="trouble")
    def trouble(self, receipt: Receipt) -> str:
        return delivery_errors.in_words(receipt.error_code) if receipt.status in FAILURES else "–"


class TurnActionInline(ReadOnlyInline):
    model = TurnAction
    fields = ("position", "name", "shown_arguments", "message", "is_done", "why")
    readonly_fields = ("shown_arguments",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TurnAction]:
        return super().get_queryset(request).select_related("turn__session", "message")

    @admin.display(description="arguments")
    def shown_arguments(self, action: TurnAction) -> str:
        return json.dumps(action.unsealed_arguments(), ensure_ascii=False)


@admin.register(Turn)
class TurnAdmin(_WithSession, _WithState):
    list_display = ("when", "group", "stage", "shown_state", "outcome", "tokens", "duration", "error")
    list_filter = (
        "state",
        "spoke",
        ("plain_line", admin.EmptyFieldListFilter),
        ("error", admin.EmptyFieldListFilter),
        "stage",
    )
    list_select_related = ("session",)
    search_fields = ("=session__code", "error")
    search_help_text = "A session's code, or words of an error."
    ordering = ("-pk",)
    inlines = (TurnActionInline,)

    @admin.display(description="when", ordering="pk")
    def when(self, turn: Turn) -> str:
        return ago(turn.opened_at)

    @admin.display(description="outcome")
    def outcome(self, turn: Turn) -> str:
        if turn.plain_line:
            return "spoke, by code"
        return "spoke" if turn.spoke else shortened(turn.reason, 60) or "–"

    @admin.display(description="took", ordering="duration_ms")
    def duration(self, turn: Turn) -> str:
        return f"{turn.duration_ms / 1000:.1f} s"


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ("name", "seen")

    @admin.display(description="last seen", ordering="at")
    def seen(self, heartbeat: Heartbeat) -> str:
        return ago(heartbeat.at)


@admin.register(Sender)
class SenderAdmin(ReadOnlyAdmin):
    list_display = ("address", "channel", "takes_people", "phones")
    actions = ("take_nobody_new", "take_people_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sender]:
        rows: QuerySet[Sender] = super().get_queryset(request)
        return rows.annotate(phones_held=Count("bindings", filter=~Q(bindings__state=Binding.State.FREED)))

    @admin.display(description="new people")
    def takes_people(self, sender: Sender) -> SafeString:
        return mark("accepted", "good") if sender.is_enabled else mark("not accepted", "calm")

    @admin.display(description="phones on it")
    def phones(self, sender: Any) -> int:
        return int(sender.phones_held)

    def has_switch_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("conversations_app.change_sender")

    @admin.action(description="Stop assigning new people", permissions=["switch"])
    def take_nobody_new(self, request: HttpRequest, queryset: QuerySet[Sender]) -> None:
        self._switch(request, queryset, on=False)

    @admin.action(description="Assign new people again", permissions=["switch"])
    def take_people_again(self, request: HttpRequest, queryset: QuerySet[Sender]) -> None:
        self._switch(request, queryset, on=True)

    def _switch(self, request: HttpRequest, queryset: QuerySet[Sender], *, on: bool) -> None:
        # One by one rather than in bulk, so that each number has its own entry in the history.
        for sender in Sender.objects.filter(pk__in=queryset).exclude(is_enabled=on):
            Sender.objects.filter(pk=sender.pk).update(is_enabled=on)
            self.log_change(
                request, sender, "New people are assigned again." if on else "No new people are assigned."
            )
        self.message_user(request, "Done. People who already use the number keep it.", messages.SUCCESS)


@admin.register(Window)
class WindowAdmin(ReadOnlyAdmin):
    """WhatsApp's 24-hour window, per phone and number of ours."""

    list_display = ("contact", "sender", "until", "last_inbound_at", "reminded_at", "template_sent_at")
    list_select_related = ("contact", "sender")
    search_fields = ("contact__display_name", "sender__address")

    @admin.display(description="window", ordering="last_inbound_at")
    def until(self, window: Window) -> SafeString:
        if window.shuts_at is None:
            return mark("never closes", "calm")
        left = (window.shuts_at - clock.now()).total_seconds() / 3600
        return mark(f"open for {left:.0f} h", "good") if left > 0 else mark("closed", "warn")
