"""What each command does when a member of a group sends it. Most answers go to that person alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from conversations_app.commands import restart
from conversations_app.commands.parsing import Command
from conversations_app.erasing import forgetting, panic
from conversations_app.errors import TryAgainLater, WaitReason
from conversations_app.membership import joining, leaving, own_page_links, renaming, senders
from conversations_app.membership.joining import CodeRefused, InboundAuthor
from conversations_app.models import Binding, Message
from conversations_app.outbox import links, outgoing, wording
from conversations_app.outbox.languages import Words
from matchmaker import clock
from sessions_app import actions, invites
from sessions_app.models import Invite, Participant, Session

# It ends by itself, so that nobody has to remember to send NORMAL.
QUIET_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class CommandContext:
    """Who sent the command, through which binding, and from which phone to which number."""

    person: Participant
    binding: Binding
    author: InboundAuthor
    command: Command

    @property
    def session(self) -> Session:
        return self.person.session

    def tell(self, reason: str, body: Words) -> None:
        self.author.answer(reason, body, self.session)

    def tell_everybody(self, body: Words) -> Message:
        session = actions.lock_session(self.session.pk)
        return outgoing.queue_message(session=session, kind=Message.Kind.ANNOUNCEMENT, body=body, at=clock.now())


def answer(person: Participant, binding: Binding, command: Command, *, body: str, sid: str) -> None:
    """Raises TryAgainLater while the person is being taken out of the group."""
    author = InboundAuthor(person.contact, binding.sender, body, sid)
    _ANSWERS[command.name](CommandContext(person, binding, author, command))


# --- about groups -----------------------------------------------------------------------------------------------------


def _start(context: CommandContext) -> None:
    if context.person.contact.opted_out_at is not None:
        _opt_in(context)
        return
    onto = senders.free_for(context.person.contact, like=context.binding.sender)
    # WhatsApp lets us write first on another number only while their window there is open; otherwise they start
    # there.
    if onto is None:
        context.tell("already in", wording.already_in(context.session.code))
    elif senders.may_write_first(context.person.contact, onto):
        joining.start(context.author, onto=onto)
    else:
        context.tell("another number", wording.start_elsewhere(context.session.code, onto))


def _opt_in(context: CommandContext) -> None:
    # Twilio refuses to add somebody whom it is still removing.
    if context.binding.state == Binding.State.UNBINDING:
        raise TryAgainLater(WaitReason.LEAVING, pause_s=1)
    leaving.opt_in(context.author)


def _join(context: CommandContext) -> None:
    invite = _invite_into_another(context)
    if invite is None:
        return
    contact, code = context.person.contact, context.command.code
    onto = senders.free_for(contact, like=context.binding.sender)
    if onto is None:
        context.tell("in another group", wording.elsewhere(context.session.code, code))
    elif senders.may_write_first(contact, onto):
        joining.join(context.author, code, onto=onto)
    else:
        context.tell("another number", wording.join_elsewhere(context.session.code, code, onto))


def _switch(context: CommandContext) -> None:
    """Check that the other group can take them before they leave this one."""
    invite = _invite_into_another(context, check=joining.check_can_join)
    if invite is not None:
        leaving.switch_to(context.person, invite.session)


def _invite_into_another(
    context: CommandContext, check: Callable[[Invite], None] = lambda invite: None
) -> Invite | None:
    """None when it lets them in nowhere; they have been told why."""
    try:
        invite = joining.find_invite(context.person.contact, context.command.code)
        check(invite)
    except CodeRefused as refusal:
        if refusal.answer:
            context.tell(refusal.reason, refusal.answer)
        return None
    if invite.session_id == context.session.pk:
        context.tell("already in", wording.already_in(context.session.code))
        return None
    return invite


def _leave(context: CommandContext) -> None:
    context.tell("left", leaving.leave(context.person))


def _stop(context: CommandContext) -> None:
    leaving.opt_out(context.person.contact, at=clock.now())


def _invite(context: CommandContext) -> None:
    """Send the words and the link for one more friend. A code that has expired or is used up is replaced."""
    session, at = actions.lock_session(context.session.pk), clock.now()
    invite = invites.current_invite(session)
    if not Invite.objects.usable(at).filter(pk=invite.pk).exists():
        invite = invites.rotate_invite(session, at=at)
    context.tell("invite", wording.invite(invite.code, context.binding.sender))


def _own_page(context: CommandContext) -> None:
    own_page_links.send_link(context.person, reason="own page", at=clock.now())


def _ask_to_be_forgotten(context: CommandContext) -> None:
    """It cannot be undone, so it takes a second word."""
    context.tell("asked to be forgotten", forgetting.ask(context.person))


def _forget_me(context: CommandContext) -> None:
    if forgetting.has_asked(context.person, clock.now()):
        forgetting.forget_me(context.person, clock.now())
    else:
        _ask_to_be_forgotten(context)


def _panic(context: CommandContext) -> None:
    panic.leave(context.person, clock.now())


# --- about the talk ---------------------------------------------------------------------------------------------------


def _help(context: CommandContext) -> None:
    invite = invites.current_invite(context.session)
    join = links.join_text(invite.code, context.binding.sender)
    context.tell("help", wording.help_in_a_group(context.session.code, join=join))


def _who(context: CommandContext) -> None:
    people = list(context.session.participants.present())
    primary = next((person.name for person in people if person.is_primary), "")
    context.tell("who", wording.who([person.name for person in people], primary=primary))


def _quiet(context: CommandContext) -> None:
    Session.objects.filter(pk=context.session.pk).update(quiet_until=clock.now() + QUIET_FOR)
    context.tell_everybody(wording.quiet())


def _normal(context: CommandContext) -> None:
    # The condition is in the update: of two people who say NORMAL at once, one makes the announcement.
    quiet = Session.objects.filter(pk=context.session.pk, quiet_until__gt=clock.now())
    if quiet.update(quiet_until=None):
        context.tell_everybody(wording.normal())


def _restart(context: CommandContext) -> None:
    if context.session.status == Session.Status.SAFETY_HOLD:
        context.tell("not while staff decide", wording.no_restart_on_hold())
    elif not restart.may_ask(context.person):
        context.tell("not theirs to restart", wording.restart_not_allowed())
    else:
        restart.ask(context.person)


def _rename(context: CommandContext) -> None:
    session = actions.lock_session(context.session.pk)
    if not renaming.rename(session, context.person, context.command.wanted_name):
        context.tell("name not possible", wording.name_not_possible())


_ANSWERS: dict[str, Callable[[CommandContext], None]] = {
    "start": _start,
    "unstop": _opt_in,
    "join": _join,
    "switch": _switch,
    "leave": _leave,
    "invite": _invite,
    "my page": _own_page,
    "my data": _own_page,
    "settings": _own_page,
    "forget me": _ask_to_be_forgotten,
    "forget me yes": _forget_me,
    "panic": _panic,
    "stop": _stop,
    "help": _help,
    "who": _who,
    "quiet": _quiet,
    "normal": _normal,
    "restart": _restart,
    "name": _rename,
    "introduction": _rename,
}
