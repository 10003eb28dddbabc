from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import CommandError

from conversations_app.management.commands._sessions import StaffCommand, session_of, who
from conversations_app.staff import interventions


class Command(StaffCommand):
    help = "Write to a session's whole group as staff, under the matchmaker's name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text", help="what to say, in quotes")

    def handle(self, *args: Any, **options: Any) -> None:
        session, text = session_of(options["code"]), options["text"].strip()
        if not text:
            raise CommandError("The text is empty.", returncode=2)
        people = session.participants.present().count()
        details: dict[str, Any] = {"text": text, "people": people}
        said = self.carry_out(
            options,
            check=partial(interventions.check_can_say, session, text),
            act=partial(interventions.say_as_staff, session, text, by=who()),
        )
        if said:
            details["message"] = said.pk
        to = f"the {people} people of {session.code}" if people != 1 else f"the one person in {session.code}"
        self.report(options, would=f"This would go to {to}:\n  {text}", did=f"On its way to {to}.", **details)
