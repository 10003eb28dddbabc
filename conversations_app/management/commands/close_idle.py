"""`manage.py close_idle [--apply] [--json]`: groups that fell silent are closed with a goodbye."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from conversations_app import idling
from conversations_app.management.commands._sessions import as_json
from matchmaker import clock


class Command(BaseCommand):
    help = "Close the chats in which nobody wrote for SESSION_IDLE_DAYS: a goodbye, then their phones are free."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it they are only told")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        idle = list(idling.idle_sessions(clock.now()))
        closed = [session.code for session in idle if options["apply"] and idling.put_to_sleep(session)]
        if options["json"]:
            codes = [session.code for session in idle]
            self.stdout.write(as_json({"idle": codes, "closed": closed, "applied": options["apply"]}))
            return
        for session in idle:
            done = "closed, with a goodbye" if session.code in closed else "silent"
            self.stdout.write(
                f"{session.code}: {done}, last written in at {session.last_activity_at:%Y-%m-%d %H:%M} UTC"
            )
        if not idle:
            self.stdout.write(f"No chat has been silent for {settings.SESSION_IDLE_DAYS} days.")
        elif not options["apply"]:
            self.stdout.write("Nothing was done yet: add --apply to do it.")
