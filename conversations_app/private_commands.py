"""Commands written in a group's thread: kept from the others by the pre-event hook, and answered alone."""

from django.conf import settings

from conversations_app import commands, outbox, roster, wording
from conversations_app.commands import Command
from conversations_app.models import Binding, Message
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Participant
from sessions_app.names import clean_display_name, is_made_up


def take(person: Participant, text: str) -> None:
    """A command written in a group's thread. The pre-event hook kept it from the others."""
    binding = Binding.objects.held().filter(participant=person).select_related("sender").first()
    command = commands.command_in(text, is_nameless=is_made_up(person.name), in_thread=True)
    if binding is not None and command is not None:
        answer(person, binding, command)


def answer(person: Participant, binding: Binding, command: Command) -> None:
    if command.name == "name":
        _rename(person, binding, command.wanted_name)
        return
    code = person.session.code
    same = command.name == "start" or command.code == code
    outbox.queue_text(
        contact=person.contact,
        sender=binding.sender,
        session=person.session,
        reason="already in" if same else "in another group",
        body=wording.already_in(code) if same else wording.elsewhere(code),
    )


def _rename(person: Participant, binding: Binding, wanted: str) -> None:
    before, session = person.name, person.session
    name = clean_display_name(wanted, reserved=[settings.MATCHMAKER_NAME])
    if not actions.rename(participant=person, wanted=name):
        outbox.queue_text(
            contact=person.contact,
            sender=binding.sender,
            session=session,
            reason="name not possible",
            body=wording.name_not_possible(),
        )
        return
    if binding.conversation:
        roster.refresh_after_commit(binding.conversation)
    outbox.queue_message(
        session=session,
        kind=Message.Kind.ANNOUNCEMENT,
        body=wording.is_now_called(before, person.name),
        at=clock.now(),
    )
