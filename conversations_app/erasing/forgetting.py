"""Forgetting a person in one group, and taking a profile back. docs/decisions/forgetting.md says what stays, and why."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from conversations_app import extensions
from conversations_app.erasing import lines, rows
from conversations_app.erasing.traces import traces_of
from conversations_app.membership import bindings, leaving
from conversations_app.models import Binding, Message
from conversations_app.naming import roster
from conversations_app.outbox import outgoing
from conversations_app.outbox.languages import Words, for_group, for_person
from conversations_app.turns.interrupting import interrupt
from matchmaker import clock
from sessions_app import actions, erasure
from sessions_app.actions import Place
from sessions_app.models import Consent, Contact, LockedSession, OwnPageLink, Participant, Session

log = structlog.get_logger()

FORGOTTEN_NAME = "Former member"
# Later, nobody remembers what they were told.
CONFIRM_WITHIN = timedelta(hours=24)


def forget_me(participant: Participant, at: datetime) -> bool:
    """Whatever this person said and sent in this group is gone, and they are out of it; of the primary person, the
    profile as well. False when nothing of them was left. Only for their own wish: the caller knows that it is they."""
    with transaction.atomic():
        session = actions.lock_session(participant.session_id)
        person = Participant.objects.select_related("contact").get(pk=participant.pk)
        if is_forgotten(person):
            return False
        was_primary, was_here = person.is_primary, person.left_at is None
        # Worded before anything is taken out: what people wrote tells in which language.
        to_them = for_person(lines.done(session.code), person.contact)
        gone = lines.primary_gone(person.name) if was_primary else lines.friend_gone(person.name)
        to_the_group = for_group(gone, session)
        _take_everything_out(session, person, at)
        if was_primary:
            actions.restart_interview(session=session, at=at)
        _tell_them(session, person, to_them)
        _leave(session, person, at)
        if was_primary or was_here:
            _tell_the_group(session, to_the_group, was_primary=was_primary, at=at)
    log.info("person_forgotten", session=session.pk, participant=person.pk, primary=was_primary)
    return True


def is_forgotten(person: Participant) -> bool:
    """Since they were last in the group."""
    return person.forgotten_at is not None and person.left_at is not None and person.left_at <= person.forgotten_at


def withdraw_consent(participant: Participant, where: Place, at: datetime) -> bool:
    """The primary person takes back their yes to a profile: it is gone with all that it was made from, and they stay in
    the group. Of a friend, whose only consent is to take part, nothing is kept and they are out. False when there was
    nothing to take back."""
    with transaction.atomic():
        session = actions.lock_session(participant.session_id)
        person = Participant.objects.select_related("contact").get(pk=participant.pk)
        if not person.is_primary:
            return forget_me(person, at)
        if not _has_given(person, Consent.Kind.PROFILE):
            return False
        to_the_group = for_group(lines.withdrawn(person.name), session)
        _take_everything_out(session, person, at, keeps_name=True, keep_act=where.page_act_id)
        actions.restart_interview(session=session, at=at, keeps_primary=True)
        told = _say(session, to_the_group, at)
        # As if they had answered no: it is theirs to bring it up again.
        actions.open_question(session=session, topic="consent", asked_to=person, message_id=told.pk, at=at)
        actions.close_question(session=session, at=at, was_skipped=True)
    log.info("consent_withdrawn", session=session.pk, participant=person.pk)
    return True


def drop_interview(session: LockedSession, at: datetime) -> None:
    """The interview is started over: what the profile was made from is gone, and the approved one is offline. What
    people wrote stays in the transcript, and counts no more."""
    interrupt(session, "The interview was started over.")
    _drop_profile(session, keep_act=None)
    actions.restart_interview(session=session, at=at)


def _has_given(person: Participant, kind: Consent.Kind) -> bool:
    return person.consents.filter(kind=kind, withdrawn_at=None).exists()


def _take_everything_out(
    session: LockedSession,
    person: Participant,
    at: datetime,
    *,
    keeps_name: bool = False,
    keep_act: int | None = None,
) -> None:
    interrupt(session, "Somebody had their words removed.", of=None if person.is_primary else person)
    # Looked for before anything is taken out: afterwards nobody knows what to look for.
    if person.is_primary:
        dropped = erasure.drop_profile(session=session, keep_act=keep_act)
    else:
        dropped = erasure.drop_share_of(session=session, participant=person, at=at)
    traces = traces_of(session, person, facts=dropped.facts, texts=dropped.texts, keeps_name=keeps_name)
    rows.empty_transcript(session, person, traces, all_of_ours=person.is_primary, at=at)
    rows.note_files(session, dropped.photos)
    rows.note_person(session, person, at)
    extensions.source().person_forgotten(session, person)


def _drop_profile(session: LockedSession, *, keep_act: int | None) -> None:
    dropped = erasure.drop_profile(session=session, keep_act=keep_act)
    rows.note_files(session, dropped.photos)


def _leave(session: LockedSession, person: Participant, at: datetime) -> None:
    actions.leave_session(participant=person, at=at)
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=at)
    bindings.release(Binding.objects.filter(participant=person), Binding.RemovalReason.FORGOTTEN)
    Binding.objects.filter(participant=person).update(then_join=None)
    OwnPageLink.objects.filter(participant=person).revoke(at)
    Participant.objects.filter(pk=person.pk).update(
        name=FORGOTTEN_NAME,
        panic_word="",
        forget_asked_at=None,
        sealed_at=None,
        forgotten_at=at,
        left_at=person.left_at or at,
    )
    Session.objects.filter(pk=session.pk, restart_asked_by=person).update(
        restart_asked_by=None, restart_asked_at=None
    )
    if not person.contact.participations.filter(forgotten_at=None).exists():
        # The number stays, for the sake of an opt-out; what the channel told us of the person goes.
        Contact.objects.filter(pk=person.contact_id).update(display_name="", external_user_id="")
    for conversation in session.conversations.exclude(sid=None):
        roster.refresh_after_commit(conversation)


def _tell_them(session: LockedSession, person: Participant, words: str) -> None:
    binding = bindings.of_person(person)
    if binding is not None:
        outgoing.queue_text(
            contact=person.contact, sender=binding.sender, session=session, reason="forgotten", body=words
        )


def _tell_the_group(session: LockedSession, words: str, *, was_primary: bool, at: datetime) -> None:
    others = Binding.objects.filter(
        participant__session=session, state__in=[Binding.State.BINDING, Binding.State.BOUND]
    )
    if not others.exists() or session.status == Session.Status.CLOSED:
        return
    told = _say(session, words, at)
    if was_primary and session.status == Session.Status.ACTIVE:
        actions.open_question(session=session, topic="primary", asked_to=None, message_id=told.pk, at=at)


def _say(session: LockedSession, words: str, at: datetime) -> Message:
    return outgoing.queue_message(session=session, kind=Message.Kind.ANNOUNCEMENT, body=words, at=at)


def has_asked(person: Participant, at: datetime) -> bool:
    """And was told what it means, lately."""
    asked_at = Participant.objects.values_list("forget_asked_at", flat=True).get(pk=person.pk)
    return asked_at is not None and at - asked_at <= CONFIRM_WITHIN


def ask(person: Participant) -> Words:
    """Note that they asked, and what to tell them before it is done."""
    Participant.objects.filter(pk=person.pk).update(forget_asked_at=clock.now())
    return lines.ask_primary(person.session.code) if person.is_primary else lines.ask(person.session.code)


# --- in all of somebody's groups --------------------------------------------------------------------------------------


def kept_of(contact: Contact) -> list[Participant]:
    """Those groups in which something of theirs may be kept, the oldest first."""
    people = contact.participations.select_related("session", "contact").order_by("session_id")
    return [person for person in people if not is_forgotten(person)]


def forget_in(people: Sequence[Participant], contact: Contact, at: datetime) -> int:
    """The same in several groups of one person; in how many. All of their sessions are locked first, as for an opt-out."""
    with transaction.atomic():
        leaving.lock_sessions_of(contact, *(person.session_id for person in people))
        return sum(forget_me(person, at) for person in people)


def erase_person(contact: Contact, at: datetime) -> int:
    """Everywhere, and then the number too, unless they have opted out; in how many groups."""
    groups = forget_in(kept_of(contact), contact, at)
    rows.note_number(contact.pk)
    return groups
