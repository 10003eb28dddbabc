"""`manage.py erase_person ADDRESS [--apply] [--json]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations_app.erasing import forgetting
from conversations_app.management.commands._sessions import as_json
from matchmaker import clock
from matchmaker.addresses import canonical, masked
from sessions_app.models import Contact


class Command(BaseCommand):
    help = (
        "Erase a person: everything they said and sent in any group, the profiles that are about them, and their number. "
        "The workers take it out of Twilio and the photo storage too."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="their number, as +15550100001 or whatsapp:+15550100001")
        parser.add_argument("--apply", action="store_true", help="do it; without this, only say what would happen")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"].strip()
        contact = Contact.objects.filter(address__canonical=canonical(address)).first()
        if contact is None:
            # Masked: what is printed here may be kept in a log.
            raise CommandError(f"Nobody with the address {masked(address)} is known.")
        people = forgetting.kept_of(contact)
        report = {
            "address": masked(address),
            "applied": options["apply"],
            "groups": [person.session.code for person in people],
            "profiles": [person.session.code for person in people if person.is_primary],
            "keeps_number": contact.opted_out_at is not None,
        }
        if options["apply"]:
            forgetting.erase_person(contact, clock.now())
        self.stdout.write(as_json(report) if options["json"] else _in_words(report))


def _in_words(report: dict[str, Any]) -> str:
    groups = ", ".join(report["groups"]) or "no group"
    profiles = f" The profiles of {', '.join(report['profiles'])} go with them." if report["profiles"] else ""
    number = " They have opted out, so their number stays, for that alone." if report["keeps_number"] else ""
    if report["applied"]:
        return (
            f"{report['address']} is erased from {groups}.{profiles}{number}\n"
            "The workers take the rest out of Twilio; what cannot be done is listed among the problems."
        )
    return (
        f"This would erase {report['address']} from {groups}.{profiles}{number}\n"
        "Nothing was changed. Add --apply to do it."
    )
