"""Sessions in the admin: the list that shows which is stuck and why, and the page of one session."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from conversations_app.admin import solve
from conversations_app.models import Problem
from conversations_app.staff import interventions
from matchmaker.admin_pages import FindsPhones, ReadOnlyAdmin, mark
from matchmaker.dashboard.filters import StageFilter, StuckFilter
from matchmaker.dashboard.session_list import STATUS_TONES, for_the_list, last_turn_in_words, people_in_words
from matchmaker.dashboard.session_page import find_session, page_of, position_of
from matchmaker.dashboard.trouble import trouble_of
from matchmaker.in_words import ago
from sessions_app.models import Participant, Session


class ReplyForm(forms.Form):
    text = forms.CharField(
        label="Write as staff",
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "Whoever it goes to will read this.", "dir": "auto"}),
        error_messages={"required": "There is nothing to say: the text is empty."},
    )
    to = forms.ModelChoiceField(
        Participant.objects.none(), required=False, label="To", empty_label="everybody in the group"
    )

    def __init__(self, session: Session, *args: Any) -> None:
        super().__init__(*args)
        people: Any = self.fields["to"]
        people.queryset = session.participants.present().select_related("contact")


@admin.register(Session)
class SessionAdmin(FindsPhones, ReadOnlyAdmin):
    list_display = ("name", "trouble", "stage_now", "activity", "people", "messages_kept", "last_turn")
    list_display_links = ("name",)
    list_filter = (StuckFilter, "status", StageFilter, "transport")
    search_fields = (
        "code",
        "participants__name",
        "participants__contact__address",
        # Some countries' mobile numbers exist in two forms: staff may search for one and we may hold the other.
        "participants__contact__address__canonical",
    )
    search_help_text = "A session's code, a person's name, or a phone number."
    ordering = ("-last_activity_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return for_the_list(super().get_queryset(request))

    @admin.display(description="session", ordering="code")
    def name(self, session: Session) -> SafeString:
        return format_html(
            '<span class="mm-code">{}</span> {}',
            session.code,
            mark(session.get_status_display().lower(), STATUS_TONES.get(session.status, "calm")),
        )

    @admin.display(description="stuck, and why")
    def trouble(self, session: Session) -> SafeString:
        reasons = trouble_of(session)
        if not reasons:
            return mark("all is well")
        rows = format_html_join("", '<li class="mm-reason">{}</li>', ((reason,) for reason in reasons))
        return format_html('<ul class="mm-reasons">{}</ul>', rows)

    @admin.display(description="stage", ordering="stage")
    def stage_now(self, session: Session) -> str:
        return session.stage.replace("_", " ")

    @admin.display(description="last activity", ordering="last_activity_at")
    def activity(self, session: Session) -> str:
        return ago(session.last_activity_at)

    @admin.display(description="people")
    def people(self, session: Session) -> str:
        return people_in_words(session)

    @admin.display(description="messages")
    def messages_kept(self, session: Any) -> int:
        return int(session.messages_kept)

    @admin.display(description="matchmaker")
    def last_turn(self, session: Any) -> SafeString:
        words, tone = last_turn_in_words(session.last_turn)
        return format_html('<span class="mm-turn mm-{}">{}</span>', tone, words)

    # --- the page of one session ---

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(
                f"<int:session_id>/{route}/", self.admin_site.admin_view(view), name=f"sessions_app_session_{name}"
            )

        return [
            at("live", require_GET(self.live), "live"),
            at("pause", require_POST(self.pause), "pause"),
            at("resume", require_POST(self.resume), "resume"),
            at("release", require_POST(self.release), "release"),
            at("unseal", require_POST(self.unseal), "unseal"),
            at("close", require_POST(self.close), "close"),
            at("invite", require_POST(self.new_invite), "invite"),
            at("say", require_POST(self.say), "say"),
            at("solved/<int:problem_id>", require_POST(self.solved), "solved"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        # Changes go through the routes above, which take the locks that a plain form would not.
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        # Django's admin takes any text here, and the database only numbers.
        if not object_id.isdecimal():
            raise Http404
        session = self._session(request, int(object_id))
        return self._page(request, session, ReplyForm(session))

    def _page(self, request: HttpRequest, session: Any, reply: ReplyForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **self._content(request, session),
            "opts": self.model._meta,
            "original": session,
            "title": f"Session {session.code}",
            "reply": reply,
            "is_fullwidth": "1",
        }
        return TemplateResponse(request, "admin/sessions_app/session/page.html", context)

    def _content(self, request: HttpRequest, session: Any) -> dict[str, Any]:
        whole = "all" in request.GET
        return {
            "page": page_of(session, whole=whole),
            "whole": whole,
            "status_tone": STATUS_TONES.get(session.status, "calm"),
            "may_act": self._may_act(request),
            "may_solve": request.user.has_perm("conversations_app.change_problem"),
        }

    def live(self, request: HttpRequest, session_id: int) -> HttpResponse:
        """What changes on an open page, or 304 when nothing did since `after`."""
        session = self._session(request, session_id)
        if request.GET.get("after") == position_of(session):
            return HttpResponseNotModified()
        return never_cache(self._live_page)(request, session)

    def _live_page(self, request: HttpRequest, session: Any) -> HttpResponse:
        context = self._content(request, session)
        return TemplateResponse(request, "admin/sessions_app/session/live.html", context)

    # --- what staff do to it ---

    def pause(self, request: HttpRequest, session_id: int) -> HttpResponse:
        session = self._session_to_act_on(request, session_id)
        return self._done(
            request,
            session,
            interventions.pause,
            "Paused",
            "The matchmaker stays silent until you resume the session.",
        )

    def resume(self, request: HttpRequest, session_id: int) -> HttpResponse:
        session = self._session_to_act_on(request, session_id)
        return self._done(request, session, interventions.resume, "Resumed", "The matchmaker carries on from here.")

    def release(self, request: HttpRequest, session_id: int) -> HttpResponse:
        session = self._session_to_act_on(request, session_id)
        return self._done(
            request,
            session,
            interventions.release_hold,
            "Released the safety hold",
            "The sealed profile counts again, and the matchmaker goes on."
            if session.sealed_at
            else "The matchmaker goes on.",
        )

    def unseal(self, request: HttpRequest, session_id: int) -> HttpResponse:
        session = self._session_to_act_on(request, session_id)
        return self._done(
            request,
            session,
            interventions.unseal,
            "Looked at what was sealed",
            "It is shown again, to the matchmaker as well.",
        )

    def close(self, request: HttpRequest, session_id: int) -> HttpResponse:
        session = self._session_to_act_on(request, session_id)
        return self._done(
            request,
            session,
            interventions.close,
            "Closed the session for good",
            "The group hears a goodbye, and then the chat ends at Twilio.",
        )

    def new_invite(self, request: HttpRequest, session_id: int) -> HttpResponse:
        session = self._session_to_act_on(request, session_id)
        return self._done(
            request,
            session,
            interventions.new_invite,
            "Made a new invite code",
            "The previous code no longer works.",
        )

    def _done(
        self, request: HttpRequest, session: Session, act: Callable[..., object], what: str, then: str
    ) -> HttpResponse:
        try:
            act(session, by=request.user.get_username())
        except interventions.InterventionRefused as why:
            messages.error(request, str(why))
        else:
            self.log_change(request, session, f"{what}.")
            messages.success(request, f"{what}. {then}")
        return redirect("admin:sessions_app_session_change", session.pk)

    def say(self, request: HttpRequest, session_id: int) -> HttpResponse:
        """A refused reply comes back with what was written."""
        session = self._session_to_act_on(request, session_id)
        # No redirect when it is refused: that would lose what staff wrote.
        reply = ReplyForm(session, request.POST)
        if not reply.is_valid():
            return self._page(request, session, reply)
        text, person, by = reply.cleaned_data["text"], reply.cleaned_data["to"], request.user.get_username()
        try:
            if person is not None:
                interventions.say_to_one(session, person, text, by=by)
                to, change = f"{person} alone", f"Wrote to {person} alone as staff."
            else:
                message = interventions.say_as_staff(session, text, by=by)
                to, change = "everybody in the group", f"Wrote to the group as staff (message {message.pk})."
        except interventions.InterventionRefused as why:
            reply.add_error("text", str(why))
            return self._page(request, session, reply)
        self.log_change(request, session, change)
        messages.success(request, f"Your message is on its way to {to}.")
        return redirect("admin:sessions_app_session_change", session.pk)

    def solved(self, request: HttpRequest, session_id: int, problem_id: int) -> HttpResponse:
        session = self._session(request, session_id)
        if not request.user.has_perm("conversations_app.change_problem"):
            raise PermissionDenied
        problem = Problem.objects.filter(pk=problem_id, session=session).first()
        if problem is not None and solve(problem):
            self.log_change(request, problem, "Marked as solved.")
            messages.success(request, "Marked as solved.")
        return redirect("admin:sessions_app_session_change", session.pk)

    def _session(self, request: HttpRequest, session_id: int) -> Any:
        session = find_session(session_id)
        # Before the 404: whoever may not look is not told which sessions there are.
        if not self.has_view_permission(request, session):
            raise PermissionDenied
        if session is None:
            raise Http404
        return session

    def _session_to_act_on(self, request: HttpRequest, session_id: int) -> Any:
        session = self._session(request, session_id)
        if not self._may_act(request):
            raise PermissionDenied
        return session

    def _may_act(self, request: HttpRequest) -> bool:
        """ReadOnlyAdmin denies change permission to everybody, so ask for the user's own."""
        return request.user.has_perm("sessions_app.change_session")
