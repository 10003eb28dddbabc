"""Three friends and the interviewer, from hello to the last question, through the product's decision code over HTTP."""

import pytest

from emulator.llm.tests.group_chat import Group
from emulator.llm.tests.server import ModelServer
from matchmaker.ai.model import Model

PEOPLE = ["Abby", "Lena", "Ben"]
EVENING = [
    ("Abby", "hi hi, is this thing on?"),
    ("Lena", "hello!! so excited"),
    ("Ben", "it's about Abby obviously"),
    ("Abby", "haha yes"),
    ("Abby", "yes"),
    ("Abby", "27"),
    ("Abby", "5'6\" and into bouldering"),
    ("Abby", "yes, Abby"),
    ("Lena", "haha she even climbs at night, Abby loves night climbing"),
    ("Abby", "I live in Leeds"),
    ("Lena", "remember the fondue Ben?"),
    ("Ben", "never again lol"),
    ("Abby", "I want something serious, if the right person shows up"),
    ("Abby", "my ideal first date is the flea market, and whoever finds the ugliest lamp pays"),
    ("Abby", "I love sourdough and terrible puns"),
    ("Lena", "last winter she carried my sofa up four floors in the snow"),
    ("Abby", "In August I swam across Coniston at six in the morning and forgot where I left my shoes"),
    ("Abby", "Last Sunday I lost an hour in the second-hand bookshop on the corner and missed my own lunch"),
    ("Ben", "she once cycled to Whitby and back for a bag of chips, in a wedding dress"),
    ("Lena", "she always brings soup when somebody is ill, last March she came over at midnight"),
    ("Abby", "I'm a primary school teacher"),
    ("Abby", "I'm saving up for a camper van"),
    ("Abby", "I name every houseplant after a footballer"),
    ("Abby", "On my birthday we got stuck in a lift for two hours and I taught everybody to knit"),
    ("Abby", "what do you know about me?"),
    ("Lena", "love this"),
]


@pytest.fixture(scope="module")
def evening(running_server: ModelServer) -> Group:
    """Played once for all tests, which only look at it."""
    running_server.clear()
    group = Group(Model(running_server.openai_url, "any-key", "interviewer"), PEOPLE)
    play(group)
    return group


def play(group: Group) -> None:
    """Whatever is read back to Abby is right."""
    for name, text in EVENING:
        group.say(name, text)
        if group.asked == "read_back":
            group.say("Abby", "yes")


def test_it_fills_a_profile_and_reaches_the_later_stages(evening: Group):
    assert evening.interview.stage == "photos"
    assert evening.interview.primary == "abby"
    assert evening.values("age", state="confirmed") == [27]
    assert evening.values("height_cm") == [168]
    assert evening.values("first_name") == ["Abby"]
    assert evening.values("area") == ["Leeds"]
    assert evening.values("intention") == ["long_term"]
    assert set(evening.values("interests")) == {"bouldering", "night climbing", "sourdough", "terrible puns"}
    assert len(evening.values("first_date_idea")) == 1
    assert len(evening.values("stories")) >= 3
    assert evening.values("job_or_study") == ["primary school teacher"]
    assert evening.values("purpose") == ["saving up for a camper van"]
    assert len(evening.values("green_flags")) >= 2


def test_it_knows_who_said_what(evening: Group):
    said_by = {str(fact.value): fact.said_by for fact in evening.interview.facts}

    assert said_by["night climbing"] == "lena"
    assert said_by["bouldering"] == "abby"
    assert said_by["she once cycled to Whitby and back for a bag of chips, in a wedding dress"] == "ben"


def test_none_of_its_calls_is_refused(evening: Group):
    attempts = [attempt for decision in evening.decisions for attempt in decision.attempts]

    assert [attempt for attempt in attempts if not attempt.outcome.done] == []


def test_it_is_brief_asks_one_thing_and_never_repeats_itself(evening: Group):
    lines = evening.own_lines

    worded = [line for line in lines if "1. " not in line]
    assert max(len(line) for line in worded) <= 300
    assert max(line.count("?") for line in worded) <= 1
    assert len(set(lines)) == len(lines)


def test_it_credits_friends_by_name(evening: Group):
    assert any("Lena" in line and "night climbing" in line for line in evening.own_lines)
    assert any("Ben" in line for line in evening.own_lines)


def test_it_says_the_same_when_the_chat_is_replayed(evening: Group, model):
    again = Group(model, PEOPLE)
    play(again)

    assert again.own_lines == evening.own_lines
