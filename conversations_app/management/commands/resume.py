from functools import partial
from typing import Any

from conversations_app.legacy import waking
from conversations_app.management.commands._sessions import StaffCommand, session_of, who
from conversations_app.membership import bindings
from conversations_app.staff import interventions
from sessions_app.models import Session


class Command(StaffCommand):
    help = "Resume a paused session: the matchmaker reads at once what was written in the meantime."

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["code"])
        waiting = interventions.waiting_messages(session)
        self.carry_out(
            options,
            check=partial(interventions.check_can_resume, session),
            act=partial(interventions.resume, session, by=who()),
        )
        session.refresh_from_db()
        unread = f"{waiting} unread message{'' if waiting == 1 else 's'}"
        self.report(
            options,
            would=f"This would resume {session.code}: the matchmaker would read {unread}.",
            did=f"{session.code} is active again, with {unread} to read.{_who_is_there(session)}",
            status=session.status,
            unread=waiting,
        )


def _who_is_there(session: Session) -> str:
    if bindings.has_bound_phones(session):
        return ""
    link = waking.link_to_come_back(session)
    return (
        " Nobody of it can be written to first: they are back by writing to us"
        + (f", by {link}" if link else "")
        + "."
    )
