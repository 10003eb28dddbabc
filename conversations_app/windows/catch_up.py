"""What a person missed while their window was shut, sent to them alone once they write again."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from conversations_app.for_each import run_for_each
from conversations_app.models import WINDOW, Binding, Message, Receipt, Sender, Window
from conversations_app.naming.name_prefix import label, with_name
from conversations_app.naming.roster import Roster
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words, for_person, words
from conversations_app.windows import messaging_window
from matchmaker import clock
from matchmaker.characters import parts_of, text_length
from sessions_app import actions
from sessions_app.models import LockedSession, Participant

# As much as a person likes to read at once; the heading says how many more there were.
MOST_MESSAGES = 20
MOST_CHARACTERS = 6000
# Below the 1,600 characters that phones get in one message.
MOST_IN_A_TEXT = 1499
MOST_OF_A_MESSAGE = 1300
MOST_AT_ONCE = 200

# Announcements and commands are left out. An announcement belongs to its moment: somebody joined, or an invite whose
# code may have changed by now. A command was never meant for the others.
TOLD = (Message.Kind.PERSON, Message.Kind.RELAY, Message.Kind.MATCHMAKER, Message.Kind.STAFF)


def missed() -> QuerySet[Receipt]:
    """Messages that people missed and were not sent yet, since the interview last started over."""
    in_this_reading = Q(message__session__reads_from=None) | Q(message__at__gte=F("message__session__reads_from"))
    readable = Receipt.objects.missed().filter(message__removed_at=None, message__sealed_at=None)
    return readable.filter(in_this_reading, message__kind__in=TOLD)


def send_catch_up(*, session: LockedSession, person: Participant, sender: Sender) -> int:
    """They have written to this number, so queue what they missed, once. Returns how many messages that is.

    Runs in the transaction that handles their message, under the session's lock: what they missed and what they
    now read with everybody else cannot overlap.
    """
    at = clock.now()
    if not _can_read(person) or not messaging_window.is_open(person.contact, sender, at=at):
        return 0
    receipts = list(Receipt.objects.missed().filter(participant=person).values_list("pk", flat=True))
    if not receipts:
        return 0
    messages = _messages(person)
    told = _newest(messages)
    heading = for_person(_heading(messages.count() - len(told)), person.contact)
    for body in _texts(told, heading, others=_names(person)):
        outgoing.queue_text(contact=person.contact, sender=sender, session=session, reason="catch-up", body=body)
    Receipt.objects.filter(pk__in=receipts).update(caught_up_at=at)
    return len(told)


def _can_read(person: Participant) -> bool:
    return person.left_at is None and person.contact.opted_out_at is None


def _messages(person: Participant) -> QuerySet[Message]:
    """Leaves out the parts in which a long message was relayed, where the message itself is included."""
    theirs = missed().filter(participant=person)
    whole = Message.objects.filter(
        receipts__in=theirs, kind=Message.Kind.PERSON, author=OuterRef("author"), at=OuterRef("at")
    )
    told = Message.objects.filter(receipts__in=theirs).exclude(Exists(whole), kind=Message.Kind.RELAY)
    return told.select_related("author").in_transcript_order()


def _newest(messages: QuerySet[Message]) -> list[Message]:
    """Oldest first: as many as a person likes to read at once, and at least one."""
    told: list[Message] = []
    for message in messages.reverse()[:MOST_MESSAGES]:
        if told and sum(len(one.body) for one in told) + len(message.body) > MOST_CHARACTERS:
            break
        told.append(message)
    return told[::-1]


def _names(person: Participant) -> list[str]:
    """Every name that a line of somebody's text must not pass for, and our heading too."""
    names = person.session.participants.values_list("contact__address", "name")
    headings = (heading.removesuffix(":") for heading in wording.while_you_were_away())
    return [*Roster(dict(names), bold=False).reserved, *headings]


def _heading(left_out: int) -> Words:
    away, both = wording.while_you_were_away(), "{away}\n{more}"
    return words(both, both, both, away=away, more=wording.earlier_left_out(left_out)) if left_out else away


def _texts(messages: list[Message], heading: str, *, others: list[str]) -> list[str]:
    """The heading and the messages, in as few texts as they fit into; none without messages."""
    if not messages:
        return []
    return _packed(heading, (piece for message in messages for piece in _pieces(message, message.body, others)))


def _packed(heading: str, pieces: Iterable[str]) -> list[str]:
    texts = [heading]
    for piece in pieces:
        joined = f"{texts[-1]}\n{piece}"
        if text_length(joined) <= MOST_IN_A_TEXT:
            texts[-1] = joined
        else:
            texts.append(piece)
    return texts


def _pieces(message: Message, words: str, others: list[str]) -> Iterator[str]:
    """Each with the name in front, so that a cut never makes a line of the text look like somebody's own."""
    speaker = message.author.name if message.author else settings.MATCHMAKER_NAME
    media_type = str(message.media[0].get("content_type", "")) if message.media else ""
    named = with_name(words, name=speaker, others=others, bold=False, media_type=media_type).body
    if text_length(named) <= MOST_OF_A_MESSAGE:
        yield named
        return
    # Two thirds of it, where only the guards in front of many lines made it too long.
    room = min(MOST_OF_A_MESSAGE - text_length(label(speaker, bold=False) + " "), 2 * text_length(words) // 3)
    for part in parts_of(words, room):
        yield from _pieces(message, part, others)


# --- the job ----------------------------------------------------------------------------------------------------------


def send_late_catch_ups() -> int:
    """For receipts that come after the person has written again: nothing else would send them what they missed."""
    return run_for_each(_with_open_windows()[:MOST_AT_ONCE], _catch_up, job="late_catch_up")


def _with_open_windows() -> QuerySet[Binding]:
    open_windows = Window.objects.filter(
        contact=OuterRef("participant__contact"), sender=OuterRef("sender"), last_inbound_at__gt=clock.now() - WINDOW
    )
    theirs = missed().filter(participant=OuterRef("participant"))
    reachable = Binding.objects.filter(state=Binding.State.BOUND, participant__contact__opted_out_at=None)
    return reachable.filter(Exists(theirs), Exists(open_windows), participant__left_at=None)


def _catch_up(binding: Binding) -> bool:
    with transaction.atomic():
        session = actions.lock_session(binding.participant.session_id)
        return send_catch_up(session=session, person=binding.participant, sender=binding.sender) > 0
