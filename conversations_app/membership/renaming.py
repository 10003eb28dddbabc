"""A person's name in the group: what stands in front of their messages."""

from django.conf import settings

from conversations_app.membership import welcome
from conversations_app.models import Binding, Message
from conversations_app.naming import roster
from conversations_app.outbox import outgoing, wording
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import LockedSession, Participant
from sessions_app.names import clean_display_name


def rename(session: LockedSession, person: Participant, wanted: str) -> bool:
    """Give them the name that they want, and tell the group. False if that name cannot be used."""
    before, name = person.name, clean_display_name(wanted, reserved=[settings.MATCHMAKER_NAME])
    if not actions.rename(session=session, participant=person, wanted=name):
        return False
    # The pre-event hook puts the cached name in front, so the cache has to learn the new one at once.
    for binding in Binding.objects.held().filter(participant=person).select_related("conversation"):
        if binding.conversation:
            roster.refresh_after_commit(binding.conversation)
    if welcome.announce_if_waiting(session, person):
        return True  # the group hears of them for the first time, by this name
    outgoing.queue_message(
        session=session,
        kind=Message.Kind.ANNOUNCEMENT,
        body=wording.is_now_called(before, person.name),
        at=clock.now(),
    )
    return True
