"""The admin's looks (django-unfold). Settings import this, so it loads no model."""

from typing import Any

from django.templatetags.static import static

_ROSE = {
    "50": "#fdf2f4",
    "100": "#fbe4e8",
    "200": "#f6ccd4",
    "300": "#eea6b4",
    "400": "#e2758c",
    "500": "#d14869",
    "600": "#b92d54",
    "700": "#9a2146",
    "800": "#811f3f",
    "900": "#6f1d3a",
    "950": "#3e0b1d",
}


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Matchmaker",
    "SITE_HEADER": "Matchmaker",
    "SITE_SUBHEADER": "for staff",
    "SITE_SYMBOL": "favorite",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("dashboard/favicon.svg")}
    ],
    "SITE_URL": None,
    "SHOW_VIEW_ON_SITE": False,
    "COLORS": {"primary": _ROSE},
    "STYLES": [lambda request: static("dashboard/dashboard.css")],
    "DASHBOARD_CALLBACK": "matchmaker.dashboard.overview.overview",
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": "matchmaker.dashboard.sidebar.sidebar",
    },
}
