from functools import partial
from typing import Any

from conversations_app.management.commands._sessions import StaffCommand, session_of, who
from conversations_app.staff import interventions


class Command(StaffCommand):
    help = "Pause a session: the matchmaker stays silent until you resume it, and people can still write."

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["code"])
        self.carry_out(
            options,
            check=partial(interventions.check_can_pause, session),
            act=partial(interventions.pause, session, by=who()),
        )
        self.report(
            options,
            would=f"This would pause {session.code}: the matchmaker would stay silent until you resume it.",
            did=f"{session.code} is paused. To resume it: resume {session.code} --apply",
            status=session.status,
        )
