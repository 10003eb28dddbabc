"""`migrate_legacy_sessions --give-back`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations_app.legacy import giving_back
from conversations_app.legacy.giving_back import NotGivenBack
from conversations_app.management.commands._progress import Progress
from conversations_app.management.commands._sessions import as_json
from sessions_app.models import Session

WRONG_USE = 2


def give_back(command: BaseCommand, options: dict[str, Any]) -> None:
    """Raises CommandError."""
    codes = {code.strip().upper() for code in options["code"]}
    unknown = codes - set(Session.objects.filter(code__in=codes).values_list("code", flat=True))
    if unknown:
        raise CommandError(f"There is no session {', '.join(sorted(unknown))} here.", returncode=WRONG_USE)
    sessions = list(giving_back.awake_ones(codes))
    given, failed = [], []
    progress = Progress(command.stderr, total=len(sessions), what="sessions")
    for session in sessions if options["apply"] else []:
        try:
            giving_back.give_back(session)
            given.append(session.code)
        except NotGivenBack as why:
            failed.append({"code": session.code, "why": str(why)})
        progress.step()
    progress.end()
    awake = [session.code for session in sessions]
    result = {"awake": awake, "given_back": given, "failed": failed, "applied": options["apply"]}
    command.stdout.write(as_json(result) if options["json"] else "\n".join(_lines(result)))
    if failed:
        raise CommandError(f"{len(failed)} could not be given back.", returncode=1)


def _lines(result: dict[str, Any]) -> list[str]:
    if not result["awake"]:
        return ["None of the imported sessions is awake here."]
    if not result["applied"]:
        awake = ", ".join(result["awake"])
        return [f"Awake here: {awake}.", "They would sleep again, and their phones would be free.", _NOTHING_DONE]
    lines = [f"{code} sleeps again, and its phones are free." for code in result["given_back"]]
    return [*lines, *(f"{one['code']} was not given back: {one['why']}." for one in result["failed"])]


_NOTHING_DONE = "Nothing was changed. Add --apply to do it."
