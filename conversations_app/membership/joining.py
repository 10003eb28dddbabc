"""Coming and going: starting a group, joining, leaving, changing over, opting out and in.

Each function runs in the caller's transaction and locks one session at most. Answers go to the person alone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from conversations_app.legacy import waking
from conversations_app.membership import bindings, senders, transport_choice
from conversations_app.models import Binding, Conversation, Message, Problem, Sender
from conversations_app.outbox import outgoing, wording
from matchmaker import clock
from sessions_app import actions, invites
from sessions_app.models import Contact, Invite, Participant, Session


@dataclass(frozen=True)
class InboundAuthor:
    """Somebody who sent us a command: from which phone, to which number of ours; `sid` is their message's at Twilio."""

    contact: Contact
    sender: Sender
    body: str
    sid: str

    def answer(self, reason: str, body: str, session: Session | None = None) -> str:
        """To them alone; a note for staff."""
        outgoing.queue_text(contact=self.contact, sender=self.sender, reason=reason, body=body, session=session)
        return f"Answered: {reason}."


class CodeRefused(Exception):
    """Nobody comes in by that code; what to tell the person, or nothing."""

    def __init__(self, reason: str, answer: str) -> None:
        super().__init__(reason)
        self.reason, self.answer = reason, answer


# --- coming in --------------------------------------------------------------------------------------------------------


def start(author: InboundAuthor, *, onto: Sender) -> str:
    by = transport_choice.for_new_session if author.contact.shows_number else transport_choice.without_numbers
    person = actions.start_session(contact=author.contact, at=clock.now(), transport_of=by)
    bindings.bind(person, onto)
    record_command(author, person)
    return f"Started {person.session.code}."


def join(author: InboundAuthor, code: str, *, onto: Sender) -> str:
    try:
        invite = find_invite(author.contact, code)
        person = _join_by_invite(invite, author.contact, onto)
    except CodeRefused as refusal:
        return author.answer(refusal.reason, refusal.answer) if refusal.answer else f"Not answered: {refusal.reason}."
    record_command(author, person)
    return f"Joined {person.session.code}."


def find_invite(contact: Contact, code: str) -> Invite:
    """Raises CodeRefused, and counts wrong guesses of this phone."""
    at = clock.now()
    if invites.is_guessing_blocked(contact, at=at):
        raise CodeRefused("too many wrong codes", "")
    invite = Invite.objects.filter(code=code).select_related("session").first()
    if invite is None:
        rests = invites.record_wrong_code(contact, at=at)
        raise CodeRefused("unknown code", wording.too_many_codes() if rests else wording.unknown_code(code))
    return invite


def is_invite_code(contact: Contact, code: str) -> bool:
    """For `hi CODE`, which may be no more than a greeting: trying codes by it counts as well."""
    if invites.is_guessing_blocked(contact, at=clock.now()):
        return False
    if Invite.objects.filter(code=code).exists():
        return True
    if any(char.isdigit() for char in code):
        invites.record_wrong_code(contact, at=clock.now())
    return False


def check_can_join(invite: Invite) -> None:
    """Raises CodeRefused."""
    if invite.session.status == Session.Status.CLOSED:
        raise CodeRefused("group ended", wording.group_closed(invite.code))
    if not Invite.objects.usable(clock.now()).filter(pk=invite.pk).exists():
        raise CodeRefused("invite not valid", wording.invite_not_valid(invite.code))
    if invite.session.participants.present().count() >= actions.MAX_PARTICIPANTS:
        raise CodeRefused("group full", wording.group_full(invite.code))


def _join_by_invite(invite: Invite, contact: Contact, onto: Sender) -> Participant:
    """Raises CodeRefused."""
    session, code = actions.lock_session(invite.session_id), invite.code
    if Contact.objects.filter(pk=contact.pk, opted_out_at__isnull=False).exists():
        raise CodeRefused("opted out", "")
    try:
        with transaction.atomic():
            person = _add_or_find_participant(session, contact, invite)
            bindings.bind(person, onto)
            wake(session)
    except actions.GroupIsClosed:
        raise CodeRefused("group ended", wording.group_closed(code)) from None
    except actions.GroupIsFull:
        raise CodeRefused("group full", wording.group_full(code)) from None
    except invites.InviteNotValid:
        raise CodeRefused("invite not valid", wording.invite_not_valid(code)) from None
    except (actions.AlreadyIn, bindings.NumberTaken):
        raise CodeRefused("already in", wording.already_in(session.code)) from None
    return person


def _add_or_find_participant(session: Session, contact: Contact, invite: Invite) -> Participant:
    """Somebody who is in, but whose Conversation ended at Twilio, comes back by the same word."""
    present = session.participants.present().filter(contact=contact).first()
    if present and session.status != Session.Status.CLOSED:
        if bindings.of_person(present):
            raise actions.AlreadyIn
        return present
    if session.transport == Session.Transport.CONVERSATIONS and not contact.shows_number:
        raise CodeRefused("hides their number", wording.number_is_hidden(session.code))
    person = actions.join_session(session=session, contact=contact, at=clock.now())
    invites.use(invite, at=clock.now())
    return person


def wake(session: Session) -> None:
    """Somebody is back: a group that slept goes on, with everybody whom we can bring along. The session is locked."""
    if session.status == Session.Status.DORMANT:
        session.resume()
        Session.objects.filter(pk=session.pk).update(last_activity_at=clock.now())
        outgoing.cancel_goodbye(session)
    bindings.rebind_everyone(session)
    waking.begin_here(session)


