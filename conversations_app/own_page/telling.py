"""The matchmaker hears that somebody did something on their page, and goes on from it in the chat."""

from conversations_app import beside_the_chat
from conversations_app.models import Message
from conversations_app.own_page.door import Visit
from sessions_app.models import LockedSession


def tell(session: LockedSession, visit: Visit, what: str) -> None:
    """`what`, without anything of what they said there, which is not for the group. Of the same again and again, as
    when photos are put in order, it hears once."""
    unheard = Message.objects.filter(session=session, kind=Message.Kind.EVENT, needs_turn=True, turn=None)
    if not unheard.filter(author=visit.person, body=what).exists():
        beside_the_chat.note(session=session, person=visit.person, what=what, at=visit.at)
