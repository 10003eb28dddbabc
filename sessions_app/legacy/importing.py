"""Writes an old session's rows: the session asleep, its people, its invite, and what else the older app knew."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from matchmaker.addresses import Channel, canonical
from sessions_app.invites import first_invite
from sessions_app.legacy.models import LegacyImport
from sessions_app.legacy.parsing import OldSession
from sessions_app.legacy.people import OldPerson, take_in_unlisted
from sessions_app.legacy.phones import Whereabouts
from sessions_app.legacy.talk import OldMessage
from sessions_app.models import Contact, Participant, Session
from sessions_app.names import FALLBACK, clean_display_name, distinct_name

# With these in an address, libraries disagree about its host, so one could check a host and another fetch from a second.
_NOT_IN_AN_ADDRESS = re.compile(r"[\\\s\x00-\x1f]")
_NEAR = {"localhost", "127.0.0.1", "::1"}
NOBODYS_ADDRESS = "older-app"


@dataclass(frozen=True)
class Rules:
    """What the operator chose, and what the product is set to."""

    channel: Channel
    matchmaker: str
    transport_of: Callable[[str], str]
    photo_hosts: frozenset[str] = frozenset()

    def may_fetch(self, url: str) -> bool:
        """From a host that the operator named, with its port or without; unencrypted only from this machine itself."""
        if _NOT_IN_AN_ADDRESS.search(url):
            return False
        try:
            parts = urlsplit(url)
            named = {parts.netloc.lower(), parts.hostname or ""} & self.photo_hosts
        except ValueError:
            return False
        return (
            bool(named)
            and not parts.username
            and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _NEAR))
        )


@dataclass(frozen=True)
class Member:
    """Somebody in an old session, as they will be here."""

    person: OldPerson
    address: str
    name: str
    has_left: bool


def members_of(old: OldSession, whereabouts: Whereabouts, rules: Rules) -> list[Member]:
    take_in_unlisted(old.people, whereabouts.unlisted(old.code), old.problems)
    members: list[Member] = []
    for person in old.people:
        wished = clean_display_name(person.name, reserved=[rules.matchmaker]) if person.name else FALLBACK
        members.append(
            Member(
                person=person,
                address=_address(old, person, rules.channel),
                name=distinct_name(wished, [member.name for member in members]),
                has_left=_has_left(old, person, whereabouts),
            )
        )
    return members


def _address(old: OldSession, person: OldPerson, assumed: Channel) -> str:
    """Somebody without a number gets an address that nothing can be sent to, so that their words keep their name."""
    return person.phone.address(assumed) if person.phone else f"{NOBODYS_ADDRESS}:{old.code}:{person.position}"


def _has_left(old: OldSession, person: OldPerson, whereabouts: Whereabouts) -> bool:
    if person.phone is None:
        return True
    if not person.is_listed:
        return not whereabouts.is_told_to_be_in(person.phone.number, old.code)
    return whereabouts.is_elsewhere(person.phone.number, old.code)


def digest_of(raw: str, members: list[Member]) -> str:
    """Covers the value, and who is in it or elsewhere by now, which only other keys tell."""
    gone = ",".join(str(member.person.position) for member in members if member.has_left)
    return hashlib.sha256(f"{raw}\n{len(members)} {gone}".encode("utf-8", "surrogatepass")).hexdigest()


def transcript_digest_of(messages: Sequence[OldMessage]) -> str:
    """Tells whether a copy begins with the same messages: then it is a later one of the same conversation."""
    said = "\n".join(f"{message.voice} {json.dumps(message.body)}" for message in messages)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def know_contacts(members: Iterable[Member], *, at: datetime) -> dict[str, Contact]:
    """By address, for many sessions at once; new ones are created."""
    names = {member.address: member.name for member in members}
    known = _known_contacts(names)
    new = {canonical(address): address for address in names if canonical(address) not in known}
    if new:
        rows = [Contact(address=one, display_name=_own_name(names[one]), created_at=at) for one in new.values()]
        Contact.objects.bulk_create(rows, ignore_conflicts=True)
        known |= _known_contacts(new.values())
    return {address: known[canonical(address)] for address in names}


def _known_contacts(addresses: Iterable[str]) -> dict[str, Contact]:
    wanted = Contact.objects.filter(address__canonical__in={canonical(address) for address in addresses})
    return {canonical(contact.address): contact for contact in wanted}


def _own_name(name: str) -> str:
    return "" if name.startswith(FALLBACK) else name


def write_session(
    old: OldSession, members: list[Member], contacts: dict[str, Contact], *, travels: dict[str, str], at: datetime
) -> tuple[Session, list[Participant]]:
    """It sleeps, and nobody is its primary person until they say so here."""
    session = Session.objects.create(
        code=old.code,
        status=Session.Status.DORMANT,
        stage_changed_at=at,
        **travels,
        created_at=old.created_at,
        last_activity_at=old.last_known_at,
    )
    first_invite(session, at=at)
    people = [
        Participant(
            session=session,
            contact=contacts[member.address],
            name=member.name,
            is_creator=member.person.is_creator,
            joined_at=member.person.joined_at or old.created_at,
            left_at=old.last_known_at if member.has_left else None,
        )
        for member in members
    ]
    return session, Participant.objects.bulk_create(people)


def people_beside(
    session: Session, old: OldSession, members: list[Member], contacts: dict[str, Contact]
) -> list[Participant]:
    """Each member's row in a session that is awake here. Whoever joined it in the older app since is added."""
    known = {_bare(row.contact.address): row for row in session.participants.select_related("contact")}
    taken = [row.name for row in known.values()]
    for member in members:
        if _bare(member.address) not in known:
            name = distinct_name(member.name, taken)
            taken.append(name)
            known[_bare(member.address)] = Participant.objects.create(
                session=session,
                contact=contacts[member.address],
                name=name,
                joined_at=member.person.joined_at or old.last_known_at,
                left_at=old.last_known_at if member.has_left else None,
            )
    return [known[_bare(member.address)] for member in members]


