from typing import Self

from django.db import models
from django.db.models import Q

from matchmaker.addresses import MAX_ADDRESS_LENGTH, Channel, channel_of, is_phone_address, masked
from sessions_app.models.session import Session


@models.CharField.register_lookup
class Canonical(models.Transform):
    """`address__canonical=canonical(…)` finds an address in either of its forms."""

    lookup_name = "canonical"
    function = "canonical_address"


class Contact(models.Model):
    """A person across sessions, as one address. The same phone on WhatsApp and SMS is two contacts; both forms of a
    number are one."""

    address = models.CharField(
        max_length=MAX_ADDRESS_LENGTH, unique=True, help_text="In the form of their last text."
    )
    display_name = models.CharField(max_length=30, blank=True, help_text="As their channel last gave it, cleaned up.")
    external_user_id = models.CharField(
        max_length=140,
        blank=True,
        help_text="WhatsApp's own id for the person, in case they hide their number one day.",
    )
    opted_out_at = models.DateTimeField(null=True, blank=True)
    hint_sent_at = models.DateTimeField(
        null=True, blank=True, help_text="When we last explained how to start or join; at most once an hour."
    )
    helpline_sent_at = models.DateTimeField(
        null=True, blank=True, help_text="When we last gave them a helpline; at most once a day."
    )
    wrong_codes = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Wrong codes this phone has tried since `wrong_codes_since`."
    )
    wrong_codes_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Func(models.F("address"), function="canonical_address"), name="contact_once_a_number"
            )
        ]

    def __str__(self) -> str:
        return self.display_name or masked(self.address)

    @property
    def channel(self) -> Channel:
        return channel_of(self.address)

    @property
    def shows_number(self) -> bool:
        """On WhatsApp people may hide it behind a name; Twilio's Conversations cannot receive from them."""
        return self.channel is not Channel.WHATSAPP or is_phone_address(self.address)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> Self:
        return self.filter(left_at__isnull=True)


class Participant(models.Model):
    """A person in a session. `name` is what the group reads in front of their messages, unique in the session."""

    class Role(models.TextChoices):
        PRIMARY = "primary"
        FRIEND = "friend"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="participants")
    # Protected: erasing a contact must not silently take transcripts with it.
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="participations")
    name = models.CharField(max_length=30)
    role = models.CharField(max_length=10, choices=Role, default=Role.FRIEND)
    is_creator = models.BooleanField(default=False)
    panic_word = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        help_text="Written alone, it takes them out of the group at once. Empty: the one that everybody has.",
    )
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    forget_asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When they asked to be forgotten, and have not confirmed it yet."
    )
    forgotten_at = models.DateTimeField(
        null=True, blank=True, help_text="Until then, nothing of what they said or sent here is kept."
    )
    sealed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="They left by their panic word: what they said is kept from everybody until staff have looked.",
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ("joined_at", "pk")
        constraints = [
            models.UniqueConstraint("session", "contact", name="participant_once_in_a_session"),
            # "It's about me" from two people at once: one of them wins.
            models.UniqueConstraint("session", condition=Q(role="primary"), name="participant_one_primary"),
            models.UniqueConstraint(
                "session", "name", condition=Q(left_at__isnull=True), name="participant_names_differ"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_primary(self) -> bool:
        return self.role == self.Role.PRIMARY


class Consent(models.Model):
    """What a person agreed to: to a profile in their own words, in `message`; to taking part by coming in, having
    been told what this is in a text of which `text_version` is kept."""

    class Kind(models.TextChoices):
        PROFILE = "profile", "having a profile made"
        TAKING_PART = "taking_part", "taking part in the group"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=Kind)
    message = models.ForeignKey(
        "conversations_app.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text_version = models.CharField(max_length=20, blank=True, db_default="")
    channel = models.CharField(
        max_length=10, choices=[(channel.value, channel.value) for channel in Channel], blank=True, db_default=""
    )
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_to_a_profile_has_its_message", condition=~Q(kind="profile") | Q(message__isnull=False)
            ),
            models.CheckConstraint(
                name="consent_to_taking_part_names_its_text",
                condition=~Q(kind="taking_part") | ~Q(text_version="") & ~Q(channel=""),
            ),
            models.UniqueConstraint(
                "participant", "kind", condition=Q(withdrawn_at__isnull=True), name="consent_once_while_it_holds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.kind}"
