import uuid
from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now

from conversations_app.models.leased import Leased
from conversations_app.models.message import Message
from conversations_app.models.routes import Sender
from sessions_app.models import Contact, OwnPageLink, Participant, Session

# Twilio's code for a WhatsApp text outside the 24 hours after the person's last one.
WINDOW_SHUT = "63016"
# Twilio has it, and did not say yet whether it arrived.
ON_ITS_WAY = Q(state="sent", status__in=["", "accepted", "queued", "sending", "sent"])


class Delivery(Leased):
    """One text to one phone by the Messages API, outside any Conversation: hints, refusals, private answers, and each
    person's copy of a group's message that Twilio does not fan out.

    A phone's texts on one of our numbers go out in the order of their rows.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be sent"
        SENT = "sent"
        REFUSED = "refused", "refused for good"
        HELD = "held", "held back for staff"
        MISSED = "missed", "the window was closed"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="deliveries")
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    message = models.ForeignKey(
        Message,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="deliveries",
        help_text="The group message that this is one phone's copy of.",
    )
    part = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="The number of the part, when a copy is too long for one text."
    )
    reason = models.CharField(max_length=40, help_text="What it is for.")
    body = models.TextField(blank=True)
    own_page = models.ForeignKey(
        OwnPageLink,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose link is added when it is sent, so that it stands in no row that others can read.",
    )
    media = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        blank=True,
        help_text="URLs of pictures and other files.",
    )
    content_sid = models.CharField(
        max_length=34,
        blank=True,
        db_default="",
        help_text="HX… of an approved template, which may be sent in a closed window.",
    )
    content_variables = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)
    # In the StatusCallback's query, so that a callback finds its row even if it overtakes the answer with the sid.
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sid = models.CharField(max_length=34, unique=True, null=True, blank=True)
    missed_sids = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        blank=True,
        help_text="Twilio's ids of earlier tries that met a closed window.",
    )
    status = models.CharField(max_length=20, blank=True, help_text="Twilio's last status.")
    error_code = models.CharField(max_length=10, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    receipt_looks = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often we asked Twilio for its status, since no webhook told us."
    )
    due_at = models.DateTimeField(db_default=Now(), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index("due_at", name="delivery_to_send", condition=Q(state="waiting")),
            models.Index("contact", "sender", "id", name="delivery_in_order", condition=Q(state="waiting")),
            models.Index("created_at", name="delivery_on_its_way", condition=ON_ITS_WAY),
        ]
        # What keeps a fan-out that is run again from sending anybody the same part twice.
        constraints = [models.UniqueConstraint("message", "contact", "part", name="delivery_once_a_phone")]

    def __str__(self) -> str:
        return f"{self.reason} #{self.pk}"

    def in_words(self) -> str:
        """For staff: of a long text, the other parts may well have arrived."""
        parts = Delivery.objects.filter(message=self.message_id, contact=self.contact_id).count()
        if self.message_id is None or parts == 1:
            return f"A text ({self.reason})"
        return f"Part {self.part} of {parts} of a long text ({self.reason})"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def missed(self) -> Self:
        """Of what a person did not get because their window was shut, and was not sent since."""
        return self.filter(error_code=WINDOW_SHUT, caught_up_at__isnull=True)


class Receipt(models.Model):
    """What became of a group message on one phone, in either transport. Statuses only move forward."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="receipts")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="receipts")
    status = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()
    error_code = models.CharField(max_length=10, blank=True)
    updated_at = models.DateTimeField()
    caught_up_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was sent to the person who had missed it."
    )

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        # One row per phone, so that statuses that arrive out of order meet in it and only move forward.
        constraints = [models.UniqueConstraint("message", "participant", name="receipt_once")]
        indexes = [
            models.Index(
                "participant", name="receipt_missed", condition=Q(error_code=WINDOW_SHUT, caught_up_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.status
