"""A session as staff and scripts see it: plain data, for `sessions`, `show` and the admin. Times are aware, in UTC."""

from collections import defaultdict, deque
from datetime import datetime
from typing import Any, TypedDict

from django.conf import settings
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery

from conversations_app.models import Message, Turn
from conversations_app.windows import messaging_window
from matchmaker.ai.fields import FIELDS
from matchmaker.ai.turn_taking import Cause, Floor
from sessions_app import actions
from sessions_app.models import OLDER_APP_SEGMENT, Fact, Participant, Session


class SessionSummary(TypedDict):
    """`participants`: people who are in it now. `messages`: every row of the transcript, commands included."""

    code: str
    stage: str
    status: str
    transport: str
    participants: int
    messages: int
    created_at: datetime
    last_activity_at: datetime


class Person(TypedDict):
    """`window_open_until`: WhatsApp's 24 hours after their last message, which may be over; None on other channels."""

    name: str
    address: str
    channel: str
    role: str
    window_open_until: datetime | None
    left_at: datetime | None


class Line(TypedDict):
    """One message. `state` is `refused` or `held` where the group never read it; `error` says why. `readers`: who read
    a command, in words."""

    id: int
    author: str
    body: str
    at: datetime
    at_is_estimated: bool
    kind: str
    state: str
    error: str
    media: int
    readers: str


class Item(TypedDict):
    """One value of a field. `message` is the `id` of a line of the transcript, `quote` the words in it that say so."""

    value: Any
    state: str
    said_by: str
    message: int | None
    quote: str


class Value(Item):
    """A field. Of one with several values, `value` lists them, and it is confirmed when all of them are."""

    items: list[Item]


class TurnReport(TypedDict):
    """`unprompted`: it spoke, and nobody had waited for it. `plain_line`: why code spoke where the model stayed silent
    and somebody waited; empty where it did not."""

    at: datetime
    spoke: bool
    unprompted: bool
    plain_line: str
    reason: str
    actions: list[dict[str, Any]]
    tokens: int
    ms: int
    error: str
    state: str
    stage: str


class SessionReport(SessionSummary):
    """`sealed_at`: since then the profile is kept and not shown, until staff decide."""

    sealed_at: datetime | None
    people: list[Person]
    transcript: list[Line]
    profile: dict[str, Value]
    turns: list[TurnReport]


def session_summary(session: Session) -> SessionSummary:
    return session_summaries(Session.objects.filter(pk=session.pk))[0]


def session_summaries(sessions: QuerySet[Session]) -> list[SessionSummary]:
    """In the order given, by one query."""
    counted = sessions.annotate(
        people_now=_count(Participant.objects.present()), messages_kept=_count(Message.objects.all())
    )
    return [_summary(session) for session in counted]


def _count(rows: QuerySet[Any]) -> Subquery:
    """How many of these rows belong to the session of the outer query."""
    of_session = rows.filter(session=OuterRef("pk")).order_by().values("session").annotate(n=Count("pk")).values("n")
    return Subquery(of_session, output_field=IntegerField())


def _summary(session: Any) -> SessionSummary:
    return {
        "code": session.code,
        "stage": session.stage,
        "status": session.status,
        "transport": session.transport,
        "participants": session.people_now or 0,
        "messages": session.messages_kept or 0,
        "created_at": session.created_at,
        "last_activity_at": session.last_activity_at,
    }


def session_report(session: Session) -> SessionReport:
    return {
        **session_summary(session),
        "sealed_at": session.sealed_at,
        "people": people(session),
        "transcript": transcript(session),
        "profile": profile(session),
        "turns": turns(session),
    }


def people(session: Session) -> list[Person]:
    shuts_at = messaging_window.closing_times(session)
    return [_person(one, shuts_at.get(one.pk)) for one in session.participants.select_related("contact")]


def _person(person: Participant, window_open_until: datetime | None) -> Person:
    channel = person.contact.channel
    return {
        "name": person.name,
        "address": person.contact.address,
        "channel": channel.value,
        "role": person.role,
        "window_open_until": window_open_until,
        "left_at": person.left_at,
    }


def transcript(session: Session) -> list[Line]:
    return [_line(message) for message in messages_in_order(session)]


def messages_in_order(session: Session, *, newest: int | None = None) -> list[Message]:
    """In the order in which the group read them; what stands outside any Conversation (`join …`) is put in by time. The
    older app's come first. Of `newest` only that many are loaded, the latest ones."""
    ids = _ids_in_order(session, newest)
    found = session.messages.select_related("author").in_bulk(ids)
    # A message may be deleted between the two queries.
    return [found[pk] for pk in ids if pk in found]


