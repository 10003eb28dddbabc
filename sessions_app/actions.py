"""Changes across rows of sessions, people and the profile. Each runs inside the caller's transaction."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from matchmaker.addresses import canonical
from matchmaker.ai.fields import FIELDS
from sessions_app.codes import new_code
from sessions_app.invites import first_invite
from sessions_app.models import Consent, Contact, Fact, LockedSession, OwnPageLink, Participant, Question, Session
from sessions_app.names import FALLBACK, distinct_name

# Twilio's limit of participants on phones in one Conversation (error 50418).
MAX_PARTICIPANTS = 50
HELPLINE_EVERY = timedelta(hours=24)


class GroupIsFull(Exception):
    pass


class GroupIsClosed(Exception):
    pass


class AlreadyIn(Exception):
    pass


def lock_session(session_id: int) -> LockedSession:
    """The session's row lock: taken first by everything that changes a session, and never two in one transaction, so
    that nothing deadlocks. Rows that only refer to the session need not wait for it (`no_key`)."""
    return LockedSession(Session.objects.select_for_update(no_key=True).get(pk=session_id))


def lock_session_if_free(session_id: int, *, among: QuerySet[Session]) -> LockedSession | None:
    """The same without waiting, for work that somebody else is at or that is looked for again soon."""
    free = among.filter(pk=session_id).select_for_update(skip_locked=True, no_key=True, of=("self",))
    session = free.first()
    return LockedSession(session) if session else None


def may_send_helpline(contact: Contact, *, at: datetime) -> bool:
    """True once a day. The update decides, so that two messages at once do not send two."""
    lately = at - HELPLINE_EVERY
    due = Contact.objects.filter(Q(helpline_sent_at=None) | Q(helpline_sent_at__lt=lately), pk=contact.pk)
    return due.update(helpline_sent_at=at) == 1


def get_or_update_contact(
    *, address: str, at: datetime, display_name: str = "", external_user_id: str = ""
) -> Contact:
    """The contact with this address, created if new. What the channel says about the person is kept up to date; in
    whichever form of their number they write, that one is known to reach them."""
    contact = Contact.objects.filter(address__canonical=canonical(address)).first()
    if contact is None:
        Contact.objects.bulk_create([Contact(address=address, created_at=at)], ignore_conflicts=True)
        contact = Contact.objects.get(address__canonical=canonical(address))
    fresh = {"address": address, "display_name": display_name, "external_user_id": external_user_id[:140]}
    changed = {name: value for name, value in fresh.items() if value and getattr(contact, name) != value}
    if changed:
        Contact.objects.filter(pk=contact.pk).update(**changed)
        for name, value in changed.items():
            setattr(contact, name, value)
    return contact


def start_session(
    *,
    contact: Contact,
    at: datetime,
    transport_of: Callable[[str], str] = lambda code: Session.Transport.CONVERSATIONS,
) -> Participant:
    """A new session with its first person, who may turn out to be the primary person or a friend.

    `transport_of` says by the session's code how its messages travel.
    """
    session = _with_a_free_code(Session(stage_changed_at=at, created_at=at, last_activity_at=at), transport_of)
    return Participant.objects.create(
        session=session, contact=contact, name=contact.display_name or FALLBACK, is_creator=True, joined_at=at
    )


def _with_a_free_code(session: Session, transport_of: Callable[[str], str]) -> Session:
    for _ in range(20):
        session.code = new_code()
        session.transport = transport_of(session.code)
        try:
            with transaction.atomic():
                session.save(force_insert=True)
                first_invite(session, at=session.created_at)
        except IntegrityError:
            continue
        return session
    raise RuntimeError("twenty session codes in a row were taken")


def join_session(*, session: LockedSession, contact: Contact, at: datetime) -> Participant:
    """Add a person to a session, or take them back. Raises GroupIsClosed, AlreadyIn, GroupIsFull."""
    if session.status == Session.Status.CLOSED:
        raise GroupIsClosed
    before = Participant.objects.filter(session=session, contact=contact).first()
    if before and before.left_at is None:
        raise AlreadyIn
    present = session.participants.present()
    if present.count() >= MAX_PARTICIPANTS:
        raise GroupIsFull
    name = distinct_name(contact.display_name or FALLBACK, present.values_list("name", flat=True))
    if before is None:
        return Participant.objects.create(session=session, contact=contact, name=name, joined_at=at)
    before.name, before.left_at, before.joined_at = name, None, at
    before.save(update_fields=["name", "left_at", "joined_at"])
    return before


def rename(*, session: LockedSession, participant: Participant, wanted: str) -> bool:
    """Give a person the name they chose; False if that name cannot be used."""
    others = session.participants.present().exclude(pk=participant.pk)
    name = distinct_name(wanted, others.values_list("name", flat=True))
    if wanted == FALLBACK or name == participant.name:
        return False
    Participant.objects.filter(pk=participant.pk).update(name=name)
    Contact.objects.filter(pk=participant.contact_id).update(display_name=wanted)
    participant.name = name
    return True


def leave_session(*, participant: Participant, at: datetime) -> bool:
    """False if the person had left already."""
    gone = Participant.objects.filter(pk=participant.pk, left_at__isnull=True)
    participant.consents.filter(kind=Consent.Kind.TAKING_PART, withdrawn_at=None).update(withdrawn_at=at)
    OwnPageLink.objects.filter(participant=participant).revoke(at)
    return gone.update(left_at=at) == 1


def record_taking_part(
    *, participant: Participant, text_version: str, channel: str, message_id: int | None, at: datetime
) -> None:
    """Record that they came in and were told what this is, in this version of the text."""
    Consent.objects.filter(participant=participant, kind=Consent.Kind.TAKING_PART, withdrawn_at=None).update(
        withdrawn_at=at
    )
    Consent.objects.create(
        participant=participant,
        kind=Consent.Kind.TAKING_PART,
        text_version=text_version,
        channel=channel,
        message_id=message_id,
        given_at=at,
    )


def restart_interview(*, session: LockedSession, at: datetime, keeps_primary: bool = False) -> None:
    """Start the interview over in the same group with the same code: nothing said before counts."""
    _standing_facts(session).update(state=Fact.State.REPLACED)
    close_question(session=session, at=at)
    # That and when it was given stays on record.
    Consent.objects.filter(participant__session=session, kind=Consent.Kind.PROFILE, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    if not keeps_primary:
        session.participants.filter(role=Participant.Role.PRIMARY).update(role=Participant.Role.FRIEND)
    Session.objects.filter(pk=session.pk).update(
        stage="introduction",
        stage_changed_at=at,
        is_adult=None,
        reads_from=at,
        nudge_at=None,
        restart_asked_by=None,
        restart_asked_at=None,
    )
    session.refresh_from_db()


def make_primary(*, participant: Participant) -> None:
    Participant.objects.filter(pk=participant.pk).update(role=Participant.Role.PRIMARY)


def record_consent(*, participant: Participant, message_id: int, at: datetime) -> None:
    Consent.objects.create(participant=participant, kind=Consent.Kind.PROFILE, message_id=message_id, given_at=at)


def has_consented(session: Session) -> bool:
    return Consent.objects.filter(
        participant__session=session,
        participant__role=Participant.Role.PRIMARY,
        kind=Consent.Kind.PROFILE,
        withdrawn_at__isnull=True,
    ).exists()


def live_facts(session: Session) -> QuerySet[Fact]:
    """What the profile holds; nothing while it is sealed."""
    # Asked of the row, not of `session`, which may have been read before it was sealed.
    standing = _standing_facts(session).filter(session__sealed_at=None, said_by__sealed_at=None)
    # All of it is about the primary person, whoever said it.
    sealed_owner = Participant.objects.filter(role=Participant.Role.PRIMARY, sealed_at__isnull=False)
    return standing.exclude(session__in=sealed_owner.values("session"))


def _standing_facts(session: Session) -> QuerySet[Fact]:
    return session.facts.filter(state__in=[Fact.State.PROPOSED, Fact.State.CONFIRMED])


def hold_for_safety(*, session: LockedSession, at: datetime) -> None:
    """Stop the interview, and seal the profile until staff decide."""
    Session.objects.filter(pk=session.pk).update(
        status=Session.Status.SAFETY_HOLD, sealed_at=at, turn_due_at=None, batch_opened_at=None, nudge_at=None
    )
    close_question(session=session, at=at)
    session.refresh_from_db(fields=["status", "sealed_at"])


def hold_until_staff_have_looked(*, session: LockedSession, at: datetime) -> None:
    """Stop the interview for somebody's sake; nothing that is kept is touched."""
    Session.objects.filter(pk=session.pk).exclude(status=Session.Status.CLOSED).update(
        status=Session.Status.SAFETY_HOLD, turn_due_at=None, batch_opened_at=None, nudge_at=None
    )
    close_question(session=session, at=at)
    session.refresh_from_db(fields=["status"])


