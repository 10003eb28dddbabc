"""The panic word: written alone, it takes a person out of their group at once. The others read of it what they read of
any command; what the person said is sealed until staff have looked."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from conversations_app.erasing import lines
from conversations_app.folding import folded
from conversations_app.membership import bindings
from conversations_app.models import Binding, Delivery, Message, Problem
from conversations_app.outbox import outgoing
from conversations_app.outbox.languages import in_each_language
from conversations_app.turns.interrupting import interrupt
from matchmaker.ai.safety.helplines import emergency_call, whom_to_talk_to
from sessions_app import actions, drafts, versions
from sessions_app.models import Draft, LockedSession, OwnPageLink, Participant

log = structlog.get_logger()


def word_of(person: Participant) -> str:
    return person.panic_word or str(settings.PANIC_WORD)


def is_said(person: Participant, text: str) -> bool:
    """As commands are compared: the whole message, whatever its capitals, accents and emoji."""
    return folded(text) == folded(word_of(person))


def leave(participant: Participant, at: datetime) -> bool:
    """Take them out quietly, seal what they said, send them help, and tell staff. False when they were out already."""
    with transaction.atomic():
        session = actions.lock_session(participant.session_id)
        person = Participant.objects.select_related("contact").get(pk=participant.pk)
        if not actions.leave_session(participant=person, at=at):
            return False
        interrupt(session, "Somebody left by their panic word.", of=person)
        _seal(session, person, at)
        _send_help(session, person)
        bindings.release(Binding.objects.filter(participant=person), Binding.RemovalReason.QUIETLY)
        OwnPageLink.objects.filter(participant=person).revoke(at)
        _tell_staff(session, person)
    log.info("left_by_panic_word", session=session.pk, participant=person.pk)
    return True


def _seal(session: LockedSession, person: Participant, at: datetime) -> None:
    said = session.messages.filter(author=person, removed_at=None)
    unsent = [Message.State.WAITING, Message.State.HELD]
    said.filter(state__in=unsent).update(state=Message.State.REFUSED, error="Whoever wrote it has left.")
    Delivery.objects.filter(message__in=said, state=Delivery.State.WAITING).update(
        state=Delivery.State.REFUSED, error="Whoever wrote it has left."
    )
    said.update(sealed_at=at, needs_turn=False)
    Participant.objects.filter(pk=person.pk).update(sealed_at=at)
    # What strangers see goes offline first of all.
    if person.is_primary:
        session.share_links.revoke(at)
        actions.hold_until_staff_have_looked(session=session, at=at)
    else:
        # Nobody is shown what they said, in whichever words; the profile goes on without it.
        drafts.fall_without_facts(session=session, among=session.drafts.exclude(state=Draft.State.FALLEN))
    facts = list(person.facts_said.values_list("pk", flat=True))
    photos = list(person.photos_sent.values_list("pk", flat=True))
    versions.withdraw_those_with(session=session, facts=facts, photos=photos, at=at)
    open_question = session.questions.filter(closed_at=None, asked_to=person)
    if open_question.exists():
        actions.close_question(session=session, at=at)


def _send_help(session: LockedSession, person: Participant) -> None:
    binding, address = bindings.of_person(person), person.contact.address
    if binding is None:
        return
    words = lines.out(
        emergency=in_each_language(lambda language: emergency_call(address, language)),
        whom=in_each_language(lambda language: whom_to_talk_to(address, language)),
    )
    outgoing.queue_text(contact=person.contact, sender=binding.sender, session=session, reason="panic", body=words)


def _tell_staff(session: LockedSession, person: Participant) -> None:
    held = " The interview waits, and the profile is offline." if person.is_primary else ""
    Problem.report(
        f"panic-{person.pk}",
        session=session,
        what=f"{person} left {session.code} by the panic word. What they said is sealed.{held}",
        to_do="Choose “Look at what is sealed” on the session's page. See whether they need help, and whether somebody in "
        "the group is a danger to others.",
        is_urgent=True,
    )


def unseal(session: LockedSession) -> int:
    """Staff have looked: what was sealed counts and is shown again. How many people's words that were."""
    session.messages.exclude(sealed_at=None).update(sealed_at=None)
    return session.participants.exclude(sealed_at=None).update(sealed_at=None)
