"""A turn of the matchmaker: claimed under a lease, decided with nothing locked, closed in one transaction.

Nothing is locked while the model thinks, since that may take a minute in which people go on writing. So the session may
have changed by the time of the answer; closing looks at it afresh under its lock.
"""

from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet

from conversations_app import backoff, extensions
from conversations_app.claims import ClaimLost, Claims
from conversations_app.db_clock import ClockTime, in_seconds
from conversations_app.models import Conversation, Message, Problem, Turn
from conversations_app.outbox import outgoing
from conversations_app.photos import fetching
from conversations_app.turns import apply_decision
from conversations_app.turns.snapshot import interview_of
from matchmaker import clock
from matchmaker.ai import fixed_lines
from matchmaker.ai.decide import DECISION_TIMEOUT_S, Decision, decide
from matchmaker.ai.interview import Interview
from matchmaker.ai.model import Model
from matchmaker.ai.prompt import may_be_answered
from matchmaker.ai.turn_taking import FULL, HALF, Floor, Judge
from sessions_app import actions
from sessions_app.models import LockedSession, Photo, Session, Stage

log = structlog.get_logger()

# Longer than any decision can take, so that a lost lease means a lost worker.
LEASE_S = DECISION_TIMEOUT_S + 30
CLAIMS = Claims(Turn.objects.filter(state=Turn.State.OPEN), LEASE_S)
# One failure is often a hiccup of the provider's, and after two a group has waited for half a minute.
STAFF_HEAR_AFTER = 3
# Some messages may kill whoever reads them (memory, a crash in C code). A lost lease takes a minute or two to notice,
# so a deployment or a full machine is over by then.
MOST_ABANDONED = 5
A_DAY = timedelta(hours=24)
MODEL_DOWN = "model-down"


def due_turns(limit: int) -> list[int]:
    """Ids of sessions with a batch that is complete, and with no worker at it."""
    due = _ready().exclude(is_in_a_turn())
    return list(due.order_by("turn_due_at").values_list("pk", flat=True)[:limit])


def is_in_a_turn() -> Exists:
    """Of a session: a worker is asking the model for it just now."""
    return Exists(Turn.objects.filter(CLAIMS.held(), state=Turn.State.OPEN, session=OuterRef("pk")))


def _ready() -> QuerySet[Session]:
    """Of an imported session it is first settled whether another app still answers, and what was said meanwhile."""
    unsettled = Conversation.objects.filter(
        session=OuterRef("pk"),
        state=Conversation.State.CREATING,
        session__in=extensions.source().imported_sessions(),
    )
    # Whoever sends a photo is thanked for it by its number, which it has a second or two later.
    arriving = Photo.objects.filter(fetching.on_first_try(), session=OuterRef("pk"))
    return Session.objects.with_turn_due().exclude(Exists(unsettled)).exclude(Exists(arriving))


def take_turn(session_id: int) -> bool:
    """One turn, start to end. False when there is none to take."""
    turn = claim_turn(session_id)
    if turn is None:
        return False
    try:
        interview = interview_of(turn.session, turn_id=turn.pk)
        judge = _judge_of(turn.session)
        # The model may take a minute, for which others need the connection more.
        connection.close()
        close_turn(turn, decide(interview, judge, model=model_in_use(), matchmaker=settings.MATCHMAKER_NAME))
    except Exception as error:
        # A fault of ours must not make a group silent with nobody told: it counts as a failed try like the model's.
        log.exception("turn_failed", turn=turn.pk, session=session_id)
        close_turn(turn, Decision(error=f"a fault of ours ({type(error).__name__})", is_our_fault=True))
    return True


def model_in_use() -> Model:
    return Model(settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY, settings.OPENAI_MODEL)


def _judge_of(session: Session) -> Judge:
    now = clock.now()
    is_quiet = session.quiet_until is not None and session.quiet_until > now
    return Judge(
        settings.MATCHMAKER_NAME,
        said_today=said_unprompted_today(session),
        budget=HALF if is_quiet else FULL,
    )