def _ids_in_order(session: Session, newest: int | None) -> list[int]:
    messages = session.messages.exclude(segment=OLDER_APP_SEGMENT)
    inside = _places(messages.exclude(conversation=None, out_seq=None).in_transcript_order(), newest)
    outside = _places(messages.filter(conversation=None, out_seq=None).order_by("at", "pk"), newest)
    ids = _merged(inside, outside)
    if newest is None or len(ids) < newest:
        left = None if newest is None else newest - len(ids)
        ids = [pk for pk, _ in _places(session.messages.imported().in_transcript_order(), left)] + ids
    return ids if newest is None else ids[-newest:]


def _places(messages: QuerySet[Message], newest: int | None) -> list[tuple[int, datetime]]:
    rows = messages.values_list("pk", "at")
    return list(rows) if newest is None else list(rows.reverse()[:newest])[::-1]


def _merged(inside: list[tuple[int, datetime]], outside: list[tuple[int, datetime]]) -> list[int]:
    ids, rest = [], deque(outside)
    for pk, at in inside:
        while rest and rest[0][1] <= at:
            ids.append(rest.popleft()[0])
        ids.append(pk)
    return ids + [pk for pk, _ in rest]


def author_of(message: Message) -> str:
    if message.kind == Message.Kind.PROGRAM:
        return "(a program)"
    return message.author.name if message.author else settings.MATCHMAKER_NAME


def readers_of(message: Message) -> str:
    """Who read a command, in words. Anything else is for everybody."""
    if message.kind != Message.Kind.COMMAND:
        return ""
    if message.is_for_us_alone:
        return f"only {settings.MATCHMAKER_NAME} read it"
    return f"the group read: {message.read_instead}" if message.read_instead else "everybody read it"


def _line(message: Message) -> Line:
    return {
        "id": message.pk,
        "author": author_of(message),
        "body": message.shown_body,
        "at": message.at,
        "at_is_estimated": message.at_is_estimated,
        "kind": message.kind,
        "state": message.state,
        "error": message.error,
        "media": len(message.shown_media),
        "readers": readers_of(message),
    }


def profile(session: Session) -> dict[str, Value]:
    """Every field with a value that was said or agreed to, in the order of the list of fields."""
    by_field: dict[str, list[Fact]] = defaultdict(list)
    for fact in actions.live_facts(session).select_related("said_by"):
        by_field[fact.field].append(fact)
    known = [slug for slug in FIELDS if slug in by_field]
    others = sorted(slug for slug in by_field if slug not in FIELDS)
    return {slug: _value(slug, by_field[slug]) for slug in [*known, *others]}


def _value(slug: str, facts: list[Fact]) -> Value:
    items = [_item(fact) for fact in facts]
    wanted = FIELDS.get(slug)
    if wanted is not None and wanted.many:
        settled = all(fact.state == Fact.State.CONFIRMED for fact in facts)
        state = Fact.State.CONFIRMED if settled else Fact.State.PROPOSED
        values = [fact.value for fact in facts]
        return {**items[0], "value": values, "state": state.value, "items": items}
    # What the primary person settled stands, whatever was proposed later; among proposals the newest.
    chosen = next((item for item in items if item["state"] == Fact.State.CONFIRMED), items[-1])
    return {**chosen, "items": items}


def _item(fact: Fact) -> Item:
    return {
        "value": fact.value,
        "state": fact.state,
        "said_by": fact.author_name,
        "message": fact.message_id,
        "quote": fact.quote,
    }


def turns(session: Session) -> list[TurnReport]:
    return [
        _turn(turn)
        for turn in session.turns.select_related("session")
        .prefetch_related("actions__message")
        .order_by(F("pk").asc())
    ]


_WHY_CODE_SPOKE: dict[str, str] = {
    Cause.ASKED: "the primary person had asked something",
    Cause.ASKS_IF_HUMAN: "somebody had asked whether it is a person",
    Cause.TURNED_TO: "somebody had turned to it",
    Cause.ANSWERED: "its question had been answered",
}


def plain_line_in_words(turn: Turn) -> str:
    """Why code spoke in the model's place; empty where it did not."""
    if not turn.plain_line:
        return ""
    return f"The model stayed silent, so code spoke: {_WHY_CODE_SPOKE.get(turn.plain_line, 'somebody waited')}."


def _turn(turn: Turn) -> TurnReport:
    return {
        "at": turn.at,
        "spoke": turn.spoke,
        "unprompted": turn.spoke and turn.floor == Floor.MAY_SPEAK,
        "plain_line": turn.plain_line,
        "reason": turn.reason,
        "actions": [
            {"name": action.name, "done": action.is_done, "why": action.why, **action.unsealed_arguments()}
            for action in turn.actions.all()
        ],
        "tokens": turn.tokens,
        "ms": turn.duration_ms,
        "error": turn.error,
        "state": turn.state,
        "stage": turn.stage,
    }
