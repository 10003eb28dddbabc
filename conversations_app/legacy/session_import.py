"""Imports the older app's sessions, each in one transaction: its rows, its transcript, and what was known beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from conversations_app.legacy import transcript, waking
from conversations_app.legacy.parallel_writes import Writers
from conversations_app.membership import transport_choice
from conversations_app.models import Message
from matchmaker.addresses import Channel
from sessions_app import actions
from sessions_app.codes import new_code
from sessions_app.legacy import importing
from sessions_app.legacy.importing import Member, Rules
from sessions_app.legacy.models import LegacyImport, LegacyPhoto
from sessions_app.legacy.parsing import NotASession, OldSession, parse_session
from sessions_app.legacy.phones import Whereabouts
from sessions_app.legacy.reading import Entry
from sessions_app.legacy.report import Outcome, Result
from sessions_app.models import OLDER_APP_SEGMENT, Contact, Invite, Session

SESSIONS_AT_ONCE = 50
"""Looked up together, which saves most of the queries; each is still written in its own transaction."""


def rules(channel: Channel, photo_hosts: frozenset[str] = frozenset()) -> Rules:
    return Rules(channel, settings.MATCHMAKER_NAME, transport_choice.for_new_session, photo_hosts)


@dataclass(frozen=True)
class Plan:
    """A session that could be read, and what it will be here."""

    key: str
    old: OldSession
    members: list[Member]
    digest: str
    photos_to_fetch: int

    def result(self, outcome: Outcome, why: str = "") -> Result:
        return Result(
            key=self.key,
            outcome=outcome,
            why=why,
            participants_in=self.old.participants_in,
            participants_out=len(self.members),
            participants_added=sum(not member.person.is_listed for member in self.members),
            messages_in=self.old.messages_in,
            messages_out=len(self.old.messages),
            photos=len(self.old.photos),
            photos_to_fetch=self.photos_to_fetch,
            problems=tuple(self.old.problems) if outcome in {Outcome.IMPORTED, Outcome.UPDATED} else (),
        )


def understood(entry: Entry, whereabouts: Whereabouts, rules: Rules, *, at: datetime) -> Plan:
    """Raises NotASession."""
    if entry.fault:
        raise NotASession(entry.fault)
    old = parse_session(entry.key, entry.value, now=at)
    members = importing.members_of(old, whereabouts, rules)
    to_fetch = sum(rules.may_fetch(photo["url"]) for photo in old.photos)
    return Plan(entry.key, old, members, importing.digest_of(entry.value, members), to_fetch)


@dataclass(frozen=True)
class Here:
    """What already exists here under some codes."""

    sessions: dict[str, Session]
    invites: set[str]


def commit_without_waiting() -> None:
    """On this connection. If the database server crashes, the last sessions may be missing, each as a whole, and the next
    run imports them; waiting for the disk would take longer than all the rest."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


