"""Emptying every row of ours that holds what a person said in one session, and noting what has to go elsewhere.

Rows that others refer to stay, empty: a transcript without a line would shift everybody else's, and a message whose sid
we no longer knew would come back with the next webhook.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet

from conversations_app.db_clock import in_seconds
from conversations_app.erasing.traces import Traces
from conversations_app.models import (
    EMPTIED,
    Binding,
    Delivery,
    InboxEvent,
    Message,
    Problem,
    Receipt,
    Removal,
    TurnAction,
    Window,
)
from matchmaker.addresses import canonical
from sessions_app.models import Contact, LockedSession, Participant, Session

NOT_SENT = "Whoever said it had it removed."
# Whom to call for help: that goes out whatever else is taken back.
NEVER_HELD_BACK = ("helpline", "panic")
# Longer than a worker takes to fetch a photo.
UNTIL_A_PHOTO_IS_THERE_S = 300
# Longer than Twilio and our inbox take to bring what was written just before.
UNTIL_LATECOMERS_ARE_IN_S = 600
# Longer than a worker tries to send a text.
UNTIL_SENT_S = 180


def empty_transcript(
    session: LockedSession, person: Participant, traces: Traces, *, all_of_ours: bool, at: datetime
) -> None:
    """Their own lines; and of the matchmaker's those that repeat them, or with `all_of_ours` all, since the interview
    was about them."""
    said = session.messages.filter(removed_at=None)
    ours = said.filter(author=None).values_list("pk", "kind", "body")
    repeating = [
        pk for pk, kind, body in ours if (all_of_ours and kind == Message.Kind.MATCHMAKER) or traces.are_in(body)
    ]
    gone = list(said.filter(Q(author=person) | Q(pk__in=repeating)).values_list("pk", flat=True))
    note_lines_at_twilio(session, gone)
    empty_messages(gone, at)
    _empty_texts(session, person, traces, gone, everything=all_of_ours)
    _empty_turns(session, person, traces, everything=all_of_ours)
    _drop_questions(session, person, traces, gone, everything=all_of_ours)
    _reword_notes(session, traces)
    Receipt.objects.filter(participant=person, message__session=session).delete()


def empty_messages(gone: Collection[int], at: datetime) -> None:
    messages = Message.objects.filter(pk__in=gone)
    _empty_webhooks(messages)
    unsent = [Message.State.WAITING, Message.State.HELD]
    messages.filter(state__in=unsent).update(state=Message.State.REFUSED, error=NOT_SENT)
    messages.update(body="", media=[], read_instead="", concern="", needs_turn=False, sealed_at=None, removed_at=at)


def _empty_webhooks(messages: QuerySet[Message]) -> None:
    """Their keys stay, so that what Twilio delivers again is still known."""
    sids = [sid for pair in messages.values_list("sid", "messaging_sid") for sid in pair if sid]
    keys = [f"{kind}:{sid}" for sid in sids for kind in ("onMessageAdded", "inbound")]
    InboxEvent.objects.filter(key__in=keys).update(payload=EMPTIED)


def note_lines_at_twilio(session: Session, gone: Collection[int]) -> None:
    """Before they are emptied: whether a line has files decides how it is taken out there."""
    removals = []
    for message in Message.objects.filter(pk__in=gone).select_related("conversation"):
        for sid in filter(None, (message.sid, message.messaging_sid)):
            if sid.startswith("IM") and message.conversation and message.conversation.sid:
                removals.append(
                    Removal(
                        what=Removal.What.LINE,
                        subject=sid,
                        session=session,
                        conversation_sid=message.conversation.sid,
                        ref=message.ref if message.out_seq is not None else None,
                        has_files=bool(message.media),
                    )
                )
            elif not sid.startswith("IM"):
                removals.append(Removal(what=Removal.What.TEXT, subject=sid, session=session))
    _queue(removals)


def _empty_texts(
    session: LockedSession, person: Participant, traces: Traces, gone: Collection[int], *, everything: bool
) -> None:
    """What went to single phones: copies of their lines to the others, and all that went to them."""
    of_session = Delivery.objects.filter(Q(session=session) | Q(message__session=session)).distinct()
    touched = [
        text
        for text in of_session.exclude(state=Delivery.State.WAITING, reason__in=NEVER_HELD_BACK)
        # What waits for others, and has nothing of them in it, is still to be said.
        if (everything and text.state != Delivery.State.WAITING)
        or text.contact_id == person.contact_id
        or text.message_id in gone
        or traces.are_in(text.body)
        or traces.are_in_data(text.content_variables)
    ]
    sids = [sid for text in touched for sid in (text.sid, *text.missed_sids) if sid]
    _queue(Removal(what=Removal.What.TEXT, subject=sid, session=session) for sid in sids)
    rows = Delivery.objects.filter(pk__in=[text.pk for text in touched])
    unsent = rows.filter(state__in=[Delivery.State.WAITING, Delivery.State.HELD])
    unsent.update(state=Delivery.State.REFUSED, error=NOT_SENT)
    rows.update(body="", media=[], content_variables={})


def _empty_turns(session: LockedSession, person: Participant, traces: Traces, *, everything: bool) -> None:
    actions = TurnAction.objects.filter(turn__session=session).select_related("message")
    touched = [
        action.pk
        for action in actions
        if everything
        or (action.message is not None and action.message.author_id == person.pk)
        or traces.are_in_data(action.arguments)
        or traces.are_in(action.why)
    ]
    TurnAction.objects.filter(pk__in=touched).update(arguments={}, why="")
    reasons = session.turns.exclude(reason="").values_list("pk", "reason")
    session.turns.filter(pk__in=[pk for pk, reason in reasons if everything or traces.are_in(reason)]).update(
        reason=""
    )


def _drop_questions(
    session: LockedSession, person: Participant, traces: Traces, gone: Collection[int], *, everything: bool
) -> None:
    touched = [
        question.pk
        for question in session.questions.all()
        if everything
        or question.asked_to_id == person.pk
        or question.message_id in gone
        or traces.are_in_data(question.settles)
    ]
    session.questions.filter(pk__in=touched).delete()


def _reword_notes(session: LockedSession, traces: Traces) -> None:
    """What staff were told, and what they did, in words that no longer say of whom."""
    for problem in session.problems.all():
        what, to_do = traces.without_name(problem.what)[:300], traces.without_name(problem.to_do)[:300]
        if (what, to_do) != (problem.what, problem.to_do):
            Problem.objects.filter(pk=problem.pk).update(what=what, to_do=to_do)
    for entry in _log_entries(session):
        named, message = traces.without_name(entry.object_repr)[:200], traces.without_name(entry.change_message)
        if (named, message) != (entry.object_repr, entry.change_message):
            LogEntry.objects.filter(pk=entry.pk).update(object_repr=named, change_message=message)


def _log_entries(session: LockedSession) -> QuerySet[LogEntry]:
    """By the admin, about this session and what belongs to it."""
    rows: dict[Any, Iterable[int]] = {
        Session: [session.pk],
        Participant: session.participants.values_list("pk", flat=True),
        Problem: session.problems.values_list("pk", flat=True),
        Message: session.messages.values_list("pk", flat=True),
    }
    about = Q(pk__in=[])
    for model, ids in rows.items():
        kind = ContentType.objects.get_for_model(model)
        about |= Q(content_type=kind, object_id__in=[str(pk) for pk in ids])
    return LogEntry.objects.filter(about)


# --- what has to go elsewhere -----------------------------------------------------------------------------------------


def note_files(session: Session, photos: Iterable[tuple[UUID, bool]]) -> None:
    """With each photo's folder, whether a worker may still be filling it."""
    for folder, is_arriving in photos:
        removal = Removal(what=Removal.What.PHOTO, subject=str(folder), session=session)
        _queue([removal], in_s=UNTIL_A_PHOTO_IS_THERE_S if is_arriving else 0)


