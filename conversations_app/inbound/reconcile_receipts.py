"""Asks Twilio whether texts arrived, a few times for each, where no webhook told us.

This matters most for messages that met a closed window: without their receipt, nobody would send them again once the
person writes.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from conversations_app.db_clock import in_seconds
from conversations_app.gateway import api
from conversations_app.gateway.errors import GatewayError
from conversations_app.inbound import receipts
from conversations_app.models import ON_ITS_WAY, Binding, Delivery, Message, Receipt
from sessions_app.models import Session

# The ages at which a text is looked up, give or take the grace. Most receipts come within seconds, so the gaps grow;
# after the last look nobody asks again.
AGES_S = (120, 30 * 60, 2 * 3600, 8 * 3600)
GRACE_S = 15 * 60
# Each is a call to Twilio, in a job that runs every minute.
MOST_AT_ONCE = 50
LOOK_BACK = timedelta(hours=26)
MOST_OF_A_SESSION = 500


def fetch() -> int:
    """Of those whose time has come; how many receipts were news. Raises GatewayError."""
    messages = messages_without_receipt().filter(_is_due()).order_by("receipt_looks", "pk")[:MOST_AT_ONCE]
    texts = texts_without_receipt().filter(_is_due()).order_by("receipt_looks", "pk")[:MOST_AT_ONCE]
    return _of_all(messages, texts)


def fetch_for(session: Session) -> int:
    """Of one session, however old or often looked at; how many receipts were news. Raises GatewayError."""
    return _of_all(
        messages_without_receipt().filter(session=session).order_by("-pk")[:MOST_OF_A_SESSION],
        texts_without_receipt().filter(session=session).order_by("-pk")[:MOST_OF_A_SESSION],
    )


def count_for(session: Session) -> int:
    """Messages and texts of which it is not known whether they arrived everywhere."""
    return (
        messages_without_receipt().filter(session=session).count()
        + texts_without_receipt().filter(session=session).count()
    )


def messages_without_receipt() -> QuerySet[Message]:
    """Messages in Conversations that somebody may not have got: a phone that was in then has no last receipt."""
    settled = Receipt.objects.filter(
        message=OuterRef(OuterRef("pk")),
        participant=OuterRef("participant"),
        status__in=receipts.FINAL_STATUSES,
    )
    readers = Binding.objects.filter(
        Q(freed_at=None) | Q(freed_at__gt=OuterRef("at")),
        ~Exists(settled),
        participant__session=OuterRef("session"),
        created_at__lte=OuterRef("at"),
    ).exclude(Q(participant_sid="") | Q(participant=Coalesce(OuterRef("author"), 0)))
    lately = Message.objects.filter(_is_recent(), Exists(readers), sid__isnull=False, conversation__sid__isnull=False)
    # What was for us, the others need not get.
    return lately.exclude(kind=Message.Kind.COMMAND).select_related("session", "conversation")


def texts_without_receipt() -> QuerySet[Delivery]:
    on_their_way = Delivery.objects.filter(_is_recent(), ON_ITS_WAY, sid__isnull=False)
    return on_their_way.select_related("contact", "session", "message__session")


def _is_recent() -> Q:
    return Q(created_at__gt=in_seconds(-LOOK_BACK.total_seconds()))


def _is_due() -> Q:
    due = Q()
    for number, age in enumerate(AGES_S):
        due |= Q(
            receipt_looks__lte=number, created_at__gt=in_seconds(-age - GRACE_S), created_at__lte=in_seconds(-age)
        )
    return due


def _of_all(messages: Iterable[Message], texts: Iterable[Delivery]) -> int:
    return sum(map(_of_message, messages)) + sum(map(_of_text, texts))


def _of_message(message: Message) -> int:
    try:
        listed = api.receipts_of(str(message.conversation and message.conversation.sid), str(message.sid))
    except GatewayError as error:
        listed = []
        _skip_or_raise(error)
    news = []
    for one in listed:
        # One transaction each: a receipt can carry an opt-out, which locks all of that person's sessions in order.
        with transaction.atomic():
            news.append(
                receipts.record_conversation_receipt(
                    message, one.participant_sid, status=one.status, error_code=one.error_code
                )
            )
    Message.objects.filter(pk=message.pk).update(receipt_looks=F("receipt_looks") + 1)
    return sum(news)


def _of_text(delivery: Delivery) -> int:
    is_news = False
    try:
        status, error_code = api.text_status(str(delivery.sid))
    except GatewayError as error:
        _skip_or_raise(error)
    else:
        with transaction.atomic():
            is_news = receipts.record_text_status(delivery, status, error_code)
    Delivery.objects.filter(pk=delivery.pk).update(receipt_looks=F("receipt_looks") + 1)
    return int(is_news)


def _skip_or_raise(error: GatewayError) -> None:
    """What Twilio refuses is about this one text, and counts as a look; in its trouble the rest would fare the same."""
    if not error.permanent:
        raise error
