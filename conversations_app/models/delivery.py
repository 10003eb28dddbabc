import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from conversations_app.models.message import Message
from conversations_app.models.routes import Sender
from sessions_app.models import Contact, Participant, Session


class Delivery(models.Model):
    """One text to one phone by the Messages API, outside any Conversation: hints, refusals, private answers."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be sent"
        SENT = "sent"
        REFUSED = "refused", "refused for good"
        HELD = "held", "held back for staff"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="deliveries")
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    reason = models.CharField(max_length=40, help_text="What it is for.")
    body = models.TextField()
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sid = models.CharField(max_length=34, unique=True, null=True, blank=True)
    status = models.CharField(max_length=20, blank=True, help_text="What Twilio last said became of it.")
    error_code = models.CharField(max_length=10, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(db_default=Now(), null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "deliveries"
        indexes = [models.Index("due_at", name="delivery_to_send", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.reason} #{self.pk}"


class Receipt(models.Model):
    """What became of a group message on one phone. Statuses only move forward."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="receipts")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="receipts")
    status = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()
    error_code = models.CharField(max_length=10, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("message", "participant", name="receipt_once")]

    def __str__(self) -> str:
        return self.status
