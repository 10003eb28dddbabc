from django.apps import AppConfig


class LegacyConfig(AppConfig):
    name = "sessions_app.legacy"
    label = "sessions_legacy"
    verbose_name = "Sessions of the older app"
    # In the admin's side bar: title, icon, model.
    sidebar_pages = (("Imported sessions", "move_to_inbox", "legacyimport"),)
