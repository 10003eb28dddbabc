"""Making versions, approving them, and taking them offline again."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from sessions_app import actions
from sessions_app.models import Draft, Fact, LockedSession, Participant, Photo, ProfileVersion, Session
from sessions_app.versions.content import Content, content_of, digest, missing


class NotAllowed(Exception):
    """Says why, in a line for whoever tried."""


class NotTheirs(NotAllowed):
    pass


class HasChanged(NotAllowed):
    pass


class StillMissing(NotAllowed):
    pass


_LACKING = {
    "first_name": "a first name",
    "age": "an age",
    "area": "where you live",
    "intention": "what you're looking for",
    "bio": "a bio that you've picked",
    "prompts": "three answers that you've picked",
}


def current(*, session: LockedSession, at: datetime) -> ProfileVersion:
    """The profile as it is now: the latest version or the one that strangers see, if it is that, else a new one."""
    content = content_of(session)
    fingerprint = digest(content)
    for known in (session.versions.last(), approved(session)):
        if known is not None and known.withdrawn_at is None and known.digest == fingerprint:
            return known
    highest = session.versions.aggregate(highest=Max("number"))["highest"] or 0
    return ProfileVersion.objects.create(
        session=session, number=highest + 1, content=content, digest=fingerprint, created_at=at
    )


def approve(*, version: ProfileVersion, by: Participant, where: actions.Place, at: datetime) -> ProfileVersion:
    """The primary person agrees to exactly this version, which strangers may see from now on. Raises NotTheirs,
    HasChanged, StillMissing; the same tap twice is once."""
    with transaction.atomic():
        session = actions.lock_session(version.session_id)
        by.refresh_from_db()
        if not by.is_primary or by.session_id != session.pk or by.left_at or not actions.has_consented(session):
            raise NotTheirs("Only the person whose profile it is can approve it.")
        version.refresh_from_db()
        if current(session=session, at=at) != version:
            raise HasChanged("Something has changed since. Have a look at the newest version first.")
        lacking = [_LACKING[slug] for slug in missing(session) if slug in _LACKING]
        if lacking:
            raise StillMissing(f"Before you approve it, it still needs {_listed(lacking)}.")
        if version.approved_at is None:
            version.approved_by, version.approved_at = by, at
            version.approved_in_id, version.approved_on_page_id = where.message_id, where.page_act_id
            version.save()
        if session.stage == "review":
            session.advance(to="approved", at=at)
    return version


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def approved(session: Session) -> ProfileVersion | None:
    """What strangers may see: the latest approved version, unless it was withdrawn, its owner's consent was, the
    session is on hold or sealed, or something in it was taken out."""
    latest = approved_at_all(session)
    if latest is None or latest.withdrawn_at is not None:
        return None
    # Asked of the row, not of `session`, which may have been read before it was sealed.
    shown = Session.objects.filter(pk=session.pk, sealed_at=None).exclude(status=Session.Status.SAFETY_HOLD)
    is_shown = shown.exists() and actions.has_consented(session)
    return latest if is_shown and _rests_on_what_stands(latest) else None


def approved_at_all(session: Session) -> ProfileVersion | None:
    """The latest that was approved, offline or not."""
    return session.versions.exclude(approved_at=None).order_by("approved_at", "number").last()


def _rests_on_what_stands(version: ProfileVersion) -> bool:
    """Whoever took something out withdraws the version as well; should that be forgotten, it is not shown either."""
    session, made_from = version.session, version.content["made_from"]
    facts = [fact for fact in session.facts.filter(pk__in=made_from["facts"]) if _still_stands(fact)]
    photos = session.photos.filter(pk__in=made_from["photos"], state=Photo.State.CHOSEN)
    drafts = session.drafts.filter(pk__in=made_from["drafts"]).exclude(state=Draft.State.FALLEN)
    found = {"facts": len(facts), "photos": photos.count(), "drafts": drafts.count()}
    return found == {kind: len(ids) for kind, ids in made_from.items()}


def _still_stands(fact: Fact) -> bool:
    """What was corrected stays until the correction is approved; of private answers nothing stays that was changed."""
    gone = (Fact.State.REJECTED, Fact.State.REPLACED) if fact.is_private else (Fact.State.REJECTED,)
    return fact.may_be_shown and fact.state not in gone


def listed(session: Session) -> QuerySet[ProfileVersion]:
    """All of them, the newest first, to be looked at side by side."""
    return session.versions.order_by("-number")


def withdraw_those_with(
    *,
    session: LockedSession,
    facts: Collection[int] = (),
    photos: Collection[int] = (),
    drafts: Collection[int] = (),
    at: datetime,
) -> int:
    """Take approved versions offline that show or rest on one of these, by their ids; how many there were."""
    standing = session.versions.filter(withdrawn_at=None).exclude(approved_at=None)
    touched = [version.pk for version in standing if _shows(version.content, facts, photos, drafts)]
    return ProfileVersion.objects.filter(pk__in=touched).update(withdrawn_at=at)


def erase_those_with(
    *,
    session: LockedSession,
    facts: Collection[int] = (),
    photos: Collection[int] = (),
    drafts: Collection[int] = (),
    at: datetime,
) -> int:
    """For good: what somebody wants forgotten is in no version any more. That there was one stays on record."""
    touched = [version for version in session.versions.all() if _shows(version.content, facts, photos, drafts)]
    for version in touched:
        version.content, version.digest = {}, ""
        version.withdrawn_at = version.withdrawn_at or at
        version.save(update_fields=["content", "digest", "withdrawn_at"])
    return len(touched)


def _shows(content: Content, facts: Collection[int], photos: Collection[int], drafts: Collection[int]) -> bool:
    made_from = content.get("made_from", {})
    wanted = {"facts": facts, "photos": photos, "drafts": drafts}
    return any(set(made_from.get(kind, ())) & set(ids) for kind, ids in wanted.items())
