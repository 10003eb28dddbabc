"""`manage.py doctor [--json]`: exit code 0 when all is well, notes included, 1 when something is wrong."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations_app.doctor import running
from conversations_app.doctor.findings import Finding, Level
from conversations_app.doctor.running import Check
from conversations_app.doctor.table import CHECKS
from conversations_app.management.commands._sessions import as_json

Found = tuple[Check, Finding]


class Command(BaseCommand):
    help = "Check everything that has to work, and say what to do where it does not."
    # Has to run whatever else is wrong.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[Found] = []
        for check, findings in running.run(CHECKS):
            found += [(check, finding) for finding in findings]
            if not options["json"]:
                self._tell(findings)
        wrong = sum(finding.level is Level.BAD for _, finding in found)
        if options["json"]:
            self.stdout.write(as_json({"ok": not wrong, "findings": [_plain(one) for one in found]}))
        if wrong:
            raise CommandError("One thing is wrong." if wrong == 1 else f"{wrong} things are wrong.", returncode=1)

    def _tell(self, findings: list[Finding]) -> None:
        for finding in findings:
            lead = self._colours()[finding.level](f"{finding.level:<4}")
            to_do = f" {finding.to_do}" if finding.to_do else ""
            self.stdout.write(f"{lead}  {finding.what}{to_do}")
            self.stdout.flush()

    def _colours(self) -> dict[Level, Callable[[str], str]]:
        """Without a terminal they change nothing."""
        return {Level.GOOD: self.style.SUCCESS, Level.NOTE: self.style.WARNING, Level.BAD: self.style.ERROR}


def _plain(found: Found) -> dict[str, str]:
    check, finding = found
    return {"check": check.name, "level": finding.level, "what": finding.what, "to_do": finding.to_do}