class Importer:
    """Imports sessions, or without `apply` only says what it would do."""

    def __init__(
        self, whereabouts: Whereabouts, rules: Rules, writers: Writers, *, apply: bool, at: datetime
    ) -> None:
        self._whereabouts, self._rules, self._writers = whereabouts, rules, writers
        self._apply, self._at = apply, at
        self._digests: dict[str, str] = {}

    def take(self, entries: Sequence[Entry]) -> Iterator[Result]:
        """One result for each entry, in order, each as soon as it is done."""
        plans = [self._plan(entry) for entry in entries]
        here = _here([plan.old.code for plan in plans if isinstance(plan, Plan)])
        decided = [(plan, plan if isinstance(plan, Result) else self._decide(plan, here)) for plan in plans]
        if not self._apply:
            yield from (result for _, result in decided)
            return
        contacts = self._contacts(decided)
        yield from self._writers.each(lambda one: self._do(*one, contacts, here), decided)

    def _plan(self, entry: Entry) -> Plan | Result:
        try:
            return understood(entry, self._whereabouts, self._rules, at=self._at)
        except NotASession as why:
            return Result(entry.key, Outcome.FAILED, str(why))
        except Exception as error:
            # One value that we cannot handle must not keep the others from being imported.
            return Result(entry.key, Outcome.FAILED, _fault(error))

    def _decide(self, plan: Plan, here: Here) -> Result:
        code = plan.old.code
        before = self._digests.get(code)
        if before is not None:
            return _repeated(plan, is_same=before == plan.digest)
        self._digests[code] = plan.digest
        session = here.sessions.get(code)
        if session is None:
            if code in here.invites:
                return plan.result(Outcome.FAILED, "its code lets people into another session here")
            return plan.result(Outcome.IMPORTED)
        return _beside(session, plan)

    def _contacts(self, decided: Iterable[tuple[Plan | Result, Result]]) -> dict[str, Contact]:
        to_do = [plan for plan, result in decided if isinstance(plan, Plan) and result.outcome in _TO_DO]
        return importing.know_contacts([member for plan in to_do for member in plan.members], at=self._at)

    def _do(self, plan: Plan | Result, result: Result, contacts: dict[str, Contact], here: Here) -> Result:
        if isinstance(plan, Result) or result.outcome not in _TO_DO:
            return result
        try:
            with transaction.atomic():
                if result.outcome is Outcome.CONTINUED:
                    _continue(plan, here.sessions[plan.old.code], contacts)
                elif _make_room(before := here.sessions.get(plan.old.code)):
                    session = store(plan, contacts, self._rules, at=self._at)
                    _replace(before, session)
                else:
                    return plan.result(Outcome.SKIPPED, LIVES_ON)
        except _Changed:
            return plan.result(Outcome.SKIPPED, LIVES_ON)
        except IntegrityError:
            return plan.result(Outcome.FAILED, "its code was taken while it was imported; run again")
        except DataError:
            return plan.result(Outcome.FAILED, "it holds a value that Postgres cannot store")
        except (OperationalError, InterfaceError):
            raise  # the database is gone, so the rest would fail as well
        except Exception as error:
            return plan.result(Outcome.FAILED, _fault(error))
        return result


_TO_DO = {Outcome.IMPORTED, Outcome.UPDATED, Outcome.CONTINUED}
LIVES_ON = "it lives on here, so the older app's copy, which is not the one imported, was left alone"


def _fault(error: Exception) -> str:
    """Only the type: the error's text could quote what somebody wrote."""
    return f"a fault of ours ({type(error).__name__})"


def _here(codes: list[str]) -> Here:
    sessions = Session.objects.select_related("legacy_import").in_bulk(codes, field_name="code")
    invites = Invite.objects.filter(code__in=codes).exclude(session__code__in=codes)
    return Here(sessions, set(invites.values_list("code", flat=True)))


def _repeated(plan: Plan, *, is_same: bool) -> Result:
    if is_same:
        return plan.result(Outcome.SKIPPED, "the same session stands in the source twice")
    return plan.result(Outcome.FAILED, "another session of that code stands before it in the source")


def _beside(session: Session, plan: Plan) -> Result:
    """What to do about a session whose code already exists here."""
    record = getattr(session, "legacy_import", None)
    if record is None:
        return plan.result(Outcome.FAILED, "its code is another session's here")
    if record.is_rehearsal:
        return plan.result(Outcome.FAILED, "it is being rehearsed here; take it over on another database")
    if record.digest == plan.digest:
        return plan.result(Outcome.SKIPPED)
    if lives_on(session):
        return _beside_a_living_one(record, plan)
    if plan.old.last_known_at < record.last_known_at or plan.old.messages_in < record.messages_in:
        return plan.result(Outcome.SKIPPED, "it is an older copy than the one imported, so it was left alone")
    return plan.result(Outcome.UPDATED)


