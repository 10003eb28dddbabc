from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from matchmaker.addresses import MAX_ADDRESS_LENGTH, Channel, channel_of
from sessions_app.models import Contact, Participant, Session

# WhatsApp's rule; a text outside it is refused with 63016.
WINDOW = timedelta(hours=24)


class Sender(models.Model):
    """One of our numbers. `is_enabled` off: nobody new is put on it; who is there stays."""

    address = models.CharField(max_length=MAX_ADDRESS_LENGTH, unique=True)
    is_enabled = models.BooleanField(default=True, db_default=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.address

    @property
    def channel(self) -> Channel:
        return channel_of(self.address)


class Conversation(models.Model):
    """Twilio's object (`CH…`). A session has one open conversation at a time, and may have had several."""

    class State(models.TextChoices):
        CREATING = "creating"
        ACTIVE = "active"
        INACTIVE = "inactive"
        CLOSED = "closed"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="conversations")
    number = models.PositiveSmallIntegerField(
        default=1, help_text="1 for the session's first Conversation, 2 for the next, and so on."
    )
    segment = models.PositiveSmallIntegerField(
        default=1, db_default=1, db_column="leg", help_text="The segment of the session that it carries."
    )
    sid = models.CharField(max_length=34, unique=True, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.CREATING)
    created_at = models.DateTimeField()
    stage_told = models.CharField(
        max_length=30, blank=True, help_text="The stage last written to the Conversation's attributes at Twilio."
    )
    looked_at_closed = models.BooleanField(
        default=False, db_default=False, help_text="Whether its messages were listed once more after it closed."
    )
    reconciled_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was last compared with Twilio's own list, by the database's clock."
    )

    class Meta:
        ordering = ("session", "number")
        constraints = [
            models.UniqueConstraint("session", "number", name="conversation_number_once"),
            # Two workers that both see none would each create one at Twilio; the second fails here first.
            models.UniqueConstraint("session", condition=~Q(state="closed"), name="conversation_one_open"),
            models.CheckConstraint(
                name="conversation_has_a_sid", condition=Q(state__in=["creating", "closed"]) | Q(sid__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.unique_name

    @property
    def unique_name(self) -> str:
        """`session-ABC234`, then `session-ABC234-2`: a closed conversation keeps its name for good."""
        suffix = f"-{self.number}" if self.number > 1 else ""
        return f"session-{self.session.code}{suffix}"


class BindingQuerySet(models.QuerySet["Binding"]):
    def held(self) -> Self:
        """Those that keep (address, sender) from being used by another open session."""
        return self.exclude(state=Binding.State.FREED)


class Binding(models.Model):
    """One address on one of our senders, held by one open session, in either transport.

    In a Conversation the row is written with state `binding` before Twilio is asked, and counts as bound from then
    on; it counts until Twilio has taken the person out (`unbinding`). A broadcast session's has no conversation.
    """

    class State(models.TextChoices):
        BINDING = "binding"
        BOUND = "bound"
        UNBINDING = "unbinding"
        FREED = "freed"

    class RemovalReason(models.TextChoices):
        LEFT = "left", "they left"
        STOPPED = "stopped", "they opted out"
        REMOVED = "removed", "somebody removed them at Twilio"
        ENDED = "ended", "the conversation ended"
        FORGOTTEN = "forgotten", "they had themselves forgotten"
        QUIETLY = "quietly", "they left by their panic word"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="bindings")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, null=True, related_name="bindings")
    address = models.CharField(max_length=MAX_ADDRESS_LENGTH)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="bindings")
    state = models.CharField(max_length=10, choices=State, default=State.BINDING)
    participant_sid = models.CharField(max_length=34, blank=True, help_text="MB… at Twilio.")
    refusal = models.CharField(max_length=300, blank=True, help_text="Why Twilio refused to add this person.")
    why_out = models.CharField(
        max_length=10, choices=RemovalReason, blank=True, db_default="", help_text="Why this person is being removed."
    )
    then_join = models.ForeignKey(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The group to join as soon as this number is free.",
    )
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField(
        null=True, blank=True, help_text="When it last changed transports, by the database's clock."
    )
    freed_at = models.DateTimeField(null=True, blank=True)
    removal_due_at = models.DateTimeField(
        null=True, blank=True, help_text="Twilio refused to remove this person; when it is asked again."
    )
    announce_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the group is told that this person has come, should we not know their name sooner.",
    )

    objects = BindingQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            # Twilio allows one open Conversation per (phone, number) and answers 50416 to a second; this comes first,
            # and covers broadcast too.
            models.UniqueConstraint("address", "sender", condition=~Q(state="freed"), name="binding_pair_held_once"),
            models.UniqueConstraint("participant", condition=~Q(state="freed"), name="binding_one_a_participant"),
        ]
        indexes = [
            models.Index("participant_sid", name="binding_by_participant_sid", condition=~Q(participant_sid="")),
            models.Index("announce_at", name="binding_to_be_announced", condition=Q(announce_at__isnull=False)),
            models.Index("removal_due_at", name="binding_removal_due", condition=Q(removal_due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.participant} ({self.state})"


class Window(models.Model):
    """One phone's chat with one of our numbers. WhatsApp lets us write freely for 24 hours after the person did."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="windows")
    # A window belongs to the pair: having written to one of our numbers opens nothing on another.
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="windows")
    last_inbound_at = models.DateTimeField()
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="When we reminded them that it was about to close."
    )
    template_sent_at = models.DateTimeField(
        null=True, blank=True, help_text="When we last sent a template because it was closed."
    )

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index("last_inbound_at", name="window_by_last_inbound")]
        constraints = [models.UniqueConstraint("contact", "sender", name="window_once")]

    def __str__(self) -> str:
        return f"{self.contact} on {self.sender}"

    @property
    def shuts_at(self) -> datetime | None:
        """None where nothing ever shuts: on SMS."""
        return self.last_inbound_at + WINDOW if self.sender.channel is Channel.WHATSAPP else None

    def is_open(self, at: datetime) -> bool:
        return self.shuts_at is None or at < self.shuts_at

    @property
    def was_reminded(self) -> bool:
        """In this window, not in one before."""
        return self.reminded_at is not None and self.reminded_at > self.last_inbound_at

    @property
    def got_a_template(self) -> bool:
        """Since it shut this time."""
        return self.template_sent_at is not None and self.template_sent_at > self.last_inbound_at
