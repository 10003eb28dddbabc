from django.apps import AppConfig


class LegacyConfig(AppConfig):
    name = "conversations_app.legacy"
    label = "conversations_legacy"
    verbose_name = "Move from the older app"

    def ready(self) -> None:
        from conversations_app import extensions
        from conversations_app.legacy.source import OlderApp

        extensions.register(OlderApp())