def release_hold(*, session: LockedSession) -> bool:
    """Staff have looked. A profile that was sealed counts again, and the age is asked anew unless it was confirmed: they
    are an adult after all. False if the session is not on hold."""
    held = Session.objects.filter(pk=session.pk, status=Session.Status.SAFETY_HOLD)
    held.exclude(sealed_at=None).update(is_adult=None)
    released = held.update(status=Session.Status.ACTIVE, sealed_at=None) == 1
    session.refresh_from_db(fields=["status", "sealed_at", "is_adult"])
    return released


def sealed_facts(session: Session) -> int:
    """How many facts wait, unseen, for staff to decide."""
    return _standing_facts(session).count() if session.sealed_at else 0


@dataclass(frozen=True)
class Place:
    """Where somebody said or decided something: in a message, or by an act on their own page."""

    message_id: int | None = None
    page_act_id: int | None = None

    def as_source(self) -> dict[str, Any]:
        return {"message_id": self.message_id, "page_act_id": self.page_act_id}

    def as_decision(self, *, by: Participant, at: datetime) -> dict[str, Any]:
        return {
            "decided_by": by,
            "decided_in_id": self.message_id,
            "decided_on_page_id": self.page_act_id,
            "decided_at": at,
        }


_UNDECIDED = {"decided_by": None, "decided_in_id": None, "decided_on_page_id": None, "decided_at": None}


