"""A believable session, row by row, as the pipeline would have left it."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from conversations_app.models import (
    Binding,
    Conversation,
    Heartbeat,
    InboxEvent,
    Message,
    Problem,
    Receipt,
    Sender,
    Turn,
    TurnAction,
    Window,
)
from conversations_app.tests.webhook_requests import sid
from sessions_app.invites import first_invite
from sessions_app.models import Consent, Contact, Fact, Participant, Question, Session

_numbers = itertools.count(1)


def new_code() -> str:
    number = next(_numbers)
    return f"AB{number:04d}".replace("0", "Z").replace("1", "Y")


@dataclass
class SampleSession:
    """`minutes_ago` is when it began; each message moves on by twenty seconds."""

    code: str = field(default_factory=new_code)
    stage: str = "introduction"
    status: str = Session.Status.ACTIVE
    minutes_ago: float = 20

    def __post_init__(self) -> None:
        self.now = timezone.now() - timedelta(minutes=self.minutes_ago)
        self.session = Session.objects.create(
            code=self.code,
            stage=self.stage,
            status=self.status,
            stage_changed_at=self.now,
            created_at=self.now,
            last_activity_at=self.now,
        )
        first_invite(self.session, at=self.now)
        self.conversation = Conversation.objects.create(
            session=self.session, sid=sid("CH"), state=Conversation.State.ACTIVE, created_at=self.now
        )
        self.people: dict[str, Participant] = {}
        self.index = itertools.count()

    def joins(self, name: str, *, role: str = "friend", address: str = "", **more: Any) -> Participant:
        address = address or f"whatsapp:+1555020{next(_numbers):04d}"
        contact = Contact.objects.create(address=address, display_name=name, created_at=self.now)
        person = Participant.objects.create(
            session=self.session,
            contact=contact,
            name=name,
            role=role,
            is_creator=not self.people,
            joined_at=self.tick(),
        )
        sender, _ = Sender.objects.get_or_create(address="whatsapp:+15005550006")
        bound = {"state": Binding.State.BOUND, "participant_sid": sid("MB"), **more}
        Binding.objects.create(
            participant=person,
            conversation=self.conversation,
            address=address,
            sender=sender,
            created_at=self.now,
            **bound,
        )
        Window.objects.create(contact=contact, sender=sender, last_inbound_at=self.now)
        self.people[name] = person
        return person

    def tick(self) -> datetime:
        self.now += timedelta(seconds=20)
        return self.now

    def says(self, name: str, body: str, **more: Any) -> Message:
        at = self.tick()
        Session.objects.filter(pk=self.session.pk).update(last_activity_at=at)
        values: dict[str, Any] = {"kind": Message.Kind.PERSON, "sid": sid("IM"), "index": next(self.index)}
        return Message.objects.create(
            session=self.session,
            conversation=self.conversation,
            author=self.people[name],
            body=body,
            at=at,
            **{**values, **more},
        )

    def we_say(self, body: str, kind: str = Message.Kind.MATCHMAKER, **more: Any) -> Message:
        self.session.last_out_seq += 1
        self.session.save(update_fields=["last_out_seq"])
        state = more.setdefault("state", Message.State.SENT)
        sent = {"sid": sid("IM"), "index": next(self.index)} if state == Message.State.SENT else {}
        return Message.objects.create(
            session=self.session,
            conversation=self.conversation,
            kind=kind,
            body=body,
            at=self.tick(),
            out_seq=self.session.last_out_seq,
            **sent,
            **more,
        )

    def receipt(self, message: Message, name: str, status: str, error_code: str = "") -> Receipt:
        return Receipt.objects.create(
            message=message,
            participant=self.people[name],
            status=status,
            rank=4,
            error_code=error_code,
            updated_at=timezone.now(),
        )

    def fact(
        self, name: str, slug: str, value: Any, message: Message, quote: str = "", state: str = "confirmed"
    ) -> Fact:
        decided = state != Fact.State.PROPOSED
        decision = {"decided_by": self.people[name], "decided_in": message, "decided_at": self.now} if decided else {}
        return Fact.objects.create(
            session=self.session,
            field=slug,
            value=value,
            state=state,
            said_by=self.people[name],
            message=message,
            quote=quote,
            created_at=self.now,
            **decision,
        )

    def turn(self, *actions: dict[str, Any], state: str = Turn.State.CLOSED, **more: Any) -> Turn:
        closed = {} if state == Turn.State.OPEN else {"closed_at": timezone.now()}
        turn = Turn.objects.create(
            session=self.session, state=state, stage=self.session.stage, at=self.now, **closed, **more
        )
        for position, action in enumerate(actions):
            TurnAction.objects.create(turn=turn, position=position, **{"is_done": True, **action})
        return turn

    def problem(self, what: str, to_do: str = "", *, is_urgent: bool = False) -> Problem:
        key = f"test-{next(_numbers)}"
        return Problem.objects.create(key=key, session=self.session, what=what, to_do=to_do, is_urgent=is_urgent)


def abbys_session() -> SampleSession:
    """Three people, one of whom left; a profile half done; some of what can go wrong."""
    sample = SampleSession(code="JS2HSG", stage="stories", minutes_ago=22)
    abby = sample.joins("Abby", role="primary")
    sample.joins("Lena")
    sample.joins("Sam", address="+15550109003")
    hello = sample.we_say("Welcome, Abby! I'm Matchmaker, an AI. First things first: who is the profile about?")
    for name in ("Abby", "Lena", "Sam"):
        sample.receipt(hello, name, "read" if name == "Abby" else "delivered")
    sample.we_say("Lena joined the group.", Message.Kind.ANNOUNCEMENT)
    sample.says("Lena", "OMG finally 😂 this is about Abby obviously")
    yes = sample.says("Abby", "it's about me, yes, I'm in, I'm 27")
    Consent.objects.create(participant=abby, kind="profile", message=yes, given_at=sample.now)
    sample.fact("Abby", "age", 27, yes, "I'm 27")
    sample.fact("Abby", "first_name", "Abby", yes)
    sample.turn(
        {"name": "record_consent", "arguments": {"message": f"m{yes.pk}"}, "message": yes},
        {"name": "propose_fact", "arguments": {"field": "age", "value": 27, "message": f"m{yes.pk}"}, "message": yes},
        {"name": "ask_field", "arguments": {"field": "area", "to": f"p{abby.pk}"}, "message": yes},
        spoke=True,
        reason="Abby answered our open question.",
        tokens=1842,
        duration_ms=1400,
        floor="must",
    )
    sample.we_say("Thank you, Abby. Which city or area do you live in?")
    area = sample.says("Abby", "Hackney, London. 5'6\" if that matters, and into bouldering")
    sample.fact("Abby", "area", "Hackney, London", area, "Hackney, London")
    sample.fact("Abby", "height_cm", 168, area, "5'6\"")
    sample.fact("Abby", "interests", "bouldering", area, "into bouldering")
    lena = sample.says("Lena", "and night swimming!! she once jumped in the Thames in March for a lost frisbee")
    sample.fact("Lena", "interests", "night swimming", lena, "and night swimming!!", state="proposed")
    sample.fact("Abby", "quirk", "collects bus tickets", area, state="rejected")
    sample.says("Sam", "", media=[{"sid": sid("ME"), "content_type": "image/jpeg", "filename": "frisbee.jpg"}])
    sample.turn(
        {
            "name": "confirm_fact",
            "arguments": {"field": "interests", "message": f"m{lena.pk}"},
            "message": lena,
            "is_done": False,
            "why": "only the primary person decides about their profile",
        },
        {"name": "stay_silent", "arguments": {"reason": "two friends are enjoying themselves"}},
        reason="Two people are talking to each other, and no question of ours is open.",
        tokens=1630,
        duration_ms=900,
    )
    asked = sample.we_say(
        "Night swimming, says Lena. Is that yours to keep, Abby? And tell me about an ordinary Sunday."
    )
    sample.receipt(asked, "Abby", "delivered")
    sample.receipt(asked, "Sam", "undelivered", "30003")
    sample.problem(
        "Messages of JS2HSG do not reach Sam: the phone could not be reached.",
        "Ask the person to write to the group, or to join from another channel.",
    )
    Question.objects.create(
        session=sample.session, topic="interests", asked_to=abby, message=asked, asked_at=sample.now
    )
    sample.says("Abby", "ha. guilty. Sundays I fix my bike badly and then walk to the market with it")
    sample.turn(
        error="The model did not answer within 30 s.",
        reason="The model did not answer within 30 s.",
        duration_ms=30000,
    )
    sample.we_say("Hi all, Nora from the team here. Matchmaker had a short nap; carry on!", Message.Kind.STAFF)
    sample.we_say(
        "Which of these Sundays would you show somebody new?",
        state=Message.State.HELD,
        error="Twilio answered 503 to every try.",
        attempts=9,
    )
    return sample


def busy_night() -> None:
    """What the list and the overview show on a busy night."""
    abbys_session()
    paused = SampleSession(code="KQ7MPT", stage="looking_for", status=Session.Status.PAUSED, minutes_ago=95)
    paused.joins("Imani", role="primary")
    paused.joins("Theo")
    paused.says("Imani", "can we stop for today?")
    held = SampleSession(code="WX4ZNA", status=Session.Status.SAFETY_HOLD, minutes_ago=40)
    held.joins("Robin")
    held.says("Robin", "im 16 does that matter")
    held.problem(
        "The primary person of WX4ZNA said they are under 18. The interview has stopped.",
        "Read the transcript and close the session.",
    )
    calm = SampleSession(code="BD8RFE", stage="basics", minutes_ago=8)
    for name in ("Jonas", "Mia", "Ben", "Alva", "Yusuf"):
        calm.joins(name, role="primary" if name == "Jonas" else "friend")
    calm.says("Jonas", "I'm Jonas, 31")
    calm.turn(spoke=True, reason="Jonas answered our open question.", tokens=900, duration_ms=1100)
    fresh = SampleSession(code="PH3VCK", minutes_ago=1)
    fresh.joins("Zoë")
    fresh.we_say("Welcome, Zoë!")
    InboxEvent.objects.create(
        kind="conversation", event_type="onMessageAdded", key="onMessageAdded:IM1", payload={"Body": "hello"}
    )
    Heartbeat.beat("worker")
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(minutes=4))
