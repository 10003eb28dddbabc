"""What people change, on their own page, of what is kept: everybody of what they said themselves, the primary person of
all that is kept about them. Each change is recorded as an act of theirs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from matchmaker.ai.fields import FIELDS
from sessions_app import actions, drafts, versions
from sessions_app.models import Fact, LockedSession, PageAct, Participant

UNDO_WITHIN = timedelta(days=1)
RATHER_NOT_SAY = "rather_not_say"


class ChangedMeanwhile(Exception):
    """What they saw on their page is no longer so."""


@dataclass(frozen=True)
class Answer:
    """To one field; without a value, nothing is kept of it."""

    values: Sequence[Any]
    is_public: bool


# --- what is kept -----------------------------------------------------------------------------------------------------


def kept_for(person: Participant) -> QuerySet[Fact]:
    """What they may see and take out: the primary person everything about themselves, friends what they said."""
    kept = actions.live_facts(person.session)
    return kept if person.is_primary else kept.filter(said_by=person, is_author_known=True)


def taken_out_by(person: Participant, at: datetime) -> QuerySet[Fact]:
    """What they can still bring back, the latest first."""
    struck = actions.struck_facts(person.session).filter(session__sealed_at=None)
    return struck.filter(decided_by=person, decided_at__gt=at - UNDO_WITHIN)


def take_out(*, session: LockedSession, person: Participant, fact_id: int, at: datetime) -> None:
    """Raises ChangedMeanwhile. Twice is once."""
    fact = _fact_of(session, fact_id)
    if fact.state == Fact.State.REJECTED and fact.decided_by_id == person.pk:
        return
    if not kept_for(person).filter(pk=fact.pk).exists():
        raise ChangedMeanwhile
    _strike(session, person, [fact.pk], _act(person, PageAct.What.TOOK_OUT, at), at)


def bring_back(*, session: LockedSession, person: Participant, fact_id: int, at: datetime) -> None:
    """Raises ChangedMeanwhile. Twice is once."""
    fact = _fact_of(session, fact_id)
    if kept_for(person).filter(pk=fact.pk).exists():
        return
    instead = actions.live_facts(session).filter(field=fact.field)
    is_settled = not _holds_several(fact.field) and instead.filter(state=Fact.State.CONFIRMED).exists()
    if not taken_out_by(person, at).filter(pk=fact.pk).exists() or (is_settled and not person.is_primary):
        raise ChangedMeanwhile
    replaced = [] if _holds_several(fact.field) else list(instead.values_list("pk", flat=True))
    where = _act(person, PageAct.What.BROUGHT_BACK, at)
    actions.restore_facts(session=session, facts=[fact.pk], by=person, where=where, replaces=replaced, at=at)
    drafts.fall_with(session=session, facts=replaced)


def agree_to(*, session: LockedSession, person: Participant, fact_id: int, at: datetime) -> None:
    """The primary person says that what was heard is right; what was said otherwise gives way. Raises
    ChangedMeanwhile. Twice is once."""
    fact = _fact_of(session, fact_id)
    live = actions.live_facts(session).filter(field=fact.field)
    if not person.is_primary or fact not in live:
        raise ChangedMeanwhile
    if fact.state == Fact.State.CONFIRMED:
        return
    others = [] if _holds_several(fact.field) else [other.pk for other in live if other != fact]
    where = _act(person, PageAct.What.CONFIRMED, at)
    actions.confirm_facts(session=session, facts=[fact.pk], by=person, where=where, replaces=others, at=at)
    # So that the one that counts now is put back, should this one be turned down after all.
    Fact.objects.filter(pk__in=others).update(replaced_by=fact)
    drafts.fall_with(session=session, facts=others)


def let_quote(*, session: LockedSession, person: Participant, fact_id: int, is_allowed: bool, at: datetime) -> None:
    """A friend lets praise of theirs stand on the profile, in their own words and by name, or no longer. Raises
    ChangedMeanwhile. Twice is once."""
    praise = kept_for(person).filter(pk=fact_id, field="green_flags", said_by=person).first()
    if praise is None:
        raise ChangedMeanwhile
    if is_allowed == (praise.allowed_on_page_id is not None):
        return
    if is_allowed:
        act = _act(person, PageAct.What.ALLOWED, at)
        actions.allow_quoting(session=session, fact=praise.pk, by=person, page_act_id=int(act.page_act_id or 0))
        return
    Fact.objects.filter(pk=praise.pk).update(allowed_on_page=None)
    versions.withdraw_those_with(session=session, facts=[praise.pk], at=at)


def _fact_of(session: LockedSession, fact_id: int) -> Fact:
    fact = session.facts.filter(pk=fact_id, session__sealed_at=None).first()
    if fact is None:
        raise ChangedMeanwhile
    return fact


def _strike(
    session: LockedSession, person: Participant, facts: Collection[int], where: actions.Place, at: datetime
) -> None:
    actions.strike_facts(session=session, facts=facts, by=person, where=where, at=at)
    drafts.fall_with(session=session, facts=facts)
    versions.withdraw_those_with(session=session, facts=facts, at=at)


# --- private questions ------------------------------------------------------------------------------------------------


def answer(*, session: LockedSession, person: Participant, answers: Mapping[str, Answer], at: datetime) -> bool:
    """Keep what the primary person answered, as confirmed by the same tap. False when that is how it was already."""
    changes = {slug: given for slug, given in answers.items() if _is_new(session, slug, given)}
    if not changes:
        return False
    where = _act(person, PageAct.What.ANSWERED, at)
    for slug, given in changes.items():
        _answer_one(session, person, slug, given, where, at)
    return True


def _is_new(session: LockedSession, slug: str, given: Answer) -> bool:
    kept = [(fact.value, fact.may_be_shown) for fact in _settled(session, slug)]
    wanted = [(value, given.is_public) for value in given.values]
    return sorted(kept, key=repr) != sorted(wanted, key=repr) or _heard(session, slug).exists()


def _answer_one(
    session: LockedSession, person: Participant, slug: str, given: Answer, where: actions.Place, at: datetime
) -> None:
    same = [fact for fact in _settled(session, slug) if fact.value in given.values]
    if given.is_public:
        # That it may be shown was said here: what the chat brought is told anew, from the page.
        same = [fact for fact in same if fact.page_act_id is not None]
    others = [fact.pk for fact in actions.live_facts(session).filter(field=slug) if fact not in same]
    new = [value for value in given.values if value not in [fact.value for fact in same]]
    if not new:
        _strike(session, person, others, where, at)
    drafts.fall_with(session=session, facts=others)
    for number, value in enumerate(new):
        # What they said before gives way to the first, and comes back if they undo it.
        actions.record_fact(
            session=session,
            field=slug,
            value=value,
            said_by=person,
            where=where,
            quote="",
            at=at,
            confirmed=where,
            confirmed_by=person,
            replaces=others if number == 0 else (),
            is_public=given.is_public,
        )
    _show_or_hide(session, same, given.is_public)
    # Strangers see nothing of it any more that is no longer so, or no longer theirs to see.
    shown = [fact.pk for fact in _settled(session, slug) if fact.may_be_shown]
    hidden = list(session.facts.filter(field=slug).exclude(pk__in=shown).values_list("pk", flat=True))
    versions.withdraw_those_with(session=session, facts=hidden, at=at)


def _show_or_hide(session: LockedSession, facts: list[Fact], is_public: bool) -> None:
    changed = [fact.pk for fact in facts if fact.is_public != is_public]
    Fact.objects.filter(pk__in=changed).update(is_public=is_public)
    if not is_public:
        drafts.fall_with(session=session, facts=changed)


def _settled(session: LockedSession, slug: str) -> QuerySet[Fact]:
    return actions.live_facts(session).filter(field=slug, state=Fact.State.CONFIRMED)


def _heard(session: LockedSession, slug: str) -> QuerySet[Fact]:
    return actions.live_facts(session).filter(field=slug, state=Fact.State.PROPOSED)


# --- undoing ----------------------------------------------------------------------------------------------------------


def last_change(person: Participant, at: datetime) -> PageAct | None:
    """The last act on their page that changed what is kept, and still stands."""
    lately = person.page_acts.filter(at__gt=at - UNDO_WITHIN).exclude(what=PageAct.What.BROUGHT_BACK)
    return next((act for act in lately.order_by("-pk")[:20] if _still_stands(act)), None)


def undo(*, session: LockedSession, person: Participant, act_id: int, at: datetime) -> None:
    """Raises ChangedMeanwhile, unless it is their last change. Twice is once."""
    act = person.page_acts.filter(pk=act_id).first()
    if act is not None and not _still_stands(act):
        return
    if act is None or last_change(person, at) != act:
        raise ChangedMeanwhile
    where = _act(person, PageAct.What.BROUGHT_BACK, at)
    struck = [fact.pk for fact in _struck_by(act)]
    agreed_to = list(_agreed_to_by(act).values_list("pk", flat=True))
    session.facts.filter(pk__in=agreed_to).update(
        state=Fact.State.PROPOSED, decided_by=None, decided_in=None, decided_on_page=None, decided_at=None
    )
    drafts.fall_with(session=session, facts=agreed_to)
    versions.withdraw_those_with(session=session, facts=agreed_to, at=at)
    _take_back_answers(session, person, act, where, at)
    actions.restore_facts(session=session, facts=struck, by=person, where=where, replaces=[], at=at)


def _take_back_answers(
    session: LockedSession, person: Participant, act: PageAct, where: actions.Place, at: datetime
) -> None:
    answers = list(_answered_by(act))
    before = [fact.pk for one in answers for fact in one.replaced.filter(state=Fact.State.REPLACED)]
    _strike(session, person, [fact.pk for fact in answers], where, at)
    for fact in session.facts.filter(pk__in=before):
        # It may have been said again meanwhile, in the chat.
        if not actions.is_kept(fact):
            was_confirmed = fact.decided_by_id is not None
            state = Fact.State.CONFIRMED if was_confirmed else Fact.State.PROPOSED
            Fact.objects.filter(pk=fact.pk).update(state=state, replaced_by=None)


def _still_stands(act: PageAct) -> bool:
    return any(facts.exists() for facts in (_answered_by(act), _struck_by(act), _agreed_to_by(act)))


def _answered_by(act: PageAct) -> QuerySet[Fact]:
    return actions.live_facts(act.participant.session).filter(page_act=act)


def _struck_by(act: PageAct) -> QuerySet[Fact]:
    return act.participant.session.facts.filter(
        decided_on_page=act, state=Fact.State.REJECTED, session__sealed_at=None
    )


def _agreed_to_by(act: PageAct) -> QuerySet[Fact]:
    confirmed = actions.live_facts(act.participant.session).filter(decided_on_page=act, state=Fact.State.CONFIRMED)
    return confirmed.exclude(page_act=act, page_act__isnull=False)


def _act(person: Participant, what: PageAct.What, at: datetime) -> actions.Place:
    return actions.Place(page_act_id=PageAct.objects.create(participant=person, what=what, at=at).pk)


def _holds_several(field: str) -> bool:
    return field in FIELDS and FIELDS[field].many
