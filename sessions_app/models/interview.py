from django.db import models
from django.db.models import Q, Value

from matchmaker.ai.fields import FIELDS
from sessions_app.models.pages import PageAct
from sessions_app.models.people import Participant
from sessions_app.models.session import Session


class Stage(models.Model):
    """One version of one stage's wording. Editing a stage adds a version; turns say which one they used."""

    slug = models.SlugField(max_length=30)
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField()
    goal = models.CharField(max_length=300)
    instructions = models.TextField(blank=True)
    fields = models.JSONField(default=list, help_text="Slugs of the profile fields that this stage fills.")
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position", "version")
        constraints = [
            models.UniqueConstraint("slug", "version", name="stage_version_once"),
            # Two editors at once cannot both publish a next version.
            models.UniqueConstraint("slug", condition=Q(is_current=True), name="stage_one_current_version"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} v{self.version}"


class Fact(models.Model):
    """One value of the profile: who said it, in which message or on their own page, and whether the primary person
    agreed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "heard"
        CONFIRMED = "confirmed", "confirmed"
        REJECTED = "rejected", "taken out"
        REPLACED = "replaced", "replaced"

    class Source(models.TextChoices):
        CHAT = "chat"
        LEGACY = "legacy", "older app"
        PAGE = "page", "their own page"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="facts")
    field = models.CharField(max_length=30)
    value = models.JSONField()
    state = models.CharField(max_length=10, choices=State)
    source = models.CharField(max_length=10, choices=Source, default=Source.CHAT)
    said_by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="facts_said")
    is_author_known = models.BooleanField(
        default=True, db_default=True, help_text="Off when the older app did not record which friend said it."
    )
    message = models.ForeignKey(
        "conversations_app.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="facts"
    )
    page_act = models.ForeignKey(
        PageAct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="facts",
        help_text="When they said it on their own page instead.",
    )
    quote = models.CharField(
        max_length=300,
        blank=True,
        db_default="",
        help_text="The words of the message that say so; none where the older app kept it.",
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced",
        help_text="What was said instead. If that is turned down, this one counts again.",
    )
    state_before = models.CharField(
        max_length=10,
        choices=State,
        blank=True,
        db_default="",
        help_text="Before it was taken out, so that it can be brought back.",
    )
    decided_by = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    decided_in = models.ForeignKey(
        "conversations_app.Message", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on_page = models.ForeignKey(PageAct, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    allowed_on_page = models.ForeignKey(
        PageAct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="When a friend agreed to stand on the profile with this praise, in their own words and by name.",
    )
    is_public = models.BooleanField(
        default=True,
        db_default=True,
        help_text="May stand on the profile that strangers see. Private answers only if their owner says so.",
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "pk")
        indexes = [models.Index("session", "field", name="fact_by_field")]
        constraints = [
            models.UniqueConstraint(
                "session", "field", "value", condition=Q(state__in=["proposed", "confirmed"]), name="fact_value_once"
            ),
            # A value that nobody can trace to somebody's words is worth nothing.
            models.CheckConstraint(
                name="fact_has_one_source",
                condition=Q(message__isnull=False, page_act=None) | Q(message=None, page_act__isnull=False),
            ),
            # Nor is a decision: who decided, in which message or act, and when belong together.
            models.CheckConstraint(
                name="fact_decision_is_whole",
                condition=Q(decided_by=None, decided_in=None, decided_on_page=None, decided_at=None)
                | Q(
                    decided_by__isnull=False, decided_in__isnull=False, decided_on_page=None, decided_at__isnull=False
                )
                | Q(
                    decided_by__isnull=False, decided_in=None, decided_on_page__isnull=False, decided_at__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="fact_confirmed_by_somebody",
                condition=~Q(state="confirmed") | Q(decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.get_state_display()})"

    @property
    def is_private(self) -> bool:
        return self.field in FIELDS and FIELDS[self.field].private

    @property
    def may_be_shown(self) -> bool:
        """To strangers. A private answer only by the box that its owner ticked on their page: whatever else wrote it,
        such as an older release, knows nothing of that box."""
        return self.is_public and not (self.is_private and self.page_act_id is None)

    @property
    def author_name(self) -> str:
        return self.said_by.name if self.is_author_known else "unknown"


class Question(models.Model):
    """Something the matchmaker asked. Open until it is answered or another question takes its place."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    topic = models.CharField(max_length=30, help_text="A field's slug, or `primary`, `consent` or `read_back`.")
    asked_to = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # The one that asked first, when a question is asked again.
    message = models.ForeignKey("conversations_app.Message", on_delete=models.CASCADE, related_name="questions")
    to_make_sure = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Asked once more, since a lot follows from it: only a plain answer settles it.",
    )
    settles = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        blank=True,
        help_text="What a plain answer settles: it agrees to what was shown, and to nothing that was heard since.",
    )
    was_answered = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Something that was said settled it. If not, it is asked again once.",
    )
    was_skipped = models.BooleanField(
        default=False, db_default=False, help_text="Whoever was asked would rather not say."
    )
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [
            # A yes answers the open question; with two open, nobody could tell which.
            models.UniqueConstraint("session", condition=Q(closed_at__isnull=True), name="question_one_open"),
        ]

    def __str__(self) -> str:
        return self.topic
