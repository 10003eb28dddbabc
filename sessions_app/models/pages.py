import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from sessions_app.models.people import Participant
from sessions_app.models.session import Session

SIGNATURE_BYTES = 16


def _signature(nonce: uuid.UUID, purpose: str) -> bytes:
    key = f"{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.digest(key, nonce.bytes, sha256)[:SIGNATURE_BYTES]


def token_of(nonce: uuid.UUID, purpose: str) -> str:
    """What stands in the link: 43 characters that only whoever holds our secret key can make from the row. So neither
    the database nor a page for staff holds anything that opens somebody's page."""
    return urlsafe_b64encode(nonce.bytes + _signature(nonce, purpose)).decode().rstrip("=")


def nonce_in(token: str, purpose: str) -> uuid.UUID | None:
    """The row's nonce, if it is a token of ours, whole and unchanged."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(raw) != 16 + SIGNATURE_BYTES:
        return None
    nonce = uuid.UUID(bytes=raw[:16])
    # Decoding ignores what it does not know; only the one spelling counts.
    return nonce if hmac.compare_digest(token.encode(), token_of(nonce, purpose).encode()) else None


Link = TypeVar("Link", bound="LinkToPage")


class LinkQuerySet(models.QuerySet[Link]):
    def usable(self, at: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=at)

    def revoke(self, at: datetime) -> int:
        """How many worked until now."""
        return self.filter(revoked_at=None).update(revoked_at=at)


class LinkToPage(models.Model):
    """What whoever holds the link may see, until it expires or is revoked. Times are on `matchmaker.clock`."""

    purpose = ""

    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("pk",)

    @property
    def token(self) -> str:
        return token_of(self.nonce, self.purpose)


class OwnPageLink(LinkToPage):
    """Opens one participant's own page, `/me/<token>`. It goes to their phone alone."""

    purpose = "own page"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="own_page_links")

    objects = LinkQuerySet["OwnPageLink"].as_manager()

    def __str__(self) -> str:
        return f"own page of {self.participant}"


class ShareLink(LinkToPage):
    """Opens the approved profile, `/p/<token>`, to whomever its owner gives it. Renewing moves `expires_at`."""

    purpose = "profile page"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="share_links")
    preview_shows_photo = models.BooleanField(
        default=False, help_text="Chats that preview links show the first name alone, or the main photo as well."
    )

    objects = LinkQuerySet["ShareLink"].as_manager()

    class Meta(LinkToPage.Meta):
        constraints = [
            # Two at once would leave one open that its owner believes revoked.
            models.UniqueConstraint("session", condition=Q(revoked_at=None), name="share_link_one_in_use")
        ]

    def __str__(self) -> str:
        return f"profile page of {self.session}"


class PageAct(models.Model):
    """Something that a person did on their own page, by their own tap: as good a source as a message, and the record
    that it was they who did it."""

    class What(models.TextChoices):
        ANSWERED = "answered", "answered a question"
        CONFIRMED = "confirmed", "agreed to what was heard"
        TOOK_OUT = "took_out", "took something out"
        BROUGHT_BACK = "brought_back", "brought something back"
        SENT_PHOTO = "sent_photo", "sent a photo"
        CHOSE_PHOTOS = "chose_photos", "chose photos"
        PICKED = "picked", "picked a draft"
        WROTE = "wrote", "wrote in their own words"
        ALLOWED = "allowed", "allowed their words to be quoted"
        APPROVED = "approved", "approved the profile"
        WITHDREW = "withdrew", "withdrew their consent"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="page_acts")
    what = models.CharField(max_length=15, choices=What)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.participant} {self.get_what_display()}"
