"""The matchmaker hears that somebody did something on their page, and goes on from it in the chat."""

from conversations_app import beside_the_chat
from conversations_app.models import Message
from conversations_app.own_page.door import Visit
from conversations_app.turns.snapshot import settles_of
from matchmaker.ai.exits import ANSWERS as ANSWERS_WANTED
from matchmaker.ai.records import ANSWERS, APPROVAL, BIO, PHOTO_USE
from sessions_app import actions, versions
from sessions_app.models import Draft, LockedSession, Photo, Question


def tell(session: LockedSession, visit: Visit, what: str) -> None:
    """`what`, without anything of what they said there, which is not for the group. Of the same again and again, as
    when photos are put in order, it hears once."""
    unheard = Message.objects.filter(session=session, kind=Message.Kind.EVENT, needs_turn=True, turn=None)
    if not unheard.filter(author=visit.person, body=what).exists():
        beside_the_chat.note(session=session, person=visit.person, what=what, at=visit.at)
    # A yes in the chat would answer it once more, whatever it was meant for.
    question = session.questions.filter(closed_at=None).first()
    if question is not None and _is_settled(session, question):
        actions.close_question(session=session, at=visit.at, was_answered=True)


def _is_settled(session: LockedSession, question: Question) -> bool:
    """Nothing that it asks about waits any more."""
    picked = session.drafts.filter(state=Draft.State.PICKED)
    if question.topic == APPROVAL:
        approved = versions.approved(session)
        return approved is not None and approved.digest == versions.digest(versions.content_of(session))
    if question.topic == BIO:
        return picked.filter(kind=Draft.Kind.BIO).exists()
    if question.topic == ANSWERS:
        return picked.filter(kind=Draft.Kind.PROMPT).count() >= ANSWERS_WANTED
    if question.topic == PHOTO_USE:
        asked = session.photos.filter(number__in=settles_of(question.settles).photos)
        return not asked.filter(state=Photo.State.OFFERED).exists()
    return False
