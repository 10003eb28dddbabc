import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sessions_app.models.pages import PageAct
from sessions_app.models.people import Participant
from sessions_app.models.session import Session


class PhotoQuerySet(models.QuerySet["Photo"]):
    def kept(self) -> Self:
        """With a file of ours: offered, on the profile, or left off it."""
        return self.filter(state__in=[Photo.State.OFFERED, Photo.State.CHOSEN, Photo.State.LEFT_OUT])

    def chosen(self) -> Self:
        """The profile's, in its order; the first is the main one."""
        return self.filter(state=Photo.State.CHOSEN).order_by("place")

    def numbered(self) -> Self:
        """Those that people may speak of by number."""
        return self.filter(state__in=[Photo.State.OFFERED, Photo.State.CHOSEN]).order_by("number")


class Photo(models.Model):
    """A picture that somebody sent or uploaded: on its way to us, refused, or kept in three sizes.

    Nothing is kept of a picture before the primary person's consent, and of a friend's picture nothing is on the
    profile before the primary person's own yes.
    """

    class State(models.TextChoices):
        ARRIVING = "arriving", "being fetched"
        REFUSED = "refused", "not kept"
        OFFERED = "offered", "waits to be chosen"
        CHOSEN = "chosen", "on the profile"
        LEFT_OUT = "left_out", "left off the profile"

    class Shows(models.TextChoices):
        """Who is in it, in its owner's words."""

        UNKNOWN = "unknown", "not said yet"
        OWNER = "owner", "the primary person alone"
        TOGETHER = "together", "with others, who are all right with it"
        OTHERS = "others", "only others, who are all right with it"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="photos")
    sent_by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="photos_sent")
    message = models.ForeignKey(
        "conversations_app.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    position_in_message = models.PositiveSmallIntegerField(default=0)
    page_act = models.ForeignKey(PageAct, on_delete=models.PROTECT, null=True, blank=True, related_name="photos")
    number = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the group calls it. Never given to another one in this session."
    )
    state = models.CharField(max_length=10, choices=State, default=State.ARRIVING)
    refusal = models.CharField(max_length=20, blank=True, help_text="Why it was not kept, as a code.")
    shows = models.CharField(max_length=10, choices=Shows, default=Shows.UNKNOWN)
    place = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In the profile; 1 is the main one.")

    folder = models.UUIDField(default=uuid.uuid4, editable=False, help_text="In the photo storage.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Perceptual hash, so that the same picture is not kept twice."
    )
    alt_text = models.CharField(max_length=200, blank=True, help_text="What it shows, for people who cannot see it.")
    decided_at = models.DateTimeField(
        null=True, blank=True, help_text="When the primary person last put it on the profile, or off it."
    )
    is_safe_here_since = models.DateTimeField(null=True, blank=True)
    removed_at_twilio_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    # For the workers that fetch it and remove the copy at Twilio; these three are on the database's clock.
    due_at = models.DateTimeField(null=True, blank=True, db_default=Now())
    leased_until = models.DateTimeField(null=True, blank=True)
    first_attempt_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    generation = models.PositiveIntegerField(default=0, db_default=0)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        indexes = [models.Index("due_at", name="photo_due", condition=Q(due_at__isnull=False))]
        constraints = [
            models.UniqueConstraint(
                "message",
                "position_in_message",
                condition=Q(message__isnull=False),
                name="photo_once_a_message",
            ),
            models.UniqueConstraint("session", "number", name="photo_number_once"),
            models.CheckConstraint(
                name="photo_has_one_source",
                condition=Q(message__isnull=False, page_act=None) | Q(message=None, page_act__isnull=False),
            ),
            models.CheckConstraint(
                name="photo_chosen_has_a_place",
                condition=Q(state="chosen", place__isnull=False) | ~Q(state="chosen") & Q(place=None),
            ),
            # Moving one moves others: the order is checked when the transaction ends.
            models.UniqueConstraint(
                fields=["session", "place"], deferrable=models.Deferrable.DEFERRED, name="photo_place_once"
            ),
            models.CheckConstraint(
                name="photo_main_shows_its_owner", condition=~Q(place=1) | Q(shows__in=["owner", "together"])
            ),
        ]

    def __str__(self) -> str:
        return f"photo {self.number or self.pk}"