def record_fact(
    *,
    session: Session,
    field: str,
    value: Any,
    said_by: Participant,
    where: Place,
    quote: str,
    at: datetime,
    confirmed: Place | None = None,
    confirmed_by: Participant | None = None,
    replaces: Collection[int] = (),
    is_public: bool | None = None,
) -> Fact:
    """Store a value: heard, or settled by the primary person at `confirmed`. `replaces`: ids of facts that it stands
    instead of. `is_public`: whether strangers may see it; without a word of its owner, all but private matters."""
    # The same value too, should it count again since the decision was made: a value is there once.
    of_field = live_facts(session).filter(field=field)
    replaced = [fact.pk for fact in of_field if fact.pk in replaces or _same(fact.value, value)]
    Fact.objects.filter(pk__in=replaced).update(state=Fact.State.REPLACED)
    decision = confirmed.as_decision(by=confirmed_by, at=at) if confirmed and confirmed_by else {}
    fact = Fact.objects.create(
        session=session,
        field=field,
        value=value,
        state=Fact.State.CONFIRMED if decision else Fact.State.PROPOSED,
        source=Fact.Source.PAGE if where.page_act_id else Fact.Source.CHAT,
        said_by=said_by,
        quote=quote,
        is_public=not _is_private(field) if is_public is None else is_public,
        created_at=at,
        **where.as_source(),
        **decision,
    )
    Fact.objects.filter(pk__in=replaced).update(replaced_by=fact)
    return fact


def confirm_facts(
    *,
    session: Session,
    facts: Collection[int],
    by: Participant,
    where: Place,
    replaces: Collection[int],
    at: datetime,
) -> None:
    """The primary person agreed to these values, which were shown to them. `replaces`: what others said instead."""
    live_facts(session).filter(pk__in=replaces).update(state=Fact.State.REPLACED)
    live_facts(session).filter(pk__in=facts).update(state=Fact.State.CONFIRMED, **where.as_decision(by=by, at=at))


