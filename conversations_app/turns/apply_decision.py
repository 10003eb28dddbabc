"""Carries out a decision inside the transaction that closes its turn. Every action is checked again on fresh rows, since
people go on writing while the model thinks; what it then changes comes as effects."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from conversations_app import extensions
from conversations_app.membership import bindings, own_page_links
from conversations_app.models import Message, Problem, Turn, TurnAction
from conversations_app.models.turn import VALUES_OF_ACTIONS
from conversations_app.outbox import outgoing, wording
from conversations_app.photos import noting
from conversations_app.safety import consequences
from conversations_app.turns.snapshot import draft_alias, fact_alias, facts_of, id_in, interview_of, kept_form
from matchmaker import clock
from matchmaker.ai import effects, exits
from matchmaker.ai.actions import Action, Outcome, PickUpAgain, PlainLine, done, refused
from matchmaker.ai.decide import Attempt, Decision
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import BIO, Settles
from matchmaker.ai.turn_taking import Floor, Verdict
from sessions_app import actions, drafts, versions
from sessions_app.models import Draft, LockedSession, Participant, Photo, Session
from sessions_app.photos import choosing
from sessions_app.public_page import links

REFUSALS = (drafts.NotAllowed, choosing.NotAllowed, versions.NotAllowed)


@dataclass
class TurnContext:
    """What the steps of applying one decision share."""

    session: LockedSession
    interview: Interview
    at: datetime
    turn_id: int | None = None
    is_unprompted: bool = False
    said: bool = False
    new_rows: dict[str, int] = field(default_factory=dict)
    """Rows of what was kept or drafted in this turn, by the names that the interview's copy gave them."""
    facts_changed: bool = False
    """The rows hold facts that the interview's copy does not know of."""

    def person(self, alias: str) -> Participant:
        return Participant.objects.select_related("contact").get(pk=id_in(alias))

    def row_ids(self, aliases: tuple[str, ...]) -> list[int]:
        return [self.new_rows[alias] if alias in self.new_rows else id_in(alias) for alias in aliases]


def apply(session: LockedSession, turn: Turn, decision: Decision) -> bool:
    """True when something is said."""
    interview = interview_of(session, turn_id=turn.pk)
    verdict = decision.verdict
    is_unprompted = verdict is not None and verdict.floor is Floor.MAY_SPEAK
    context = TurnContext(session, interview, clock.now(), turn_id=turn.pk, is_unprompted=is_unprompted)
    rows = [
        _attempt(context, turn, position, attempt, is_wanted=decision.is_wanted(attempt))
        for position, attempt in enumerate(decision.attempts)
    ]
    if not context.said and decision.speaks and verdict is not None and verdict.floor is Floor.MUST_SPEAK:
        rows += _plain_line_instead(context, turn, verdict, position=len(rows))
    if not context.interview.consented or context.interview.is_over:
        # Until they said yes, and once they turn out to be under 18, nothing is kept beside the transcript.
        for row in rows:
            row.arguments = {name: value for name, value in row.arguments.items() if name not in VALUES_OF_ACTIONS}
    TurnAction.objects.bulk_create(rows)
    _move_on(context)
    return context.said


def pick_up_again(session: LockedSession) -> bool:
    """The time that they wanted to go on at has come. True when something is said."""
    context = TurnContext(session, interview_of(session), clock.now(), is_unprompted=True)
    _carry_out(context, PickUpAgain())
    return context.said


def _plain_line_instead(context: TurnContext, turn: Turn, verdict: Verdict, *, position: int) -> list[TurnAction]:
    """What was to be said no longer fits, since somebody left or wrote meanwhile; somebody waits all the same."""
    if not verdict.message:
        return []
    action = PlainLine(cause=verdict.cause, message=verdict.message)
    attempt = Attempt(action.name, action, done(), by_code=True)
    return [_attempt(context, turn, position, attempt, is_wanted=True)]