def record_command(author: InboundAuthor, person: Participant) -> None:
    Message.objects.get_or_create(
        sid=author.sid,
        defaults={
            "session": person.session,
            "segment": person.session.segment,
            "kind": Message.Kind.COMMAND,
            "author": person,
            "body": author.body,
            "at": clock.now(),
        },
    )


def find_absent_member(contact: Contact, sender: Sender) -> Participant | None:
    """Somebody who is in a group that goes on here, and on no number of ours: its Conversation ended, it sleeps, or it
    comes from the older app and they have not written here yet."""
    held = Binding.objects.held().values("participant")
    of_old = Q(bindings=None, session__legacy_import__isnull=False)
    return (
        Participant.objects.present()
        .filter(Q(bindings__sender=sender) | of_old, contact=contact)
        .exclude(session__status=Session.Status.CLOSED)
        .exclude(pk__in=held)
        .select_related("session", "contact")
        .order_by("-session__last_activity_at")
        .first()
    )


# --- going out --------------------------------------------------------------------------------------------------------


def leave(person: Participant) -> None:
    """Out of the group for good, or until they join again."""
    actions.lock_session(person.session_id)
    actions.leave_session(participant=person, at=clock.now())
    bindings.release(Binding.objects.filter(participant=person), Binding.WhyOut.LEFT)


def switch_to(person: Participant, target: Session) -> None:
    """Leave, and join the other group as soon as Twilio has let go of this one's number."""
    held = Binding.objects.held().filter(participant=person)
    held.update(then_join=target)
    leave(person)


def finish_switch(binding: Binding) -> None:
    """The second half, once the first group's number is free; in a transaction of its own."""
    with transaction.atomic():
        mine = Binding.objects.filter(pk=binding.pk, state=Binding.State.FREED, then_join__isnull=False)
        row = mine.select_for_update(of=("self",)).select_related("participant__contact", "sender").first()
        if row is None:
            return
        mine.update(then_join=None)
        contact, sender = row.participant.contact, row.sender
        invite = Invite.objects.filter(session=row.then_join_id, retired_at=None).select_related("session").first()
        try:
            if invite is not None:
                _join_by_invite(invite, contact, sender)
        except CodeRefused as refusal:
            if refusal.answer:
                outgoing.queue_text(contact=contact, sender=sender, reason=refusal.reason, body=refusal.answer)


# --- opting out and in ------------------------------------------------------------------------------------------------


def opt_out(contact: Contact, *, at: datetime) -> bool:
    """Nothing goes to this address any more, and it is out of every group's fan-out. False if it had opted out.

    The one place where several sessions are locked: all before anything else, in the order of their ids.
    """
    lock_sessions_of(contact)
    held = Binding.objects.held().filter(participant__contact=contact)
    changed = Contact.objects.filter(pk=contact.pk, opted_out_at=None).update(opted_out_at=at)
    Binding.objects.filter(participant__contact=contact).update(then_join=None)
    bindings.release(held.order_by("participant__session_id"), Binding.WhyOut.STOPPED)
    return bool(changed)


def lock_sessions_of(contact: Contact, *also: int) -> None:
    """`also`: sessions in which they have no row."""
    held = Binding.objects.held().filter(participant__contact=contact)
    groups = Session.objects.filter(participants__bindings__in=held).values_list("pk", flat=True)
    for session_id in sorted({*groups, *also}):
        actions.lock_session(session_id)


def stop_in_conversation(person: Participant, conversation: Conversation, *, at: datetime) -> None:
    """They wrote STOP there; also somebody whom others added in Twilio's console, with no word to us."""
    lock_sessions_of(person.contact, conversation.session_id)
    opt_out(person.contact, at=at)
    _take_out_of(conversation, person, Binding.WhyOut.STOPPED)


def leave_conversation(person: Participant, conversation: Conversation) -> None:
    """The same for `leave`, of somebody who has no row of ours."""
    leave(person)
    _take_out_of(conversation, person, Binding.WhyOut.LEFT)


def _take_out_of(conversation: Conversation, person: Participant, why: Binding.WhyOut) -> None:
    """For whom there is a row of ours, `delivery` does it."""
    still_open = Conversation.objects.filter(pk=conversation.pk).exclude(state=Conversation.State.CLOSED)
    if bindings.of_person(person) is not None or not still_open.exists():
        return
    number = senders.first_free(person.contact)
    if number is not None:
        bindings.remove_unbound(person, conversation, number, why=why)
        return
    Problem.report(
        f"out-at-twilio-{person.pk}",
        session=person.session,
        what=f"{person} of {person.session.code} wants out, and is in its Conversation on a number unknown here.",
        to_do="Remove them from the Conversation in Twilio's console.",
    )


def opt_in(author: InboundAuthor) -> str:
    """They wrote START: back in the group that they were in."""
    Contact.objects.filter(pk=author.contact.pk).update(opted_out_at=None)
    author.contact.opted_out_at = None
    person = find_absent_member(author.contact, author.sender)
    if person is None:
        return author.answer("opted in", wording.opted_in())
    session = actions.lock_session(person.session_id)
    try:
        bindings.bind(person, author.sender)
    except bindings.NumberTaken:
        return "They are in a group on that number."
    wake(session)
    return f"Opted in, and back in {session.code}."