def strike_facts(*, session: Session, facts: Collection[int], by: Participant, where: Place, at: datetime) -> None:
    """Take values out. One that was only heard gives its place back to the one that it had replaced."""
    chosen = list(live_facts(session).filter(pk__in=facts))
    Fact.objects.filter(pk__in=[fact.pk for fact in chosen]).update(
        state_before=F("state"),
        state=Fact.State.REJECTED,
        **where.as_decision(by=by, at=at),
    )
    for fact in chosen:
        if fact.state == Fact.State.PROPOSED:
            bring_back_what_it_replaced(fact)


def bring_back_what_it_replaced(fact: Fact, *, but_not_of: int | None = None) -> None:
    """`but_not_of`: somebody whose words are not to count again."""
    for before in fact.replaced.filter(state=Fact.State.REPLACED).exclude(said_by=but_not_of):
        others = live_facts(fact.session).filter(field=before.field).exclude(pk=fact.pk)
        if not _same(before.value, fact.value) and not any(_same(before.value, other.value) for other in others):
            was_confirmed = before.decided_by_id is not None
            before.state = Fact.State.CONFIRMED if was_confirmed else Fact.State.PROPOSED
            before.replaced_by = None
            before.save(update_fields=["state", "replaced_by"])


def restore_facts(
    *,
    session: Session,
    facts: Collection[int],
    by: Participant,
    where: Place,
    replaces: Collection[int],
    at: datetime,
) -> None:
    """Bring values back that this person had taken out. `replaces`: what was said instead of them meanwhile. What was
    said again stays as it is. What the primary person had agreed to is theirs again only if they bring it back."""
    live_facts(session).filter(pk__in=replaces).update(state=Fact.State.REPLACED)
    for fact in session.facts.filter(pk__in=facts, state=Fact.State.REJECTED):
        if is_kept(fact):
            continue
        was_confirmed = fact.state_before == Fact.State.CONFIRMED and by.is_primary
        Fact.objects.filter(pk=fact.pk).update(
            state=Fact.State.CONFIRMED if was_confirmed else Fact.State.PROPOSED,
            **where.as_decision(by=by, at=at) if was_confirmed else _UNDECIDED,
        )


def is_kept(fact: Fact) -> bool:
    """Its value counts, in this row or another one."""
    return any(_same(other.value, fact.value) for other in live_facts(fact.session).filter(field=fact.field))


def allow_quoting(*, session: Session, fact: int, by: Participant, page_act_id: int) -> bool:
    """A friend agrees to stand on the profile with praise of theirs; False if it is not theirs to allow."""
    praise = live_facts(session).filter(pk=fact, field="green_flags", said_by=by, is_author_known=True)
    return praise.update(allowed_on_page_id=page_act_id) == 1


def struck_facts(session: Session) -> QuerySet[Fact]:
    """What its owners had taken out, the latest first."""
    return session.facts.filter(state=Fact.State.REJECTED, decided_at__isnull=False).order_by("-decided_at", "-pk")


def _is_private(field: str) -> bool:
    return field in FIELDS and FIELDS[field].private


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return bool(one == other)


def open_question(
    *,
    session: Session,
    topic: str,
    asked_to: Participant | None,
    message_id: int,
    at: datetime,
    settles: dict[str, Any] | None = None,
    to_make_sure: bool = False,
) -> Question:
    """Open a question; the one before it, answered or not, is closed. `settles`: what a plain answer to it settles."""
    close_question(session=session, at=at, was_answered=False)
    return Question.objects.create(
        session=session,
        topic=topic,
        asked_to=asked_to,
        message_id=message_id,
        settles=settles or {},
        to_make_sure=to_make_sure,
        asked_at=at,
    )


def close_question(*, session: Session, at: datetime, was_answered: bool = False, was_skipped: bool = False) -> None:
    """`was_answered`: something that was said settled it; `was_skipped`: whoever was asked would rather not say."""
    Question.objects.filter(session=session, closed_at__isnull=True).update(
        closed_at=at, was_answered=was_answered, was_skipped=was_skipped
    )
