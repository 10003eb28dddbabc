"""From a concern about a message to what is done for the people in the group. Runs in the caller's transaction, with the
session locked. Whoever found the concern calls it: the rules when a message comes in, moderation before a turn, or the
model in its turn."""

from collections.abc import Collection, Iterable

import structlog

from conversations_app.membership import bindings
from conversations_app.models import Message, Problem, Sender
from conversations_app.outbox import outgoing
from matchmaker import clock
from matchmaker.addresses import masked
from matchmaker.ai.safety.helplines import helpline_for
from matchmaker.ai.safety.rules import BY_GRAVITY, HOLDING, Concern, concerns_in, language_of_self_harm
from sessions_app import actions
from sessions_app.models import Contact, LockedSession, Participant, Session
from sessions_app.names import is_made_up

log = structlog.get_logger()

_URGENT = {*HOLDING, Concern.THREAT}
# Of the primary person's own rough words about the world nobody has to be protected.
_OF_OTHERS_ONLY = {Concern.HARASSMENT, Concern.VIOLENCE}

_WHAT = {
    Concern.SEXUAL_MINORS: "wrote something sexual about minors. The interview waits until you have looked",
    Concern.THREAT: "wrote what reads as a threat against somebody",
    Concern.HARASSMENT: "wrote what reads as an insult to somebody in the group",
    Concern.VIOLENCE: "wrote something violent",
}
_TO_DO = {
    Concern.SELF_HARM: "Read it now, and write to them as a person. Release the hold once they want to go on.",
    Concern.SEXUAL_MINORS: "Read it now. Close the session for good if it is so; the law may want it reported.",
}
_READ_AND_DECIDE = (
    "Read it. If it was meant, write to the group or close the session; nobody was removed, and nothing of the message "
    "becomes part of the profile."
)


def look_at(session: LockedSession, message: Message) -> bool:
    """Judge a message by the rules as it comes in, so that nobody in need waits for a turn, and even when no turns are
    taken. True when the interview waits from now on."""
    others = session.participants.present().values_list("name", flat=True)
    concerns = concerns_in(message.body, about=tuple(name for name in others if not is_made_up(name)))
    return act_on(session, message, concerns, language=language_of_self_harm(message.body) or "en")


def look_at_stranger(contact: Contact, sender: Sender, text: str) -> bool:
    """Of somebody without a group on that number. True when they were looked after."""
    if Concern.SELF_HARM not in concerns_in(text):
        return False
    may_be_written_to = contact.opted_out_at is None
    if may_be_written_to:
        _send_helpline(contact, sender, language_of_self_harm(text) or "en")
    Problem.report(
        f"concern-{Concern.SELF_HARM}-of-{contact.pk}",
        what=f"Somebody without a group ({masked(contact.address)}) wrote that they want to die or to hurt themselves. "
        f"{'They were given a helpline.' if may_be_written_to else 'They have opted out, so they got no answer.'}",
        to_do="Read it in the list of webhooks, and write to them from Twilio's console if you can be of help.",
        is_urgent=True,
    )
    return True


def act_on(session: LockedSession, message: Message, concerns: Collection[Concern], *, language: str) -> bool:
    """Once for each message. True when the interview waits from now on."""
    author = message.author
    if author is None:
        return False
    matter = [concern for concern in BY_GRAVITY if concern in concerns and _matters(concern, author)]
    if not matter or not _mark(message, matter[0]):
        return False
    waits = not set(HOLDING).isdisjoint(matter)
    if waits:
        actions.hold_until_staff_have_looked(session=session, at=clock.now())
    was_told = Concern.SELF_HARM in matter and _give_helpline(session, author, language)
    _tell_staff(session, author, matter, was_told=was_told)
    log.info("concern_about_message", session=session.pk, message=message.pk, concerns=matter, waits=waits)
    return waits


def _matters(concern: Concern, author: Participant) -> bool:
    return not (concern in _OF_OTHERS_ONLY and author.is_primary)


def _mark(message: Message, concern: Concern) -> bool:
    """False if it was marked before. What holds the interview up is read by staff, and by no later turn."""
    unmarked = Message.objects.filter(pk=message.pk, concern="")
    changes = {"concern": concern} | ({"needs_turn": False} if concern in HOLDING else {})
    return unmarked.update(**changes) == 1


def _give_helpline(session: Session, author: Participant, language: str) -> bool:
    """To them alone: in the thread, all their friends would read it, and answer to it. False when there is no way."""
    binding = bindings.of_person(author)
    if binding is None:
        return False
    _send_helpline(author.contact, binding.sender, language, session)
    return True


def _send_helpline(contact: Contact, sender: Sender, language: str, session: Session | None = None) -> None:
    if actions.may_send_helpline(contact, at=clock.now()):
        body = helpline_for(contact.address, language)
        outgoing.queue_text(contact=contact, sender=sender, session=session, reason="helpline", body=body)


def _tell_staff(session: Session, author: Participant, concerns: Iterable[Concern], *, was_told: bool) -> None:
    for concern in concerns:
        Problem.report(
            Problem.concern_key(concern, session),
            session=session,
            what=f"{author} of {session.code} {_what(concern, was_told)}.",
            to_do=_TO_DO.get(concern, _READ_AND_DECIDE),
            is_urgent=concern in _URGENT,
        )


def _what(concern: Concern, was_told: bool) -> str:
    if concern is not Concern.SELF_HARM:
        return _WHAT[concern]
    helpline = "They alone were given a helpline" if was_told else "They could not be given a helpline"
    return f"wrote that they want to die or to hurt themselves. {helpline}, and the interview waits until you have looked"