def said_unprompted_today(session: Session) -> int:
    return session.messages.filter(is_unprompted=True, at__gt=clock.now() - A_DAY).count()


# --- claiming ---------------------------------------------------------------------------------------------------------


def claim_turn(session_id: int) -> Turn | None:
    """Open a turn with every waiting message; None when nothing is due or another worker has the session."""
    with transaction.atomic():
        session = actions.lock_session_if_free(session_id, among=_ready())
        if session is None or not _take_over(session):
            return None
        turn = _open_turn(session)
        is_hopeless = turn is not None and turn.abandonments >= MOST_ABANDONED
        # Due again when the lease ends: should this worker be lost, another one finds the session by itself.
        lease_ends = in_seconds(LEASE_S) if turn and not is_hopeless else None
        # Somebody wrote, so there is nothing left to nudge about, unless this turn finds that there is.
        nudge_at = F("nudge_at") if turn is None else None
        Session.objects.filter(pk=session_id).update(turn_due_at=lease_ends, batch_opened_at=None, nudge_at=nudge_at)
        if turn and is_hopeless:
            # Closed unread, so that the group goes on with its next message.
            lost = Decision(error=f"{turn.abandonments} workers were lost over it")
            _record(turn, lost, state=Turn.State.CLOSED, spoke=False, reason=f"Let go: {lost.error}.")
    if turn and turn.abandonments >= STAFF_HEAR_AFTER:
        _tell_of_lost_workers(session, turn)
    if turn and is_hopeless:
        _tell_of_no_answer(session)
        return None
    return turn


def _take_over(session: LockedSession) -> bool:
    """False while another worker holds the open turn; a lost one's turn is abandoned and its messages wait again."""
    open_turn = Turn.objects.filter(session=session, state=Turn.State.OPEN).first()
    if open_turn is None:
        return True
    lost = CLAIMS.take(Turn.objects.filter(state=Turn.State.OPEN), open_turn.pk)
    if lost is None:
        return False
    CLAIMS.release(lost, state=Turn.State.ABANDONED, closed_at=ClockTime(), error="Its worker was lost.")
    _put_inputs_back(lost)
    return True


def _open_turn(session: LockedSession) -> Turn | None:
    waiting = Message.objects.filter(session=session, needs_turn=True, turn__isnull=True)
    span = waiting.aggregate(first=Min("pk"), last=Max("pk"))
    if span["first"] is None:
        return None
    before = Turn.objects.filter(session=session).order_by("-pk").first()
    carried = before if before and before.state != Turn.State.CLOSED else None
    turn = Turn.objects.create(
        session=session,
        generation=(before.generation + 1) if before else 1,
        leased_until=in_seconds(LEASE_S),
        stage=session.stage,
        stage_version=_stage_version(session),
        first_input=span["first"],
        last_input=span["last"],
        drafts_discarded=carried.drafts_discarded if carried else 0,
        failures=carried.failures if carried else 0,
        abandonments=carried.abandonments + (carried.state == Turn.State.ABANDONED) if carried else 0,
        at=clock.now(),
    )
    waiting.update(turn=turn)
    return turn


def _stage_version(session: Session) -> int:
    row = Stage.objects.filter(slug=session.stage, is_current=True).first()
    return row.version if row else 1


def _put_inputs_back(turn: Turn) -> None:
    Message.objects.filter(turn=turn).update(turn=None)


# --- closing ----------------------------------------------------------------------------------------------------------


