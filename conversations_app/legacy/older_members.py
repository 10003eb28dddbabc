"""Who is in a Conversation that the older app made, and who of them stays when it becomes ours."""

from collections.abc import Container, Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from conversations_app.commands import parsing
from conversations_app.extensions import SessionLease
from conversations_app.gateway import api
from conversations_app.gateway.api import ConversationInfo, ParticipantInfo
from conversations_app.gateway.errors import ConversationClosed, NotFoundAtTwilio
from conversations_app.gateway.payloads import InboundText, MessageInfo
from conversations_app.inbound import direct_texts, inbox
from conversations_app.legacy import waking
from conversations_app.membership import bindings, leaving, senders
from conversations_app.models import Binding, Conversation, InboxEvent, Problem
from matchmaker import clock
from matchmaker.addresses import canonical, channel_of, masked
from sessions_app import actions
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import Consent, Contact, Session


def identify_participants(
    lease: SessionLease, there: Sequence[ParticipantInfo], listed: Sequence[MessageInfo]
) -> None:
    """Learn who they are, and on which channel: the older app did not always keep it, and Twilio knows."""
    in_it = addresses_of(there)
    wrote = {canonical(info.author): info.author for info in listed if senders.is_person(info.author)}
    with transaction.atomic():
        session = lease.hold()
        # In order, as wherever several contacts are written, so that two sessions cannot wait for each other.
        for key, address in sorted((wrote | in_it).items()):
            contact = actions.get_or_update_contact(address=address, at=clock.now())
            if key in in_it:
                drop_wrong_binding(session, contact, in_it)
            waking.learn_channel(contact)


def addresses_of(there: Sequence[ParticipantInfo]) -> dict[str, str]:
    """As Twilio has them there, by what they compare by."""
    return {canonical(one.address): one.address for one in there}


def drop_wrong_binding(session: Session, contact: Contact, in_it: Container[str]) -> None:
    """On waking, we may have bound somebody on the channel that we guessed. Nothing was sent there yet, so it can go."""
    other = waking.on_the_other_channel(contact)
    guessed = LegacyImport.objects.get(session=session).assumed_channel
    if other and other not in in_it:
        waiting_bindings(session).filter(participant__in=guessed, address__canonical=other).delete()


def waiting_bindings(session: Session) -> QuerySet[Binding]:
    return Binding.objects.filter(participant__session=session, state=Binding.State.BINDING)


def apply_earlier_opt_outs(listed: Sequence[MessageInfo]) -> None:
    """Whoever said STOP there, and neither START nor `join` since, gets nothing from us, unless they joined a group here
    afterwards. The one part of the history that still counts: an opt-out belongs to the person, not to the app."""
    said_at: dict[str, datetime] = {}
    for info in listed:
        command = parsing.command_in(info.words, channel=channel_of(info.author), in_thread=True)
        if command is not None and senders.is_person(info.author):
            if command.name == "stop":
                said_at[canonical(info.author)] = info.at
            elif command.name in direct_texts.OPT_IN_COMMANDS and not command.is_tentative:
                said_at.pop(canonical(info.author), None)
    for address, at in said_at.items():
        _opt_out_unless_back(address, at)


def _opt_out_unless_back(address: str, at: datetime) -> None:
    came_in = Consent.objects.filter(
        participant__contact__address__canonical=address, kind=Consent.Kind.TAKING_PART, given_at__gte=at
    )
    if not came_in.exists() and not _has_opted_in(address, since=at):
        with transaction.atomic():
            leaving.opt_out(Contact.objects.get(address__canonical=address), at=clock.now())


def _has_opted_in(address: str, *, since: datetime) -> bool:
    """By a text to our number: it is in no Conversation, so the history above cannot show it."""
    texts = InboxEvent.objects.filter(
        kind=InboxEvent.Kind.MESSAGING, subject__startswith=inbox.subject_of(address, ""), received_at__gte=since
    )
    readable = texts.exclude(state=InboxEvent.State.FAILED)
    return any(direct_texts.opts_in(InboundText.parse(event.payload)) for event in readable)


def remove_former_members(
    lease: SessionLease, conversation: Conversation, found: ConversationInfo, there: Sequence[ParticipantInfo]
) -> list[ParticipantInfo]:
    """Whoever opted out, left, or is in another group here on that number is taken out of it at Twilio; the rest stay."""
    staying = []
    for one in there:
        if not _is_former_member(conversation.session, one):
            staying.append(one)
            continue
        lease.renew()
        remove(found.sid, one.sid)
    return staying


def remove(conversation_sid: str, participant_sid: str) -> None:
    with suppress(NotFoundAtTwilio, ConversationClosed):  # then they are out
        api.remove_participant(conversation_sid, participant_sid)


def _is_former_member(session: Session, one: ParticipantInfo) -> bool:
    held = bindings.of_pair(one.address, one.proxy_address)
    return (
        Contact.objects.filter(address__canonical=canonical(one.address), opted_out_at__isnull=False).exists()
        or session.participants.filter(
            contact__address__canonical=canonical(one.address), left_at__isnull=False
        ).exists()
        or (held is not None and held.participant.session_id != session.pk)
    )


def report_foreign_numbers(conversation: Conversation, there: Sequence[ParticipantInfo]) -> None:
    foreign = sorted({one.proxy_address for one in there if senders.get_sender(one.proxy_address) is None})
    for number in foreign:
        Problem.report(
            f"foreign-number-{conversation.pk}-{masked(number)}",
            session=conversation.session,
            what=f"Somebody of {conversation.session.code} is in its Conversation on {masked(number)}, which is none of"
            " our numbers.",
            to_do="Add the number to TWILIO_SENDERS, or remove them there in Twilio's console.",
        )
