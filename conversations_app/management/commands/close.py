from functools import partial
from typing import Any

from conversations_app.management.commands._sessions import StaffCommand, session_of, who
from conversations_app.staff import interventions


class Command(StaffCommand):
    help = "Close a session for good: its people hear a goodbye, and a worker ends the chat at Twilio."

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["code"])
        self.carry_out(
            options,
            check=partial(interventions.check_can_close, session),
            act=partial(interventions.close, session, by=who()),
        )
        sealed = " Its profile stays sealed." if session.sealed_at else ""
        self.report(
            options,
            would=f"This would close {session.code} for good: nobody could write or join there any more.{sealed}",
            did=f"{session.code} is closed for good. A worker says goodbye there and ends the chat at Twilio.{sealed}",
            status=session.status,
        )