def _attempt(context: TurnContext, turn: Turn, position: int, attempt: Attempt, *, is_wanted: bool) -> TurnAction:
    outcome = attempt.outcome
    if attempt.action is not None and outcome.done:
        outcome = _carry_out(context, attempt.action) if is_wanted else refused("the turn ended before it was said")
    cited = getattr(attempt.action, "message", None)
    line = context.interview.line(cited) if cited else None
    return TurnAction(
        turn=turn,
        position=position,
        name=attempt.name,
        arguments=_arguments(attempt.action),
        message_id=id_in(line.id) if line else None,
        is_done=outcome.done,
        why=outcome.why[:300],
    )


def _carry_out(context: TurnContext, action: Action) -> Outcome:
    outcome = action.carry_out(context.interview)
    try:
        with transaction.atomic():
            for effect in outcome.effects if outcome.done else ():
                _STEPS[type(effect)](context, effect)
    except REFUSALS as refusal:
        # The rows know better than the copy: what else was decided in this turn stands all the same.
        context.interview = interview_of(context.session, turn_id=context.turn_id)
        return refused(str(refusal))
    if context.facts_changed:
        context.interview.facts, context.facts_changed = facts_of(context.session), False
    return outcome


def _arguments(action: Action | None) -> dict[str, Any]:
    """What is kept of a call: what was said to the group stands in the transcript."""
    return action.model_dump(exclude=set(action.keeps_quiet_about), exclude_none=True) if action else {}


# --- the profile ------------------------------------------------------------------------------------------------------


def _keep_fact(context: TurnContext, effect: effects.KeepFact) -> None:
    primary = context.interview.primary
    fact = actions.record_fact(
        session=context.session,
        field=effect.field,
        value=effect.value,
        said_by=context.person(effect.said_by),
        where=actions.Place(message_id=id_in(effect.message)),
        quote=effect.quote,
        confirmed=actions.Place(message_id=id_in(effect.confirmed_in)) if effect.confirmed_in else None,
        confirmed_by=context.person(primary) if effect.confirmed_in and primary else None,
        replaces=context.row_ids(effect.replaces),
        at=context.at,
    )
    context.new_rows[effect.id] = fact.pk
    drafts.fall_with(session=context.session, facts=context.row_ids(effect.replaces))


def _confirm(context: TurnContext, effect: effects.ConfirmFacts) -> None:
    replaced = context.row_ids(effect.replaces)
    actions.confirm_facts(**_deciding(context, effect), replaces=replaced)
    drafts.fall_with(session=context.session, facts=replaced)


def _strike(context: TurnContext, effect: effects.StrikeFacts) -> None:
    decision = _deciding(context, effect)
    actions.strike_facts(**decision)
    drafts.fall_with(session=context.session, facts=decision["facts"])
    # Taken out, it is not shown to strangers until another version is approved.
    versions.withdraw_those_with(session=context.session, facts=decision["facts"], at=context.at)
    # What they had replaced counts again, which only the rows know.
    context.facts_changed = True


def _restore(context: TurnContext, effect: effects.RestoreFacts) -> None:
    replaced = context.row_ids(effect.replaces)
    actions.restore_facts(**_deciding(context, effect), replaces=replaced)
    drafts.fall_with(session=context.session, facts=replaced)


def _deciding(
    context: TurnContext, effect: effects.ConfirmFacts | effects.StrikeFacts | effects.RestoreFacts
) -> dict[str, Any]:
    """Which facts somebody decided on, in which message and when."""
    return {
        "session": context.session,
        "facts": context.row_ids(effect.facts),
        "by": context.person(effect.by),
        "where": actions.Place(message_id=id_in(effect.message)),
        "at": context.at,
    }


# --- photos, drafts and versions --------------------------------------------------------------------------------------


def _use_photo(context: TurnContext, effect: effects.UsePhoto) -> None:
    put = choosing.make_main if effect.is_main else choosing.choose
    photo = context.session.photos.get(number=effect.number)
    put(session=context.session, photo=photo, shows=Photo.Shows(effect.shows), at=context.at)