def close_turn(turn: Turn, decision: Decision) -> None:
    """Apply a decision, or put it aside; nothing at all when the lease was lost meanwhile."""
    try:
        session, closed = _close_if_ours(turn, decision)
    except ClaimLost:
        log.warning("turn_lease_lost", turn=turn.pk, session=turn.session_id)
        return
    log.info(
        "turn_closed",
        session=session.pk,
        turn=turn.pk,
        state=closed.state,
        spoke=closed.spoke,
        ms=decision.duration_ms,
    )
    if decision.failed and turn.failures + 1 >= STAFF_HEAR_AFTER:
        _tell_staff(session, turn, decision)
    if decision.failed and closed.state == Turn.State.CLOSED:
        _tell_of_no_answer(session)
    if closed.follows_trouble:
        _note_what_works_again(session, decision)


def _close_if_ours(turn: Turn, decision: Decision) -> tuple[LockedSession, Any]:
    """The turn with `follows_trouble`. Raises ClaimLost, with nothing applied."""
    with transaction.atomic():
        # The session before its turn, as everywhere (docs/decisions/leases.md).
        session = actions.lock_session(turn.session_id)
        CLAIMS.lock(turn)
        _close(session, turn, decision)
        # Asked along with what became of it, so that a turn without trouble costs no query more.
        trouble = Problem.objects.open().filter(key__in=_keys_of_trouble(session))
        return session, Turn.objects.annotate(follows_trouble=Exists(trouble)).get(pk=turn.pk)


def _close(session: LockedSession, turn: Turn, decision: Decision) -> None:
    if session.status != Session.Status.ACTIVE:
        # Staff took over while it was thinking; its messages are read when the session is handed back.
        _put_aside(session, turn, decision, Turn.State.DISCARDED, f"the session is {session.status}", again_in_s=0)
    elif decision.speaks and turn.drafts_discarded == 0 and _has_newer_messages(session):
        # Once only: a group that never stops writing would otherwise never be answered.
        Turn.objects.filter(pk=turn.pk).update(drafts_discarded=1)
        _put_aside(session, turn, decision, Turn.State.DISCARDED, "something newer arrived", again_in_s=0)
    elif decision.failed and not backoff.TURN.is_used_up(turn.failures + 1):
        Turn.objects.filter(pk=turn.pk).update(failures=turn.failures + 1)
        pause = backoff.TURN.pause_after(turn.failures + 1)
        _put_aside(session, turn, decision, Turn.State.DISCARDED, "it is tried again", again_in_s=pause)
    else:
        if not _has_newer_messages(session):
            Session.objects.filter(pk=session.pk).update(turn_due_at=None, batch_opened_at=None)
        # After a fault of ours there is nothing to carry out, and doing so may be what failed.
        said = not decision.is_our_fault and apply_decision.apply(session, turn, decision)
        if decision.failed:
            said = said or _try_to_say_that_we_are_down(session, turn)
        _record(turn, decision, state=Turn.State.CLOSED, spoke=said, reason=_reason(decision, said))


def _try_to_say_that_we_are_down(session: LockedSession, turn: Turn) -> bool:
    """Whatever kept us from deciding may keep us from this as well, and the turn is to be closed all the same."""
    try:
        with transaction.atomic():
            return _say_that_we_are_down(session, turn)
    except Exception:
        log.exception("outage_not_told", turn=turn.pk, session=session.pk)
        return False


def _say_that_we_are_down(session: LockedSession, turn: Turn) -> bool:
    """Once an outage, and only where somebody waits for us: silence would look like rudeness, and a line after each
    message like a machine gone mad. True if it is said."""
    interview = interview_of(session, turn_id=turn.pk)
    if session.status != Session.Status.ACTIVE or not _somebody_waits(session, interview):
        return False
    last_good = session.turns.filter(state=Turn.State.CLOSED, error="").order_by("-pk").first()
    said = session.messages.filter(purpose=Message.Purpose.OUTAGE)
    if last_good is not None:
        said = said.filter(at__gt=last_good.at)
    if said.exists():
        return False
    outgoing.queue_message(
        session=session,
        kind=Message.Kind.MATCHMAKER,
        body=fixed_lines.line("outage", interview.language),
        at=clock.now(),
        purpose=Message.Purpose.OUTAGE,
    )
    return True


