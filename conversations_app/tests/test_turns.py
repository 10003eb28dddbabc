"""Claiming, deciding and closing a turn, at the emulator's model."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from conversations_app.models import Message, Problem, Turn
from conversations_app.staff import reports
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.turns import lifecycle
from conversations_app.turns.snapshot import interview_of
from matchmaker import clock
from matchmaker.ai.decide import Decision, decide
from sessions_app import actions
from sessions_app.models import Consent, Fact, Participant, Session


@pytest.fixture
def group(harness: ChatHarness) -> Group:
    return harness.settled_group("Abby", "Lena", "Sam")


def arrived(harness: ChatHarness, group: Group, name: str, body: str) -> Message:
    """Process a message without taking its turn."""
    group[name].write(body)
    found: list[Message] = []

    def is_stored() -> bool:
        harness.process_inbox()
        found[:] = Message.objects.filter(body=body)
        return bool(found)

    harness.wait_for(is_stored)
    return found[0]


def make_due() -> None:
    Session.objects.filter(turn_due_at__isnull=False).update(turn_due_at=F("created_at"))


def call(name: str, **arguments: Any) -> dict[str, Any]:
    return {"name": name, "arguments": arguments}


def test_a_burst_becomes_one_turn(harness: ChatHarness, group: Group) -> None:
    for number in range(6):
        arrived(harness, group, ("Abby", "Lena", "Sam")[number % 3], f"message {number}")

    harness.settle()

    [turn] = Turn.objects.all()
    assert turn.inputs.count() == 6


def test_only_one_worker_gets_the_turn(harness: ChatHarness, group: Group) -> None:
    arrived(harness, group, "Abby", "hello")
    make_due()

    first, second = lifecycle.claim_turn(group.session.pk), lifecycle.claim_turn(group.session.pk)

    assert first is not None
    assert second is None


def test_a_message_during_a_turn_discards_the_draft_once(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: Any, **more: Any) -> Decision:
        arrived(harness, group, "Lena", f"wait! {Turn.objects.count()}")
        return decide(*args, **more)

    monkeypatch.setattr(lifecycle, "decide", interrupted)
    arrived(harness, group, "Abby", "Matchmaker, what is this?")
    for _ in range(2):
        make_due()
        lifecycle.take_turn(group.session.pk)

    first, second = Turn.objects.order_by("pk")
    assert (first.state, second.state) == ("discarded", "closed")
    assert second.inputs.count() == 2
    assert second.spoke


def test_a_worker_that_lost_its_lease_writes_nothing(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*args: Any, **more: Any) -> Decision:
        monkeypatch.setattr(lifecycle, "decide", decide)
        Turn.objects.update(leased_until=F("opened_at"))
        Session.objects.update(turn_due_at=F("created_at"), batch_opened_at=F("created_at"))
        assert lifecycle.take_turn(group.session.pk)
        return decide(*args, **more)

    monkeypatch.setattr(lifecycle, "decide", overtaken)
    arrived(harness, group, "Abby", "Matchmaker, what is this?")
    make_due()
    lifecycle.take_turn(group.session.pk)

    assert sorted(Turn.objects.values_list("state", flat=True)) == ["abandoned", "closed"]
    assert Message.objects.filter(kind="matchmaker", state="waiting").count() == 1


def test_a_lost_workers_turn_is_retried_without_a_new_message(harness: ChatHarness, group: Group) -> None:
    arrived(harness, group, "Abby", "Matchmaker, what is this?")
    make_due()
    lifecycle.claim_turn(group.session.pk)  # and the worker is gone
    assert Session.objects.filter(pk=group.session.pk, turn_due_at__isnull=False).exists()

    Turn.objects.update(leased_until=F("opened_at"))
    make_due()  # as it is of itself when the lease ends

    assert group.session.pk in lifecycle.due_turns(10)
    assert lifecycle.take_turn(group.session.pk)


def lose_workers(group: Group, times: int) -> None:
    """Each worker claims the turn and dies before it has decided anything."""
    for _ in range(times):
        Turn.objects.filter(state="open").update(leased_until=F("opened_at"))
        make_due()
        assert lifecycle.claim_turn(group.session.pk)
    Turn.objects.filter(state="open").update(leased_until=F("opened_at"))
    make_due()


def test_staff_are_alerted_when_a_turn_kills_its_third_worker(harness: ChatHarness, group: Group) -> None:
    arrived(harness, group, "Abby", "Matchmaker?")

    lose_workers(group, 3)
    assert not Problem.objects.exists()
    lifecycle.claim_turn(group.session.pk)

    assert "3 workers in a row" in Problem.objects.get().what


def test_messages_that_kill_every_worker_are_let_go_and_the_group_goes_on(harness: ChatHarness, group: Group) -> None:
    arrived(harness, group, "Abby", "Matchmaker?")
    lose_workers(group, lifecycle.MOST_ABANDONED)

    assert lifecycle.claim_turn(group.session.pk) is None

    last = Turn.objects.order_by("-pk")[0]
    assert (last.state, last.spoke, last.reason) == ("closed", False, "Let go: 5 workers were lost over it.")
    assert Problem.objects.open().filter(key=f"unanswered-{group.session.pk}").exists()
    assert group.session.pk not in lifecycle.due_turns(10)
    arrived(harness, group, "Abby", "Matchmaker, are you there?")
    make_due()
    assert lifecycle.take_turn(group.session.pk)
    assert Turn.objects.order_by("-pk")[0].inputs.get().body == "Matchmaker, are you there?"
    assert Problem.objects.get(key=f"turn-lost-{group.session.pk}").solved_by_itself


def test_a_pause_during_a_turn_silences_it_and_loses_nothing(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def paused(*args: Any, **more: Any) -> Decision:
        group.session.pause()
        return decide(*args, **more)

    monkeypatch.setattr(lifecycle, "decide", paused)
    message = arrived(harness, group, "Abby", "Matchmaker, what is this?")
    make_due()
    lifecycle.take_turn(group.session.pk)

    assert not Message.objects.filter(kind="matchmaker", state="waiting").exists()
    message.refresh_from_db()
    assert message.turn is None and message.needs_turn
    group.session.resume()
    assert group.session.pk in lifecycle.due_turns(10)


def test_a_model_that_is_down_is_retried_and_then_reported_to_staff(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    arrived(harness, group, "Abby", "Matchmaker?")

    for _ in range(6):
        make_due()
        assert lifecycle.take_turn(group.session.pk)

    assert list(Turn.objects.order_by("pk").values_list("state", flat=True)) == ["discarded"] * 5 + ["closed"]
    assert Problem.objects.filter(key="model-down").exists()


def used_up(harness: ChatHarness, group: Group, text: str) -> None:
    """Somebody writes, and every try at an answer fails."""
    arrived(harness, group, "Abby", text)
    for _ in range(6):
        make_due()
        assert lifecycle.take_turn(group.session.pk)


def outage_lines() -> int:
    return Message.objects.filter(purpose="outage").count()


def test_whoever_waits_hears_of_an_outage_once(harness: ChatHarness, group: Group, settings: Any) -> None:
    right, settings.OPENAI_BASE_URL = settings.OPENAI_BASE_URL, "http://127.0.0.1:9/v1"
    used_up(harness, group, "Matchmaker?")
    used_up(harness, group, "Matchmaker, hello?")
    assert outage_lines() == 1

    settings.OPENAI_BASE_URL = right
    arrived(harness, group, "Abby", "Matchmaker, back again?")
    make_due()
    lifecycle.take_turn(group.session.pk)
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    used_up(harness, group, "Matchmaker, and now?")

    assert outage_lines() == 2


def test_nobody_hears_of_an_outage_that_they_do_not_wait_for(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    actions.close_question(session=group.session, at=clock.now())
    used_up(harness, group, "I watered the plants today")

    assert outage_lines() == 0


@pytest.mark.parametrize(
    "useless", [[call("fly_away")], [call("say", words="?")], [{"name": "say", "arguments": '{"text": "Hel'}]]
)
def test_answers_that_cannot_be_used_are_retried_and_reported(
    harness: ChatHarness, group: Group, useless: list[dict[str, Any]]
) -> None:
    harness.script(*[useless] * 12)
    used_up(harness, group, "Matchmaker?")

    assert list(Turn.objects.order_by("pk").values_list("state", flat=True)) == ["discarded"] * 5 + ["closed"]
    assert "Try another model" in Problem.objects.get(key="model-down").to_do
    assert outage_lines() == 1


def test_characters_that_postgres_cannot_store_are_removed_from_the_models_words(
    harness: ChatHarness, group: Group
) -> None:
    message = arrived(harness, group, "Abby", "Matchmaker?")
    harness.script([{"name": "say", "arguments": f'{{"text": "He\\u0000llo \\ud83d", "message": "m{message.pk}"}}'}])
    make_due()
    lifecycle.take_turn(group.session.pk)

    assert Message.objects.get(kind="matchmaker", state="waiting").body == "Hello"


def test_our_own_exception_in_a_turn_is_reported_to_staff(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **more: Any) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr("conversations_app.turns.apply_decision.apply", broken)
    arrived(harness, group, "Abby", "Matchmaker?")
    for _ in range(3):
        make_due()
        lifecycle.take_turn(group.session.pk)

    problem = Problem.objects.get()
    assert "ZeroDivisionError" in problem.what
    assert f"turn {Turn.objects.order_by('pk')[2].pk}" in problem.to_do
    assert "OPENAI" not in problem.to_do
    assert not Turn.objects.filter(state="open").exists()


@pytest.mark.parametrize(("broken_part", "told"), [("apply_decision.apply", 1), ("lifecycle.interview_of", 0)])
def test_whoever_waits_hears_of_a_fault_of_ours_unless_it_silences_us_too(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch, broken_part: str, told: int
) -> None:
    def broken(*args: Any, **more: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(f"conversations_app.turns.{broken_part}", broken)
    used_up(harness, group, "Matchmaker?")

    assert outage_lines() == told
    assert Turn.objects.latest("pk").state == "closed"


def test_an_exception_before_the_model_call_counts_as_a_failed_attempt(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **more: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(lifecycle, "interview_of", broken)
    arrived(harness, group, "Abby", "Matchmaker?")
    for _ in range(6):
        make_due()
        assert lifecycle.take_turn(group.session.pk)

    assert list(Turn.objects.order_by("pk").values_list("state", flat=True)) == ["discarded"] * 5 + ["closed"]
    assert "ZeroDivisionError" in Problem.objects.get(key=f"turn-failed-{group.session.pk}").what


def fail_three_times(harness: ChatHarness, group: Group) -> None:
    arrived(harness, group, "Abby", "Matchmaker?")
    for _ in range(3):
        make_due()
        lifecycle.take_turn(group.session.pk)


def test_the_problem_closes_when_the_model_answers_again(harness: ChatHarness, group: Group, settings: Any) -> None:
    right = settings.OPENAI_BASE_URL
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    fail_three_times(harness, group)
    assert Problem.objects.open().filter(key="model-down").exists()

    settings.OPENAI_BASE_URL = right
    make_due()
    lifecycle.take_turn(group.session.pk)

    assert Problem.objects.get(key="model-down").solved_by_itself


def test_the_problem_of_our_own_exception_closes_after_a_successful_turn(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **more: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(lifecycle, "interview_of", broken)
    fail_three_times(harness, group)

    monkeypatch.setattr(lifecycle, "interview_of", interview_of)
    make_due()
    lifecycle.take_turn(group.session.pk)

    assert Problem.objects.get().solved_by_itself


def test_a_turn_without_trouble_asks_nothing_more_of_the_problems(harness: ChatHarness, group: Group) -> None:
    arrived(harness, group, "Abby", "Matchmaker?")
    make_due()

    with CaptureQueriesContext(connection) as queries:
        lifecycle.take_turn(group.session.pk)

    statements = [query["sql"] for query in queries]
    assert any(sql.startswith('UPDATE "conversations_app_turn"') for sql in statements)
    assert not any(sql.startswith('UPDATE "conversations_app_problem"') for sql in statements)


def test_a_question_that_never_went_out_is_not_open(harness: ChatHarness, group: Group) -> None:
    question = group.session.questions.get(closed_at__isnull=True)
    Message.objects.filter(pk=question.message_id).update(state="refused")

    assert interview_of(group.session).question is None


def test_an_answer_that_cannot_be_used_is_recorded_and_tried_again(harness: ChatHarness, group: Group) -> None:
    message = arrived(harness, group, "Abby", "Matchmaker?")
    good_then_bad = [call("say", text="Half an answer", message=f"m{message.pk}"), call("fly_away")]
    harness.script(good_then_bad, [call("say", words="?")])
    make_due()
    lifecycle.take_turn(group.session.pk)

    turn = Turn.objects.get()
    assert (turn.state, turn.spoke) == ("discarded", False)
    assert "could not be understood, twice" in turn.error
    make_due()
    assert lifecycle.take_turn(group.session.pk)
    assert Turn.objects.order_by("-pk")[0].spoke


def test_it_records_what_a_turn_read_tried_and_cost(harness: ChatHarness, group: Group) -> None:
    first = arrived(harness, group, "Abby", "it's about me, yes, I'm in, I'm 27")
    make_due()
    lifecycle.take_turn(group.session.pk)

    turn = Turn.objects.get()
    assert (turn.first_input, turn.last_input) == (first.pk, first.pk)
    assert turn.tokens > turn.tokens_out > 0
    taken = turn.actions.get(name="take_answer")
    assert (taken.is_done, taken.message_id, taken.arguments) == (True, first.pk, {"message": f"m{first.pk}"})


def test_nothing_is_stored_before_the_primary_person_consents(harness: ChatHarness, group: Group) -> None:
    message = arrived(harness, group, "Abby", "it's about me. I live in Leeds")
    harness.script(
        [
            call("claim_primary", message=f"m{message.pk}"),
            call("propose_fact", field="area", value="Leeds", message=f"m{message.pk}"),
        ],
        [call("stay_silent", reason="waiting for a yes")],
        [call("stay_silent", reason="waiting for a yes")],
    )
    make_due()
    lifecycle.take_turn(group.session.pk)

    assert Fact.objects.count() == 0
    kept = Turn.objects.get().actions.get(name="propose_fact")
    assert "Leeds" not in str(kept.arguments)


def test_consent_covers_what_was_said_before_it(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("it's about Abby, she lives in Leeds")
    harness.settle()
    for text in ("yes, it's about me", "yes, I'm in", "27"):
        group["Abby"].write(text)
        harness.settle()

    assert Consent.objects.get(kind="profile").participant.name == "Abby"
    assert Fact.objects.get(field="age").value == 27
    assert Fact.objects.get(field="area").value == "Leeds"


def test_nothing_is_stored_from_a_model_that_lies_about_authors(harness: ChatHarness, group: Group) -> None:
    harness.faults(model={"model_mode": "liar"})
    for name, text in (("Abby", "haha no idea"), ("Lena", "she is great"), ("Sam", "what is on tonight?")):
        group[name].write(text)
        harness.settle()

    assert not Participant.objects.filter(role="primary").exists()
    assert not Consent.objects.filter(kind="profile").exists()
    assert not Fact.objects.exists()


def test_one_number_under_18_is_asked_about_and_holds_nobody_up(harness: ChatHarness, group: Group) -> None:
    for text in ("it's about me, yes, I'm in", "I'm 16"):
        group["Abby"].write(text)
        harness.settle()

    group.session.refresh_from_db()
    assert (group.session.status, group.session.is_adult) == ("active", None)
    assert group["Abby"].got("Just to be sure, Abby: how old are you?") == 1
    assert group.session.questions.get(closed_at=None).to_make_sure
    assert not Problem.objects.exists()


def test_a_plain_answer_under_18_seals_the_profile_and_staff_hear_of_it(harness: ChatHarness, group: Group) -> None:
    for text in ("it's about me, yes, I'm in, I'm 27", "I live in Leeds", "ok I lied, I'm 16", "16"):
        group["Abby"].write(text)
        harness.settle()

    group.session.refresh_from_db()
    assert (group.session.status, group.session.is_adult) == ("safety_hold", False)
    assert group.session.sealed_at is not None
    assert Fact.objects.filter(field="area").exists()
    assert not actions.live_facts(group.session).exists()
    last = Turn.objects.order_by("-pk")[0]
    assert [set(arguments) for arguments in last.actions.values_list("arguments", flat=True)] == [{"message"}]
    assert "close the session for good, or release" in Problem.objects.get(key__startswith="under-18").to_do
    assert group["Lena"].got("for adults only") == 1


def test_an_adults_answer_goes_on_with_the_interview(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    for text in ("I'm 16 minutes away", "27 :)"):
        group["Abby"].write(text)
        harness.settle()

    group.session.refresh_from_db()
    assert (group.session.status, group.session.is_adult) == ("active", True)
    assert [fact.value for fact in actions.live_facts(group.session).filter(field="age")] == [27]
    assert not group.session.questions.filter(closed_at=None, to_make_sure=True).exists()


def test_a_friends_answer_to_the_question_about_age_decides_nothing(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 16")
    harness.settle()
    group["Lena"].write("16")
    harness.settle()

    group.session.refresh_from_db()
    assert group.session.status == "active"
    assert group.session.questions.get(closed_at=None).to_make_sure


@pytest.mark.parametrize(
    ("text", "is_unprompted"), [("Matchmaker, are you there?", False), ("I watered the plants today", True)]
)
def test_only_what_nobody_waited_for_counts_as_unprompted(
    harness: ChatHarness, group: Group, text: str, is_unprompted: bool
) -> None:
    message = arrived(harness, group, "Lena", text)
    harness.script([call("say", text="I am listening.", message=f"m{message.pk}")])
    make_due()
    lifecycle.take_turn(group.session.pk)

    assert Message.objects.get(body="I am listening.").is_unprompted is is_unprompted
    assert reports.turns(group.session)[-1]["unprompted"] is is_unprompted


def test_the_daily_budget_counts_no_answers(harness: ChatHarness, group: Group) -> None:
    before = lifecycle.said_unprompted_today(group.session)
    Message.objects.filter(kind="matchmaker").update(is_unprompted=True)

    assert (before, lifecycle.said_unprompted_today(group.session) > 0) == (0, True)


def scripted_turn(harness: ChatHarness, group: Group, name: str, text: str, *calls: dict[str, Any]) -> None:
    message = arrived(harness, group, name, text)
    harness.script([{**one, "arguments": {**one["arguments"], "message": f"m{message.pk}"}} for one in calls])
    make_due()
    lifecycle.take_turn(group.session.pk)


def areas(group: Group) -> dict[str, str]:
    return {fact.value: fact.state for fact in actions.live_facts(group.session).filter(field="area")}


def test_a_correction_that_is_taken_back_again_is_stored(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    berlin, hamburg = (
        call("propose_fact", field="area", value=value, quote=value) for value in ("Berlin", "Hamburg")
    )
    scripted_turn(harness, group, "Abby", "I moved to Berlin", berlin)
    scripted_turn(harness, group, "Abby", "sorry, to Hamburg", hamburg)

    scripted_turn(
        harness, group, "Abby", "not that one, it's Berlin again", call("reject_fact", field="area"), berlin
    )

    assert areas(group) == {"Berlin": "proposed"}
    assert Turn.objects.order_by("-pk")[0].error == ""


def test_undo_confirms_nothing_that_nobody_agreed_to(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    berlin, hamburg = (
        call("propose_fact", field="area", value=value, quote=value) for value in ("Berlin", "Hamburg")
    )
    scripted_turn(harness, group, "Abby", "I moved to Berlin", berlin)
    scripted_turn(harness, group, "Abby", "scrap that", call("forget", field="area"))
    scripted_turn(harness, group, "Abby", "put it back in", call("undo"))
    scripted_turn(harness, group, "Abby", "sorry, to Hamburg", hamburg)

    scripted_turn(harness, group, "Abby", "scrap that one too", call("forget", field="area"))

    assert areas(group) == {"Berlin": "proposed"}


def test_undo_after_starting_over_brings_nothing_back(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    scripted_turn(
        harness,
        group,
        "Abby",
        "I moved to Berlin",
        call("propose_fact", field="area", value="Berlin", quote="Berlin"),
    )
    scripted_turn(harness, group, "Abby", "scrap that", call("forget", field="area"))
    with transaction.atomic():
        actions.restart_interview(session=actions.lock_session(group.session.pk), at=clock.now())

    assert interview_of(Session.objects.get()).struck == []


def test_whoever_waits_is_answered_when_the_person_to_be_asked_has_left(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaving(*args: Any, **more: Any) -> Decision:
        decision = decide(*args, **more)
        Participant.objects.filter(name="Sam").update(left_at=clock.now())
        return decision

    monkeypatch.setattr(lifecycle, "decide", leaving)
    sam = Participant.objects.get(name="Sam")
    wanted = call("ask_field", field="primary", wording="Sam, who is it?", to=f"p{sam.pk}")
    scripted_turn(harness, group, "Abby", "Matchmaker, who do you want to hear next?", wanted)

    assert Turn.objects.get().spoke
