"""`manage.py configure_twilio [--scope service|global|conversation] [--inbound-url URL] [--apply] [--json]`."""

from argparse import ArgumentParser
from typing import Any, get_args

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conversations_app.gateway import setup
from conversations_app.gateway.errors import GatewayError
from conversations_app.gateway.setup import Change
from conversations_app.management.commands._sessions import as_json
from matchmaker.environment import WebhookScope


class Command(BaseCommand):
    help = (
        "Set up Twilio for this server: webhooks, the messaging service's inbound address, auto-creation off, timers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scope",
            choices=get_args(WebhookScope),
            default=settings.TWILIO_WEBHOOK_SCOPE,
            help="where to set the Conversations webhooks (default: TWILIO_WEBHOOK_SCOPE)",
        )
        parser.add_argument(
            "--inbound-url",
            default="",
            metavar="URL",
            help="send texts to another app; only what Conversations receive comes here",
        )
        parser.add_argument("--apply", action="store_true", help="do it; without this, only show the differences")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = setup.changes(options["scope"], inbound_url=_checked(options["inbound_url"]))
        except GatewayError as error:
            raise CommandError(f"Twilio could not be read: {error.words}.", returncode=1) from None
        # A change that fails keeps none of the others from being made.
        failed = [why for change in found if (why := self._apply(change))] if options["apply"] else []
        self._tell(found, failed, options)
        if options["scope"] != settings.TWILIO_WEBHOOK_SCOPE:
            self.stderr.write(
                f"Set TWILIO_WEBHOOK_SCOPE={options['scope']} too, so that doctor and new Conversations use it."
            )
        if failed:
            raise CommandError(f"{len(failed)} of {len(found)} changes failed.", returncode=1)

    def _apply(self, change: Change) -> str:
        """Why not, or nothing."""
        try:
            change.apply()
        except GatewayError as error:
            return f"{change.what}: {error.words}"
        return ""

    def _tell(self, found: list[Change], failed: list[str], options: dict[str, Any]) -> None:
        if options["json"]:
            rows = [{"what": change.what, "now": change.now, "wanted": change.wanted} for change in found]
            self.stdout.write(as_json({"changes": rows, "failed": failed, "applied": options["apply"]}))
            return
        for change in found:
            self.stdout.write(f"{change.what}:\n    {change.now}\n  → {change.wanted}")
        for why in failed:
            self.stderr.write(f"Failed: {why}.")
        if not found:
            self.stdout.write("Everything is set up; nothing to do.")
        elif options["apply"]:
            self.stdout.write(f"{len(found) - len(failed)} of {len(found)} changed.")
        else:
            self.stdout.write("Nothing was changed. Add --apply to do it.")


def _checked(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise CommandError(f"--inbound-url must be a URL starting with https://, not {url}.", returncode=2)
    return url
