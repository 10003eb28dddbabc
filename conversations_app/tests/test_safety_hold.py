"""What staff do about a session: release a safety hold, or close it for good."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from conversations_app.gateway import api
from conversations_app.models import Binding, Conversation, Problem
from conversations_app.staff import interventions, reports
from conversations_app.staff.report_text import report_as_text
from conversations_app.tests.chat_harness import ChatHarness, Group
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Session


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    return harness.settled_group("Abby", "Lena")


only_conversations = pytest.mark.parametrize("transport", ["conversations"], indirect=True)


def hold(harness: ChatHarness, group: Group) -> Session:
    """Abby lives in Leeds, and says in the end that she is 16."""
    for text in ("it's about me, yes, I'm in, I'm 27", "I live in Leeds", "ok I lied, I'm 16", "16"):
        group["Abby"].write(text)
        harness.settle()
    session = Session.objects.get(pk=group.session.pk)
    assert session.status == "safety_hold"
    return session


def run(*arguments: str) -> str:
    told = StringIO()
    call_command(*arguments, stdout=told)
    return told.getvalue()


@only_conversations
def test_a_sealed_profile_is_kept_and_shown_to_nobody(harness: ChatHarness, group: Group) -> None:
    session = hold(harness, group)

    report = reports.session_report(session)

    assert actions.sealed_facts(session) == 2
    assert report["profile"] == {}
    assert "Leeds" not in str(report["turns"])
    assert "Sealed: what is known is kept" in report_as_text(report)


@only_conversations
def test_releasing_a_hold_puts_the_profile_back_and_the_matchmaker_goes_on(
    harness: ChatHarness, group: Group
) -> None:
    session = hold(harness, group)

    told = run("resume", session.code, "--apply")
    harness.settle()

    assert told.startswith(f"The safety hold of {session.code} is released, with 2 sealed facts in use again.")
    session.refresh_from_db()
    assert (session.status, session.sealed_at, session.is_adult) == ("active", None, None)
    assert reports.profile(session)["area"]["value"] == "Leeds"
    assert group["Lena"].got("we can carry on") == 1
    assert not Problem.objects.filter(key__startswith="under-18", solved_at=None).exists()


@only_conversations
def test_after_a_release_the_interview_goes_on_with_their_age(harness: ChatHarness, group: Group) -> None:
    session = hold(harness, group)
    interventions.release_hold(session, by="nora")
    harness.settle()

    for text in ("what do you need, Matchmaker?", "I'm 26"):
        group["Abby"].write(text)
        harness.settle()

    session.refresh_from_db()
    assert (session.status, session.is_adult) == ("active", True)


@only_conversations
def test_it_tells_what_a_release_would_do_and_does_nothing(harness: ChatHarness, group: Group) -> None:
    session = hold(harness, group)

    told = run("resume", session.code)

    assert f"This would release the safety hold of {session.code}, with 2 sealed facts in use again" in told
    assert Session.objects.get().status == "safety_hold"


@only_conversations
def test_nobody_can_start_over_while_staff_decide(harness: ChatHarness, group: Group) -> None:
    hold(harness, group)

    for text in ("restart", "yes"):
        group["Abby"].write(text)
        harness.settle()

    assert group["Abby"].got("I can't start over right now") == 1
    assert Session.objects.get().is_adult is False


def test_closing_says_goodbye_and_frees_everybody_for_another_group(harness: ChatHarness, group: Group) -> None:
    told = run("close", group.session.code, "--apply")
    harness.settle()

    assert told.startswith(f"{group.session.code} is closed for good.")
    assert [phone.got("Our team has closed this group") for phone in group.phones.values()] == [1, 1]
    assert Session.objects.get().status == "closed"
    assert not Binding.objects.held().exists()
    group["Lena"].write("start")
    harness.settle()
    assert Session.objects.exclude(pk=group.session.pk).exists()


@only_conversations
def test_closing_ends_it_at_twilio_but_not_in_the_request(harness: ChatHarness, group: Group) -> None:
    sid = group.conversation_sid
    before = len(harness.calls("POST", ""))

    interventions.close(group.session, by="nora")
    called_at_once = len(harness.calls("POST", "")) - before
    harness.settle()

    assert called_at_once == 0
    assert api.fetch_conversation(sid).state == Conversation.State.CLOSED
    assert Conversation.objects.get().state == Conversation.State.CLOSED


@only_conversations
def test_closing_is_tried_again_while_twilio_cannot_be_reached(harness: ChatHarness, group: Group) -> None:
    sid = group.conversation_sid
    harness.faults(rest={"http_500": 1.0})
    interventions.close(group.session, by="nora")
    for _ in range(3):
        harness.make_due()
        harness.work()
    harness.emulator.delete("/emulator/faults")

    harness.until_made_due(lambda: not Session.objects.filter(delivery_due_at__isnull=False).exists())

    assert api.fetch_conversation(sid).state == Conversation.State.CLOSED


@only_conversations
def test_closing_a_held_session_leaves_its_profile_sealed(harness: ChatHarness, group: Group) -> None:
    session = hold(harness, group)

    told = run("close", session.code, "--apply")

    session.refresh_from_db()
    assert "Its profile stays sealed." in told
    assert session.sealed_at is not None
    assert actions.sealed_facts(session) == 2
    assert not Problem.objects.filter(key__startswith="under-18", solved_at=None).exists()


@pytest.fixture
def session(db: None) -> Session:
    now = clock.now()
    return Session.objects.create(code="JS2HSG", stage_changed_at=now, created_at=now, last_activity_at=now)


@pytest.mark.parametrize(
    ("status", "act", "why"),
    [
        ("active", interventions.release_hold, "JS2HSG is not on safety hold: it is active."),
        ("safety_hold", interventions.resume, "JS2HSG is on safety hold: release the hold, or close the session."),
        ("closed", interventions.close, "JS2HSG is closed already."),
    ],
)
def test_it_says_why_something_is_not_possible(session: Session, status: str, act: Any, why: str) -> None:
    session.status = status
    session.save()

    with pytest.raises(interventions.InterventionRefused, match=why):
        act(session, by="nora")


def test_the_command_says_why_a_session_cannot_be_closed(session: Session) -> None:
    Session.objects.update(status="closed")

    with pytest.raises(CommandError, match="closed already"):
        run("close", "JS2HSG")
