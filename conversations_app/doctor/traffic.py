"""What the last day's messages and webhooks tell."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from conversations_app.doctor.findings import Finding, bad, good, note
from conversations_app.models import InboxEvent, Message, Problem

LATELY = timedelta(days=1)
# Longer ones travel without a name on purpose, and are sent on in parts.
SHORT = 1500
MOST_UNNAMED = 3
MOST_UNNAMED_SHARE = 0.05


def names_on_phones() -> Iterator[Finding]:
    lately = Message.objects.annotate(size=Length("body")).filter(
        kind=Message.Kind.PERSON, conversation__isnull=False, size__lt=SHORT, created_at__gt=timezone.now() - LATELY
    )
    named, unnamed = (lately.filter(was_named=value).count() for value in (True, False))
    if unnamed >= MOST_UNNAMED and unnamed > MOST_UNNAMED_SHARE * (named + unnamed):
        yield bad(
            f"Of the last day's {named + unnamed} messages, {unnamed} reached the phones without a name.",
            "They did not pass the pre-event hook in time: look at the webhooks above, and at the web server's load.",
        )
    elif named:
        yield good(f"Phones show names: {named} of the last day's {named + unnamed} messages.")
    else:
        yield note(
            "Nobody wrote in a Conversation within the last day, so it is not known whether phones show names."
        )


def unsigned() -> Iterator[Finding]:
    if Problem.objects.filter(key="many-unsigned-webhooks", solved_at=None).exists():
        yield bad(
            "More than five webhooks a minute came without a valid signature.",
            "If they are Twilio's, PUBLIC_BASE_URL or TWILIO_AUTH_TOKEN is wrong; then mark the problem as solved.",
        )


def retries() -> Iterator[Finding]:
    told = InboxEvent.objects.filter(received_at__gt=timezone.now() - LATELY, payload__has_key="RetryCount")
    if told.exclude(Q(payload__RetryCount="0") | Q(payload__RetryCount="")).exists():
        yield note(
            "Twilio has tried some webhooks again within the last day, which its documentation does not promise."
        )


def problems() -> Iterator[Finding]:
    still_open = Problem.objects.filter(solved_at=None).count()
    if still_open:
        yield note(f"{still_open} problems wait for staff.", "Open the problem list in the admin.")
