"""Taking what people said and sent out of a profile for good: no row keeps it, and what rested on it falls.

Photos' files are deleted by whoever calls this, once it is committed: a storage can be slow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sessions_app import actions, versions
from sessions_app.models import (
    Draft,
    Fact,
    LockedSession,
    PageAct,
    Participant,
    Photo,
    Vote,
)

AFTER_DRAFTING = ("review", "approved")


@dataclass(frozen=True)
class Dropped:
    """What was taken out, for whoever has to find copies of it."""

    facts: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    """Values, quotes, and drafts that rested on them."""
    photos: tuple[tuple[UUID, bool], ...] = ()
    """Their folders, and whether a worker may still be filling them."""


def drop_profile(*, session: LockedSession, keep_act: int | None = None) -> Dropped:
    """The whole profile, whoever said it: it is all about its owner. `keep_act`: the tap by which they asked for it."""
    dropped = _dropped(session.facts.all(), session.drafts.all(), session.photos.all())
    # Votes, versions, drafts, photos and facts refer to one another and to acts, in this order.
    Vote.objects.filter(poll__session=session).delete()
    session.polls.all().delete()
    session.versions.all().delete()
    session.drafts.all().delete()
    session.photos.all().delete()
    session.facts.all().delete()
    PageAct.objects.filter(participant__session=session).exclude(pk__in=[keep_act] if keep_act else []).delete()
    session.share_links.all().delete()
    session.questions.exclude(settles={}).update(settles={})
    return dropped


def drop_share_of(*, session: LockedSession, participant: Participant, at: datetime) -> Dropped:
    """What one friend gave to it. Drafts that rest on it fall, and versions with it are taken offline and emptied."""
    # They decided on others' facts only while they were the primary person, about themselves.
    facts = session.facts.filter(Q(said_by=participant) | Q(decided_by=participant))
    photos = session.photos.filter(sent_by=participant)
    drafts = session.drafts.filter(Q(facts__in=facts) | Q(written_by=participant)).distinct()
    dropped = _dropped(facts, drafts, photos)
    Vote.objects.filter(participant=participant).delete()
    fallen = [draft.pk for draft in drafts]
    was_shown = versions.approved(session) is not None
    shown = [photo.pk for photo in photos]
    versions.erase_those_with(session=session, facts=dropped.facts, photos=shown, drafts=fallen, at=at)
    session.versions.filter(approved_by=participant).delete()
    is_reopened = was_shown and versions.approved(session) is None
    was_picked = session.drafts.filter(pk__in=fallen, state=Draft.State.PICKED).exists()
    session.drafts.filter(written_by=participant).delete()
    session.drafts.filter(pk__in=fallen).update(state=Draft.State.FALLEN, text="", sentences=[])
    photos.delete()
    _close_gaps(session)
    _forget_facts(session, list(facts))
    PageAct.objects.filter(participant=participant).delete()
    if session.stage in AFTER_DRAFTING and (was_picked or is_reopened):
        session.advance(to="drafting" if was_picked else "review", at=at)
    return dropped


def _dropped(facts: QuerySet[Fact], drafts: QuerySet[Draft], photos: QuerySet[Photo]) -> Dropped:
    rows = list(facts)
    texts = [text for fact in rows for text in (*_texts(fact.value), fact.quote)] + [draft.text for draft in drafts]
    return Dropped(
        facts=tuple(fact.pk for fact in rows),
        texts=tuple(text for text in texts if text),
        photos=tuple((photo.folder, photo.state == Photo.State.ARRIVING) for photo in photos),
    )


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _forget_facts(session: LockedSession, facts: list[Fact]) -> None:
    """What a value of theirs had replaced counts again, as if it had never been said."""
    for fact in facts:
        if fact.state == Fact.State.PROPOSED:
            actions.bring_back_what_it_replaced(fact, but_not_of=fact.said_by_id)
    session.facts.filter(pk__in=[fact.pk for fact in facts]).delete()


def _close_gaps(session: LockedSession) -> None:
    """A photo is gone from the middle of the order, or from its beginning."""
    for place, photo in enumerate(session.photos.chosen(), start=1):
        if place == 1 and photo.shows not in (Photo.Shows.OWNER, Photo.Shows.TOGETHER):
            # The main one has to show its owner: which one that is, they say anew.
            session.photos.chosen().update(state=Photo.State.OFFERED, place=None)
            return
        if photo.place != place:
            Photo.objects.filter(pk=photo.pk).update(place=place)
