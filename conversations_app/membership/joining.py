"""Starting a group, joining one by its code, and waking one that slept.

Each function runs in the caller's transaction and locks one session at most. Answers go to the person alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from conversations_app import extensions
from conversations_app.membership import bindings, transport_choice
from conversations_app.models import Binding, Message, Sender
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words
from matchmaker import clock
from sessions_app import actions, invites
from sessions_app.models import Contact, Invite, LockedSession, Participant, Session


@dataclass(frozen=True)
class InboundAuthor:
    """Who wrote to us: from which phone, to which of our numbers; `sid` is Twilio's id of their message."""

    contact: Contact
    sender: Sender
    body: str
    sid: str

    def answer(self, reason: str, body: str | Words, session: Session | None = None) -> str:
        """Text them alone; returns a note for staff."""
        outgoing.queue_text(
            contact=self.contact,
            sender=self.sender,
            reason=reason,
            body=body,
            session=session,
            just_said=self.body,
        )
        return f"Answered: {reason}."


class CodeRefused(Exception):
    """That code lets nobody in: why, for staff, and what to answer, if anything."""

    def __init__(self, reason: str, answer: Words | None) -> None:
        super().__init__(reason)
        self.reason, self.answer = reason, answer


def start(author: InboundAuthor, *, onto: Sender) -> str:
    # Conversations (classic) receive nothing from people who write under a username.
    by = transport_choice.for_new_session if author.contact.shows_number else transport_choice.without_numbers
    person = actions.start_session(contact=author.contact, at=clock.now(), transport_of=by)
    bindings.bind(actions.lock_session(person.session_id), person, onto)
    record_command(author, person)
    return f"Started {person.session.code}."


def join(author: InboundAuthor, code: str, *, onto: Sender) -> str:
    try:
        invite = find_invite(author.contact, code)
        person = join_by_invite(invite, author.contact, onto)
    except CodeRefused as refusal:
        return author.answer(refusal.reason, refusal.answer) if refusal.answer else f"Not answered: {refusal.reason}."
    record_command(author, person)
    return f"Joined {person.session.code}."


def find_invite(contact: Contact, code: str) -> Invite:
    """Raises CodeRefused. Counts wrong guesses: six characters can be guessed by trying often enough."""
    at = clock.now()
    if invites.is_guessing_blocked(contact, at=at):
        raise CodeRefused("too many wrong codes", None)
    invite = Invite.objects.filter(code=code).select_related("session").first()
    if invite is None:
        rests = invites.record_wrong_code(contact, at=at)
        raise CodeRefused("unknown code", wording.too_many_codes() if rests else wording.unknown_code(code))
    return invite


def existing_code(contact: Contact, codes: Sequence[str]) -> str:
    """The one of these that is a code, for what may be talk. Guessing codes this way counts too, each of them."""
    if invites.is_guessing_blocked(contact, at=clock.now()):
        return ""
    existing = list(Invite.objects.filter(code__in=codes).values_list("code", flat=True))
    for _ in set(codes).difference(existing):
        invites.record_wrong_code(contact, at=clock.now())
    return existing[0] if len(existing) == 1 else ""


def check_can_join(invite: Invite) -> None:
    """Raises CodeRefused."""
    # Before the invite itself, or they would ask for a new one to a group that is gone.
    if invite.session.status == Session.Status.CLOSED:
        raise CodeRefused("group ended", wording.group_closed(invite.code))
    if not Invite.objects.usable(clock.now()).filter(pk=invite.pk).exists():
        raise CodeRefused("invite not valid", wording.invite_not_valid(invite.code))
    if invite.session.participants.present().count() >= actions.MAX_PARTICIPANTS:
        raise CodeRefused("group full", wording.group_full(invite.code))


def join_by_invite(invite: Invite, contact: Contact, onto: Sender) -> Participant:
    """Raises CodeRefused."""
    # Locked before anything is looked at, so that the fifty-first phone cannot slip in beside the fiftieth.
    session, code = actions.lock_session(invite.session_id), invite.code
    # Nothing goes to somebody who has opted out, not even the reason.
    if Contact.objects.filter(pk=contact.pk, opted_out_at__isnull=False).exists():
        raise CodeRefused("opted out", None)
    try:
        # A savepoint: a refusal half-way must not leave somebody in the group without a phone.
        with transaction.atomic():
            person = _add_or_find_participant(session, contact, invite)
            bindings.bind(session, person, onto)
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


def _add_or_find_participant(session: LockedSession, contact: Contact, invite: Invite) -> Participant:
    """Somebody whose Conversation ended at Twilio is still in the group, and comes back by the same code."""
    present = session.participants.present().filter(contact=contact).first()
    if present and session.status != Session.Status.CLOSED:
        if bindings.of_person(present):
            raise actions.AlreadyIn
        return present
    # Twilio takes phone numbers only, and could not pass on a word of theirs.
    if session.transport == Session.Transport.CONVERSATIONS and not contact.shows_number:
        raise CodeRefused("hides their number", wording.number_is_hidden(session.code))
    person = actions.join_session(session=session, contact=contact, at=clock.now())
    invites.use(invite, at=clock.now())
    return person


def wake(session: LockedSession) -> None:
    """Somebody is back, so a group that slept goes on with everyone we can reach."""
    if session.status == Session.Status.DORMANT:
        session.resume()
        Session.objects.filter(pk=session.pk).update(last_activity_at=clock.now())
        outgoing.cancel_goodbye(session)
    # Also in a group that did not sleep: Twilio may have closed its Conversation.
    bindings.rebind_everyone(session)
    extensions.source().session_woken(session)


def record_command(author: InboundAuthor, person: Participant) -> None:
    # By sid: the same text can arrive by its Conversation as well, and one Twilio sid is one Message.
    Message.objects.get_or_create(
        sid=author.sid,
        defaults={
            "session": person.session,
            "segment": person.session.segment,
            "kind": Message.Kind.COMMAND,
            "author": person,
            "body": author.body,
            "is_for_us_alone": True,
            "at": clock.now(),
        },
    )


def find_absent_member(contact: Contact, sender: Sender) -> Participant | None:
    """This contact in a group where they are on none of our numbers: its Conversation ended, it sleeps, or it was
    imported and they have not written here yet."""
    held = Binding.objects.held().values("participant")
    imported = Q(bindings=None, session__in=extensions.source().imported_sessions())
    return (
        Participant.objects.present()
        .filter(Q(bindings__sender=sender) | imported, contact=contact)
        .exclude(session__status=Session.Status.CLOSED)
        .exclude(pk__in=held)
        .select_related("session", "contact")
        # Of several, they most likely mean the group that was lively last.
        .order_by("-session__last_activity_at")
        .first()
    )
