"""`manage.py move_session CODE --to conversations|broadcast [--apply]`."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from conversations_app.delivery import transport_moves
from conversations_app.delivery.session_delivery import deliver
from conversations_app.management.commands._sessions import StaffCommand, session_of
from sessions_app.models import Session

PATIENCE_S = 120
LOOK_EVERY_S = 0.3


class Command(StaffCommand):
    help = (
        "Move a session to the other transport while people keep writing. If this is interrupted, the workers finish "
        "the move; running it again does too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--to", required=True, choices=[choice.value for choice in Session.Transport])

    def handle(self, *args: Any, **options: Any) -> None:
        session, to = session_of(options["code"]), Session.Transport(options["to"])
        self._check(session, to)
        before = session.moving_to or session.transport
        if options["apply"] and {before, session.transport} != {to}:
            transport_moves.begin(session, to)
            self._wait(session)
        did = f"{session.code} now uses {to}." if before != to else f"{session.code} already uses {to}."
        self.report(
            options,
            would=f"This would move {session.code} from {before} to {to}.",
            did=did,
            **{"from": before, "to": to},
        )

    def _check(self, session: Session, to: Session.Transport) -> None:
        try:
            transport_moves.check(session, to)
        except transport_moves.MoveRefused as reason:
            raise CommandError(str(reason), returncode=1) from None

    def _wait(self, session: Session) -> None:
        """A worker does it, or this process when no worker is at it. Raises CommandError when it was refused."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            deliver(session.pk)
            session.refresh_from_db()
            if transport_moves.is_settled(session):
                break
            time.sleep(LOOK_EVERY_S)
        if not transport_moves.is_settled(session):
            raise CommandError(
                f"{session.code} is still being moved. The workers carry on; run this again to check.", returncode=1
            )
        if session.move_refusal:
            raise CommandError(f"{session.code} stays as it was: {session.move_refusal}", returncode=1)