def _somebody_waits(session: Session, interview: Interview) -> bool:
    """Unread by a model, a message under our open question may well answer it."""
    return may_be_answered(interview) or _judge_of(session)(interview).floor is Floor.MUST_SPEAK


def _has_newer_messages(session: Session) -> bool:
    return Message.objects.filter(session=session, needs_turn=True, turn__isnull=True).exists()


def _put_aside(
    session: Session, turn: Turn, decision: Decision, state: Turn.State, why: str, *, again_in_s: float
) -> None:
    _put_inputs_back(turn)
    due = in_seconds(again_in_s * settings.TURN_PACE)
    Session.objects.filter(pk=session.pk).update(turn_due_at=due, batch_opened_at=ClockTime())
    _record(turn, decision, state=state, spoke=False, reason=f"Put aside: {why}.")


def _reason(decision: Decision, said: bool) -> str:
    why = decision.verdict.why if decision.verdict else ""
    return why if said else decision.error or decision.silence or why


def _record(turn: Turn, decision: Decision, *, state: Turn.State, spoke: bool, reason: str) -> None:
    was_closed = state == Turn.State.CLOSED
    Turn.objects.filter(pk=turn.pk).update(
        state=state,
        floor=decision.verdict.floor if decision.verdict and was_closed else "",
        spoke=spoke,
        reason=reason[:300],
        plain_line=decision.plain_line if was_closed else "",
        tokens=decision.tokens,
        tokens_out=decision.tokens_out,
        duration_ms=decision.duration_ms,
        error=decision.error[:300],
        closed_at=ClockTime(),
        leased_until=None,
    )


def _tell_staff(session: Session, turn: Turn, decision: Decision) -> None:
    times = turn.failures + 1
    if decision.is_our_fault:
        Problem.report(
            _failing(session),
            session=session,
            what=f"The matchmaker cannot answer {session.code}: {decision.error}, {times} times in a row.",
            to_do=f"Please report it with the traceback, which the worker's log has as turn_failed for turn {turn.pk}.",
        )
        return
    Problem.report(
        MODEL_DOWN,
        what=f"The matchmaker cannot answer {session.code}: {decision.error}, {times} times in a row.",
        to_do="Try another model: this one answers with nothing that can be used. `manage.py doctor` shows what it does."
        if decision.was_useless
        else "Check OPENAI_BASE_URL, OPENAI_API_KEY and the provider's status page.",
    )


def _tell_of_lost_workers(session: Session, turn: Turn) -> None:
    Problem.report(
        _losing_workers(session),
        session=session,
        what=f"{turn.abandonments} workers in a row were lost while the matchmaker was reading {session.code}.",
        to_do=f"Check the workers' memory and what their log says last. These messages are let go after "
        f"{MOST_ABANDONED} workers.",
    )


def _tell_of_no_answer(session: Session) -> None:
    """Solved by staff alone: that later messages are answered does not answer these."""
    Problem.report(
        f"unanswered-{session.pk}",
        session=session,
        what=f"The matchmaker gave up on the last messages of {session.code}, and nobody has answered them.",
        to_do="Read the end of its transcript and write to the group as staff if it matters. It goes on by itself with "
        "the next message.",
    )


def _note_what_works_again(session: Session, decision: Decision) -> None:
    if not decision.failed:
        Problem.objects.filter(key__in=_keys_of_trouble(session)).resolve()


def _keys_of_trouble(session: Session) -> list[str]:
    """Of the problems that a turn that goes well solves."""
    return [MODEL_DOWN, _failing(session), _losing_workers(session)]


def _failing(session: Session) -> str:
    return f"turn-failed-{session.pk}"


def _losing_workers(session: Session) -> str:
    return f"turn-lost-{session.pk}"
