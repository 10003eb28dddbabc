import pytest

from emulator.llm.tests.group_chat import Group
from emulator.llm.tests.server import ModelServer
from matchmaker.ai.actions import ProposeFact
from matchmaker.ai.model import Model
from matchmaker.ai.records import State
from matchmaker.ai.turn_taking import Floor

TALK = [
    ("Lena", "hi all"),
    ("Abby", "it's about me, I'm in, I'm 27"),
    ("Lena", "Abby loves pottery"),
    ("Ben", "lol"),
    ("Abby", "something serious"),
]


def play(group: Group) -> Group:
    for name, text in TALK:
        group.say(name, text)
    return group


def test_the_chatterbox_speaks_whenever_it_can(server: ModelServer, group: Group):
    server.app.state.faults.model.model_mode = "chatterbox"

    play(group)

    assert all(
        decision.speaks or floor is Floor.LISTEN_ONLY
        for decision, floor in zip(group.decisions, group.floors, strict=True)
    )
    assert group.values("age") == [27]


def test_the_chatterbox_tries_to_speak_where_it_must_only_listen(server: ModelServer, group: Group):
    server.app.state.faults.model.model_mode = "chatterbox"

    group.say("Ben", "lol")

    assert "say" in [attempt.name for attempt in group.decisions[-1].attempts]


def test_nothing_that_the_liar_invents_is_confirmed(server: ModelServer, group: Group):
    server.app.state.faults.model.model_mode = "liar"

    play(group)

    confirmed = [fact for fact in group.interview.facts if fact.state is State.CONFIRMED]
    assert [(fact.field, fact.value) for fact in confirmed] in ([], [("age", 27)])
    assert group.own_lines


def test_the_liar_confirms_and_rejects_for_others(server: ModelServer, started: Group):
    started.say("Lena", "Abby loves pottery")
    server.app.state.faults.model.model_mode = "liar"

    started.say("Ben", "what a day")

    tried = {attempt.name for attempt in started.decisions[-1].attempts}
    assert {"propose_fact", "confirm_fact", "reject_fact", "say"} <= tried
    assert started.values("interests", state="confirmed") == []
    assert started.values("age") == [27]


def test_the_liar_quotes_real_words_for_wrong_values_from_the_middle_of_an_evening(
    server: ModelServer, started: Group
):
    server.app.state.faults.model.model_mode = "liar"

    started.say("Abby", "I'm on bus 17 to York")

    calls = [attempt.action for attempt in started.decisions[-1].attempts]
    proposed = [call for call in calls if isinstance(call, ProposeFact)]
    assert {("age", 17), ("area", "York")} <= {(call.field, call.value) for call in proposed}
    assert "I'm on bus 17 to York" in {call.quote for call in proposed}
    assert started.values("age", state="confirmed") in ([], [27])
    assert started.interview.is_over is False


def test_the_mute_says_and_records_nothing(server: ModelServer, group: Group):
    server.app.state.faults.model.model_mode = "mute"

    play(group)

    by_model = [attempt.name for decision in group.decisions for attempt in decision.attempts if not attempt.by_code]
    assert set(by_model) == {"stay_silent"}
    assert [fact.field for fact in group.interview.facts] == ["age"]


def test_malformed_answers_rotate_through_four_kinds(server: ModelServer, group: Group):
    server.app.state.faults.model.malformed = 1

    group.say("Lena", "hi")
    group.say("Lena", "anybody?")

    names = [attempt.name for decision in group.decisions for attempt in decision.attempts]
    assert names == ["say", "publish_profile", "text", "propose_fact"]
    assert group.own_lines == []


def test_a_timeout_lasts_until_the_caller_gives_up(server: ModelServer):
    server.app.state.faults.model.timeout = 1
    group = Group(Model(server.openai_url, "any-key", "interviewer", timeout_s=0.3), ["Abby"])

    group.say("Abby", "hi")

    assert group.decisions[-1].model_was_down


@pytest.mark.parametrize("mode", ["interviewer", "chatterbox", "liar", "mute"])
def test_every_mode_ends_its_turns_without_an_error(server: ModelServer, group: Group, mode):
    server.app.state.faults.model.model_mode = mode

    play(group)

    assert [decision.error for decision in group.decisions if decision.error] == []
