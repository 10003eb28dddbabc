"""An old session played before anything is live: asleep in this database as an import would be, its people's numbers
replaced by invented ones, their handsets at the emulator showing what was written."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from conversations_app.delivery.ending import StillBusy
from conversations_app.gateway.errors import GatewayError
from conversations_app.legacy import session_import
from conversations_app.legacy.session_import import Plan
from conversations_app.models import Sender, Window
from conversations_app.naming.name_prefix import label
from matchmaker import clock
from matchmaker.addresses import Channel, channel_of
from scenario_runner import cleanup
from scenario_runner.emulator_client import EmulatorClient
from sessions_app.codes import new_code
from sessions_app.legacy import importing
from sessions_app.legacy.disguise import INVENTED, Disguise, NoneLeft, disguises, phones_of
from sessions_app.legacy.importing import Member, Rules
from sessions_app.legacy.models import REHEARSAL
from sessions_app.legacy.parsing import NotASession, OldSession
from sessions_app.legacy.phones import Whereabouts
from sessions_app.legacy.reading import Entry
from sessions_app.legacy.talk import OldMessage, Voice
from sessions_app.models import Contact, Invite, Participant, Session

FREE_WITHIN_S = 60
_LOOK_EVERY_S = 0.1
_PHOTO = "📷"


class CannotRehearse(Exception):
    """Why not, in a sentence for staff."""


@dataclass(frozen=True)
class Handset:
    """`number`: ours, on which its owner would be when the session wakes."""

    address: str
    name: str
    number: str
    has_left: bool
    texts: list[dict[str, str]]

    @property
    def own_texts(self) -> int:
        return sum(text["direction"] == "out" for text in self.texts)


@dataclass(frozen=True)
class Rehearsal:
    """`former`: the one of the same code that it replaces."""

    plan: Plan
    rules: Rules
    handsets: list[Handset]
    former: Session | None

    @property
    def code(self) -> str:
        return self.plan.old.code


def prepare(entry: Entry, whereabouts: Whereabouts, channel: Channel, phones: EmulatorClient) -> Rehearsal:
    """Changes nothing. Raises CannotRehearse."""
    rules = session_import.rules(channel)
    try:
        real = session_import.understood(entry, whereabouts, rules, at=clock.now())
        former = _former(real.old.code)
        plan = _disguised(entry, real, rules, _taken(phones, former))
    except NotASession as why:
        raise CannotRehearse(f"It is none that could be taken over: {why}.") from None
    except RecursionError:
        raise CannotRehearse("It is none that could be taken over: its value is nested too deeply.") from None
    except NoneLeft:
        raise CannotRehearse("There are not enough invented numbers left for its people.") from None
    members = [member for member in plan.members if member.person.phone]
    return Rehearsal(plan, rules, [_handset(member, plan.old, plan.members) for member in members], former)


def _former(code: str) -> Session | None:
    session = Session.objects.select_related("legacy_import").filter(code=code).first()
    if session is None:
        if Invite.objects.filter(code=code).exists():
            raise CannotRehearse(f"{code} lets people into another session here, so it cannot be played here.")
        return None
    record = getattr(session, "legacy_import", None)
    if record is None or not record.is_rehearsal:
        raise CannotRehearse(
            f"{code} is a session here already, and no rehearsal, so it was left alone. Rehearse on a local stack "
            "that does not have it: `make demo SCENARIO=none`."
        )
    return session


def _disguised(entry: Entry, real: Plan, rules: Rules, taken: set[str]) -> Plan:
    """Raises NoneLeft, NotASession."""
    code = real.old.code
    numbers = disguises(phones_of(entry, real.old, real.members), code=code, taken=taken)
    photos = [photo["url"] for photo in real.old.photos]
    disguise = Disguise(numbers, ours={_bare(number) for number in settings.TWILIO_SENDERS}, photos=photos)
    there = disguise.whereabouts(code, real.members)
    plan = session_import.understood(disguise.entry(entry), there, rules, at=clock.now())
    return replace(plan, key=REHEARSAL + plan.key)


def _taken(phones: EmulatorClient, former: Session | None) -> set[str]:
    """Invented numbers of others; a second rehearsal is played on the same phones as the first."""
    known = Contact.objects.filter(address__contains=INVENTED)
    if former is not None:
        known = known.exclude(participations__session=former)
    theirs = set(_addresses_of(former))
    return {_bare(address) for address in {*known.values_list("address", flat=True), *(phones.addresses() - theirs)}}


def _addresses_of(former: Session | None) -> list[str]:
    people = Participant.objects.filter(session=former).values_list("contact__address", flat=True)
    return list(people) if former else []


def _bare(address: str) -> str:
    return address.removeprefix("whatsapp:")


# --- handsets ---------------------------------------------------------------------------------------------------------


def _handset(member: Member, old: OldSession, members: list[Member]) -> Handset:
    names = {id(one.person): one.name for one in members}
    bold = channel_of(member.address) is Channel.WHATSAPP
    return Handset(
        address=member.address,
        name=member.name,
        number=_number_for(member.address),
        has_left=member.has_left,
        texts=[_text(message, member, names, bold=bold, begun=old.created_at) for message in old.messages],
    )


def _number_for(address: str) -> str:
    """The one that waking puts them on. Raises CannotRehearse."""
    switched_off = set(Sender.objects.filter(is_enabled=False).values_list("address", flat=True))
    channel = channel_of(address)
    ours = [one for one in settings.TWILIO_SENDERS if channel_of(one) is channel and one not in switched_off]
    if not ours:
        raise CannotRehearse(f"Somebody in it is on {channel}, and we have no {channel} number (TWILIO_SENDERS).")
    return ours[0]


def _text(
    message: OldMessage, reader: Member, names: dict[int, str], *, bold: bool, begun: datetime
) -> dict[str, str]:
    is_own = message.author is reader.person
    body = " ".join([*[_PHOTO for _ in message.photos], message.body]).strip()
    if message.voice is Voice.PERSON and message.author and not is_own:
        body = f"{label(names[id(message.author)], bold=bold)} {body}"
    return {"direction": "out" if is_own else "in", "body": body, "at": (message.at or begun).isoformat()}


# --- doing it ---------------------------------------------------------------------------------------------------------


def perform(rehearsal: Rehearsal, phones: EmulatorClient, tell: Callable[[str], None]) -> Session:
    """May be stopped anywhere and begun again. Raises CannotRehearse, and EmulatorRefused and EmulatorUnavailable."""
    addresses = {handset.address for handset in rehearsal.handsets}
    try:
        _make_free([*addresses, *_addresses_of(rehearsal.former)], tell)
        with transaction.atomic():
            _put_aside(rehearsal)
            session = _store(rehearsal)
            cleanup.make_strangers(list(addresses))
            Window.objects.filter(contact__address__in=addresses).delete()
    except IntegrityError:
        raise CannotRehearse("Its code was taken meanwhile. Run it again.") from None
    except (GatewayError, StillBusy) as why:
        raise CannotRehearse(
            f"Its former rehearsal could not be ended ({type(why).__name__}). Run it again."
        ) from None
    for handset in rehearsal.handsets:
        phones.add(handset.address, handset.name)
        phones.show_old_thread(handset.address, handset.number, handset.texts)
    return session


def _make_free(addresses: list[str], tell: Callable[[str], None]) -> None:
    """Whatever was played on these phones is over. Raises CannotRehearse, GatewayError, StillBusy."""
    cleanup.end_open_sessions(addresses, tell)
    deadline = time.monotonic() + FREE_WITHIN_S
    while not cleanup.are_free(addresses):
        if time.monotonic() > deadline:
            raise CannotRehearse("The phones of its former rehearsal did not become free. Run it again.")
        time.sleep(_LOOK_EVERY_S)


def _put_aside(rehearsal: Rehearsal) -> None:
    """The former one stays to be looked at, under another code: what Twilio still tells of it finds it."""
    if rehearsal.former is None:
        return
    other = new_code()
    Session.objects.filter(pk=rehearsal.former.pk, code=rehearsal.code).update(code=other)
    Invite.objects.filter(session=rehearsal.former, code=rehearsal.code).update(code=other)


def _store(rehearsal: Rehearsal) -> Session:
    now = clock.now()
    contacts = importing.know_contacts(rehearsal.plan.members, at=now)
    return session_import.store(rehearsal.plan, contacts, rehearsal.rules, at=now)
