"""Turns in which moderation or the model finds that somebody may come to harm."""

import pytest

from conversations_app.models import Problem, TurnAction
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.tests.test_concerns import IN_CRISIS, LINE, in_the_interview, status_of, written_by_us
from matchmaker.ai import moderation
from sessions_app.models import Fact, Session

VEILED = "tonight is the last you hear of me"


@pytest.fixture
def group(harness: ChatHarness) -> Group:
    return harness.settled_group("Abby", "Lena")


@pytest.fixture
def moderated(harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch) -> ChatHarness:
    """The server flags what only it understands. After `group`, whose emulator begins anew."""
    monkeypatch.setattr(moderation, "_not_before", {})
    flags = {VEILED: ["self-harm", "self-harm/intent"], "kindly vanish": ["harassment/threatening"]}
    harness.emulator.post("/emulator/model/moderations", json={"flag": flags}).raise_for_status()
    return harness


def test_what_the_server_flags_has_the_same_consequences(moderated: ChatHarness, group: Group) -> None:
    in_the_interview(moderated, group)
    before = written_by_us(group.session)

    group["Abby"].write(VEILED)
    moderated.settle()

    assert group["Abby"].got(LINE) == 1
    assert group["Lena"].got("988") == 0
    assert written_by_us(group.session) == before
    assert status_of(group) == Session.Status.SAFETY_HOLD
    assert Problem.objects.open()[0].is_urgent


def test_a_server_without_moderation_holds_nothing_up(moderated: ChatHarness, group: Group) -> None:
    moderated.faults(model={"moderations": "absent"})

    group["Lena"].write("Matchmaker, are you there?")
    moderated.settle()
    group["Abby"].write(IN_CRISIS)
    moderated.settle()

    assert group.session.turns.get().spoke
    assert group["Abby"].got(LINE) == 1


def test_the_model_can_flag_what_nobody_else_saw(harness: ChatHarness, group: Group) -> None:
    in_the_interview(harness, group)
    harness.script([{"name": "flag_safety", "arguments": {"kind": "self_harm", "quote": "give my plants to Lena"}}])

    group["Abby"].write("please give my plants to Lena when it's over")
    harness.settle()

    assert group["Abby"].got(LINE) == 1
    assert status_of(group) == Session.Status.SAFETY_HOLD
    assert "plants" not in str(list(TurnAction.objects.values_list("arguments", flat=True)))


def test_a_line_that_we_never_say_is_not_said(moderated: ChatHarness, group: Group) -> None:
    nasty = {"name": "say", "arguments": {"text": "Then kindly vanish, Lena."}}
    moderated.script([nasty], [{"name": "say", "arguments": {"text": "Hello Lena."}}])

    group["Lena"].write("Matchmaker, say hello")
    moderated.settle()

    assert group["Lena"].got("kindly vanish") == 0
    assert group["Lena"].got("Hello Lena.") == 1


def test_nothing_of_a_threat_is_kept_even_when_the_model_wants_it(harness: ChatHarness, group: Group) -> None:
    in_the_interview(harness, group)
    fact = {"name": "propose_fact", "arguments": {"field": "interests", "value": "golf", "quote": "golf"}}
    harness.script([fact])

    group["Lena"].write("I know where you live and where you play golf")
    harness.settle()

    assert not Fact.objects.filter(value="golf").exists()
