from django.db import models
from django.db.models.functions import Now

from conversations_app.models.leased import Leased
from conversations_app.models.routes import Sender
from sessions_app.models import Contact, Participant, Session


class Removal(Leased):
    """Something of a person's that has to go elsewhere too: at Twilio, or in the photo storage. Gone from our tables
    already; the row goes when this is done, so that nothing is left of it either.

    `due_at` is on the database's clock.
    """

    class What(models.TextChoices):
        LINE = "line", "a line in a Conversation"
        CONVERSATION = "conversation", "an ended Conversation"
        TEXT = "text", "Twilio's record of a text"
        TEXTS = "texts", "Twilio's records of all texts between a phone and a number"
        PHOTO = "photo", "the files of a photo"
        LATECOMERS = "latecomers", "what was under way when they were forgotten"
        NUMBER = "number", "a phone's number"

    what = models.CharField(max_length=12, choices=What)
    subject = models.CharField(max_length=80, help_text="Twilio's sid, the photo's folder, or the row's id.")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="removals")
    conversation_sid = models.CharField(max_length=34, blank=True)
    ref = models.UUIDField(null=True, blank=True, help_text="Our id of a line that we posted.")
    has_files = models.BooleanField(default=False)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="removals"
    )
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="removals")
    sender = models.ForeignKey(Sender, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index("due_at", name="removal_due")]
        constraints = [
            # Asked for twice, it is done once.
            models.UniqueConstraint("what", "subject", name="removal_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} #{self.pk}"
