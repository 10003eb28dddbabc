from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from conversations_app.management.commands._sessions import as_json, session_of
from conversations_app.staff.report_text import report_as_text
from conversations_app.staff.reports import session_report


class Command(BaseCommand):
    help = "Show one session: its people, its transcript, and the profile so far with who said what."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the session's code")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object, with full addresses and all turns"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = session_report(session_of(options["code"]))
        self.stdout.write(as_json(report) if options["json"] else report_as_text(report))
