from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from sessions_app.models.session import Session


class InviteQuerySet(models.QuerySet["Invite"]):
    def usable(self, at: datetime) -> Self:
        return self.filter(retired_at=None, expires_at__gt=at, uses__lt=F("most_uses"))


class Invite(models.Model):
    """A code that lets people into a session. The first one is the session's own code; rotating retires it for
    joining and adds another, while the session keeps its code."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invites")
    code = models.CharField(max_length=6, unique=True)
    most_uses = models.PositiveSmallIntegerField()
    uses = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = InviteQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            # "The" invite of a session has to be one: rotating retires the old code in the same transaction.
            models.UniqueConstraint("session", condition=Q(retired_at=None), name="invite_one_in_use_a_session"),
        ]

    def __str__(self) -> str:
        return self.code

    def state_at(self, at: datetime) -> str:
        """In words; "in use" is what `usable` finds."""
        if self.retired_at is not None:
            return "replaced"
        if self.expires_at <= at:
            return "expired"
        return "used up" if self.uses >= self.most_uses else "in use"
