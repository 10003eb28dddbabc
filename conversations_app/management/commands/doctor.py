"""`manage.py doctor [--json]`: is everything well? Exit code 1 when something is wrong."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations_app import doctor
from conversations_app.doctor.findings import Finding, Level
from conversations_app.management.commands._sessions import as_json


class Command(BaseCommand):
    help = "Look at the servers, the account at Twilio, the way in from outside, the model, and whether phones show names."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for name, finding in doctor.examine():
            found.append((name, finding))
            if not options["json"]:
                self.stdout.write(self._line(name, finding))
        if options["json"]:
            rows = [{"check": name, "level": f.level, "what": f.what, "to_do": f.to_do} for name, f in found]
            self.stdout.write(as_json({"well": _wrong(found) == 0, "findings": rows}))
        if _wrong(found):
            raise CommandError(f"{_wrong(found)} things are wrong.", returncode=1)

    def _line(self, name: str, finding: Finding) -> str:
        marks: dict[Level, str] = {
            "good": self.style.SUCCESS("✓"),
            "note": self.style.WARNING("·"),
            "bad": self.style.ERROR("✗"),
        }
        to_do = f" {finding.to_do}" if finding.to_do else ""
        return f"{marks[finding.level]} {name}: {finding.what}{to_do}"


def _wrong(found: list[tuple[str, Finding]]) -> int:
    return sum(finding.level == "bad" for _, finding in found)
