from django.db import models

from sessions_app.models import Session

REHEARSAL = "rehearsal of "
"""Begins the key of a session that is only played here, with invented numbers."""


class LegacyImport(models.Model):
    """What a session was in the older app. It belongs to the session that it became here.

    `sealed` holds what that app knew of the single person. It stays unread until that person has said yes here.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="legacy_import")
    key = models.CharField(max_length=200, help_text="Of the value in the older app's Redis.")
    digest = models.CharField(max_length=64, help_text="Of the value and of who had left, so that a change shows.")
    transcript_digest = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="Of its messages, to which a later copy may add.",
    )
    stage_then = models.CharField(max_length=60, blank=True, help_text="The older app's word for it.")
    stage_reached = models.CharField(max_length=30, help_text="Where that would be in this interview.")
    conversation_sid = models.CharField(max_length=60, blank=True, help_text="The Conversation of the older app.")
    primary_hint = models.JSONField(
        null=True, blank=True, help_text="Whom the older app took for the single person; nobody's word here."
    )
    assumed_channel = models.JSONField(
        default=list, blank=True, help_text="Participants whose channel the older app did not keep."
    )
    sealed = models.JSONField(default=list, blank=True)
    kept = models.JSONField(default=dict, blank=True, help_text="Whatever has no place of its own here.")
    photos = models.JSONField(default=list, blank=True, help_text="Addresses of photos, as a note to staff.")
    photos_are_open = models.BooleanField(
        default=False, db_default=False, help_text="The person whom they show has said yes here."
    )
    problems = models.JSONField(default=list, blank=True)
    participants_in = models.PositiveIntegerField()
    participants_out = models.PositiveIntegerField()
    messages_in = models.PositiveIntegerField()
    messages_out = models.PositiveIntegerField()
    last_known_at = models.DateTimeField(
        help_text="The last time that the value names: a newer copy has a later one."
    )
    imported_at = models.DateTimeField()
    unsealed_at = models.DateTimeField(null=True, blank=True)
    unsealed = models.JSONField(default=list, blank=True, help_text="What became of each sealed value, and why.")

    class Meta:
        db_table = "sessions_app_legacyimport"
        verbose_name = "imported session"
        indexes = [
            models.Index("conversation_sid", name="legacy_conversation", condition=~models.Q(conversation_sid=""))
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_rehearsal(self) -> bool:
        return self.key.startswith(REHEARSAL)


class LegacyPhoto(models.Model):
    """A photo, fetched from the address that the older app kept. Sealed like the rest until the person has said yes."""

    record = models.ForeignKey(LegacyImport, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField(help_text="Of its address among the record's photos.")
    content_type = models.CharField(max_length=20)
    data = models.BinaryField()
    fetched_at = models.DateTimeField()

    class Meta:
        db_table = "sessions_app_legacyphoto"
        verbose_name = "photo of the older app"
        verbose_name_plural = "photos of the older app"
        constraints = [models.UniqueConstraint("record", "position", name="legacy_photo_once")]

    def __str__(self) -> str:
        return f"{self.content_type} #{self.pk}"