def _leave_out_photo(context: TurnContext, effect: effects.LeaveOutPhoto) -> None:
    photo = context.session.photos.get(number=effect.number)
    choosing.leave_out(session=context.session, photo=photo, at=context.at)
    versions.withdraw_those_with(session=context.session, photos=[photo.pk], at=context.at)


def _add_draft(context: TurnContext, effect: effects.AddDraft) -> None:
    sentences = [(text, context.row_ids(facts)) for text, facts in effect.sentences]
    draft = drafts.add(
        session=context.session, kind=effect.kind, prompt=effect.prompt, sentences=sentences, at=context.at
    )
    context.new_rows[effect.id] = draft.pk


def _write_own(context: TurnContext, effect: effects.WriteOwn) -> None:
    draft = drafts.write_own(
        session=context.session,
        kind=effect.kind,
        prompt=effect.prompt,
        text=effect.text,
        by=context.person(effect.person),
        where=actions.Place(message_id=id_in(effect.message)),
        at=context.at,
    )
    context.new_rows[effect.id] = draft.pk


def _pick(context: TurnContext, effect: effects.PickDrafts) -> None:
    by, where = context.person(effect.person), actions.Place(message_id=id_in(effect.message))
    for draft in Draft.objects.filter(pk__in=context.row_ids(effect.drafts)).order_by("number"):
        drafts.pick(session=context.session, draft=draft, by=by, where=where, at=context.at)


def _leave_drafts(context: TurnContext, effect: effects.LeaveDrafts) -> None:
    drafts.leave(session=context.session, drafts=context.row_ids(effect.drafts))


def _cast_vote(context: TurnContext, effect: effects.CastVote) -> None:
    (draft_id,) = context.row_ids((effect.draft,))
    drafts.vote(
        session=context.session,
        draft=Draft.objects.get(pk=draft_id),
        by=context.person(effect.person),
        where=actions.Place(message_id=id_in(effect.message)),
        at=context.at,
    )


def _approve(context: TurnContext, effect: effects.Approve) -> None:
    """That it is the version they were shown was checked on these rows, which are locked."""
    versions.approve(
        version=versions.current(session=context.session, at=context.at),
        by=context.person(effect.person),
        where=actions.Place(message_id=id_in(effect.message)),
        at=context.at,
    )
    links.offer_first(context.session, context.at)


def _send_own_page(context: TurnContext, effect: effects.SendOwnPage) -> None:
    context.said = True
    own_page_links.send_link_unless_just_sent(
        context.person(effect.person), reason="link to their own page", at=context.at
    )


# --- gates ------------------------------------------------------------------------------------------------------------


def _make_primary(context: TurnContext, effect: effects.MakePrimary) -> None:
    actions.make_primary(participant=context.person(effect.person))


def _give_consent(context: TurnContext, effect: effects.GiveConsent) -> None:
    person, message_id = context.person(effect.person), id_in(effect.message)
    actions.record_consent(participant=person, message_id=message_id, at=context.at)
    if extensions.source().consent_given(context.session, person, message_id=message_id, at=context.at):
        context.facts_changed = True
    noting.note_earlier_photos(context.session)


def _set_adult(context: TurnContext, effect: effects.SetAdult) -> None:
    Session.objects.filter(pk=context.session.pk).update(is_adult=effect.is_adult)


def _hold_as_under_age(context: TurnContext, effect: effects.HoldAsUnderAge) -> None:
    """Profiles are for adults. What happens next, staff decide, not the model."""
    actions.hold_for_safety(session=context.session, at=context.at)
    outgoing.queue_message(
        session=context.session, kind=Message.Kind.ANNOUNCEMENT, body=wording.too_young(), at=context.at
    )
    code = context.session.code
    Problem.report(
        Problem.under_age_key(context.session),
        session=context.session,
        what=f"Asked to make sure, the primary person of {code} said they are under 18. The interview has stopped, and "
        "the profile is sealed.",
        to_do="Read the transcript. Then close the session for good, or release the hold if they are an adult after all.",
    )


# --- words ------------------------------------------------------------------------------------------------------------


def _write(context: TurnContext, effect: effects.Write) -> None:
    _to_the_group(context, effect.text)