def note_person(session: LockedSession, person: Participant, at: datetime) -> None:
    """What Twilio keeps of their texts beside the Conversation, and what is only just coming in."""
    _queue(
        [
            Removal(
                what=Removal.What.LATECOMERS, subject=str(person.pk), session=session, participant=person, until=at
            )
        ],
        in_s=UNTIL_LATECOMERS_ARE_IN_S,
    )
    _queue(
        Removal(
            what=Removal.What.TEXTS,
            subject=f"binding {binding.pk}",
            session=session,
            contact=person.contact,
            sender=binding.sender,
            since=binding.created_at,
            until=binding.freed_at or at,
        )
        for binding in person.bindings.select_related("sender")
    )


def note_ended_conversation(sid: str, session: Session | None) -> None:
    _queue([Removal(what=Removal.What.CONVERSATION, subject=sid, session=session, conversation_sid=sid)])


def note_number(contact_id: int) -> None:
    _queue([Removal(what=Removal.What.NUMBER, subject=str(contact_id), contact_id=contact_id)])


def note_what_was_being_sent(session: Session, at: datetime) -> None:
    """What workers were just sending while it was emptied: they have brought its sid since, or could not any more."""
    lately = at - timedelta(seconds=UNTIL_SENT_S)
    lines = session.messages.filter(removed_at__isnull=False, sid__isnull=False, first_attempt_at__gte=lately)
    note_lines_at_twilio(session, list(lines.values_list("pk", flat=True)))
    texts = Delivery.objects.filter(
        Q(session=session) | Q(message__session=session), sid=None, error=NOT_SENT, first_attempt_at__gte=lately
    )
    _queue(
        Removal(
            what=Removal.What.TEXTS,
            subject=f"text {text.pk}",
            session=session,
            contact=text.contact,
            sender=text.sender,
            since=text.first_attempt_at,
            until=at + timedelta(seconds=UNTIL_SENT_S),
        )
        for text in texts.select_related("contact", "sender").distinct()
    )


