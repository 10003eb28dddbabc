"""Having an earlier version again, as far as what it rests on still stands."""

from datetime import datetime

from django.db.models import Q

from matchmaker.ai.fields import FIELDS
from sessions_app import actions
from sessions_app.drafts import fall_without_facts
from sessions_app.models import Draft, Fact, LockedSession, Participant, Photo, ProfileVersion
from sessions_app.versions.approval import NotTheirs, current
from sessions_app.versions.in_words import SHOWN

_SHOW_THEIR_OWNER = (Photo.Shows.OWNER, Photo.Shows.TOGETHER)
_SHOWN = ("first_name", "age", "area", *SHOWN, "vouch_quote", "green_flags")
_GIVES_WAY = [slug for slug in _SHOWN if not FIELDS[slug].private]


def go_back_to(
    *,
    session: LockedSession,
    version: ProfileVersion,
    by: Participant,
    where: actions.Place,
    at: datetime,
) -> ProfileVersion:
    """Pick, choose and confirm again what made that version. It makes a new one, which needs its own approval. What was
    taken out or forgotten since stays out."""
    if not by.is_primary or by.session_id != session.pk or version.session_id != session.pk:
        raise NotTheirs("Only the person whose profile it is can go back to an earlier version.")
    made_from = version.content.get("made_from", {"facts": [], "drafts": [], "photos": []})
    _confirm_again(session, made_from["facts"], by, where, at)
    _pick_again(session, made_from["drafts"], where, at)
    _choose_again(session, made_from["photos"])
    return current(session=session, at=at)


def _confirm_again(
    session: LockedSession, facts: list[int], by: Participant, where: actions.Place, at: datetime
) -> None:
    """What was said later gives way, as it does to any correction, so that one may go forward again as well. Private
    answers stay as they are: only their owner's form changes them."""
    theirs = session.facts.filter(pk__in=facts, field__in=_GIVES_WAY)
    later = actions.live_facts(session).filter(field__in=_GIVES_WAY, is_public=True).exclude(pk__in=facts)
    later.filter(state=Fact.State.CONFIRMED).update(state=Fact.State.REPLACED)
    for fact in theirs.filter(state=Fact.State.REPLACED, session__sealed_at=None):
        if not actions.live_facts(session).filter(field=fact.field, value=fact.value).exists():
            Fact.objects.filter(pk=fact.pk).update(
                state=Fact.State.CONFIRMED, replaced_by=None, **where.as_decision(by=by, at=at)
            )


def _pick_again(session: LockedSession, drafts: list[int], where: actions.Place, at: datetime) -> None:
    standing = session.drafts.exclude(state=Draft.State.FALLEN)
    standing.filter(state=Draft.State.PICKED).exclude(pk__in=drafts).update(state=Draft.State.LEFT)
    # What was left and has no facts now may have them again, should they go forward.
    fall_without_facts(session=session, among=standing.filter(Q(pk__in=drafts) | Q(state=Draft.State.OFFERED)))
    standing.filter(pk__in=drafts).exclude(state=Draft.State.PICKED).update(
        state=Draft.State.PICKED, picked_in=where.message_id, picked_on_page=where.page_act_id, picked_at=at
    )


def _choose_again(session: LockedSession, photos: list[int]) -> None:
    kept = {photo.pk: photo for photo in session.photos.kept().filter(pk__in=photos)}
    # All of them, since the order is checked when the transaction ends but who is in the main one at once.
    session.photos.chosen().update(state=Photo.State.LEFT_OUT, place=None)
    in_order = [kept[pk] for pk in photos if pk in kept]
    # The main one has to show its owner; who is in it may have been said anew.
    in_order.sort(key=lambda photo: photo.shows not in _SHOW_THEIR_OWNER)
    if in_order and in_order[0].shows not in _SHOW_THEIR_OWNER:
        return
    for place, photo in enumerate(in_order, start=1):
        Photo.objects.filter(pk=photo.pk).update(state=Photo.State.CHOSEN, place=place)
