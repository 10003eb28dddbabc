from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "matchmaker.dashboard"
    label = "dashboard"