def _queue(removals: Iterable[Removal], *, in_s: float = 0) -> None:
    rows = Removal.objects.bulk_create(removals, ignore_conflicts=True)
    if in_s:
        for row in rows:
            Removal.objects.filter(what=row.what, subject=row.subject).update(due_at=in_seconds(in_s))


def empty_contact(contact: Contact) -> None:
    """All that is left of a person across sessions: no number unless they have opted out, which it alone can tell."""
    with transaction.atomic():
        Window.objects.filter(contact=contact).delete()
        Delivery.objects.filter(contact=contact).update(body="", media=[], content_variables={})
        _empty_webhooks_of(contact)
        Contact.objects.filter(pk=contact.pk).update(
            display_name="", external_user_id="", hint_sent_at=None, helpline_sent_at=None, wrong_codes=0
        )
        if not Contact.objects.filter(pk=contact.pk, opted_out_at__isnull=False).exists():
            nobody = f"forgotten-{uuid4().hex}"
            Binding.objects.filter(participant__contact=contact).update(address=nobody, participant_sid="")
            Contact.objects.filter(pk=contact.pk).update(address=nobody)


def _empty_webhooks_of(contact: Contact) -> None:
    """Everything that came from this phone or was about it, as far as it is dealt with. Reads the whole inbox."""
    number = canonical(contact.address)
    done = InboxEvent.objects.exclude(state=InboxEvent.State.WAITING)
    done.filter(subject__startswith=f"{number}|").update(subject="")
    fields = ("Author", "From", "To", "MessagingBinding.Address")
    named = Q(pk__in=[])
    for form in {contact.address, number}:
        for field in fields:
            named |= Q(payload__contains={field: form})
    InboxEvent.objects.filter(pk__in=done.exclude(payload=EMPTIED).filter(named).values("pk")).update(payload=EMPTIED)
