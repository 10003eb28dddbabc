from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from conversations_app.errors import WaitReason
from conversations_app.models.leased import Leased

# In place of a payload, once whoever wrote it had it removed.
EMPTIED = {"removed": True}


class InboxEvent(Leased):
    """One webhook, kept before it is answered. `key` is what makes a repeated delivery the same event.

    `due_at` is on the database's clock.
    """

    class Kind(models.TextChoices):
        CONVERSATION = "conversation", "conversation event"
        MESSAGING = "messaging", "text to one of our numbers"
        STATUS = "status", "status callback"

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        IGNORED = "ignored", "nothing to do"
        FAILED = "failed"

    kind = models.CharField(max_length=20, choices=Kind)
    event_type = models.CharField(max_length=60)
    # Twilio may deliver an event twice; the second insert does nothing.
    key = models.CharField(max_length=300, unique=True)
    subject = models.CharField(
        max_length=330, blank=True, help_text="Events of one subject are processed one after the other, in order."
    )
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    wait_reason = models.CharField(
        max_length=30,
        choices=WaitReason,
        blank=True,
        db_default="",
        help_text="Why it was postponed, if it was.",
    )
    note = models.CharField(max_length=300, blank=True, help_text="What was done, or why nothing was.")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    received_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index("due_at", "id", name="inbox_waiting", condition=Q(state="waiting")),
            models.Index(
                "subject", "id", name="inbox_subject_waiting", condition=Q(state="waiting") & ~Q(subject="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} #{self.pk}"

    @property
    def is_emptied(self) -> bool:
        return bool(self.payload == EMPTIED)
