from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Now
from django.utils import timezone

from conversations_app.models.leased import Leased
from sessions_app.models import Session

# Counting reads the newest turns by their ids, so that it costs the same whatever the table holds.
_NEWEST = 5000


class TurnQuerySet(models.QuerySet["Turn"]):
    def outcomes_of_the_last_hour(self) -> dict[str, int]:
        """How many turns ended how: `spoke`, `plain_line` (code spoke, where the model stayed silent and somebody waited),
        `silent`, `failed` (the model or its answer), and `put_aside`, which are tried again."""
        newest = self.aggregate(newest=Max("pk"))["newest"] or 0
        recent = self.filter(pk__gt=newest - _NEWEST, opened_at__gt=timezone.now() - timedelta(hours=1))
        closed, fine = Q(state=Turn.State.CLOSED), Q(error="")
        outcomes = {
            "spoke": closed & fine & Q(spoke=True, plain_line=""),
            "plain_line": closed & fine & Q(spoke=True) & ~Q(plain_line=""),
            "silent": closed & fine & Q(spoke=False),
            "failed": ~fine,
            "put_aside": fine & Q(state__in=[Turn.State.DISCARDED, Turn.State.ABANDONED]),
        }
        # `turns_…`, since a count named like a field would stand for it in the filters.
        counts = recent.aggregate(**{f"turns_{name}": Count("pk", filter=which) for name, which in outcomes.items()})
        return {name: counts[f"turns_{name}"] for name in outcomes}


class Turn(Leased):
    """One decision of the matchmaker. Its `generation` goes on from the turn before, in the same session."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"
        DISCARDED = "discarded", "something newer arrived"
        ABANDONED = "abandoned", "its worker was lost"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="turns")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    stage = models.CharField(max_length=30)
    stage_version = models.PositiveIntegerField(default=1)
    first_input = models.BigIntegerField(null=True, blank=True, help_text="Id of the first message read.")
    last_input = models.BigIntegerField(null=True, blank=True, help_text="Id of the last message read.")
    drafts_discarded = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    abandonments = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How many workers were lost over these messages before."
    )
    floor = models.CharField(max_length=20, blank=True)
    spoke = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    plain_line = models.CharField(
        max_length=20,
        blank=True,
        db_default="",
        help_text="Why code spoke where the model stayed silent and somebody waited, if it did.",
    )
    tokens = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Of these tokens, those that the model wrote."
    )
    duration_ms = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(db_default=Now())
    at = models.DateTimeField(help_text="By the product's clock.")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            # At most one turn at a time per session, however many workers there are: the database says so.
            models.UniqueConstraint("session", condition=Q(state="open"), name="turn_one_open_a_session"),
        ]

    def __str__(self) -> str:
        return f"turn #{self.pk}"


VALUES_OF_ACTIONS = frozenset({"value", "quote", "claim", "example"})
"""What an action understood, and the words it rests on."""


class TurnAction(models.Model):
    """One thing that a turn tried. Before consent `arguments` keeps names of fields, not values."""

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    message = models.ForeignKey(
        "conversations_app.Message", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_done = models.BooleanField()
    why = models.CharField(max_length=300, blank=True, help_text="Why it was refused.")

    class Meta:
        ordering = ("turn", "position")
        constraints = [models.UniqueConstraint("turn", "position", name="turn_action_position_once")]

    def __str__(self) -> str:
        return self.name

    def unsealed_arguments(self) -> dict[str, Any]:
        """What may be shown of them: while the profile is sealed, or what it was heard in, so are its values here."""
        is_sealed = self.turn.session.sealed_at or (self.message and self.message.sealed_at)
        hidden = VALUES_OF_ACTIONS if is_sealed else frozenset()
        return {name: value for name, value in self.arguments.items() if name not in hidden}
