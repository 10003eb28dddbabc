from typing import Self

from django.db import models
from django.db.models import Q, Value

from sessions_app.models.interview import Fact
from sessions_app.models.pages import PageAct
from sessions_app.models.people import Participant
from sessions_app.models.session import Session


class StarterPrompt(models.Model):
    """The beginning of an answer that a profile may give."""

    text = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class Cliche(models.Model):
    """Words that so many profiles use that they say nothing about anybody; no draft may."""

    words = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("words",)
        verbose_name = "cliché"

    def __str__(self) -> str:
        return self.words


class DraftQuerySet(models.QuerySet["Draft"]):
    def standing(self) -> Self:
        """Those that may be voted on or picked, and those that were picked."""
        return self.filter(state__in=[Draft.State.OFFERED, Draft.State.PICKED])


class Draft(models.Model):
    """A bio, or an answer to a starter prompt: drafted from confirmed facts, or in the primary person's own words."""

    class Kind(models.TextChoices):
        BIO = "bio"
        PROMPT = "prompt", "answer to a prompt"

    class State(models.TextChoices):
        OFFERED = "offered", "to be picked"
        PICKED = "picked"
        LEFT = "left", "another was picked"
        FALLEN = "fallen", "something it rests on was taken out"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=10, choices=Kind)
    prompt = models.CharField(max_length=80, blank=True, help_text="The starter that it completes or answers.")
    text = models.CharField(max_length=500)
    number = models.PositiveSmallIntegerField(help_text="What people call it, among its kind in this session.")
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    facts = models.ManyToManyField(Fact, related_name="drafts", blank=True)
    sentences = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="Each sentence with the ids of the facts that it rests on.",
    )
    written_by = models.ForeignKey(
        Participant,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts_written",
        help_text="Set when it is the primary person's own words.",
    )
    message = models.ForeignKey(
        "conversations_app.Message",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="In which they wrote it.",
    )
    page_act = models.ForeignKey(PageAct, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    picked_in = models.ForeignKey(
        "conversations_app.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    picked_on_page = models.ForeignKey(PageAct, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    picked_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "number")
        constraints = [
            models.UniqueConstraint("session", "kind", "number", name="draft_number_once"),
            models.UniqueConstraint("session", condition=Q(kind="bio", state="picked"), name="draft_one_picked_bio"),
            models.UniqueConstraint(
                "session", "prompt", condition=Q(kind="prompt", state="picked"), name="draft_one_picked_answer"
            ),
            models.CheckConstraint(
                name="draft_own_words_have_a_source",
                condition=Q(written_by=None, message=None, page_act=None)
                | Q(written_by__isnull=False, message__isnull=False, page_act=None)
                | Q(written_by__isnull=False, message=None, page_act__isnull=False),
            ),
            # Only a person picks: in a message of theirs, or by their tap.
            models.CheckConstraint(
                name="draft_picked_by_somebody",
                condition=~Q(state="picked")
                | Q(picked_at__isnull=False, picked_in__isnull=False, picked_on_page=None)
                | Q(picked_at__isnull=False, picked_in=None, picked_on_page__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Poll(models.Model):
    """A vote on the drafts of a bio. Votes count while it is open; the primary person's pick closes it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="polls")
    drafts = models.ManyToManyField(Draft, related_name="polls")
    message = models.ForeignKey(
        "conversations_app.Message", on_delete=models.CASCADE, related_name="+", help_text="Which showed the drafts."
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("session", condition=Q(closed_at=None), name="poll_one_open")]

    def __str__(self) -> str:
        return f"vote #{self.pk}"


class Vote(models.Model):
    """One person's latest choice."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="votes")
    message = models.ForeignKey(
        "conversations_app.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    page_act = models.ForeignKey(PageAct, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            # Changing one's mind changes the row, so nobody counts twice.
            models.UniqueConstraint("poll", "participant", name="vote_once"),
            models.CheckConstraint(
                name="vote_has_one_source",
                condition=Q(message__isnull=False, page_act=None) | Q(message=None, page_act__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.draft}"


class ProfileVersion(models.Model):
    """The whole profile as it was at one moment, which is what its owner approves: that, and nothing later."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="Everything a stranger would see, and the ids of what it was made from.")
    digest = models.CharField(max_length=64, help_text="Of the content: the same profile is the same version.")
    created_at = models.DateTimeField()
    approved_by = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    approved_in = models.ForeignKey(
        "conversations_app.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_on_page = models.ForeignKey(PageAct, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="Since something in it was taken out, or its owner withdrew it."
    )

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint("session", "number", name="version_number_once"),
            # Their own words, or their own tap; never anybody else's, and never nobody's.
            models.CheckConstraint(
                name="version_approved_by_somebody",
                condition=Q(approved_at=None, approved_by=None, approved_in=None, approved_on_page=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False, approved_in__isnull=False)
                & Q(approved_on_page=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False, approved_in=None)
                & Q(approved_on_page__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
