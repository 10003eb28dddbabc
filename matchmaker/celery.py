from celery import Celery

app = Celery("matchmaker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["conversations_app"])
app.conf.beat_schedule = {
    "sweep": {"task": "sweep", "schedule": 10.0, "options": {"expires": 30}},
    "reconcile_active": {"task": "reconcile_active", "schedule": 60.0, "options": {"expires": 60}},
}
