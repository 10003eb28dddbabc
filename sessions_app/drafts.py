"""Drafts of a profile's texts: added, voted on, picked, written in one's own words, and what falls with a fact.

Whoever calls these has made sure who said so. The session is locked, so that two picks at once are one after the other.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Max, QuerySet

from matchmaker.ai.drafting import refusal_of_own_words
from matchmaker.ai.exits import ANSWERS
from matchmaker.ai.records import DraftKind
from sessions_app.actions import Place
from sessions_app.carrying import carries, tellable_facts
from sessions_app.models import Draft, LockedSession, Participant, Poll, Session, Vote

Sentences = Sequence[tuple[str, Collection[int]]]
"""Each sentence with the ids of the facts that it rests on."""


class NotAllowed(Exception):
    """Says why, in a line for whoever tried."""


def add(*, session: LockedSession, kind: str, prompt: str = "", sentences: Sentences, at: datetime) -> Draft:
    """A draft to be picked. That its facts carry it was checked by whoever calls."""
    draft = Draft.objects.create(
        session=session,
        kind=kind,
        prompt=prompt,
        text=" ".join(text.strip() for text, _ in sentences),
        number=_next_number(session, kind),
        sentences=[{"text": text, "facts": list(facts)} for text, facts in sentences],
        created_at=at,
    )
    draft.facts.set({fact for _, facts in sentences for fact in facts})
    return draft


def standing(session: Session) -> QuerySet[Draft]:
    """Those that may be picked, and those that are."""
    return session.drafts.standing()


def pick(*, session: LockedSession, draft: Draft, by: Participant, where: Place, at: datetime) -> None:
    """The primary person's choice, which may be another one than their friends'. What was picked in its place before
    may be picked again."""
    _check_primary(session, by)
    row = session.drafts.exclude(state=Draft.State.FALLEN).filter(pk=draft.pk).first()
    if row is None or not carries(tellable_facts(session), row):
        raise NotAllowed("That text isn't there any more: something in it was taken out.")
    if row.state == Draft.State.PICKED:
        return
    _make_room_for(row)
    Draft.objects.filter(pk=row.pk).update(state=Draft.State.PICKED, **_as_pick(where, at))
    if row.kind == Draft.Kind.BIO:
        session.polls.filter(closed_at=None).update(closed_at=at)


def write_own(
    *,
    session: LockedSession,
    kind: str,
    prompt: str = "",
    text: str,
    by: Participant,
    where: Place,
    at: datetime,
) -> Draft:
    """The primary person's own words, kept word for word and picked at once. Raises NotAllowed with what is wrong."""
    _check_primary(session, by)
    words = " ".join(text.split())
    refusal = refusal_of_own_words(DraftKind(kind), words)
    if refusal:
        raise NotAllowed(refusal)
    draft = Draft.objects.create(
        session=session,
        kind=kind,
        prompt=prompt,
        text=words,
        number=_next_number(session, kind),
        written_by=by,
        created_at=at,
        **where.as_source(),
    )
    pick(session=session, draft=draft, by=by, where=where, at=at)
    return draft


def leave(*, session: LockedSession, drafts: Collection[int]) -> None:
    """The primary person wants none of these, by their ids."""
    session.drafts.standing().filter(pk__in=drafts).update(state=Draft.State.LEFT, **_UNPICKED)


def open_poll(*, session: LockedSession, drafts: Collection[int], message_id: int, at: datetime) -> Poll:
    """The group sees these bios in that message. A poll that is open gives way: its drafts are shown again."""
    session.polls.filter(closed_at=None).update(closed_at=at)
    poll = Poll.objects.create(session=session, message_id=message_id, opened_at=at)
    poll.drafts.set(drafts)
    return poll


def poll_of(session: Session) -> Poll | None:
    """The one that is open."""
    return session.polls.filter(closed_at=None).first()


def vote(*, session: LockedSession, draft: Draft, by: Participant, where: Place, at: datetime) -> None:
    """A friend's, which counts until the primary person picks. Voting again changes it."""
    poll = poll_of(session)
    if poll is None or not poll.drafts.standing().filter(pk=draft.pk).exists():
        raise NotAllowed("The vote on that one is over.")
    if by.is_primary or by.session_id != session.pk or by.left_at is not None:
        raise NotAllowed("Friends vote, and whoever the profile is about picks.")
    choice = {"draft": draft, "at": at, **where.as_source()}
    Vote.objects.update_or_create(poll=poll, participant=by, defaults=choice)


def fall_with(*, session: LockedSession, facts: Collection[int]) -> list[Draft]:
    """What rests on facts that no longer hold cannot stand, nor be picked again; the drafts that fell."""
    return _fall(session.drafts.exclude(state=Draft.State.FALLEN).filter(facts__in=facts).distinct())


def fall_without_facts(*, session: LockedSession, among: QuerySet[Draft]) -> list[Draft]:
    """The same of whatever rests on facts that do not hold now, whichever they are."""
    facts = tellable_facts(session)
    return _fall(draft for draft in among.prefetch_related("facts") if not carries(facts, draft))


def _fall(drafts: Iterable[Draft]) -> list[Draft]:
    fallen = list(drafts)
    Draft.objects.filter(pk__in=[draft.pk for draft in fallen]).update(state=Draft.State.FALLEN, **_UNPICKED)
    return fallen


_UNPICKED = {"picked_in": None, "picked_on_page": None, "picked_at": None}


def _as_pick(where: Place, at: datetime) -> dict[str, object]:
    return {"picked_in_id": where.message_id, "picked_on_page_id": where.page_act_id, "picked_at": at}


def _check_primary(session: LockedSession, by: Participant) -> None:
    by.refresh_from_db(fields=["role", "session", "left_at"])
    if not by.is_primary or by.session_id != session.pk or by.left_at is not None:
        raise NotAllowed("Only the person whose profile it is can choose that.")


def _make_room_for(draft: Draft) -> None:
    """One bio, one answer to each prompt, and three answers in all: the earliest gives way."""
    picked = Draft.objects.filter(session=draft.session_id, kind=draft.kind, state=Draft.State.PICKED)
    if draft.kind == Draft.Kind.BIO:
        unwanted = picked
    else:
        others = picked.exclude(prompt=draft.prompt).order_by("-picked_at", "-number")
        kept = [other.pk for other in others[: ANSWERS - 1]]
        unwanted = picked.exclude(pk__in=kept)
    Draft.objects.filter(pk__in=[old.pk for old in unwanted]).update(state=Draft.State.LEFT, **_UNPICKED)
    if draft.kind == Draft.Kind.BIO:
        # The others were offered for the same place.
        offered = Draft.objects.filter(session=draft.session_id, kind=draft.kind, state=Draft.State.OFFERED)
        offered.exclude(pk=draft.pk).update(state=Draft.State.LEFT)


def _next_number(session: LockedSession, kind: str) -> int:
    highest: int | None = session.drafts.filter(kind=kind).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
