"""Receipts of which no webhook told."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F

from conversations_app.gateway import api
from conversations_app.gateway.errors import TryLater
from conversations_app.inbound import reconcile_receipts
from conversations_app.models import Delivery, Message, Receipt
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.tests.factories import abby_in_a_group, message_to
from conversations_app.workers import periodic
from matchmaker import clock
from sessions_app.models import Contact


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    """Receipt webhooks are off here."""
    return harness.settled_group("Abby", "Lena")


def lena_misses(harness: ChatHarness, group: Group, words: str) -> None:
    """Only Twilio knows that her window is closed; our records say that it is open."""
    harness.faults(receipts_for={group["Lena"].address: "63016"})
    group["Abby"].write(words)
    harness.settle()
    harness.faults(receipts_for={group["Lena"].address: None})


def minutes_pass(minutes: int) -> None:
    for model in (Message, Delivery):
        model.objects.update(created_at=F("created_at") - timedelta(minutes=minutes))


def writes_again(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("I am back")
    harness.settle()


@pytest.mark.parametrize("how", ["sweep", "reconcile"])
def test_someone_who_writes_again_gets_what_a_lost_receipt_says_they_missed(
    harness: ChatHarness, group: Group, how: str
) -> None:
    lena_misses(harness, group, "the plan for Friday")
    if how == "sweep":
        minutes_pass(3)
        periodic.fetch_missed_receipts()
    else:
        call_command("reconcile", "--apply")

    writes_again(harness, group)

    assert group["Lena"].got("While you were away:\nAbby: the plan for Friday") == 1


def test_reconcile_without_apply_only_counts(
    harness: ChatHarness, group: Group, capsys: pytest.CaptureFixture[str]
) -> None:
    group["Abby"].write("hello")
    harness.settle()

    call_command("reconcile")

    assert "without a final receipt (--apply asks Twilio)" in capsys.readouterr().out
    assert not Receipt.objects.filter(status="delivered").exists()


@pytest.fixture
def message(db: None) -> Message:
    return message_to(abby_in_a_group())


def looks(monkeypatch: pytest.MonkeyPatch, status: str = "sent", error: str = "") -> list[str]:
    """The messages about which Twilio is asked."""
    asked: list[str] = []

    def answer(conversation: str, message: str) -> list[api.ReceiptInfo]:
        asked.append(message)
        participant = Message.objects.get(sid=message).session.participants.get().bindings.get().participant_sid
        return [api.ReceiptInfo(participant, status, error)]

    monkeypatch.setattr(api, "receipts_of", answer)
    return asked


def test_it_gives_webhooks_time_before_it_asks_twilio(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = looks(monkeypatch)
    minutes_pass(1)

    reconcile_receipts.fetch()

    assert asked == []


def test_it_does_not_ask_about_messages_known_to_have_arrived(
    message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = looks(monkeypatch, "delivered")
    minutes_pass(3)

    told = [reconcile_receipts.fetch(), reconcile_receipts.fetch()]

    assert (told, len(asked)) == ([1, 0], 1)


def test_a_message_is_checked_a_limited_number_of_times(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = looks(monkeypatch)

    for _ in range(60):
        minutes_pass(10)
        reconcile_receipts.fetch()

    assert 1 < len(asked) <= len(reconcile_receipts.AGES_S)


def test_a_check_that_fails_at_twilio_does_not_count(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(conversation: str, message: str) -> list[api.ReceiptInfo]:
        raise TryLater("busy")

    monkeypatch.setattr(api, "receipts_of", busy)
    minutes_pass(3)

    periodic.fetch_missed_receipts()

    assert Message.objects.get().receipt_looks == 0


def test_it_expects_no_receipt_from_someone_who_joined_later(
    message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = looks(monkeypatch)
    message.session.participants.get().bindings.update(created_at=clock.now() + timedelta(minutes=1))
    minutes_pass(3)

    reconcile_receipts.fetch()

    assert asked == []


def test_a_stop_that_only_the_carrier_saw_is_noticed_later(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    looks(monkeypatch, "failed", "21610")
    minutes_pass(3)

    reconcile_receipts.fetch()

    assert Contact.objects.get().opted_out_at is not None
