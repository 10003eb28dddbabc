from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import CommandError

from conversations_app.management.commands._sessions import StaffCommand, session_of, who
from conversations_app.staff import interventions
from sessions_app.models import Participant, Session


class Command(StaffCommand):
    help = "Write to a session's whole group as staff, under the matchmaker's name, or to one of its people alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text", help="what to say, in quotes")
        parser.add_argument("--to", metavar="NAME", help="only to the person of that name; the others do not see it")

    def handle(self, *args: Any, **options: Any) -> None:
        session, text = session_of(options["code"]), options["text"].strip()
        if not text:
            raise CommandError("The text is empty.", returncode=2)
        if options["to"]:
            self._to_one(session, _person_called(options["to"], session), text, options)
        else:
            self._to_the_group(session, text, options)

    def _to_the_group(self, session: Session, text: str, options: dict[str, Any]) -> None:
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

    def _to_one(self, session: Session, person: Participant, text: str, options: dict[str, Any]) -> None:
        self.carry_out(
            options,
            check=partial(interventions.check_can_say_to_one, session, person, text),
            act=partial(interventions.say_to_one, session, person, text, by=who()),
        )
        to = f"{person} of {session.code} alone"
        self.report(
            options, would=f"This would go to {to}:\n  {text}", did=f"On its way to {to}.", text=text, to=person.name
        )


def _person_called(name: str, session: Session) -> Participant:
    """Raises CommandError."""
    people = session.participants.present().select_related("contact")
    person = people.filter(name__iexact=name.strip()).first()
    if person is None:
        names = ", ".join(people.values_list("name", flat=True)) or "nobody"
        raise CommandError(f"Nobody in {session.code} is called {name.strip()}. There: {names}.")
    return person
