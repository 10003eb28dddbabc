"""`manage.py replay_webhook ID [--apply] [--json]`: process a stored webhook again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations_app.inbound import inbox
from conversations_app.management.commands._sessions import as_json
from conversations_app.models import InboxEvent


class Command(BaseCommand):
    help = "Process a stored webhook again. No message is stored twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, help="the webhook's number, as shown in admin and in the problem list")
        parser.add_argument("--apply", action="store_true", help="do it; without this, only say what would happen")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

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
            self.stdout.write(f"Webhook {event.pk} ({event.event_type}) will be processed again.")
        else:
            self.stdout.write(
                f"Webhook {event.pk} ({event.event_type}, {event.get_state_display()}) would be processed again.\n"
                "Nothing was changed. Add --apply to do it."
            )
