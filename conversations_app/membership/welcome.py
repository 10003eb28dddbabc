"""Welcoming somebody who has come in: they are told alone what this is, and the group is told that they are there."""

from django.conf import settings
from django.db import transaction

from conversations_app import extensions
from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.models import Binding, Message, Problem
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words
from matchmaker import clock
from sessions_app import actions, invites
from sessions_app.models import Consent, LockedSession, Participant, Session
from sessions_app.names import is_made_up

# With this many messages already there, a newcomer gets a summary.
LATE_AFTER = 3
ASKING_FOR_A_NAME = "asking for a name"


def not_added_key(person: Participant) -> str:
    """Of the problem that they could not be added. By the person: who comes in after all does so by another binding."""
    return f"not-added-person-{person.pk}"


def welcome_newcomer(session: LockedSession, binding: Binding) -> None:
    """In the transaction in which they came to be bound."""
    before = binding.participant.bindings.exclude(pk=binding.pk).order_by("-pk").first()
    if before is not None:
        Problem.resolve(not_added_key(binding.participant))
    knows = binding.participant.consents.filter(kind=Consent.Kind.TAKING_PART, withdrawn_at=None).exists()
    if before is not None and knows:
        # Moved over from a Conversation that ended: the group knows them, so there is nothing to announce.
        if before.why_out == Binding.RemovalReason.STOPPED:
            _announce(session, wording.is_back(binding.participant.name))
        return
    is_nameless = before is None and is_made_up(binding.participant.name)
    _introduce(session, binding, is_nameless=is_nameless)
    if not knows and extensions.source().was_member_before(binding.participant):
        return  # to the others they have been here all the time
    # Not when they come back to a group that has heard us before.
    if binding.participant.is_creator and not session.messages.outgoing().exists():
        _open_session(session, binding)
    elif is_nameless:
        # "Friend joined" tells the group little, and the answer to our question is likely to come soon.
        Binding.objects.filter(pk=binding.pk).update(announce_at=in_seconds(settings.NAME_WAIT_S))
    else:
        _announce(session, wording.joined(binding.participant.name))


def due_announcements(limit: int) -> list[int]:
    """Bindings of newcomers who have not told their name in time."""
    due = Binding.objects.filter(announce_at__lte=ClockTime()).order_by("announce_at")
    return list(due.values_list("pk", flat=True)[:limit])


def announce_newcomer(binding_id: int) -> None:
    """By whatever name they have. A transaction of its own."""
    with transaction.atomic():
        binding = Binding.objects.select_related("participant").get(pk=binding_id)
        session = actions.lock_session(binding.participant.session_id)
        announce_if_waiting(session, binding.participant)


def announce_if_waiting(session: LockedSession, person: Participant) -> bool:
    """Tell the group that they have come, if that was still to be told. Nothing, if they have gone again."""
    person.refresh_from_db(fields=["name", "left_at"])
    # Under the session's lock, so that of two who find it waiting one tells it.
    if not Binding.objects.filter(participant=person, announce_at__isnull=False).update(announce_at=None):
        return False
    if person.left_at is None:
        _announce(session, wording.joined(person.name))
    return True


def _introduce(session: Session, binding: Binding, *, is_nameless: bool) -> None:
    person = binding.participant
    _tell_alone(session, binding, "what this is", wording.notice(person.name, session.code))
    # With the version of the words that they were told, since a consent is to those words only.
    actions.record_taking_part(
        participant=person,
        text_version=wording.NOTICE_VERSION,
        channel=person.contact.channel,
        message_id=_joining_message(person),
        at=clock.now(),
    )
    if session.messages.filter(kind=Message.Kind.PERSON).count() >= LATE_AFTER:
        _tell_alone(session, binding, "what happened so far", summary_for_latecomer(session, without=person))
    if is_nameless:
        _tell_alone(session, binding, ASKING_FOR_A_NAME, wording.what_is_your_name(person.name))


def _joining_message(person: Participant) -> int | None:
    """The `start` or `join` by which they came."""
    word = person.messages.filter(kind=Message.Kind.COMMAND).order_by("-pk").first()
    return word.pk if word else None


def summary_for_latecomer(session: Session, *, without: Participant) -> Words:
    """For somebody who joins late: who is here, how much is known, what is being asked."""
    people = session.participants.present().exclude(pk=without.pk)
    question = session.questions.filter(closed_at__isnull=True).select_related("message").first()
    primary = next((person.name for person in people if person.is_primary), "")
    return wording.so_far(
        people=[person.name for person in people],
        primary=primary,
        known=actions.live_facts(session).count(),
        question=question.message.body if question else "",
    )


def _open_session(session: LockedSession, binding: Binding) -> None:
    """The welcome asks who the profile is about, so an answer to it is an answer to us."""
    now = clock.now()
    hello = outgoing.queue_message(
        session=session,
        kind=Message.Kind.MATCHMAKER,
        body=wording.welcome(binding.participant.name),
        at=now,
    )
    _announce(session, wording.invite(invites.current_invite(session).code, binding.sender))
    actions.open_question(session=session, topic="primary", asked_to=None, message_id=hello.pk, at=now)


def _announce(session: LockedSession, body: Words) -> None:
    outgoing.queue_message(session=session, kind=Message.Kind.ANNOUNCEMENT, body=body, at=clock.now())


def _tell_alone(session: Session, binding: Binding, reason: str, body: Words) -> None:
    outgoing.queue_text(
        contact=binding.participant.contact, sender=binding.sender, session=session, reason=reason, body=body
    )
