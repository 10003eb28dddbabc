"""`manage.py reconcile [--code CODE] [--apply]`: store what the webhooks missed, messages and receipts."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from conversations_app.gateway import account
from conversations_app.gateway.errors import GatewayError, NotFoundAtTwilio
from conversations_app.inbound import reconcile_receipts, reconcile_texts
from conversations_app.inbound.reconcile_conversations import missing_messages, reconcile_conversation
from conversations_app.models import Binding, Conversation
from matchmaker import clock
from sessions_app.models import Session

LOOK_BACK = timedelta(days=3)


class Command(BaseCommand):
    help = "Compare our messages and receipts with Twilio's own lists, and store what is missing here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", action="append", default=[], metavar="CODE", help="only this session")
        parser.add_argument("--apply", action="store_true", help="store them; without this, only count them")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        self.apply = bool(options["apply"])
        self.failed: list[dict[str, str]] = []
        self.gone: list[str] = []
        self.receipts: dict[str, int] = {}
        codes = [code.upper() for code in options["code"]]
        found = {session.code: self._of_session(session) for session in _sessions(codes)}
        # What is in no Conversation belongs to no code.
        texts = 0 if codes else self._of_everybody()
        self._tell(found, texts, options)
        if self.failed:
            raise CommandError(f"{len(self.failed)} could not be compared.", returncode=1)

    def _of_session(self, session: Session) -> int:
        try:
            messages = sum(self._of_conversation(one) for one in _open_conversations(session)) + sum(
                self._texts(since=binding.created_at, by=address)
                for binding in _on_broadcast(session)
                # Twilio lists by the exact form of a number, and a phone may have written in either of its two.
                for address in {binding.address, binding.participant.contact.address}
            )
            # After the messages: each has receipts of its own.
            self.receipts[session.code] = self._receipts(session)
            return messages
        # One session that Twilio refuses keeps no other from being compared.
        except GatewayError as error:
            self.failed.append({"code": session.code, "why": error.words})
            return 0

    def _of_conversation(self, conversation: Conversation) -> int:
        if self.apply:
            stored = reconcile_conversation(conversation, whole=True)
            # It was closed if it is gone at Twilio.
            conversation.refresh_from_db(fields=["state"])
            if conversation.state == Conversation.State.CLOSED:
                self.gone.append(conversation.session.code)
            return stored
        try:
            return len(missing_messages(conversation, whole=True))
        except NotFoundAtTwilio:
            # Raises when all are gone: then our setting names another service.
            account.conversation_service_name()
            self.gone.append(conversation.session.code)
            return 0

    def _of_everybody(self) -> int:
        """Texts that are in no Conversation: of strangers, and of the members of broadcast sessions."""
        try:
            return self._texts(since=clock.now() - LOOK_BACK)
        except GatewayError as error:
            self.failed.append({"code": "texts", "why": error.words})
            return 0

    def _texts(self, **which: Any) -> int:
        return reconcile_texts.fetch(**which) if self.apply else reconcile_texts.count(**which)

    def _receipts(self, session: Session) -> int:
        return reconcile_receipts.fetch_for(session) if self.apply else reconcile_receipts.count_for(session)

    def _tell(self, found: dict[str, int], texts: int, options: dict[str, Any]) -> None:
        if options["json"]:
            result = {
                "found": found,
                "gone": self.gone,
                "receipts": self.receipts,
                "texts": texts,
                "failed": self.failed,
                "applied": self.apply,
            }
            self.stdout.write(json.dumps(result))
            return
        verb = "stored" if self.apply else "missing (add --apply to store them)"
        for code, count in found.items():
            self.stdout.write(f"{code}: {count} {verb}")
            self._tell_of_receipts(code)
            if code in self.gone:
                self.stdout.write(f"{code}: {self._what_is_gone()}")
        if texts:
            self.stdout.write(f"Texts to our numbers: {texts} {verb}")
        for failure in self.failed:
            self.stderr.write(f"{failure['code']}: {failure['why']}")
        if not found and not texts and not self.failed:
            self.stdout.write("There are no open Conversations to compare.")

    def _what_is_gone(self) -> str:
        if self.apply:
            return "its Conversation ended at Twilio, so it was closed here too, and its phones are free for other groups"
        return "its Conversation is gone at Twilio; --apply closes it here too, and frees its phones"

    def _tell_of_receipts(self, code: str) -> None:
        if not (count := self.receipts.get(code, 0)):
            return
        if self.apply:
            self.stdout.write(f"{code}: {count} receipts stored")
        else:
            self.stdout.write(f"{code}: {count} texts without a final receipt (--apply asks Twilio)")


def _open_conversations(session: Session) -> list[Conversation]:
    return list(session.conversations.exclude(state=Conversation.State.CLOSED).select_related("session"))


def _on_broadcast(session: Session) -> list[Binding]:
    return list(
        Binding.objects.held()
        .filter(participant__session=session, conversation=None)
        .select_related("participant__contact")
    )


def _sessions(codes: list[str]) -> list[Session]:
    """Those that hold a phone or a Conversation."""
    held = Binding.objects.held().values("participant__session")
    still_open = Conversation.objects.exclude(state=Conversation.State.CLOSED).values("session")
    reached = Session.objects.filter(Q(pk__in=held) | Q(pk__in=still_open)).order_by("pk")
    if not codes:
        return list(reached)
    chosen = list(reached.filter(code__in=codes))
    unknown = set(codes) - {session.code for session in chosen}
    if unknown:
        raise CommandError(f"No open conversation for {', '.join(sorted(unknown))}.", returncode=2)
    return chosen