def _to_the_group(context: TurnContext, text: str) -> Message:
    context.said = True
    return outgoing.queue_message(
        session=context.session,
        kind=Message.Kind.MATCHMAKER,
        body=text,
        at=context.at,
        is_unprompted=context.is_unprompted,
    )


def _write_privately(context: TurnContext, effect: effects.WritePrivately) -> None:
    """By the number that this person's group chat is on. Who has left meanwhile is not written to any more."""
    person = context.person(effect.person)
    binding = bindings.of_person(person)
    if binding is not None and person.contact.opted_out_at is None:
        context.said = True
        outgoing.queue_text(
            contact=person.contact,
            sender=binding.sender,
            session=context.session,
            reason="said by the matchmaker alone",
            body=effect.text,
        )


def _ask(context: TurnContext, effect: effects.Ask) -> None:
    message = _to_the_group(context, effect.text)
    actions.open_question(
        session=context.session,
        topic=effect.topic,
        asked_to=context.person(effect.to) if effect.to else None,
        message_id=message.pk,
        settles=_kept_form(context, effect.settles),
        to_make_sure=effect.to_make_sure,
        at=context.at,
    )
    if effect.topic == BIO:
        shown = context.row_ids(effect.settles.drafts)
        drafts.open_poll(session=context.session, drafts=shown, message_id=message.pk, at=context.at)


def _kept_form(context: TurnContext, settles: Settles) -> dict[str, Any]:
    kept = kept_form(settles)
    if settles.facts:
        kept["facts"] = [fact_alias(pk) for pk in context.row_ids(settles.facts)]
    if settles.drafts:
        kept["drafts"] = [draft_alias(pk) for pk in context.row_ids(settles.drafts)]
    return kept


def _close_question(context: TurnContext, effect: effects.CloseQuestion) -> None:
    actions.close_question(
        session=context.session, at=context.at, was_answered=effect.was_answered, was_skipped=effect.was_skipped
    )


def _nudge(context: TurnContext, effect: effects.Nudge) -> None:
    Session.objects.filter(pk=context.session.pk).update(nudge_at=context.at + timedelta(hours=effect.hours))


def _call_staff(context: TurnContext, effect: effects.CallStaff) -> None:
    Problem.report(
        f"{effect.key}-{context.session.pk}",
        session=context.session,
        what=f"{context.session.code}: {effect.what}",
        to_do=effect.to_do,
    )


def _raise_concern(context: TurnContext, effect: effects.RaiseConcern) -> None:
    message = Message.objects.select_related("author__contact").get(pk=id_in(effect.message))
    consequences.act_on(context.session, message, {effect.concern}, language=effect.language)


def _move_on(context: TurnContext) -> None:
    if context.interview.is_over:
        return
    for stage in exits.settle_stage(context.interview):
        context.session.advance(to=stage, at=context.at)
        outgoing.request_delivery(context.session)


_STEPS: dict[type[effects.Effect], Callable[[TurnContext, Any], None]] = {
    effects.KeepFact: _keep_fact,
    effects.ConfirmFacts: _confirm,
    effects.StrikeFacts: _strike,
    effects.RestoreFacts: _restore,
    effects.MakePrimary: _make_primary,
    effects.GiveConsent: _give_consent,
    effects.SetAdult: _set_adult,
    effects.HoldAsUnderAge: _hold_as_under_age,
    effects.Write: _write,
    effects.WritePrivately: _write_privately,
    effects.Ask: _ask,
    effects.UsePhoto: _use_photo,
    effects.LeaveOutPhoto: _leave_out_photo,
    effects.AddDraft: _add_draft,
    effects.WriteOwn: _write_own,
    effects.PickDrafts: _pick,
    effects.LeaveDrafts: _leave_drafts,
    effects.CastVote: _cast_vote,
    effects.Approve: _approve,
    effects.SendOwnPage: _send_own_page,
    effects.CloseQuestion: _close_question,
    effects.Nudge: _nudge,
    effects.CallStaff: _call_staff,
    effects.RaiseConcern: _raise_concern,
}
