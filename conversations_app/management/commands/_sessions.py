"""What the commands about one session share."""

import getpass
import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from conversations_app.staff.interventions import InterventionRefused
from sessions_app.models import Session

T = TypeVar("T")


def as_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def session_of(code: str) -> Session:
    """By its code, in any case. Raises CommandError (exit code 1)."""
    session = Session.objects.filter(code=code.strip().upper()).first()
    if session is None:
        raise CommandError(f"There is no session {code.strip().upper()}. Run `sessions` to list them.")
    return session


def who() -> str:
    """The account at the terminal, for the log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "command line"


class StaffCommand(BaseCommand):
    """A change to one session: shown first, made with `--apply`."""

    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the session's code")
        parser.add_argument("--apply", action="store_true", help="do it; without this, only say what would happen")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def carry_out(self, options: dict[str, Any], *, check: Callable[[], object], act: Callable[[], T]) -> T | None:
        """Act with `--apply`; without it, only check whether it could. Raises CommandError with the reason if not."""
        try:
            check()
            return act() if options["apply"] else None
        except InterventionRefused as why:
            raise CommandError(str(why)) from None

    def report(self, options: dict[str, Any], *, would: str, did: str, **details: Any) -> None:
        applied = bool(options["apply"])
        if options["json"]:
            self.stdout.write(as_json({"code": options["code"].strip().upper(), "applied": applied, **details}))
        elif applied:
            self.stdout.write(did)
        else:
            self.stdout.write(f"{would}\nNothing was changed. Add --apply to do it.")
