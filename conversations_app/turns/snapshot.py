"""A session as the matchmaker sees it: rows turned into plain data, people and messages under aliases."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from pydantic import TypeAdapter

from conversations_app.membership import own_page_links
from conversations_app.models import Message, TurnAction
from conversations_app.windows.quiet_hours import local_times, zones_of
from matchmaker import clock
from matchmaker.ai.actions.review import SendPrivateQuestions
from matchmaker.ai.interview import Interview
from matchmaker.ai.prompt import MOST_LINES_REOPENED
from matchmaker.ai.records import (
    Asked,
    Draft,
    DraftKind,
    DraftState,
    Fact,
    Line,
    LineKind,
    Person,
    Photo,
    Question,
    Settles,
    Shows,
    Stage,
    State,
    Struck,
)
from matchmaker.phone_language import language_of_phone
from sessions_app import actions, drafts, models, versions
from sessions_app.models import Cliche, Participant, Session, StarterPrompt

# Enough for every question of a long interview to be remembered, which has twenty-five or so.
MOST_QUESTIONS = 100
MOST_STRUCK = 50
FRIENDS_WORDS = ("vouch_quote", "green_flags")

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


def fact_alias(fact_id: int) -> str:
    return f"f{fact_id}"


def draft_alias(draft_id: int) -> str:
    return f"d{draft_id}"


def id_in(alias: str) -> int:
    return int(alias[1:])


def interview_of(session: Session, *, turn_id: int | None = None) -> Interview:
    """`turn_id`: its inputs are marked as new."""
    at = clock.now()
    people = list(session.participants.select_related("contact"))
    primary = next((person for person in people if person.is_primary), None)
    messages = _latest(session, turn_id)
    positions = {message.pk: position for position, message in enumerate(messages)}
    questions = _questions(session)
    # Who may be sent the link to their page in this turn. Of the others nobody asks, and a group may have fifty people.
    concerned = {message.author_id for message in messages if turn_id and message.turn_id == turn_id}
    concerned |= {primary.pk} if primary else set()
    rows = list(session.drafts.prefetch_related("facts"))
    is_picked = any(row.state == models.Draft.State.PICKED for row in rows)
    content = versions.content_of(session) if is_picked else None
    interview = Interview(
        stages=stages(),
        stage=session.stage,
        people=[
            _person(person, is_concerned=person.pk in concerned)
            for person in people
            if _is_here(person) or person.is_primary
        ],
        lines=[_line(message, positions[message.pk], turn_id) for message in messages],
        facts=facts_of(session),
        at=at,
        matchmaker=settings.MATCHMAKER_NAME,
        default_language=_default_language(people),
        local_times=_local_times(at, [primary] if primary else people),
        primary=person_alias(primary.pk) if primary else None,
        consented=actions.has_consented(session),
        adult=session.is_adult,
        question=_open_question(questions, positions),
        asked=[_asked(row) for row in reversed(questions) if _was_heard(row)],
        struck=_struck(session, messages, positions),
        skipped=frozenset((row.topic, _asked_to(row)) for row in questions if row.was_skipped),
        photos=[_photo(photo) for photo in session.photos.numbered()],
        drafts=[_draft(row, content) for row in rows],
        private_questions_sent=_were_sent_private_questions(session),
        prompts=tuple(StarterPrompt.objects.values_list("text", flat=True)),
        cliches=tuple(Cliche.objects.values_list("words", flat=True)),
    )
    _add_votes(interview, session)
    if content is not None and _is_approved(session, content):
        interview.approved_version = interview.version
    return interview


def _default_language(people: list[Participant]) -> str:
    creator = next((person for person in people if person.is_creator), None)
    return language_of_phone(creator.contact.address) if creator else "en"


def _local_times(at: datetime, people: list[Participant]) -> tuple[datetime, ...]:
    zones = dict.fromkeys(zone for person in people for zone in zones_of(person.contact.address))
    return local_times(at, tuple(zones))


def stages() -> list[Stage]:
    rows = models.Stage.objects.filter(is_current=True).order_by("position")
    return [Stage(row.slug, row.goal, row.instructions, tuple(row.fields)) for row in rows]


def _latest(session: Session, turn_id: int | None) -> list[Message]:
    """The end of the transcript, and every input of the turn, however long ago it was written."""
    shown = Message.objects.readable().filter(session=session, kind__in=_LINE_KINDS)
    if session.reads_from is not None:
        shown = shown.filter(at__gte=session.reads_from)
    # What waits to be sent was decided already, so the model must know of it; what was refused was never heard.
    heard = shown.exclude(state__in=[Message.State.REFUSED, Message.State.HELD]).in_transcript_order()
    newest = list(heard.reverse()[:MOST_LINES_REOPENED])
    keys = {message.pk for message in newest}
    wanted = Q(turn_id=turn_id) if turn_id else Q(pk__in=[])
    older = heard.filter(wanted).exclude(pk__in=keys)
    # Done beside the chat, events have no place among its messages: news in their turn, and nothing afterwards.
    events = Message.objects.readable().filter(wanted, session=session, kind=Message.Kind.EVENT).order_by("pk")
    return [*older, *reversed(newest), *events]


def _is_here(person: Participant) -> bool:
    """Who opted out is in the group still, but neither reads nor answers."""
    return person.left_at is None and person.contact.opted_out_at is None


def _person(person: Participant, *, is_concerned: bool) -> Person:
    return Person(
        person_alias(person.pk),
        person.name,
        is_primary=person.is_primary,
        has_left=not _is_here(person),
        can_be_texted=not is_concerned or own_page_links.may_send(person),
    )


def _were_sent_private_questions(session: Session) -> bool:
    sent = TurnAction.objects.filter(turn__session=session, name=SendPrivateQuestions.name, is_done=True)
    return (sent.filter(turn__at__gte=session.reads_from) if session.reads_from else sent).exists()


def _line(message: Message, position: int, turn_id: int | None) -> Line:
    is_event = message.kind == Message.Kind.EVENT
    is_theirs = is_event or message.kind == Message.Kind.PERSON
    return Line(
        id=message_alias(message.pk),
        kind=LineKind.EVENT if is_event else _LINE_KINDS[Message.Kind(message.kind)],
        author=person_alias(message.author_id) if is_theirs and message.author_id else None,
        text=message.body,
        at=message.at,
        position=position,
        is_new=turn_id is not None and message.turn_id == turn_id,
        is_imported=message.is_imported,
        is_of_concern=bool(message.concern),
        has_media=bool(message.media),
        is_unprompted=message.is_unprompted,
    )


def _photo(photo: models.Photo) -> Photo:
    return Photo(photo.number or 0, person_alias(photo.sent_by_id), Shows(photo.shows), photo.place)


def _draft(draft: models.Draft, content: dict[str, Any] | None) -> Draft:
    """`content`: what strangers would see. What is not in it, since something that it rests on no longer stands, is
    picked no more."""
    state = DraftState(draft.state)
    shown = content["made_from"]["drafts"] if content else ()
    return Draft(
        draft_alias(draft.pk),
        DraftKind(draft.kind),
        draft.number,
        draft.text,
        prompt=draft.prompt,
        facts=tuple(fact_alias(fact.pk) for fact in draft.facts.all()),
        state=DraftState.FALLEN if state is DraftState.PICKED and draft.pk not in shown else state,
        is_own=draft.written_by_id is not None,
        picked_at=draft.picked_at,
    )


def _add_votes(interview: Interview, session: Session) -> None:
    poll = drafts.poll_of(session)
    if poll is not None:
        interview.poll = tuple(draft_alias(draft.pk) for draft in poll.drafts.order_by("number"))
        interview.votes = {person_alias(vote.participant_id): draft_alias(vote.draft_id) for vote in poll.votes.all()}


def _is_approved(session: Session, content: dict[str, Any]) -> bool:
    """Just as it is now."""
    approved = versions.approved(session)
    return approved is not None and _without_names(approved.content) == _without_names(content)


def _without_names(content: dict[str, Any]) -> dict[str, Any]:
    """A friend who calls themselves something else changes nothing that its owner approved."""
    return {**content, "friends": [friend["text"] for friend in content.get("friends", ())]}


def facts_of(session: Session) -> list[Fact]:
    return [_fact(fact) for fact in actions.live_facts(session)]


def _fact(fact: models.Fact) -> Fact:
    said_by = person_alias(fact.said_by_id) if fact.is_author_known else ""
    return Fact(
        fact.field,
        fact.value,
        State(fact.state),
        said_by,
        message_alias(fact.message_id) if fact.message_id else "",
        quote=fact.quote,
        id=fact_alias(fact.pk),
        is_public=fact.may_be_shown,
        is_quoted=fact.field in FRIENDS_WORDS and versions.may_be_quoted(fact),
    )


def _struck(session: Session, messages: list[Message], positions: dict[int, int]) -> list[Struck]:
    """What was taken out before anything shown here was written cannot be brought back by it."""

    def position_of(fact: models.Fact) -> int:
        if fact.decided_on_page_id and fact.decided_at:
            return sum(message.at <= fact.decided_at for message in messages) - 1
        return positions.get(fact.decided_in_id or 0, -1)

    return [
        Struck(
            replace(_fact(fact), state=State(fact.state_before or State.PROPOSED)),
            by=person_alias(fact.decided_by_id or 0),
            at=fact.decided_at or fact.created_at,
            position=position_of(fact),
        )
        for fact in actions.struck_facts(session)[:MOST_STRUCK]
        # Started over, an interview knows nothing of the one before.
        if session.reads_from is None or (fact.decided_at or fact.created_at) >= session.reads_from
    ]


# --- questions --------------------------------------------------------------------------------------------------------


def _questions(session: Session) -> list[models.Question]:
    """Of this interview, the latest first."""
    rows = session.questions.select_related("message").order_by("-asked_at", "-pk")
    if session.reads_from is not None:
        rows = rows.filter(asked_at__gte=session.reads_from)
    return list(rows[:MOST_QUESTIONS])


def _was_heard(row: models.Question) -> bool:
    """What Twilio refused, or staff hold back, nobody has read; so nothing answers it."""
    return row.message.state not in {Message.State.REFUSED, Message.State.HELD}


def _open_question(rows: list[models.Question], positions: dict[int, int]) -> Question | None:
    """Its position is that of the message that asked; an older one stands before everything shown."""
    row = next((row for row in rows if row.closed_at is None and _was_heard(row)), None)
    if row is None:
        return None
    return Question(
        row.topic,
        _asked_to(row),
        position=positions.get(row.message_id, -1),
        to_make_sure=row.to_make_sure,
        settles=settles_of(row.settles),
    )


def _asked_to(row: models.Question) -> str | None:
    return person_alias(row.asked_to_id) if row.asked_to_id else None


def _asked(row: models.Question) -> Asked:
    return Asked(
        row.topic,
        _asked_to(row),
        row.asked_at,
        was_answered=row.was_answered,
        to_make_sure=row.to_make_sure,
        facts=settles_of(row.settles).facts,
        photos=settles_of(row.settles).photos,
        drafts=settles_of(row.settles).drafts,
        version=settles_of(row.settles).version,
    )


_SETTLES = TypeAdapter(Settles)


def settles_of(kept: dict[str, Any]) -> Settles:
    """As `kept_form` wrote it. An older release may have kept less, and a newer one more."""
    return _SETTLES.validate_python(kept)


def kept_form(settles: Settles) -> dict[str, Any]:
    """For the question's row: only what it does settle."""
    kept: dict[str, Any] = _SETTLES.dump_python(settles, mode="json", exclude_defaults=True)
    return kept
