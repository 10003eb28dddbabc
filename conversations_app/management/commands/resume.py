from functools import partial
from typing import Any

from conversations_app.management.commands._sessions import StaffCommand, session_of, who
from conversations_app.membership import bindings, senders
from conversations_app.staff import interventions
from sessions_app import actions
from sessions_app.models import Session


class Command(StaffCommand):
    help = (
        "Resume a paused session, or release one from its safety hold: the matchmaker reads at once what was written in "
        "the meantime."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["code"])
        was_held, was_sealed = session.status == Session.Status.SAFETY_HOLD, session.sealed_at is not None
        waiting, sealed = interventions.waiting_messages(session), actions.sealed_facts(session)
        check = interventions.check_can_release if was_held else interventions.check_can_resume
        act = interventions.release_hold if was_held else interventions.resume
        self.carry_out(options, check=partial(check, session), act=partial(act, session, by=who()))
        session.refresh_from_db()
        code, unread, facts = session.code, _counted(waiting, "unread message"), _counted(sealed, "sealed fact")
        would = f"This would resume {code}: the matchmaker would read {unread}."
        did = f"{code} is active again, with {unread} to read."
        if was_held:
            again = f", with {facts} in use again" if was_sealed else ""
            would = (
                f"This would release the safety hold of {code}{again}: the matchmaker would go on and read {unread}."
            )
            if was_sealed:
                would += " Only do it if its primary person is an adult after all."
            did = f"The safety hold of {code} is released{again}. The matchmaker reads {unread}."
        self.report(
            options,
            would=would,
            did=did + _who_is_there(session),
            status=session.status,
            unread=waiting,
            sealed=sealed,
        )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _who_is_there(session: Session) -> str:
    if bindings.has_bound_phones(session):
        return ""
    link = senders.link_to_come_back()
    return (
        " Nobody of it can be written to first: they are back by writing to us"
        + (f", by {link}" if link else "")
        + "."
    )
