"""Leaving a group, switching to another one, and opting out and back in.

Each function runs in the caller's transaction and locks one session, except opting out, which locks them all.
"""

from datetime import datetime

from django.db import transaction

from conversations_app.membership import bindings, joining, senders
from conversations_app.models import Binding, Conversation, Problem
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Contact, Invite, Participant, Session
from sessions_app.public_page import links


def leave(person: Participant) -> Words:
    """Take the person out of the group, until they join again; what to tell them. The link to their profile is closed
    along: without a page of their own they could not close it themselves any more."""
    session = actions.lock_session(person.session_id)
    person.refresh_from_db(fields=["role"])
    had_profile = person.is_primary and links.revoke(session, clock.now())
    actions.leave_session(participant=person, at=clock.now())
    bindings.release(Binding.objects.filter(participant=person), Binding.RemovalReason.LEFT)
    code = session.code
    return wording.you_left_and_your_profile_is_offline(code) if had_profile else wording.you_left(code)


def switch_to(person: Participant, target: Session) -> None:
    """Leave, and join the other group as soon as Twilio has let go of this one's number.

    Two steps, because one (phone, number) pair fits into one open Conversation only: asking for the second before
    Twilio has let go of the first ends in its error 50416.
    """
    held = Binding.objects.held().filter(participant=person)
    # Kept in the row, so that the wish outlives whatever happens until the number is free.
    held.update(then_join=target)
    leave(person)


def finish_switch(binding: Binding) -> None:
    """Join the other group, now that the number is free. A transaction of its own: nobody may hold two sessions' locks."""
    with transaction.atomic():
        mine = Binding.objects.filter(pk=binding.pk, state=Binding.State.FREED, then_join__isnull=False)
        # Locked, so that two workers that both saw it freed do not both join.
        row = mine.select_for_update(of=("self",)).select_related("participant__contact", "sender").first()
        if row is None:
            return
        mine.update(then_join=None)
        contact, sender = row.participant.contact, row.sender
        # By the group's invite of now: the one that they typed may have been replaced since.
        invite = Invite.objects.filter(session=row.then_join_id, retired_at=None).select_related("session").first()
        try:
            if invite is not None:
                joining.join_by_invite(invite, contact, sender)
        except joining.CodeRefused as refusal:
            if refusal.answer:
                outgoing.queue_text(contact=contact, sender=sender, reason=refusal.reason, body=refusal.answer)


def opt_out(contact: Contact, *, at: datetime) -> bool:
    """Send nothing to this address any more, and take it out of every group. False if it had opted out already.

    The one place where several sessions are locked: all of them first, in the order of their ids, so that two opt-outs
    cannot deadlock.
    """
    lock_sessions_of(contact)
    held = Binding.objects.held().filter(participant__contact=contact)
    # Of the address and not of one group: a carrier blocks all of our texts to it alike (21610).
    changed = Contact.objects.filter(pk=contact.pk, opted_out_at=None).update(opted_out_at=at)
    # Whoever opts out half-way through a switch does not want to land in the other group either.
    Binding.objects.filter(participant__contact=contact).update(then_join=None)
    bindings.release(held.order_by("participant__session_id"), Binding.RemovalReason.STOPPED)
    return bool(changed)


def lock_sessions_of(contact: Contact, *also: int) -> None:
    """Lock every session that this contact is in, and `also` those in which they have no row; in the order of ids."""
    held = Binding.objects.held().filter(participant__contact=contact)
    groups = Session.objects.filter(participants__bindings__in=held).values_list("pk", flat=True)
    for session_id in sorted({*groups, *also}):
        actions.lock_session(session_id)


def stop_in_conversation(person: Participant, conversation: Conversation, *, at: datetime) -> None:
    """They wrote STOP in this Conversation; perhaps somebody added them in Twilio's console, so there is no row yet."""
    lock_sessions_of(person.contact, conversation.session_id)
    opt_out(person.contact, at=at)
    _take_out_of(conversation, person, Binding.RemovalReason.STOPPED)


def leave_conversation(
    person: Participant, conversation: Conversation, why: Binding.RemovalReason = Binding.RemovalReason.LEFT
) -> None:
    """They wrote LEAVE in a Conversation in which we have no row for them."""
    leave(person)
    _take_out_of(conversation, person, why)


def _take_out_of(conversation: Conversation, person: Participant, why: Binding.RemovalReason) -> None:
    """Have `delivery` remove somebody without a row of ours; for those with one, releasing it does the same."""
    still_open = Conversation.objects.filter(pk=conversation.pk).exclude(state=Conversation.State.CLOSED)
    if bindings.of_person(person) is not None or not still_open.exists():
        return
    # Any free number will do for the row: at Twilio, they are looked up by their phone.
    number = senders.first_free(person.contact)
    if number is not None:
        bindings.remove_unbound(actions.lock_session(conversation.session_id), person, conversation, number, why=why)
        return
    Problem.report(
        f"out-at-twilio-{person.pk}",
        session=person.session,
        what=f"{person} of {person.session.code} wants to leave, but is in its Conversation on a number that is not among TWILIO_SENDERS.",
        to_do="Remove them from the Conversation in Twilio's console.",
    )


def opt_in(author: joining.InboundAuthor) -> str:
    """They wrote START: opt them in, and put them back into the group that they were in."""
    Contact.objects.filter(pk=author.contact.pk).update(opted_out_at=None)
    author.contact.opted_out_at = None
    # Whoever comes back wants their group, not a new one.
    person = joining.find_absent_member(author.contact, author.sender)
    if person is None:
        return author.answer("opted in", wording.opted_in())
    session = actions.lock_session(person.session_id)
    try:
        bindings.bind(session, person, author.sender)
    except bindings.NumberTaken:
        return "They are in a group on that number."
    joining.wake(session)
    return f"Opted in, and back in {session.code}."
