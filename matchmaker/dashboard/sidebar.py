"""The admin's side bar (django-unfold)."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse_lazy

from conversations_app.models import Problem


def _page(title: str, icon: str, app: str, model: str, **more: Any) -> dict[str, Any]:
    def is_for(request: HttpRequest) -> bool:
        return request.user.has_perm(f"{app}.view_{model}")

    link = reverse_lazy(f"admin:{app}_{model}_changelist")
    return {"title": title, "icon": icon, "link": link, "permission": is_for, **more}


_GROUPS: list[dict[str, Any]] = [
    {
        "items": [
            {"title": "Overview", "icon": "space_dashboard", "link": reverse_lazy("admin:index")},
            _page("Sessions", "forum", "sessions_app", "session"),
            _page("Problems", "error", "conversations_app", "problem", badge_variant="danger"),
        ],
    },
    {
        "title": "The interview",
        "separator": True,
        "items": [
            _page("Stages", "conversion_path", "sessions_app", "stage"),
            _page("Starter prompts", "edit_note", "sessions_app", "starterprompt"),
            _page("Clichés", "block", "sessions_app", "cliche"),
            _page("Profile pages", "public", "sessions_app", "sharelink"),
            _page("Dating apps", "ios_share", "sessions_app", "exporttarget"),
            _page("Invites", "key", "sessions_app", "invite"),
            _page("Own pages", "badge", "sessions_app", "ownpagelink"),
            _page("Profile values", "fact_check", "sessions_app", "fact"),
            _page("Photos", "photo_library", "sessions_app", "photo"),
            _page("People", "group", "sessions_app", "contact"),
        ],
    },
    {
        "title": "Behind the scenes",
        "separator": True,
        "collapsible": True,
        "items": [
            _page("Messages", "chat", "conversations_app", "message"),
            _page("Turns", "psychology", "conversations_app", "turn"),
            _page("Webhook inbox", "inbox", "conversations_app", "inboxevent"),
            _page("Conversations", "hub", "conversations_app", "conversation"),
            _page("Bindings", "link", "conversations_app", "binding"),
            _page("Texts to one phone", "sms", "conversations_app", "delivery"),
            _page("Receipts", "done_all", "conversations_app", "receipt"),
            _page("Our numbers", "dialpad", "conversations_app", "sender"),
            _page("Windows", "schedule", "conversations_app", "window"),
            _page("Heartbeats", "monitor_heart", "conversations_app", "heartbeat"),
        ],
    },
    {
        "title": "Staff",
        "separator": True,
        "collapsible": True,
        "items": [
            _page("Users", "person", "auth", "user"),
            _page("Groups of users", "shield_person", "auth", "group"),
        ],
    },
]


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of pages; beside Problems stands how many are open, and nothing when all is well."""
    first, interview, *others = _GROUPS
    waiting = Problem.objects.filter(solved_at__isnull=True).count()
    counted = [
        {**item, "badge": waiting} if waiting and item["title"] == "Problems" else item for item in first["items"]
    ]
    listed = [*interview["items"], *_pages_of_other_apps()]
    return [{**first, "items": counted}, {**interview, "items": listed}, *others]


def _pages_of_other_apps() -> list[dict[str, Any]]:
    """An app that can be taken away names its pages itself: title, icon and model, in `sidebar_pages` of its AppConfig."""
    return [
        _page(title, icon, app.label, model)
        for app in apps.get_app_configs()
        for title, icon, model in getattr(app, "sidebar_pages", ())
    ]
