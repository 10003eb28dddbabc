"""`/metrics`: what django-prometheus counts in this process, and the product's own figures, read from the database.

No label names a person, a number or a session's code.
"""

import os
from collections.abc import Iterable, Iterator, Mapping

from django.db import DatabaseError, connection
from django.db.models import Count, DurationField, ExpressionWrapper, F, Min
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from conversations_app.models import Delivery, Heartbeat, InboxEvent, Message, Problem, Turn
from sessions_app.models import Session


def metrics(request: HttpRequest) -> HttpResponse:
    page = generate_latest(_of_the_processes()) + generate_latest(_PRODUCT)
    return HttpResponse(page, content_type=CONTENT_TYPE_LATEST)


def _of_the_processes() -> CollectorRegistry:
    """Of all web processes where they share a folder for it, else of the one that answers."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types here
    return registry


class Product(Collector):
    """A handful of counts, each by an index or over few rows."""

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            figures = [*_work_figures(), *_session_figures(), *_heartbeat_figures()]
        # Monitoring has to hear that Postgres is down, rather than get no answer at all.
        except DatabaseError:
            connection.close()
            figures = [_gauge("matchmaker_database_up", "Whether Postgres answered this request.", 0)]
        else:
            figures.append(_gauge("matchmaker_database_up", "Whether Postgres answered this request.", 1))
        yield from figures


def _work_figures() -> Iterator[GaugeMetricFamily]:
    problems = Problem.objects.filter(solved_at__isnull=True).count()
    yield _gauge("matchmaker_open_problems", "Open problems for staff.", problems)
    urgent = Problem.objects.open().filter(is_urgent=True).count()
    yield _gauge("matchmaker_urgent_problems", "Open problems in which somebody may come to harm.", urgent)
    inbox = InboxEvent.objects.filter(state=InboxEvent.State.WAITING).aggregate(
        n=Count("pk"), age=Now() - Min("received_at")
    )
    yield _gauge("matchmaker_inbox_waiting", "Webhooks stored and not processed yet.", inbox["n"])
    oldest = inbox["age"].total_seconds() if inbox["age"] else 0
    yield _gauge("matchmaker_inbox_oldest_waiting_seconds", "Age of the oldest webhook not processed yet.", oldest)
    unsent = {
        "group": Message.objects.filter(state=Message.State.WAITING).count(),
        "private": Delivery.objects.filter(state=Delivery.State.WAITING).count(),
    }
    yield _gauges("matchmaker_messages_unsent", "Our messages not sent to Twilio yet.", "to", unsent)


def _session_figures() -> Iterator[GaugeMetricFamily]:
    counts = dict.fromkeys(Session.Status.values, 0)
    counts |= dict(Session.objects.order_by().values_list("status").annotate(Count("pk")))
    yield _gauges("matchmaker_sessions", "Sessions by status.", "status", counts)
    due = Session.objects.with_turn_due().aggregate(age=Now() - Min("turn_due_at"))["age"]
    overdue = due.total_seconds() if due else 0
    yield _gauge(
        "matchmaker_turn_overdue_seconds", "How long the longest waiting group's turn has been due.", overdue
    )
    yield _gauges(
        "matchmaker_turns_last_hour",
        "Turns of the last hour by outcome; plain_line: code spoke, where the model stayed silent and somebody waited.",
        "outcome",
        Turn.objects.outcomes_of_the_last_hour(),
    )


def _heartbeat_figures() -> Iterator[GaugeMetricFamily]:
    age = ExpressionWrapper(Now() - F("at"), output_field=DurationField())
    ages = {name: since.total_seconds() for name, since in Heartbeat.objects.values_list("name", age)}
    yield _gauges(
        "matchmaker_heartbeat_age_seconds", "How long ago each part of the stack last reported.", "part", ages
    )


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)


def _gauges(name: str, what: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what, labels=[label])
    for named, value in values.items():
        family.add_metric([named], value)
    return family


_PRODUCT = CollectorRegistry()
_PRODUCT.register(Product())
