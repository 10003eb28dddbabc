"""What each command does when somebody who is in a group sends it. The answers to most go to that person alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from conversations_app.commands import restart
from conversations_app.commands.parsing import Command
from conversations_app.errors import NotYet
from conversations_app.membership import joining, senders
from conversations_app.membership.joining import CodeRefused, Writer
from conversations_app.models import Binding, Message, Problem
from conversations_app.naming import roster
from conversations_app.outbox import links, outgoing, wording
from matchmaker import clock
from sessions_app import actions, invites
from sessions_app.models import Invite, Participant, Session
from sessions_app.names import clean_display_name

QUIET_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Asking:
    """Who sent it, through which binding, and from which phone to which number."""

    person: Participant
    binding: Binding
    writer: Writer
    command: Command

    @property
    def session(self) -> Session:
        return self.person.session

    def tell(self, reason: str, body: str) -> None:
        self.writer.answer(reason, body, self.session)

    def tell_everybody(self, body: str) -> Message:
        session = actions.lock_session(self.session.pk)
        return outgoing.queue_message(session=session, kind=Message.Kind.ANNOUNCEMENT, body=body, at=clock.now())


def answer(person: Participant, binding: Binding, command: Command, *, body: str, sid: str) -> None:
    """Raises NotYet while the person is being taken out of the group."""
    writer = Writer(person.contact, binding.sender, body, sid)
    _ANSWERS[command.name](Asking(person, binding, writer, command))


# --- about groups -----------------------------------------------------------------------------------------------------


def _start(asking: Asking) -> None:
    if asking.person.contact.opted_out_at is not None:
        _opt_in(asking)
        return
    onto = senders.free_for(asking.person.contact, like=asking.binding.sender)
    if onto is None:
        asking.tell("already in", wording.already_in(asking.session.code))
    elif senders.may_write_first(asking.person.contact, onto):
        joining.start(asking.writer, onto=onto)
    else:
        asking.tell("another number", wording.start_elsewhere(asking.session.code, onto))


def _opt_in(asking: Asking) -> None:
    if asking.binding.state == Binding.State.UNBINDING:
        raise NotYet("They are just being taken out, having opted out a moment ago.", pause_s=1)
    joining.opt_in(asking.writer)


def _join(asking: Asking) -> None:
    invite = _invite_into_another(asking)
    if invite is None:
        return
    contact, code = asking.person.contact, asking.command.code
    onto = senders.free_for(contact, like=asking.binding.sender)
    if onto is None:
        asking.tell("in another group", wording.elsewhere(asking.session.code, code))
    elif senders.may_write_first(contact, onto):
        joining.join(asking.writer, code, onto=onto)
    else:
        asking.tell("another number", wording.join_elsewhere(asking.session.code, code, onto))


def _switch(asking: Asking) -> None:
    """Whether the other group takes them is looked at before they leave this one."""
    invite = _invite_into_another(asking, check=joining.check_can_come_in)
    if invite is not None:
        joining.change_over_to(asking.person, invite.session)


def _invite_into_another(asking: Asking, check: Callable[[Invite], None] = lambda invite: None) -> Invite | None:
    """None when they were told why not."""
    try:
        invite = joining.invite_of(asking.person.contact, asking.command.code)
        check(invite)
    except CodeRefused as refusal:
        if refusal.answer:
            asking.tell(refusal.reason, refusal.answer)
        return None
    if invite.session_id == asking.session.pk:
        asking.tell("already in", wording.already_in(asking.session.code))
        return None
    return invite


def _leave(asking: Asking) -> None:
    joining.leave(asking.person)
    asking.tell("left", wording.you_left(asking.session.code))


def _stop(asking: Asking) -> None:
    joining.opt_out(asking.person.contact, at=clock.now())


def _invite(asking: Asking) -> None:
    """The words and the link for one more friend; a code that has expired or is used up is replaced."""
    session, at = actions.lock_session(asking.session.pk), clock.now()
    invite = invites.current_invite(session)
    if not Invite.objects.usable(at).filter(pk=invite.pk).exists():
        invite = invites.rotate_invite(session, at=at)
    asking.tell("invite", wording.invite(invite.code, asking.binding.sender))


def _own_data(asking: Asking) -> None:
    """What somebody is owed of their own data, people see to."""
    Problem.report(
        f"{asking.command.name}-{asking.person.pk}",
        session=asking.session,
        what=f"{asking.person} of {asking.session.code} wrote “{asking.command.name}”.",
        to_do="Give them their data, or erase it, and tell them in their chat. The law sets a month.",
    )
    asking.tell("own data", wording.staff_will_see_to_it())


# --- about the talk ---------------------------------------------------------------------------------------------------


def _help(asking: Asking) -> None:
    invite = invites.current_invite(asking.session)
    join = links.words_to_join(invite.code, asking.binding.sender)
    asking.tell("help", wording.help_in_a_group(asking.session.code, join=join))


def _who(asking: Asking) -> None:
    people = list(asking.session.participants.present())
    primary = next((person.name for person in people if person.is_primary), "")
    asking.tell("who", wording.who([person.name for person in people], primary=primary))


def _quiet(asking: Asking) -> None:
    Session.objects.filter(pk=asking.session.pk).update(quiet_until=clock.now() + QUIET_FOR)
    asking.tell_everybody(wording.quiet())


def _normal(asking: Asking) -> None:
    quiet = Session.objects.filter(pk=asking.session.pk, quiet_until__gt=clock.now())
    if quiet.update(quiet_until=None):
        asking.tell_everybody(wording.normal())


def _restart(asking: Asking) -> None:
    if not restart.may_ask(asking.person):
        asking.tell("not theirs to restart", wording.restart_is_not_yours())
    else:
        restart.ask(asking.person)


def _rename(asking: Asking) -> None:
    person, session = asking.person, actions.lock_session(asking.session.pk)
    before, name = person.name, clean_display_name(asking.command.wanted_name, reserved=[settings.MATCHMAKER_NAME])
    if not actions.rename(participant=person, wanted=name):
        asking.tell("name not possible", wording.name_not_possible())
        return
    if asking.binding.conversation:
        roster.refresh_after_commit(asking.binding.conversation)
    outgoing.queue_message(
        session=session,
        kind=Message.Kind.ANNOUNCEMENT,
        body=wording.is_now_called(before, person.name),
        at=clock.now(),
    )


_ANSWERS: dict[str, Callable[[Asking], None]] = {
    "start": _start,
    "unstop": _opt_in,
    "join": _join,
    "hi": _join,
    "switch": _switch,
    "leave": _leave,
    "invite": _invite,
    "my data": _own_data,
    "forget me": _own_data,
    "stop": _stop,
    "help": _help,
    "who": _who,
    "quiet": _quiet,
    "normal": _normal,
    "restart": _restart,
    "name": _rename,
}
