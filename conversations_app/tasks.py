"""Celery tasks: each clears its in-flight mark and calls one function."""

from celery import shared_task
from django.core.cache import cache

from conversations_app.delivery import direct_messages, session_delivery
from conversations_app.erasing import elsewhere
from conversations_app.inbound import processing
from conversations_app.membership import welcome
from conversations_app.photos import fetching
from conversations_app.turns import lifecycle, nudges
from conversations_app.windows import catch_up, reminders, templates
from conversations_app.workers import dispatcher, periodic

__all__ = ["dispatcher"]  # imported for its signal handlers, which start it in a worker


def _begin(task_name: str, item: int) -> None:
    """Clear the mark before the work, not after: what becomes due meanwhile needs a task of its own."""
    cache.delete(dispatcher.wake_key(task_name, item))


@shared_task(name="take_in")
def take_in(*event_ids: int) -> None:
    for event_id in event_ids:
        _begin("take_in", event_id)
        processing.take_in(event_id)


@shared_task(name="take_turn")
def take_turn(session_id: int) -> None:
    _begin("take_turn", session_id)
    lifecycle.take_turn(session_id)


@shared_task(name="deliver")
def deliver(session_id: int) -> None:
    _begin("deliver", session_id)
    session_delivery.deliver(session_id)


@shared_task(name="send_text")
def send_text(delivery_id: int) -> None:
    _begin("send_text", delivery_id)
    direct_messages.send_text(delivery_id)


@shared_task(name="announce_newcomer")
def announce_newcomer(binding_id: int) -> None:
    _begin("announce_newcomer", binding_id)
    welcome.announce_newcomer(binding_id)


@shared_task(name="remove_elsewhere")
def remove_elsewhere(removal_id: int) -> None:
    _begin("remove_elsewhere", removal_id)
    elsewhere.carry_out(removal_id)


@shared_task(name="work_on_photo")
def work_on_photo(photo_id: int) -> None:
    _begin("work_on_photo", photo_id)
    fetching.work_on(photo_id)


@shared_task(name="sweep")
def sweep() -> None:
    periodic.sweep()


@shared_task(name="reconcile_active")
def reconcile_active() -> None:
    periodic.reconcile_active()


@shared_task(name="fetch_missed_texts")
def fetch_missed_texts() -> None:
    periodic.fetch_missed_texts()


@shared_task(name="fetch_missed_receipts")
def fetch_missed_receipts() -> None:
    periodic.fetch_missed_receipts()


@shared_task(name="close_idle")
def close_idle() -> None:
    periodic.close_idle()


@shared_task(name="send_reminders")
def send_reminders() -> None:
    reminders.send_reminders()


@shared_task(name="send_nudges")
def send_nudges() -> None:
    nudges.send_nudges()


@shared_task(name="send_templates")
def send_templates() -> None:
    templates.send_templates()


@shared_task(name="catch_up_late")
def catch_up_late() -> None:
    catch_up.send_late_catch_ups()
