"""`manage.py close_idle [--apply] [--json]`: groups that fell silent are closed with a goodbye.

Those that staff hold are left as they are, but for their phones, which are freed after three times as long.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from conversations_app.management.commands._sessions import as_json
from conversations_app.membership import idle
from matchmaker import clock
from sessions_app.models import Session


class Command(BaseCommand):
    help = "Close chats that have been quiet for SESSION_IDLE_DAYS: say goodbye, then free their phones for other groups."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without this, only list them")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        silent = list(idle.idle_sessions(clock.now()))
        forgotten = list(idle.forgotten_sessions(clock.now()))
        closed = [session.code for session in silent if options["apply"] and idle.put_to_sleep(session)]
        freed = [session.code for session in forgotten if options["apply"] and idle.free_phones(session)]
        if options["json"]:
            result = {"idle": _codes(silent), "closed": closed, "forgotten": _codes(forgotten), "freed": freed}
            self.stdout.write(as_json({**result, "applied": options["apply"]}))
            return
        for session in silent:
            self._tell(session, "closed, with a goodbye" if session.code in closed else "quiet")
        for session in forgotten:
            state = str(Session.Status(session.status).label)
            self._tell(session, f"{state}; its phones {'were freed' if session.code in freed else 'would be freed'}")
        if not silent and not forgotten:
            self.stdout.write(f"No chat has been quiet for {settings.SESSION_IDLE_DAYS} days.")
        elif not options["apply"]:
            self.stdout.write("Nothing was changed. Add --apply to do it.")

    def _tell(self, session: Session, what: str) -> None:
        self.stdout.write(f"{session.code}: {what}, last message at {session.last_activity_at:%Y-%m-%d %H:%M} UTC")


def _codes(sessions: list[Session]) -> list[str]:
    return [session.code for session in sessions]
