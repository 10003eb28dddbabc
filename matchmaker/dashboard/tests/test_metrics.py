from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from conversations_app.models import Heartbeat, InboxEvent, Message
from matchmaker.dashboard.tests.sample_session import SampleSession, busy_night
from sessions_app.models import Session


def figures(client: Client) -> dict[str, float]:
    """`name` or `name{label}` of each of the product's figures."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        sample.name + "".join(f"{{{value}}}" for value in sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_it_counts_waiting_work(client: Client, sample: SampleSession) -> None:
    sample.problem("Trouble.")
    sample.problem("Somebody is in danger.", is_urgent=True)
    sample.we_say("On its way", state=Message.State.WAITING)
    received = timezone.now() - timedelta(minutes=5)
    InboxEvent.objects.create(kind="messaging", event_type="inbound", key="k", payload={}, received_at=received)

    told = figures(client)

    assert told["matchmaker_open_problems"] == 2
    assert told["matchmaker_urgent_problems"] == 1
    assert told["matchmaker_messages_unsent{group}"] == 1
    assert told["matchmaker_inbox_waiting"] == 1
    assert 299 < told["matchmaker_inbox_oldest_waiting_seconds"] < 400
    assert told["matchmaker_database_up"] == 1


def test_it_counts_sessions_and_turns(client: Client, sample: SampleSession) -> None:
    SampleSession(status=Session.Status.PAUSED)
    sample.turn(spoke=True)
    sample.turn(spoke=True, plain_line="asked")
    sample.turn(reason="Two friends are talking.")
    sample.turn(error="The model did not answer.")

    told = figures(client)

    assert told["matchmaker_sessions{active}"] == 1
    assert told["matchmaker_sessions{paused}"] == 1
    assert told["matchmaker_sessions{closed}"] == 0
    names = ("spoke", "plain_line", "silent", "failed", "put_aside")
    assert [told[f"matchmaker_turns_last_hour{{{name}}}"] for name in names] == [1, 1, 1, 1, 0]


def test_it_reports_how_long_a_turn_has_been_due(client: Client, sample: SampleSession) -> None:
    moment = timezone.now() - timedelta(minutes=2)
    Session.objects.update(turn_due_at=moment, batch_opened_at=moment)

    assert figures(client)["matchmaker_turn_overdue_seconds"] > 100


def test_it_reports_the_age_of_each_heartbeat(client: Client, db: None) -> None:
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(minutes=2))

    assert figures(client)["matchmaker_heartbeat_age_seconds{beat}"] > 100


def test_it_exposes_no_names(client: Client, db: None) -> None:
    busy_night()

    told = client.get("/metrics").content.decode()

    for private in ("JS2HSG", "Abby", "+1555"):
        assert private not in told


def test_it_keeps_the_figures_of_requests(client: Client, db: None) -> None:
    client.get("/join/AB2CDE")

    told = client.get("/metrics").content.decode()
    assert "django_http_requests_total_by_method_total" in told
    assert "AB2CDE" not in told


def test_it_costs_a_few_queries(client: Client, db: None) -> None:
    busy_night()

    with CaptureQueriesContext(connection) as captured:
        client.get("/metrics")

    assert len(captured) <= 10
