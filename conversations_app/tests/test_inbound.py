"""A text at the Messaging webhook, and what the webhooks missed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from conversations_app.gateway import api
from conversations_app.gateway.client import client as twilio_client
from conversations_app.inbound import reconcile_conversations
from conversations_app.membership import bindings
from conversations_app.models import Binding, Conversation, InboxEvent, Message
from conversations_app.naming import roster
from conversations_app.tests.chat_harness import ChatHarness, Group
from sessions_app.models import Session

pytestmark = pytest.mark.inbound


@pytest.fixture(params=[False, True], ids=["alone", "also_messaging_webhook"])
def group(harness: ChatHarness, request: pytest.FixtureRequest) -> Group:
    harness.faults(also_messaging_webhook=request.param)
    return harness.settled_group("Abby", "Lena", "Sam")


def patience_is_over() -> None:
    InboxEvent.objects.filter(state="waiting").update(received_at="2026-01-01T00:00:00Z", due_at=F("received_at"))


def test_a_text_is_stored_once_however_many_webhooks_report_it(harness: ChatHarness, group: Group) -> None:
    for number in range(4):
        group["Abby"].write(f"hello {number}")
        group["Lena"].write("same words")
    harness.settle()

    assert Message.objects.filter(kind="person").count() == 8
    assert [group["Sam"].got(f"hello {number}") for number in range(4)] == [1, 1, 1, 1]
    assert group["Sam"].got("same words") == 4


def test_thirty_at_once_are_stored_once_each_in_order_and_answered_by_few_turns(
    harness: ChatHarness, group: Group
) -> None:
    def type_ten(name: str) -> None:
        for number in range(10):
            group[name].write(f"{name} {number}")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(type_ten, ("Abby", "Lena", "Sam")))
    harness.settle()

    stored = list(Message.objects.filter(kind="person").in_transcript_order())
    assert len(stored) == 30
    at_twilio = [m for m in api.newest_messages(group.conversation_sid) if m.sid in {s.sid for s in stored}]
    assert [m.sid for m in stored] == [m.sid for m in at_twilio]
    for name in ("Abby", "Lena", "Sam"):
        assert [m.body for m in stored if str(m.author) == name] == [f"{name} {n}" for n in range(10)]
        others = [phone for other, phone in group.phones.items() if other != name]
        assert all(sum(f"*{name}:*" in item["body"] for item in phone.thread()) == 10 for phone in others)
    assert group.session.turns.count() <= 6


def test_reconciling_repairs_dropped_repeated_and_reordered_webhooks(harness: ChatHarness, group: Group) -> None:
    harness.faults(webhook={"drop": 0.3, "duplicate": 0.3, "reorder": 0.3})
    for number in range(12):
        group[("Abby", "Lena", "Sam")[number % 3]].write(f"line {number}")
    harness.emulator.delete("/emulator/faults")

    def repaired() -> bool:
        reconcile_conversations.reconcile_conversation(group.session.conversations.get())
        return Message.objects.filter(kind="person").count() == 12

    harness.until(repaired)
    assert [m.body for m in Message.objects.filter(kind="person").in_transcript_order()] == [
        f"line {number}" for number in range(12)
    ]


def test_a_text_that_never_reached_its_conversation_is_posted_there(harness: ChatHarness, group: Group) -> None:
    from conversations_app.inbound import inbox
    from conversations_app.tests.webhook_requests import text_received

    fields = text_received(From=group["Lena"].address, Body="did this arrive?")
    inbox.record(kind=InboxEvent.Kind.MESSAGING, event_type="inbound", fields=fields)
    patience_is_over()
    harness.until(lambda: group["Abby"].got("did this arrive?"))
    harness.settle()

    assert group["Abby"].got("*Lena:* did this arrive?") == 1
    assert group["Lena"].got("did this arrive?") == 0
    assert str(Message.objects.get(body="did this arrive?").author) == "Lena"


def test_someone_removed_at_twilio_can_write_to_us_again(harness: ChatHarness, group: Group) -> None:
    binding = Binding.objects.get(address=group["Lena"].address)
    service = twilio_client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)
    service.conversations(group.conversation_sid).participants(binding.participant_sid).delete()

    group["Lena"].write(f"join {group.session.code}")
    harness.wait_for(lambda: InboxEvent.objects.filter(payload__MessageSid__isnull=False, state="waiting").exists())
    patience_is_over()

    harness.until(lambda: group["Abby"].got("Lena joined") == 2)


def test_a_conversation_closed_at_twilio_is_replaced(harness: ChatHarness, group: Group) -> None:
    api.close_conversation(group.conversation_sid)

    group["Lena"].write(f"join {group.session.code}")
    harness.wait_for(lambda: InboxEvent.objects.filter(payload__MessageSid__isnull=False, state="waiting").exists())
    patience_is_over()

    harness.until(lambda: Conversation.objects.filter(number=2, state="active").exists())
    assert Conversation.objects.get(number=2).unique_name == f"session-{group.session.code}-2"


def test_a_message_over_the_channels_limit_reaches_the_others_in_named_parts(
    harness: ChatHarness, group: Group
) -> None:
    long = "word " * 500
    group["Abby"].write(long.strip())
    harness.settle()

    harness.until(lambda: group["Lena"].got("*Abby:* (2/2)"))
    assert group["Lena"].got("*Abby:* (1/2)") == 1
    assert group["Abby"].got("(1/2)") == 0
    assert Message.objects.get(kind="person").body == long.strip()


def test_a_long_message_of_emoji_reaches_the_others_without_half_an_emoji(harness: ChatHarness, group: Group) -> None:
    family = "👨‍👩‍👧‍👦"
    group["Abby"].write(family * 150)
    harness.settle()

    harness.until(lambda: group["Lena"].got("*Abby:* (2/2)"))
    parts = [body.partition(") ")[2] for body in group["Lena"].arrived() if body.startswith("*Abby:* (")]
    assert [set(part.split("👨")) for part in parts] == [{"", family.removeprefix("👨")}] * 2


def test_a_message_without_room_for_the_authors_name_is_followed_by_the_name(
    harness: ChatHarness, group: Group
) -> None:
    group["Abby"].write("x" * 1598)
    harness.settle()

    harness.until(lambda: group["Lena"].got("(wrote the long message above)"))
    read = group["Lena"].arrived()
    assert read[read.index("x" * 1598) + 1] == "*Abby:* (wrote the long message above)"


def test_a_photo_reaches_the_others_and_is_recorded(harness: ChatHarness, group: Group) -> None:
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    group["Abby"].write("", media=[{"content_type": "image/png", "filename": "me.png", "data": pixel}])
    harness.settle()

    assert group["Lena"].got("*Abby:* 📷") == 1
    message = Message.objects.get(kind="person")
    assert message.body == ""
    assert message.media[0]["content_type"] == "image/png"


def test_names_turn_plain_when_a_phone_on_sms_joins(harness: ChatHarness, group: Group) -> None:
    harness.until(lambda: roster.roster_of(group.conversation_sid))
    dora = harness.phone("Friend", "sms")
    dora.write(f"join {group.session.code}")
    harness.until(lambda: group["Abby"].got("Friend joined"))

    group["Abby"].write("welcome!")

    harness.until(lambda: dora.got("Abby: welcome!"))
    assert dora.got("*Abby:*") == 0


def test_emptying_redis_loses_nothing(harness: ChatHarness, group: Group) -> None:
    from django.core.cache import cache

    group["Abby"].write("first")
    cache.clear()
    group["Lena"].write("second")
    harness.settle()

    assert Message.objects.filter(kind="person").count() == 2
    assert group["Sam"].got("*Lena:* second") == 1


def test_two_starts_at_once_create_one_group(harness: ChatHarness) -> None:
    zoe = harness.phone("Zoe")

    zoe.write("start")
    zoe.write("start")
    harness.until(lambda: zoe.got("Send join"))
    patience_is_over()
    harness.until(lambda: zoe.got("You're already in group"))

    assert Session.objects.count() == 1


def test_the_group_goes_on_when_somebody_just_writes_after_twilio_closed_it(
    harness: ChatHarness, group: Group
) -> None:
    conversation = group.session.conversations.get()
    api.close_conversation(str(conversation.sid))
    with transaction.atomic():
        bindings.mark_closed(conversation)

    group["Lena"].write("hello everybody?")
    harness.until(lambda: group["Abby"].got("*Lena:* hello everybody?"))
    harness.settle()

    assert Message.objects.filter(body="hello everybody?").count() == 1
    assert Binding.objects.held().count() == 3
    assert group["Abby"].got("Lena joined") == 1
    group["Sam"].write("still here")
    harness.until(lambda: group["Lena"].got("*Sam:* still here"))


def test_the_same_word_from_long_ago_is_not_a_duplicate(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("ok")
    harness.settle()
    Message.objects.update(created_at="2026-01-01T00:00:00Z", messaging_sid=None)
    binding = Binding.objects.get(address=group["Lena"].address)
    service = twilio_client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID)
    service.conversations(group.conversation_sid).participants(binding.participant_sid).delete()

    group["Lena"].write("ok")
    harness.wait_for(lambda: InboxEvent.objects.filter(payload__MessageSid__isnull=False, state="waiting").exists())
    InboxEvent.objects.filter(state="waiting").update(
        received_at=timezone.now() - timedelta(minutes=1), due_at=F("received_at")
    )
    harness.settle()

    assert not Message.objects.filter(messaging_sid__isnull=False).exists()
