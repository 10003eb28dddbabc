from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from sessions_app.models import Session


class ProblemQuerySet(models.QuerySet["Problem"]):
    def open(self) -> Self:
        return self.filter(solved_at__isnull=True)

    def resolve(self) -> int:
        """Close those still open, as solved by themselves; how many there were."""
        return self.open().update(solved_at=Now(), solved_by_itself=True)


class Problem(models.Model):
    """Something that staff should look at, in words. The same trouble again raises `times`, not another row."""

    key = models.CharField(max_length=120, help_text="Two reports with the same key are the same problem.")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, blank=True, related_name="problems")
    what = models.CharField(max_length=300)
    to_do = models.CharField(max_length=300, blank=True)
    is_urgent = models.BooleanField(
        default=False, db_default=False, help_text="Somebody may come to harm: it stands above all others."
    )
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(db_default=Now())
    solved_at = models.DateTimeField(null=True, blank=True)
    solved_by_itself = models.BooleanField(
        default=False, db_default=False, help_text="Its cause went away before anybody marked it as solved."
    )

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ("-is_urgent", "-last_at")
        # Only while it is open: the same trouble after it was solved is news again.
        constraints = [models.UniqueConstraint("key", condition=Q(solved_at__isnull=True), name="problem_open_once")]

    def __str__(self) -> str:
        return self.what

    @staticmethod
    def under_age_key(session: Session) -> str:
        return f"under-18-{session.pk}"

    @staticmethod
    def concern_key(concern: str, session: Session) -> str:
        return f"concern-{concern}-{session.pk}"

    @classmethod
    def report(
        cls, key: str, *, what: str, to_do: str = "", session: Session | None = None, is_urgent: bool = False
    ) -> None:
        """Tell staff. Call it outside a transaction that may roll back."""
        known = cls.objects.open().filter(key=key)
        if not known.update(times=F("times") + 1, last_at=Now(), what=what[:300]):
            problem = Problem(key=key, session=session, what=what[:300], to_do=to_do[:300], is_urgent=is_urgent)
            Problem.objects.bulk_create([problem], ignore_conflicts=True)

    @classmethod
    def resolve(cls, key: str) -> bool:
        """The cause is gone, so nobody has to look any more; False when no such problem was open.

        Most successes follow no problem. Where they are frequent, call this only when one is likely, or learn whether
        one is open from a query that is made anyway.
        """
        return cls.objects.filter(key=key).resolve() > 0


# When texts to our numbers were last seen to go to another app, by the product's clock.
TEXTS_ELSEWHERE = "texts-elsewhere"


class Heartbeat(models.Model):
    """When a part of the stack last showed that it works, by the database's clock."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str, *, at: datetime | None = None) -> None:
        if not cls.objects.filter(name=name).update(at=at or Now()):
            Heartbeat.objects.bulk_create([Heartbeat(name=name, at=at or Now())], ignore_conflicts=True)
