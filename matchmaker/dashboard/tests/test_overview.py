from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from conversations_app.models import Heartbeat, InboxEvent, Message
from matchmaker import in_words
from matchmaker.dashboard.tests.sample_session import SampleSession


def overview(client: Client) -> str:
    answer = client.get("/admin/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_shows_what_waits_for_staff_and_what_to_do(staff: Client, sample: SampleSession) -> None:
    sample.problem("Nothing reaches the phones of JS2HSG.", "Check the account at Twilio.")

    shown = overview(staff)

    assert "Nothing reaches the phones of JS2HSG." in shown
    assert "Check the account at Twilio." in shown
    assert "Open session JS2HSG" in shown


def test_what_is_urgent_comes_first_and_says_so(staff: Client, sample: SampleSession) -> None:
    sample.problem("Somebody is in danger.", is_urgent=True)
    sample.problem("Nothing reaches the phones of JS2HSG.")

    shown = overview(staff)

    assert shown.index("urgent</span> Somebody is in danger.") < shown.index("Nothing reaches the phones")


def test_it_is_calm_when_nothing_waits(staff: Client, db: None) -> None:
    shown = overview(staff)

    assert "Nothing waits for you." in shown
    assert "All processed." in shown


def test_it_counts_open_problems_beside_their_page(staff: Client, sample: SampleSession) -> None:
    assert "badge" not in problems_in_the_sidebar(staff)

    sample.problem("Trouble.")

    assert problems_in_the_sidebar(staff)["badge"] == 1


def problems_in_the_sidebar(client: Client) -> dict[str, Any]:
    groups = client.get("/admin/").context["sidebar_navigation"]
    items: list[dict[str, Any]] = groups[0]["items"]
    return next(item for item in items if item["title"] == "Problems")


def test_it_counts_the_last_hour(staff: Client, sample: SampleSession, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.says("Abby", "hello")
    sample.we_say("Welcome!")
    sample.turn(spoke=True)
    failed = sample.turn(error="The model did not answer.")
    monkeypatch.setattr(in_words, "now", lambda: failed.closed_at)

    shown = overview(staff)

    assert "1 by people, 1 by us" in shown
    assert "1 spoke, 0 silent, 1 failed" in shown
    assert "The last turn failed just now: The model did not answer." in shown


def test_it_says_that_the_worker_is_gone(staff: Client, db: None) -> None:
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=3))

    assert "Last seen 3 min ago. Messages are stored but not processed until" in overview(staff)


def test_it_says_that_the_worker_is_running(staff: Client, db: None) -> None:
    Heartbeat.beat("worker")

    assert "Running, last seen" in overview(staff)


def test_it_shows_how_long_webhooks_wait(staff: Client, db: None) -> None:
    received = timezone.now() - timedelta(minutes=5)
    InboxEvent.objects.create(kind="messaging", event_type="inbound", key="k", payload={}, received_at=received)

    assert "1 waiting, the oldest came 5 min ago." in overview(staff)


def test_it_shows_nothing_of_the_groups_to_staff_without_that_permission(
    client: Client, sample: SampleSession
) -> None:
    sample.problem("Trouble in JS2HSG.")
    client.force_login(User.objects.create(username="newcomer", is_staff=True))

    assert "JS2HSG" not in overview(client)


def test_it_counts_no_message_that_was_only_imported(staff: Client, sample: SampleSession) -> None:
    abby = sample.session.participants.earliest("pk")
    Message.objects.create(
        session=sample.session, segment=0, index=0, kind="person", author=abby, body="hi", at=abby.joined_at
    )

    assert "0 by people, 0 by us" in overview(staff)
