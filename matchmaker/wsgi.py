import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "matchmaker.settings")
os.environ.setdefault("PROCESS_ROLE", "web")

application = get_wsgi_application()


def _warm_up() -> None:
    """The first webhook must not pay for imports and connections: Twilio waits five seconds, and a name much less."""
    # Imports models, so it must wait until the application above has set Django up.
    from conversations_app.webhooks.pre_event import warm_up

    import_module(settings.ROOT_URLCONF)
    warm_up()


_warm_up()
