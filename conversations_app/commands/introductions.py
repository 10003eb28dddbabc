"""A newcomer whose phone gave no name, and who answers our question for it as people do: "I'm Lena", or "Lena"."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from conversations_app.commands import parsing
from conversations_app.commands.parsing import Command
from conversations_app.folding import folded
from conversations_app.membership import welcome
from conversations_app.models import Delivery, Message
from sessions_app.models import Participant
from sessions_app.names import FALLBACK, clean_display_name

# Later, the question is forgotten.
ASKED_WITHIN = timedelta(hours=1)
_SAID = (Message.Kind.PERSON, Message.Kind.MATCHMAKER, Message.Kind.STAFF)


def introduction_of(person: Participant, text: str, *, index: int | None = None) -> Command | None:
    """Only in the first thing that they say. A name alone answers the question that was asked last, whoever asked."""
    command = parsing.introduction_in(text)
    if command is None or clean_display_name(command.wanted_name) == FALLBACK:
        return None
    asked = _our_question(person)
    if asked is None:
        return None
    since = person.session.messages.filter(created_at__gte=asked.created_at, kind__in=_SAID)
    if index is not None:
        since = since.filter(Q(index__lt=index) | Q(index=None))
    if since.filter(author=person, kind=Message.Kind.PERSON).exists():
        return None
    is_bare = folded(command.wanted_name) == folded(text)
    was_asked_else = since.filter(body__regex="[?？؟]").exists()
    return None if is_bare and was_asked_else else command


def _our_question(person: Participant) -> Delivery | None:
    asked = Delivery.objects.filter(
        contact=person.contact,
        session=person.session_id,
        reason=welcome.ASKING_FOR_A_NAME,
        created_at__gt=timezone.now() - ASKED_WITHIN,
    )
    return asked.order_by("-pk").first()
