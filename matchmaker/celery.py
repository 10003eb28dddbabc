import time
from typing import Any

import structlog
from celery import Celery
from celery.signals import before_task_publish, setup_logging
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep

app = Celery("matchmaker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["conversations_app"])
app.steps["worker"].add(DjangoStructLogInitStep)
# Each expires, so that after a standstill a backlog of the same job does not run many times over.
app.conf.beat_schedule = {
    "sweep": {"task": "sweep", "schedule": 10.0, "options": {"expires": 30}},
    "reconcile_active": {"task": "reconcile_active", "schedule": 60.0, "options": {"expires": 60}},
    "fetch_missed_texts": {"task": "fetch_missed_texts", "schedule": 60.0, "options": {"expires": 60}},
    "fetch_missed_receipts": {"task": "fetch_missed_receipts", "schedule": 60.0, "options": {"expires": 60}},
    "close_idle": {"task": "close_idle", "schedule": 3600.0, "options": {"expires": 600}},
    "send_reminders": {"task": "send_reminders", "schedule": 60.0, "options": {"expires": 60}},
    "send_nudges": {"task": "send_nudges", "schedule": 60.0, "options": {"expires": 60}},
    "send_templates": {"task": "send_templates", "schedule": 60.0, "options": {"expires": 60}},
    "catch_up_late": {"task": "catch_up_late", "schedule": 60.0, "options": {"expires": 60}},
}


@setup_logging.connect
def _log_as_everywhere(**_: Any) -> None:
    """With a receiver here, Celery leaves Django's LOGGING as it is."""


@before_task_publish.connect
def _stamp(headers: dict[str, Any], **_: Any) -> None:
    """So that the dispatcher sees how far a queue has got."""
    headers["sent_at"] = time.time()


@bind_extra_task_metadata.connect
def _name_the_task(task: Any, **_: Any) -> None:
    structlog.contextvars.bind_contextvars(task=task.name)
