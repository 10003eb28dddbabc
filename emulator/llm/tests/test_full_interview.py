"""Three friends and the interviewer, from hello to the last question, through the product's decision code over HTTP."""

import pytest

from emulator.llm.tests.group_chat import Group

EVENING = [
    ("Abby", "hi hi, is this thing on?"),
    ("Lena", "hello!! so excited"),
    ("Ben", "it's about Abby obviously"),
    ("Abby", "it's about me, yes, I'm in, I'm 27"),
    ("Abby", "5'6\" and into bouldering"),
    ("Abby", "yes, Abby"),
    ("Lena", "haha she even climbs at night, Abby loves night climbing"),
    ("Abby", "Leeds"),
    ("Lena", "remember the fondue Ben?"),
    ("Ben", "never again lol"),
    ("Abby", "something serious, if the right person shows up"),
    ("Abby", "flea market first, then coffee, and whoever finds the ugliest lamp pays"),
    ("Abby", "yes to that"),
    ("Abby", "sourdough and terrible puns"),
    ("Abby", "Sunday is slow coffee, then I lose an hour in the second-hand bookshop on the corner"),
    ("Lena", "last winter she carried my sofa up four floors in the snow"),
    ("Abby", "yes, the sofa is true"),
    ("Abby", "In August I swam across Coniston at six in the morning and forgot where I left my shoes"),
    ("Lena", "she always brings soup when somebody is ill, last March she came over at midnight"),
    ("Ben", "Abby is the kind of person who learns your gran's name and then visits her"),
    ("Abby", "I'm a primary school teacher"),
    ("Abby", "I'm saving up for a camper van"),
    ("Abby", "I name every houseplant after a footballer"),
    ("Lena", "love this"),
]


@pytest.fixture
def evening(group: Group) -> Group:
    for name, text in EVENING:
        group.say(name, text)
    return group


def test_it_fills_a_profile_and_reaches_the_later_stages(evening: Group):
    assert evening.interview.stage == "photos"
    assert evening.interview.primary == "abby"
    assert evening.values("age") == [27]
    assert evening.values("height_cm") == [168]
    assert evening.values("first_name") == ["Abby"]
    assert evening.values("area") == ["Leeds"]
    assert evening.values("intention") == ["long_term"]
    assert set(evening.values("interests")) == {"bouldering", "night climbing", "sourdough", "terrible puns"}
    assert evening.values("first_date_idea") == [EVENING[11][1]]
    assert len(evening.values("stories")) == 3
    assert evening.values("job_or_study") == ["primary school teacher"]
    assert evening.values("purpose") == ["saving up for a camper van"]
    assert len(evening.values("green_flags", state=None)) == 2


def test_it_knows_who_said_what(evening: Group):
    said_by = {str(fact.value): fact.said_by for fact in evening.interview.facts}

    assert said_by["night climbing"] == "lena"
    assert said_by["bouldering"] == "abby"
    assert said_by[EVENING[19][1]] == "ben"


def test_none_of_its_calls_is_refused(evening: Group):
    attempts = [attempt for decision in evening.decisions for attempt in decision.attempts]

    assert [attempt for attempt in attempts if not attempt.outcome.done] == []


def test_it_is_brief_asks_one_thing_and_never_repeats_itself(evening: Group):
    lines = evening.own_lines

    assert max(len(line) for line in lines) <= 300
    assert max(line.count("?") for line in lines) <= 1
    assert len(set(lines)) == len(lines)


def test_it_credits_friends_by_name(evening: Group):
    assert any("Lena" in line and "night climbing" in line for line in evening.own_lines)
    assert any("Ben" in line for line in evening.own_lines)


def test_it_says_the_same_when_the_chat_is_replayed(evening: Group, model):
    again = Group(model, ["Abby", "Lena", "Ben"])
    for name, text in EVENING:
        again.say(name, text)

    assert again.own_lines == evening.own_lines
