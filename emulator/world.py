"""The state of one emulator, and the queries that every part needs."""

import asyncio
import copy
from collections import defaultdict
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

from emulator.account import Account
from emulator.clock import Clock
from emulator.entities import Conversation, Media, Pair, Participant, Phone, Text
from emulator.events import EventBus
from emulator.faults import Chances, Faults
from emulator.request_log import CallEntry, RequestLog, WebhookEntry
from emulator.settings import Settings

SNAPSHOT_FIELDS = (
    "phones",
    "conversations",
    "bindings",
    "texts",
    "threads",
    "media",
    "opted_out",
    "last_inbound",
    "next_allowed_at",
)


class World:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock()
        self.faults = Faults()
        self.chances = Chances(settings.seed)
        self.events = EventBus()
        self.webhooks = RequestLog[WebhookEntry](
            lambda entry: self.events.publish("webhook", webhook=entry.as_json())
        )
        self.calls = RequestLog[CallEntry](lambda entry: self.events.publish("call", call=entry.as_json()))
        self.account = Account(settings, self.now())
        self.calls_under_way = 0
        self._snapshots: dict[str, dict[str, Any]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._empty()

    def _empty(self) -> None:
        self.phones: dict[str, Phone] = {}
        self.conversations: dict[str, Conversation] = {}
        self.bindings: dict[Pair, tuple[Conversation, Participant]] = {}
        self.texts: dict[str, Text] = {}
        self.threads: defaultdict[Pair, list[Text]] = defaultdict(list)
        self.media: dict[str, Media] = {}
        self.opted_out: set[Pair] = set()
        self.last_inbound: dict[Pair, datetime] = {}
        self.next_allowed_at: dict[Pair, datetime] = {}
        """When WhatsApp accepts the pair's next text, where its rate limit is on."""
        self.inbound_locks: defaultdict[Pair, asyncio.Lock] = defaultdict(asyncio.Lock)

    def reset(self, *, everything: bool = False, to: str = "") -> None:
        """An empty world, or the snapshot `to`; the account's configuration stays unless `everything`."""
        self.cancel_tasks()
        self._empty()
        self.clock.reset()
        self.faults.clear()
        self.chances.reset()
        self.webhooks.replace([])
        self.calls.replace([])
        if everything:
            self.account = Account(self.settings, self.now())
        if to:
            self._restore(self._snapshots[to])
        self.events.publish("reset")

    def forget(self, pair: Pair) -> None:
        """Delete a phone's thread with one of our numbers, and its window and opt-out. Twilio's own list of texts keeps them."""
        self.threads.pop(pair, None)
        self.last_inbound.pop(pair, None)
        self.next_allowed_at.pop(pair, None)
        self.opted_out.discard(pair)
        self.events.publish("reset")

    def save_snapshot(self, name: str) -> None:
        """Copy the world under a name. What is in flight is not in it."""
        state = {part: getattr(self, part) for part in SNAPSHOT_FIELDS}
        journals = {"webhooks": self.webhooks.list(), "calls": self.calls.list()}
        self._snapshots[name] = copy.deepcopy(state | journals)

    def has_snapshot(self, name: str) -> bool:
        return name in self._snapshots

    def _restore(self, kept: dict[str, Any]) -> None:
        state = copy.deepcopy(kept)
        for part in SNAPSHOT_FIELDS:
            setattr(self, part, state[part])
        self.webhooks.replace(state["webhooks"])
        self.calls.replace(state["calls"])

    def cancel_tasks(self) -> None:
        for task in list(self._tasks):
            task.cancel()

    def now(self) -> datetime:
        return self.clock.now()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run it in the background; a reset cancels it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def is_ours(self, address: str) -> bool:
        return address in self.account.numbers

    def holder_of(self, pair: Pair) -> tuple[Conversation, Participant] | None:
        """The conversation, not closed, in which this pair is bound, and its participant."""
        return self.bindings.get(pair)

    def find_conversation(self, service_sid: str, name: str) -> Conversation | None:
        """By sid or unique name, within one service."""
        found = self.conversations.get(name) or self.find_by_unique_name(service_sid, name)
        return found if found and found.service_sid == service_sid else None

    def find_by_unique_name(self, service_sid: str, unique_name: str) -> Conversation | None:
        return next(
            (
                conversation
                for conversation in self.conversations.values()
                if conversation.unique_name == unique_name and conversation.service_sid == service_sid
            ),
            None,
        )
