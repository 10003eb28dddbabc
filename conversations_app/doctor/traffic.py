"""What recent traffic shows: whether phones get names, whether Twilio retries, and what waits for staff."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import Length

from conversations_app import extensions
from conversations_app.doctor.findings import Finding, bad, good, note
from conversations_app.models import InboxEvent, Message, Problem
from conversations_app.naming.name_prefix import MAX_PHONE_BODY
from conversations_app.webhooks.signature import MANY_UNSIGNED
from matchmaker import clock
from sessions_app.names import MAX_NAME_LENGTH

A_DAY = timedelta(days=1)
# One text may slip through while the web restarts; a setting that is wrong shows in every text.
FEW, SHARE = 3, 0.05
# What is longer may have no room for its author's name, and is sent on as it is; half, as an emoji counts twice.
SURELY_NAMED = (MAX_PHONE_BODY - 2 * MAX_NAME_LENGTH) // 2

_HOOK = "Twilio must reach the pre-event URL, with the PUBLIC_BASE_URL and the TWILIO_AUTH_TOKEN that the web has."


def names() -> Iterator[Finding]:
    yield _named_lately()
    if Problem.objects.filter(key=MANY_UNSIGNED, solved_at=None).exists():
        yield bad(
            "Many webhooks came without a valid signature; while they do, phones show no names.",
            f"{_HOOK} Once it is fixed, mark the problem as solved in the admin.",
        )


def _named_lately() -> Finding:
    lately = (
        Message.objects.filter(was_named__isnull=False, at__gte=clock.now() - A_DAY)
        # What was written in a Conversation that was taken over before it became ours has no name in front of it.
        .exclude(conversation__sid__in=extensions.source().earlier_conversations())
        .annotate(length=Length("body"))
        .filter(length__lte=SURELY_NAMED)
    )
    counted = lately.aggregate(all=Count("pk"), nameless=Count("pk", filter=Q(was_named=False)))
    nameless, total = counted["nameless"], counted["all"]
    if nameless >= FEW and nameless > SHARE * total:
        return bad(f"{nameless} of {total} texts of the last day reached phones without their author's name.", _HOOK)
    if not total:
        return note("Nobody wrote in a Conversation within the last day, so nothing is known of names on phones.")
    return good(
        f"{total - nameless} of {total} texts of the last day passed the pre-event route, which names authors."
    )


def repeats() -> Iterator[Finding]:
    """Twilio documents no retries for Conversations; one that is seen is worth knowing."""
    repeated = InboxEvent.objects.filter(payload__RetryCount__regex=r"^0*[1-9]").count()
    if repeated:
        yield note(f"Twilio tried {repeated} webhooks again, so it does retry; each is kept once all the same.")


def open_problems() -> Iterator[Finding]:
    if Problem.objects.open().filter(is_urgent=True).exists():
        yield bad("Somebody may come to harm: an urgent problem waits for staff.", "Read it in the admin now.")
    count = Problem.objects.filter(solved_at=None).count()
    if count:
        things = "1 problem waits" if count == 1 else f"{count} problems wait"
        yield note(f"{things} for staff.", "Read the problem list in the admin.")
    else:
        yield good("No problem waits for staff.")
