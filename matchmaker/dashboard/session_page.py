"""One session's page: everything on it, and the position that tells whether it has changed."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum

from conversations_app.models import Binding, Message, Problem, Receipt, Window
from conversations_app.outbox import links
from conversations_app.staff import interventions
from matchmaker import clock
from matchmaker.dashboard.people import PersonCard, people_of
from matchmaker.dashboard.profile import Profile, profile_of
from matchmaker.dashboard.transcript import Transcript, transcript_of
from matchmaker.dashboard.trouble import trouble_of, with_trouble
from matchmaker.dashboard.turn_cards import TurnCard, turns_of
from sessions_app.models import Fact, Invite, Question, Session


@dataclass(frozen=True)
class SessionPage:
    session: Session
    stage: str
    position: str
    trouble: list[str]
    people: list[PersonCard]
    invite: Invite | None
    invite_state: str
    invite_link: str
    transcript: Transcript
    profile: Profile
    question: Question | None
    turns: list[TurnCard]
    problems: QuerySet[Problem]
    unread: int
    can_pause: bool
    can_resume: bool
    can_release: bool
    can_unseal: bool
    can_close: bool
    can_say: bool
    can_invite: bool


def find_session(session_id: int) -> Any:
    """With what `trouble_of` and `position_of` need; None when there is none."""
    newest = Invite.objects.filter(session=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return with_trouble(Session.objects.filter(pk=session_id)).annotate(newest_invite=Subquery(newest)).first()


def page_of(session: Any, *, whole: bool = False) -> SessionPage:
    invite = session.invites.filter(retired_at=None).first()
    names = dict(session.participants.values_list("pk", "name"))
    return SessionPage(
        session=session,
        stage=session.stage.replace("_", " "),
        # Taken before the rest: what changes meanwhile is shown by the next poll.
        position=position_of(session),
        trouble=trouble_of(session),
        people=people_of(session),
        invite=invite,
        invite_state=invite.state_at(clock.now()) if invite else "",
        invite_link=links.invite_page_url(invite.code) if invite else "",
        transcript=transcript_of(session, whole=whole),
        profile=profile_of(session),
        question=session.questions.filter(closed_at__isnull=True).select_related("asked_to", "message").first(),
        turns=turns_of(session, names),
        problems=session.problems.filter(solved_at__isnull=True),
        unread=interventions.waiting_messages(session),
        can_pause=_is_possible(interventions.check_can_pause, session),
        can_resume=_is_possible(interventions.check_can_resume, session),
        can_release=_is_possible(interventions.check_can_release, session),
        can_unseal=_is_possible(interventions.check_can_unseal, session),
        can_close=_is_possible(interventions.check_can_close, session),
        # Any text will do: the question is whether the session could take one.
        can_say=_is_possible(interventions.check_can_say, session, "…"),
        can_invite=_is_possible(interventions.check_can_invite, session),
    )


def _is_possible(check: Any, *arguments: Any) -> bool:
    try:
        check(*arguments)
    except interventions.InterventionRefused:
        return False
    return True


def position_of(session: Any) -> str:
    """A fingerprint that changes whenever anything on the page does. Indexed counts only, as every open page polls it."""
    fingerprint = (
        # Whoever uses the invite shows among the people.
        (
            session.status,
            session.sealed_at,
            session.stage,
            session.is_adult,
            session.nudge_at,
            session.newest_invite,
            trouble_of(session),
        ),
        list(session.participants.values_list("pk", "name", "role", "left_at", "sealed_at").order_by("pk")),
        list(_bindings(session).values_list("state").annotate(Count("pk"), Max("pk")).order_by("state")),
        session.messages.aggregate(
            n=Count("pk"),
            newest=Max("pk"),
            # The rest change in place when a message is sent, tried again, held or removed.
            sids=Count("sid"),
            tries=Sum("attempts"),
            waiting=Count("pk", filter=Q(state=Message.State.WAITING)),
            removed=Count("removed_at"),
        ),
        Receipt.objects.filter(message__session=session).aggregate(
            Count("pk"), Max("updated_at"), Sum("rank"), Count("caught_up_at")
        ),
        list(_windows(session).values_list("last_inbound_at", "reminded_at", "template_sent_at").order_by("pk")),
        session.turns.aggregate(Max("pk"), Count("closed_at")),
        session.facts.aggregate(
            newest=Max("pk"), decided=Max("decided_at"), replaced=Count("pk", filter=Q(state=Fact.State.REPLACED))
        ),
        session.questions.aggregate(Max("pk"), Count("closed_at")),
        session.problems.aggregate(Max("last_at"), Count("solved_at")),
    )
    return hashlib.sha256(repr(fingerprint).encode()).hexdigest()[:16]


def _bindings(session: Session) -> QuerySet[Binding]:
    return Binding.objects.filter(participant__session=session)


def _windows(session: Session) -> QuerySet[Window]:
    return Window.objects.filter(contact__participations__session=session)
