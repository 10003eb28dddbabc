"""`manage.py replay_webhook ID [--apply] [--json]`: have a stored webhook taken in once more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations_app.inbound import inbox
from conversations_app.management.commands._sessions import as_json
from conversations_app.models import InboxEvent


class Command(BaseCommand):
    help = "Set a stored webhook back to waiting, so that a worker takes it in again. Messages are kept once all the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, help="the webhook's number, as the admin and the problem list show it")
        parser.add_argument("--apply", action="store_true", help="do it; without it, it is only told")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        event = InboxEvent.objects.filter(pk=options["id"]).first()
        if event is None:
            raise CommandError(f"There is no webhook {options['id']}.", returncode=2)
        why_not = inbox.why_not_replayable(event)
        if why_not:
            raise CommandError(f"Webhook {event.pk} ({event.event_type}) {why_not}", returncode=1)
        if options["apply"]:
            inbox.replay(event)
        self._tell(event, options)

    def _tell(self, event: InboxEvent, options: dict[str, Any]) -> None:
        if options["json"]:
            told = {"id": event.pk, "event_type": event.event_type, "state": event.state, "applied": options["apply"]}
            self.stdout.write(as_json(told))
        elif options["apply"]:
            self.stdout.write(f"Webhook {event.pk} ({event.event_type}) waits to be taken in again.")
        else:
            self.stdout.write(
                f"Webhook {event.pk} ({event.event_type}, {event.get_state_display()}) would be taken in again.\n"
                "Nothing was done yet: add --apply to do it."
            )