def _bare(address: str) -> str:
    """Without the channel, which may have turned out to be the other one."""
    return canonical(address).removeprefix("whatsapp:")


def write_record(
    old: OldSession,
    session: Session,
    members: list[Member],
    people: list[Participant],
    *,
    key: str,
    digest: str,
    at: datetime,
) -> LegacyImport:
    return LegacyImport.objects.create(
        session=session,
        key=key[:200],
        digest=digest,
        transcript_digest=transcript_digest_of(old.messages),
        stage_then=old.stage_then,
        stage_reached=old.stage_reached,
        conversation_sid=old.conversation_sid,
        primary_hint=_hint(old),
        assumed_channel=[
            row.pk
            for member, row in zip(members, people, strict=True)
            if member.person.phone and member.person.phone.channel is None
        ],
        sealed=old.sealed,
        kept=old.kept | _names_as_they_were(members),
        photos=old.photos,
        problems=old.problems,
        participants_in=old.participants_in,
        participants_out=len(people),
        messages_in=old.messages_in,
        messages_out=len(old.messages),
        last_known_at=old.last_known_at,
        imported_at=at,
    )


def continue_record(record: LegacyImport, old: OldSession, *, digest: str, participants: int) -> None:
    """Note a later copy of a session that is awake here. What was unsealed stays as it is."""
    known = {photo["url"] for photo in record.photos}
    record.digest, record.transcript_digest = digest, transcript_digest_of(old.messages)
    record.messages_in, record.messages_out = old.messages_in, len(old.messages)
    record.participants_in, record.participants_out = old.participants_in, participants
    record.last_known_at = old.last_known_at
    record.photos += [photo for photo in old.photos if photo["url"] not in known]
    record.kept["later copy"] = old.kept
    if record.unsealed_at is None:
        record.sealed = old.sealed
    record.save()


def _hint(old: OldSession) -> dict[str, Any] | None:
    if old.primary is None:
        return None
    phone = old.primary.phone
    return {"number": phone.number if phone else "", "name": old.primary.name}


def _names_as_they_were(members: list[Member]) -> dict[str, Any]:
    """Names that had to be changed: too long, taken, or not fit to stand in front of a message. Staff can look them up."""
    changed = {
        str(member.person.position): member.person.name
        for member in members
        if member.person.name and member.person.name != member.name
    }
    return {"names": changed} if changed else {}
