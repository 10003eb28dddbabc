import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from conversations_app.models.routes import Conversation
from conversations_app.models.turn import Turn
from matchmaker.ai.safety.rules import Concern
from sessions_app.models import OLDER_APP_SEGMENT, Participant, Session

REMOVED = "(removed)"
SEALED = "(sealed until staff have looked)"


class MessageQuerySet(models.QuerySet["Message"]):
    def in_transcript_order(self) -> Self:
        """By segment and Twilio's index; what Twilio has not numbered comes in the order in which we pass it on."""
        return self.order_by("segment", F("index").asc(nulls_last=True), "out_seq", "pk")

    def note_sent(self, *, sid: str, index: int, conversation: Conversation) -> int:
        """Twilio has it in this Conversation."""
        return self.update(
            sid=sid,
            index=index,
            conversation=conversation,
            segment=conversation.segment,
            state=Message.State.SENT,
            error="",
        )

    def readable(self) -> Self:
        """Without what its author had taken out, and what staff have to look at first."""
        return self.filter(removed_at=None, sealed_at=None)

    def imported(self) -> Self:
        return self.filter(segment=OLDER_APP_SEGMENT)

    def outgoing(self) -> Self:
        return self.filter(out_seq__isnull=False)


class Message(models.Model):
    """One message of a session's transcript. `body` holds the author's own words, without a name in front; of an event,
    which no phone shows, ours.

    What people write has Twilio's `sid` from the start. What we write has an `out_seq` and our id `ref`; the sid and
    index come with Twilio's answer.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        COMMAND = "command"
        MATCHMAKER = "matchmaker"
        STAFF = "staff"
        ANNOUNCEMENT = "announcement"
        RELAY = "relay", "relayed for a person"
        PROGRAM = "program", "from another program"
        EVENT = "event", "done beside the chat"

    class Purpose(models.TextChoices):
        GOODBYE = "goodbye"
        OUTAGE = "outage", "says that the matchmaker cannot answer just now"

    class State(models.TextChoices):
        RECEIVED = "received"
        WAITING = "waiting", "waiting to be sent"
        SENT = "sent"
        REFUSED = "refused", "refused for good"
        HELD = "held", "held back for staff"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="messages")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    segment = models.PositiveSmallIntegerField(
        default=1,
        db_default=1,
        db_column="leg",
        help_text="The segment of the session it belongs to; 0 is the older app.",
    )
    kind = models.CharField(max_length=15, choices=Kind)
    author = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    body = models.TextField(blank=True)
    media = models.JSONField(default=list, blank=True)
    sid = models.CharField(max_length=34, unique=True, null=True, blank=True)
    index = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(help_text="When it was written, by Twilio's clock, or by ours for what we wrote.")
    at_is_estimated = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The older app did not store the time; only the order is certain.",
    )
    turn = models.ForeignKey(
        Turn,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="inputs",
        help_text="The turn that read it.",
    )
    needs_turn = models.BooleanField(default=False)
    concern = models.CharField(
        max_length=20,
        blank=True,
        db_default="",
        choices=[(concern.value, concern.value.replace("_", " ")) for concern in Concern],
        help_text="Why nothing in it becomes part of the profile, and staff were told of it.",
    )
    was_named = models.BooleanField(
        null=True, blank=True, help_text="Whether it passed the pre-event hook, so phones showed a name."
    )
    is_for_us_alone = models.BooleanField(
        default=False, db_default=False, help_text="A command of which the group read nothing."
    )
    read_instead = models.TextField(
        blank=True, db_default="", help_text="The line that the group read in place of a command."
    )
    messaging_sid = models.CharField(
        max_length=34,
        unique=True,
        null=True,
        blank=True,
        db_column="twin_sid",
        help_text="The sid under which the Messaging webhook delivered the same text.",
    )

    is_unprompted = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The matchmaker's, with nobody waiting for it: those have a budget.",
    )
    # Ours, and sent along in `attributes`: after a call that got no answer, it tells whether Twilio has the message.
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    out_seq = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True, blank=True)
    purpose = models.CharField(
        max_length=20,
        choices=Purpose,
        blank=True,
        db_default="",
        help_text="What one of our messages is for, where code needs to know.",
    )
    error = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text="Its author had it taken out: nothing of what it said is kept."
    )
    sealed_at = models.DateTimeField(
        null=True, blank=True, help_text="Kept from everybody, the matchmaker too, until staff have looked."
    )
    receipt_looks = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often we asked Twilio for its receipts, since no webhook told us."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index("session", "segment", "index", name="message_in_order"),
            # Partial: of a million messages only the few that are still to do are in these.
            models.Index("session", name="message_needs_turn", condition=Q(needs_turn=True, turn__isnull=True)),
            models.Index("session", "out_seq", name="message_to_send", condition=Q(state="waiting")),
            models.Index("created_at", name="message_at_twilio", condition=Q(sid__isnull=False)),
        ]
        constraints = [
            # Two workers that queue at once without the session's lock would make one order of two: fail loudly
            # instead.
            models.UniqueConstraint("session", "out_seq", name="message_out_seq_once"),
            # Twilio's Index is what the transcript is sorted by, so no two messages may claim the same place.
            models.UniqueConstraint("conversation", "index", name="message_index_once"),
            models.CheckConstraint(
                name="message_person_has_author",
                condition=~Q(kind__in=["person", "command"]) | Q(author__isnull=False),
            ),
            models.CheckConstraint(
                name="message_outgoing_has_seq", condition=Q(state="received") | Q(out_seq__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def shown_body(self) -> str:
        """What may be read of it, by staff as well."""
        if self.removed_at is not None:
            return REMOVED
        return SEALED if self.sealed_at is not None else self.body

    @property
    def shown_media(self) -> list[dict[str, Any]]:
        return list(self.media) if self.sealed_at is None else []

    @property
    def is_imported(self) -> bool:
        return self.segment == OLDER_APP_SEGMENT
