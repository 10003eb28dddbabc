"""Carries out a decision inside the transaction that closes its turn. Every action is checked again on fresh rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conversations_app import extensions
from conversations_app.models import Message, Problem, Turn, TurnAction
from conversations_app.outbox import outgoing, wording
from conversations_app.turns.snapshot import facts_of, id_in, interview_of
from matchmaker import clock
from matchmaker.ai.actions import (
    Action,
    AskField,
    ClaimPrimary,
    ConfirmFact,
    ProposeFact,
    RecordConsent,
    RejectFact,
    Say,
)
from matchmaker.ai.decide import Attempt, Decision
from matchmaker.ai.fields import FIELDS
from matchmaker.ai.interview import Interview, Outcome, refused
from matchmaker.ai.records import State
from sessions_app import actions
from sessions_app.models import LockedSession, Participant, Session


@dataclass
class TurnContext:
    """What the steps of applying one decision share."""

    session: LockedSession
    turn: Turn
    interview: Interview
    at: datetime
    is_unprompted: bool = False
    said: bool = False
    unsealed: bool = False
    """Facts from before the import were opened in this turn, so the model could not know of it."""

    def author_of(self, message: str) -> Participant:
        line = self.interview.line(message)
        assert line is not None and line.author is not None  # `Interview.carry_out` has refused anything else
        return Participant.objects.get(pk=id_in(line.author))


def apply(session: LockedSession, turn: Turn, decision: Decision, *, is_unprompted: bool = False) -> bool:
    """True when something is said; `is_unprompted`: nobody waits for it."""
    interview = interview_of(session, turn_id=turn.pk)
    context = TurnContext(session, turn, interview, clock.now(), is_unprompted=is_unprompted)
    allowed = decision.actions
    rows = [
        _attempt(context, position, attempt, is_wanted=attempt.action in allowed)
        for position, attempt in enumerate(decision.attempts)
    ]
    if context.interview.is_cut_short:
        # Before their age is known to be an adult's, nothing that they say is kept beside the transcript.
        for row in rows:
            row.arguments.pop("value", None)
    TurnAction.objects.bulk_create(rows)
    _move_on(context)
    return context.said


def _attempt(context: TurnContext, position: int, attempt: Attempt, *, is_wanted: bool) -> TurnAction:
    outcome = attempt.outcome
    kept = _arguments(context.interview, attempt.action)
    if attempt.action is not None and outcome.done:
        outcome = _carry_out(context, attempt.action) if is_wanted else refused("the turn ended before it was said")
    cited = getattr(attempt.action, "message", None)
    line = context.interview.line(cited) if cited else None
    return TurnAction(
        turn=context.turn,
        position=position,
        name=attempt.name,
        arguments=kept,
        message_id=id_in(line.id) if line else None,
        is_done=outcome.done,
        why=outcome.why[:300],
    )


def _carry_out(context: TurnContext, action: Action) -> Outcome:
    outcome = context.interview.carry_out(action)
    step = _STEPS.get(type(action))
    if outcome.done and step is not None:
        step(context, action, outcome.values)
    return outcome


def _arguments(interview: Interview, action: Action | None) -> dict[str, Any]:
    """What is kept of a call. What was said stands in the transcript; values wait for the primary person's yes."""
    if action is None:
        return {}
    hidden = {"text", "wording"} | (set() if interview.consented else {"value"})
    return action.model_dump(exclude=hidden, exclude_none=True)


def _say(context: TurnContext, action: Say, values: dict[str, Any]) -> None:
    _write(context, action.text)


def _ask(context: TurnContext, action: AskField, values: dict[str, Any]) -> None:
    message = _write(context, _from_before(context, action.field) or action.wording)
    asked_to = Participant.objects.get(pk=id_in(action.to)) if action.to else None
    actions.open_question(
        session=context.session, topic=action.field, asked_to=asked_to, message_id=message.pk, at=context.at
    )


def _from_before(context: TurnContext, field: str) -> str:
    """In the turn that opens what was known: nobody is asked for what we have, but whether it is right."""
    waiting = [fact for fact in context.interview.live(field) if fact.state is State.PROPOSED]
    if not context.unsealed or len(waiting) != 1 or FIELDS[field].many:
        return ""
    return wording.known_from_before(field, waiting[0].value)


def _write(context: TurnContext, text: str) -> Message:
    context.said = True
    return outgoing.queue_message(
        session=context.session,
        kind=Message.Kind.MATCHMAKER,
        body=text,
        at=context.at,
        is_unprompted=context.is_unprompted,
    )


def _claim(context: TurnContext, action: ClaimPrimary, values: dict[str, Any]) -> None:
    actions.make_primary(participant=context.author_of(action.message))
    _question_answered(context)


def _consent(context: TurnContext, action: RecordConsent, values: dict[str, Any]) -> None:
    person, message_id = context.author_of(action.message), id_in(action.message)
    actions.record_consent(participant=person, message_id=message_id, at=context.at)
    if extensions.source().consent_given(context.session, person, message_id=message_id, at=context.at):
        context.interview.facts = facts_of(context.session)
        context.unsealed = True
    _question_answered(context)


def _propose(context: TurnContext, action: ProposeFact, values: dict[str, Any]) -> None:
    if action.field == "age" and not context.interview.asks_age_now:
        Session.objects.filter(pk=context.session.pk).update(is_adult=context.interview.adult)
    if "value" not in values:  # nothing to keep: all that is known is whether they are an adult
        _question_answered(context)
        return
    actions.record_fact(
        session=context.session,
        field=action.field,
        value=values["value"],
        said_by=context.author_of(action.message),
        message_id=id_in(action.message),
        confirmed=values["state"] is State.CONFIRMED,
        many=FIELDS[action.field].many,
        at=context.at,
    )
    _question_answered(context)


def _decide(context: TurnContext, action: ConfirmFact | RejectFact, values: dict[str, Any]) -> None:
    actions.decide_facts(
        session=context.session,
        field=action.field,
        values=values["values"],
        confirmed=isinstance(action, ConfirmFact),
        many=FIELDS[action.field].many,
        by=context.author_of(action.message),
        message_id=id_in(action.message),
        at=context.at,
    )
    _question_answered(context)


def _question_answered(context: TurnContext) -> None:
    """The working copy knows whether the action answered our open question."""
    if context.interview.question is None:
        actions.close_question(session=context.session, at=context.at)


def _move_on(context: TurnContext) -> None:
    if context.interview.adult is False:
        _hold(context)
        return
    if context.interview.asks_age_now:
        _make_sure_of_age(context)
    for stage in context.interview.advance():
        context.session.advance(to=stage, at=context.at)
        outgoing.request_delivery(context.session)


def _make_sure_of_age(context: TurnContext) -> None:
    """One number, heard once, holds nobody up: people joke and slip, and models cite the wrong line."""
    primary = context.session.participants.get(role=Participant.Role.PRIMARY)
    message = _write(context, wording.how_old_to_make_sure(primary.name))
    actions.open_question(
        session=context.session,
        topic="age",
        asked_to=primary,
        message_id=message.pk,
        at=context.at,
        to_make_sure=True,
    )


def _hold(context: TurnContext) -> None:
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


_STEPS: dict[type[Action], Callable[[TurnContext, Any, dict[str, Any]], None]] = {
    Say: _say,
    AskField: _ask,
    ClaimPrimary: _claim,
    RecordConsent: _consent,
    ProposeFact: _propose,
    ConfirmFact: _decide,
    RejectFact: _decide,
}