def _beside_a_living_one(record: LegacyImport, plan: Plan) -> Result:
    """Nothing in it is overwritten. What was written in the older app since is added to the old part of its transcript."""
    if not _begins_alike(record, plan.old):
        return plan.result(Outcome.SKIPPED, LIVES_ON)
    more = len(plan.old.messages) - record.messages_out
    return plan.result(
        Outcome.CONTINUED,
        f"it lives on here; to its old transcript comes what was written in the older app since "
        f"({more} message{'' if more == 1 else 's'})",
    )


def _begins_alike(record: LegacyImport, old: OldSession) -> bool:
    if len(old.messages) <= record.messages_out:
        return False
    return importing.transcript_digest_of(old.messages[: record.messages_out]) == record.transcript_digest


class _Changed(Exception):
    """Another run of the command got there first."""


def _continue(plan: Plan, session: Session, contacts: dict[str, Contact]) -> None:
    locked = actions.lock_session(session.pk)
    record = LegacyImport.objects.get(session=locked)
    if not _begins_alike(record, plan.old):
        raise _Changed
    people = importing.people_beside(locked, plan.old, plan.members, contacts)
    transcript.add(plan.old.messages, locked, plan.members, people, known=record.messages_out)
    importing.continue_record(record, plan.old, digest=plan.digest, participants=len(people))


def lives_on(session: Session) -> bool:
    """Whether anything happened in it since it was imported."""
    return (
        session.status != Session.Status.DORMANT
        or Message.objects.filter(session=session).exclude(segment=OLDER_APP_SEGMENT).exists()
        or session.participants.filter(bindings__isnull=False).exists()
        or session.participants.filter(consents__isnull=False).exists()
        or session.invites.exclude(code=session.code).exists()
    )


def _make_room(session: Session | None) -> bool:
    """Give its code to the copy that replaces it. False when somebody woke it meanwhile."""
    if session is None:
        return True
    locked = actions.lock_session(session.pk)
    if lives_on(locked):
        return False
    other = new_code()
    Session.objects.filter(pk=locked.pk).update(code=other)
    Invite.objects.filter(session=locked, code=session.code).update(code=other)
    return True


def _replace(before: Session | None, session: Session) -> None:
    """Delete what was imported before. Photos that were fetched move to the new record, so that nobody fetches them again."""
    if before is None:
        return
    places = {note["url"]: place for place, note in reversed(list(enumerate(session.legacy_import.photos)))}
    old = LegacyImport.objects.get(session=before)
    for photo in LegacyPhoto.objects.filter(record=old).only("position"):
        place = places.get(old.photos[photo.position]["url"])
        if place is not None:
            LegacyPhoto.objects.filter(pk=photo.pk).update(record=session.legacy_import, position=place)
    before.delete()


def on_the_way_to(transport: Session.Transport, *, has_older_one: bool) -> dict[str, str]:
    """By which transport a session wakes. One that will go by broadcast but had a Conversation wakes in that Conversation
    and then leaves it: as long as its people are in it, that is where Twilio puts what they write."""
    if has_older_one and transport == Session.Transport.BROADCAST:
        return {"transport": Session.Transport.CONVERSATIONS, "moving_to": Session.Transport.BROADCAST}
    return {"transport": transport, "moving_to": ""}


def store(plan: Plan, contacts: dict[str, Contact], rules: Rules, *, at: datetime) -> Session:
    """Inside the caller's transaction. Raises IntegrityError when its code is taken."""
    transport = Session.Transport(rules.transport_of(plan.old.code))
    travels = on_the_way_to(transport, has_older_one=waking.is_a_conversation(plan.old.conversation_sid))
    session, people = importing.write_session(plan.old, plan.members, contacts, travels=travels, at=at)
    transcript.store(plan.old, session, plan.members, people)
    importing.write_record(plan.old, session, plan.members, people, key=plan.key, digest=plan.digest, at=at)
    return session
