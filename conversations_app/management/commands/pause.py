from typing import Any

from django.core.management.base import CommandError

from conversations_app.management.commands._sessions import StaffCommand, session_of, who
from conversations_app.staff import interventions


class Command(StaffCommand):
    help = "Pause a session: the matchmaker stays silent until you resume it, and people can still write."

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["code"])
        try:
            interventions.check_can_pause(session)
            if options["apply"]:
                interventions.pause(session, by=who())
        except interventions.InterventionRefused as why:
            raise CommandError(str(why)) from None
        self.report(
            options,
            would=f"This would pause {session.code}: the matchmaker would stay silent until you resume it.",
            did=f"{session.code} is paused. To resume it: resume {session.code} --apply",
            status=session.status,
        )
