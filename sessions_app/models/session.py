from datetime import datetime
from typing import NewType, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

# The segment of what was written in the older app: before everything that is written here.
OLDER_APP_SEGMENT = 0


class SessionQuerySet(models.QuerySet["Session"]):
    def open(self) -> Self:
        return self.exclude(status=Session.Status.CLOSED)

    def with_turn_due(self) -> Self:
        """Active sessions whose batch of messages is complete, by the database's clock; none while it is moved."""
        return self.filter(status=Session.Status.ACTIVE, moving_to="", turn_due_at__lte=Now())


class Session(models.Model):
    """One group building one profile.

    `turn_due_at`, `batch_opened_at` and `delivery_until` are on the database's clock; the other times on
    `matchmaker.clock`.
    """

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused", "paused by staff"
        DORMANT = "dormant"
        SAFETY_HOLD = "safety_hold", "safety hold"
        CLOSED = "closed"

    class Transport(models.TextChoices):
        CONVERSATIONS = "conversations"
        BROADCAST = "broadcast"

    code = models.CharField(max_length=6, unique=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    stage = models.CharField(max_length=30, default="introduction")
    stage_changed_at = models.DateTimeField()
    transport = models.CharField(max_length=20, choices=Transport, default=Transport.CONVERSATIONS)
    is_adult = models.BooleanField(
        null=True, help_text="Whether the primary person said they are 18 or older; all we store before consent."
    )
    sealed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since then the profile is kept, but neither shown nor used, until staff decide.",
    )
    created_at = models.DateTimeField()
    last_activity_at = models.DateTimeField(db_index=True)
    quiet_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until then the matchmaker speaks half as often, because somebody asked for quiet.",
    )
    nudge_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When they want to be asked whether to go on. Forgotten as soon as somebody writes.",
    )
    reads_from = models.DateTimeField(
        null=True, blank=True, help_text="When the interview last started over; nothing written before counts."
    )
    restart_asked_by = models.ForeignKey(
        "sessions_app.Participant",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who asked to start over and has not confirmed yet.",
    )
    restart_asked_at = models.DateTimeField(null=True, blank=True)

    segment = models.PositiveSmallIntegerField(
        default=1,
        db_default=1,
        db_column="leg",
        help_text="Counts up with each new Conversation and change of transport; the transcript is sorted by it first.",
    )
    moving_to = models.CharField(
        max_length=20, choices=Transport, blank=True, db_default="", help_text="The transport it is being moved to."
    )
    move_refusal = models.CharField(max_length=300, blank=True, db_default="", help_text="Why the last move failed.")
    turn_due_at = models.DateTimeField(null=True, blank=True)
    batch_opened_at = models.DateTimeField(null=True, blank=True)
    last_out_seq = models.PositiveIntegerField(default=0)
    delivery_until = models.DateTimeField(null=True, blank=True)
    delivery_generation = models.PositiveBigIntegerField(default=0)
    delivery_due_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("-last_activity_at",)
        # The dispatcher looks for due sessions five times a second; partial, so that it reads only those.
        indexes = [
            models.Index(
                "turn_due_at", name="session_turn_due", condition=Q(turn_due_at__isnull=False, status="active")
            ),
            models.Index("delivery_due_at", name="session_delivery_due", condition=Q(delivery_due_at__isnull=False)),
            models.Index("nudge_at", name="session_nudge_due", condition=Q(nudge_at__isnull=False, status="active")),
        ]

    def __str__(self) -> str:
        return self.code

    def advance(self, *, to: str, at: datetime) -> bool:
        """Move on to another stage; False if another worker got there first."""
        # The stage is in the condition, so of two workers that move on at once only one succeeds.
        here = Session.objects.filter(pk=self.pk, stage=self.stage)
        moved = here.update(stage=to, stage_changed_at=at) == 1
        if moved:
            self.stage, self.stage_changed_at = to, at
        return moved

    def pause(self) -> bool:
        """Staff take over: the matchmaker stays silent. False if it was not active."""
        return self._move(self.Status.ACTIVE, self.Status.PAUSED)

    def resume(self) -> bool:
        """Hand the session back to the matchmaker. False if it was not paused or dormant."""
        return self._move(self.Status.PAUSED, self.Status.ACTIVE) or self._move(
            self.Status.DORMANT, self.Status.ACTIVE
        )

    def _move(self, before: str, after: str) -> bool:
        moved = Session.objects.filter(pk=self.pk, status=before).update(status=after) == 1
        if moved:
            self.status = after
        return moved


LockedSession = NewType("LockedSession", Session)
"""A session whose row this transaction has locked. Only `actions` makes one, so whoever asks for it has the lock."""
