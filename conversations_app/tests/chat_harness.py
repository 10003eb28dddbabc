"""The chat as tests drive it: people with phones at a real emulator, and our side worked off step by step in the test.

The emulator's webhooks reach the live test server over HTTP; what a worker would do is done by `work`, in this thread,
so that a test decides when it happens.
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from urllib.parse import quote

import httpx
from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from conversations_app.delivery import direct_messages, session_delivery
from conversations_app.erasing import elsewhere
from conversations_app.gateway.client import client as twilio_client
from conversations_app.inbound import processing
from conversations_app.membership import welcome
from conversations_app.models import Binding, Delivery, InboxEvent, Message, Removal, Turn
from conversations_app.photos import fetching
from conversations_app.tests.saved_state import SavedState
from conversations_app.turns import lifecycle
from sessions_app.models import Photo, Session

WHATSAPP_SENDER = "whatsapp:+15005550006"
SMS_SENDER = "+15005550007"
SECOND_NUMBERS = ("whatsapp:+15005550008", "+15005550009")
PATIENCE_S = 60
_numbers = itertools.count(1)


@dataclass
class Phone:
    harness: "ChatHarness"
    name: str
    address: str

    @property
    def sender(self) -> str:
        return WHATSAPP_SENDER if self.address.startswith("whatsapp:") else SMS_SENDER

    def write(self, body: str, **more: Any) -> None:
        """Text our number on this channel, or the number given as `to`."""
        answer = self.harness.emulator.post(self._path("send"), json={"to": self.sender, "body": body, **more})
        assert answer.status_code == 200, answer.text

    def thread(self, number: str = "") -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = self.harness.emulator.get(
            self._path("thread"), params={"with": number or self.sender}
        ).json()
        return shown

    def got(self, text: str, number: str = "") -> int:
        """How many received messages contain the text."""
        return sum(text in item["body"] for item in self.thread(number) if item["direction"] == "in")

    def arrived(self, number: str = "") -> list[str]:
        return [item["body"] for item in self.thread(number) if item["direction"] == "in"]

    def _path(self, what: str) -> str:
        return f"/emulator/phones/{quote(self.address, safe='')}/{what}"


@dataclass
class Group:
    session: Session
    phones: dict[str, Phone]

    def __getitem__(self, name: str) -> Phone:
        return self.phones[name]

    @property
    def conversation_sid(self) -> str:
        return str(self.session.conversations.get().sid)


@dataclass(frozen=True)
class Work:
    """One kind of what workers do. `waiting`: the rows that are due now or later.

    A test looks for work hundreds of times, and nearly always there is none. So it first asks in SQL that is built once:
    what Django takes to build the real queries was a tenth of these tests' time.
    """

    waiting: QuerySet[Any]
    due: Callable[[int], list[int]]
    do: Callable[[int], Any]

    def is_waiting(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(*self._question)
            return bool(cursor.fetchone()[0])

    @cached_property
    def _question(self) -> tuple[str, tuple[Any, ...]]:
        rows, params = self.waiting.order_by().values("pk").query.sql_with_params()
        return f"SELECT EXISTS ({rows})", params


EVENTS = Work(InboxEvent.objects.filter(state="waiting"), processing.due_events, processing.take_in)
KINDS_OF_WORK = (
    EVENTS,
    Work(
        Session.objects.filter(turn_due_at__isnull=False, status="active"), lifecycle.due_turns, lifecycle.take_turn
    ),
    Work(
        Session.objects.filter(delivery_due_at__isnull=False),
        session_delivery.due_deliveries,
        session_delivery.deliver,
    ),
    Work(Delivery.objects.filter(state="waiting"), direct_messages.due_texts, direct_messages.send_text),
    Work(Binding.objects.filter(announce_at__isnull=False), welcome.due_announcements, welcome.announce_newcomer),
    Work(Removal.objects.filter(due_at__lte=Now()), elsewhere.due_removals, elsewhere.carry_out),
    # Tidying up after a photo may wait for an hour, which is nothing that a chat waits for.
    Work(Photo.objects.filter(state="arriving"), fetching.due_photos, fetching.work_on),
)

_saved_groups: dict[str, tuple[SavedState, Group]] = {}


class ChatHarness:
    def __init__(self, url: str, web_url: str) -> None:
        self.web_url = web_url
        # Without certificates, which no http:// needs and whose reading takes longer than some tests.
        self.emulator = httpx.Client(base_url=url, timeout=20, verify=False, trust_env=False)

    def phone(self, name: str, channel: str = "whatsapp", address: str = "") -> Phone:
        address = address or f"{'whatsapp:' if channel == 'whatsapp' else ''}+1555{next(_numbers):07d}"
        self.emulator.post("/emulator/phones", json={"address": address, "name": name}).raise_for_status()
        return Phone(self, name, address)

    def group(self, *names: str, sms: tuple[str, ...] = ()) -> Group:
        """The first one starts and the others join; returns when the first one has seen everybody arrive."""
        first, *others = (self.phone(name, "sms" if name in sms else "whatsapp") for name in names)
        first.write("start")
        self.until(lambda: first.got("Send join"))
        session = Session.objects.get(participants__contact__address=first.address)
        for other in others:
            other.write(f"join {session.code}")
            self.until(partial(first.got, f"{other.name} joined"))
        return Group(session, {phone.name: phone for phone in (first, *others)})

    def settled_group(self, *names: str, sms: tuple[str, ...] = ()) -> Group:
        """A group with nothing left to do, as the first of a test. Created once per process, then restored."""
        assert not Session.objects.exists()
        key = f"{names} {sms} {self._circumstances()}"
        if key in _saved_groups:
            saved, group = _saved_groups[key]
            saved.restore(self.emulator)
        else:
            group = self.group(*names, sms=sms)
            self.settle()
            _saved_groups[key] = (SavedState.save(f"saved_{len(_saved_groups)}", self.emulator), group)
        phones = {name: Phone(self, name, phone.address) for name, phone in group.phones.items()}
        return Group(Session.objects.get(pk=group.session.pk), phones)

    def _circumstances(self) -> tuple[Any, ...]:
        """Everything that changes how a group is created, so that each combination is saved separately."""
        faults = self.emulator.get("/emulator/faults").json()
        return settings.CONVERSATIONS_SHARE, settings.TWILIO_SENDERS, settings.MATCHMAKER_NAME, faults

    def until(self, condition: Callable[[], Any]) -> Any:
        """Work until the condition holds; fails after a generous deadline."""

        def worked() -> Any:
            self.work()
            return condition()

        return self.wait_for(worked)

    def wait_for(self, condition: Callable[[], Any]) -> Any:
        """Wait until the condition holds, without working."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            value = condition()
            if value:
                return value
            time.sleep(0.03)
        raise AssertionError("it did not come true in time; " + self.state())

    def work(self) -> None:
        """Do everything that is due, once."""
        for kind in KINDS_OF_WORK:
            if kind.is_waiting():
                for item in kind.due(1000):
                    kind.do(item)

    def settle(self) -> None:
        """Work until nothing is left to do, now or later."""
        self.until(lambda: not self.busy())

    def busy(self) -> bool:
        return (
            any(kind.is_waiting() for kind in KINDS_OF_WORK)
            or Message.objects.filter(state="waiting").exists()
            # The dearest question comes last, and what it meant to wait for may have come in meanwhile.
            or self.has_webhooks_under_way()
            or EVENTS.is_waiting()
        )

    def has_webhooks_under_way(self) -> bool:
        return any(hook["outcome"] == "pending" for hook in self.emulator.get("/emulator/webhooks").json())

    def process_inbox(self) -> None:
        for event in processing.due_events(1000):
            processing.take_in(event)

    def faults(self, **faults: Any) -> None:
        self.emulator.post("/emulator/faults", json=faults).raise_for_status()

    def script(self, *answers: list[dict[str, Any]]) -> None:
        """Set the tool calls of the model's next answers."""
        self.emulator.post("/emulator/model/script", json={"turns": list(answers)}).raise_for_status()

    def calls(self, method: str, path_part: str) -> list[dict[str, Any]]:
        """The REST calls that the emulator received."""
        made = self.emulator.get("/emulator/calls").json()
        return [call for call in made if call["method"] == method and path_part in call["path"]]

    def fresh_client(self) -> None:
        """Make the next call to Twilio use the settings as they are now."""
        twilio_client.cache_clear()

    def until_made_due(self, condition: Callable[[], Any]) -> None:
        """Work until the condition holds, and end every pause at once."""

        def worked() -> Any:
            self.make_due()
            self.work()
            return condition()

        self.wait_for(worked)

    def make_due(self) -> None:
        """Leases and pauses are by the database's clock, which a test cannot advance, so their ends are moved here."""
        Session.objects.filter(delivery_due_at__isnull=False).update(delivery_due_at=F("created_at"))
        Session.objects.filter(turn_due_at__isnull=False).update(turn_due_at=F("created_at"))
        InboxEvent.objects.filter(state="waiting").update(due_at=F("received_at"))
        Delivery.objects.filter(state="waiting").update(due_at=F("created_at"), leased_until=None)
        Photo.objects.filter(due_at__isnull=False).update(due_at=F("created_at"))

    def state(self) -> str:
        waiting = list(InboxEvent.objects.filter(state="waiting").values_list("event_type", "note"))
        failed = list(Message.objects.exclude(error="").values_list("kind", "state", "error"))
        erred = list(Turn.objects.exclude(error="").values_list("error", flat=True))
        return f"inbox {waiting}, messages {failed}, turns {erred}"
