"""`manage.py reconcile [--code CODE] [--apply]`: store what the webhooks missed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations_app.gateway.errors import GatewayError
from conversations_app.models import Conversation
from conversations_app.reconciling import missing_messages, reconcile_conversation


class Command(BaseCommand):
    help = "Compare every open conversation with Twilio's own list, and store the messages that are missing here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", action="append", default=[], metavar="CODE", help="only this session")
        parser.add_argument("--apply", action="store_true", help="store them; without it they are only counted")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = [code.upper() for code in options["code"]]
        found: dict[str, int] = {}
        failed: list[dict[str, str]] = []
        for conversation in _conversations(codes):
            code = conversation.session.code
            try:
                count = (
                    reconcile_conversation(conversation, whole=True)
                    if options["apply"]
                    else len(missing_messages(conversation, whole=True))
                )
            except GatewayError as error:
                failed.append({"code": code, "why": error.words})
                continue
            found[code] = found.get(code, 0) + count
        self._tell(found, failed, options)
        if failed:
            raise CommandError(f"{len(failed)} could not be compared.", returncode=1)

    def _tell(self, found: dict[str, int], failed: list[dict[str, str]], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"found": found, "failed": failed, "applied": options["apply"]}))
            return
        verb = "stored" if options["apply"] else "missing here (nothing stored; add --apply)"
        for code, count in found.items():
            self.stdout.write(f"{code}: {count} {verb}")
        for failure in failed:
            self.stderr.write(f"{failure['code']}: {failure['why']}")
        if not found and not failed:
            self.stdout.write("There is no open conversation to compare.")


def _conversations(codes: list[str]) -> list[Conversation]:
    still_open = Conversation.objects.exclude(state=Conversation.State.CLOSED).select_related("session")
    if not codes:
        return list(still_open)
    chosen = list(still_open.filter(session__code__in=codes))
    unknown = set(codes) - {conversation.session.code for conversation in chosen}
    if unknown:
        raise CommandError(f"No open conversation for {', '.join(sorted(unknown))}.", returncode=2)
    return chosen
