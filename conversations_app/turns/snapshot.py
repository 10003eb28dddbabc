"""A session as the matchmaker sees it: rows turned into plain data, people and messages under aliases."""

from django.db.models import Q

from conversations_app.models import Message
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import Fact, Line, LineKind, Person, Question, Stage, State
from sessions_app import actions, models
from sessions_app.models import Participant, Session

MOST_LINES = 80

_LINE_KINDS = {
    Message.Kind.PERSON: LineKind.PERSON,
    Message.Kind.MATCHMAKER: LineKind.MATCHMAKER,
    Message.Kind.STAFF: LineKind.MATCHMAKER,
    Message.Kind.ANNOUNCEMENT: LineKind.NOTICE,
}


def person_alias(participant_id: int) -> str:
    return f"p{participant_id}"


def message_alias(message_id: int) -> str:
    return f"m{message_id}"


def id_in(alias: str) -> int:
    return int(alias[1:])


def interview_of(session: Session, *, turn_id: int | None = None) -> Interview:
    """`turn_id`: its inputs are marked as new."""
    people = list(session.participants.select_related("contact"))
    primary = next((person for person in people if person.is_primary), None)
    messages = _latest(session, turn_id)
    lines = [_line(message, position, turn_id) for position, message in enumerate(messages)]
    return Interview(
        stages=stages(),
        stage=session.stage,
        people=[_person(person) for person in people if _is_here(person) or person.is_primary],
        lines=lines,
        facts=facts_of(session),
        primary=person_alias(primary.pk) if primary else None,
        consented=actions.has_consented(session),
        adult=session.is_adult,
        question=_question(session, messages),
    )


def stages() -> list[Stage]:
    rows = models.Stage.objects.filter(is_current=True).order_by("position")
    return [Stage(row.slug, row.goal, row.instructions, tuple(row.fields)) for row in rows]


def _latest(session: Session, turn_id: int | None) -> list[Message]:
    """The end of the transcript, and every input of the turn, however long ago it was written."""
    shown = Message.objects.filter(session=session, kind__in=_LINE_KINDS)
    if session.reads_from is not None:
        shown = shown.filter(at__gte=session.reads_from)
    # What waits to be sent was decided already, so the model must know of it; what was refused was never heard.
    heard = shown.exclude(state__in=[Message.State.REFUSED, Message.State.HELD]).in_transcript_order()
    newest = list(heard.reverse()[:MOST_LINES])
    keys = {message.pk for message in newest}
    wanted = Q(turn_id=turn_id) if turn_id else Q(pk__in=[])
    older = heard.filter(wanted).exclude(pk__in=keys)
    return [*older, *reversed(newest)]


def _is_here(person: Participant) -> bool:
    """Who opted out is in the group still, but neither reads nor answers."""
    return person.left_at is None and person.contact.opted_out_at is None


def _person(person: Participant) -> Person:
    return Person(person_alias(person.pk), person.name, is_primary=person.is_primary)


def _line(message: Message, position: int, turn_id: int | None) -> Line:
    return Line(
        id=message_alias(message.pk),
        kind=_LINE_KINDS[Message.Kind(message.kind)],
        author=person_alias(message.author_id) if message.author_id and message.kind == Message.Kind.PERSON else None,
        text=message.body,
        at=message.at,
        position=position,
        is_new=turn_id is not None and message.turn_id == turn_id,
        is_imported=message.is_imported,
        has_media=bool(message.media),
        is_unprompted=message.is_unprompted,
    )


def facts_of(session: Session) -> list[Fact]:
    return [_fact(fact) for fact in actions.live_facts(session)]


def _fact(fact: models.Fact) -> Fact:
    said_by = person_alias(fact.said_by_id) if fact.is_author_known else ""
    return Fact(fact.field, fact.value, State(fact.state), said_by, message_alias(fact.message_id))


def _question(session: Session, messages: list[Message]) -> Question | None:
    """Its position is that of the message that asked; an older one stands before everything shown."""
    row = session.questions.filter(closed_at__isnull=True).select_related("message").first()
    if row is None or row.message.state in {Message.State.REFUSED, Message.State.HELD}:
        return None  # nobody heard it, so nothing answers it
    position = next((n for n, message in enumerate(messages) if message.pk == row.message_id), -1)
    asked_to = person_alias(row.asked_to_id) if row.asked_to_id else None
    return Question(row.topic, asked_to, position=position, to_make_sure=row.to_make_sure)
