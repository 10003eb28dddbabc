from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand

from conversations_app.management.commands._sessions import as_json
from conversations_app.staff.reports import SessionSummary, session_summaries
from matchmaker import clock
from sessions_app.models import Session

HEADING = ("CODE", "STAGE", "STATUS", "TRANSPORT", "PEOPLE", "MESSAGES", "LAST ACTIVITY")


class Command(BaseCommand):
    help = "List the sessions, most recently active first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--open", action="store_true", help="leave out sessions that have ended")
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        sessions = Session.objects.open() if options["open"] else Session.objects.all()
        found = session_summaries(sessions)
        if options["json"]:
            self.stdout.write(as_json(found))
        elif found:
            self.stdout.write(table([HEADING, *(_row(summary) for summary in found)]))
        else:
            self.stdout.write(
                "There are no sessions yet. One begins when somebody texts START to one of our numbers."
            )


def _row(summary: SessionSummary) -> tuple[str, ...]:
    counts = (str(summary["participants"]), str(summary["messages"]))
    names = (summary["code"], summary["stage"], summary["status"], summary["transport"])
    return (*names, *counts, ago(summary["last_activity_at"]))


def table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def ago(moment: datetime) -> str:
    minutes = int((clock.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days ago"
