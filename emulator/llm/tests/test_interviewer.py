"""The interviewer's manners, over HTTP, against the product's own rules."""

import pytest

from emulator.llm.tests.group_chat import Group
from matchmaker.ai.records import Person
from matchmaker.ai.turn_taking import Floor

# the beginning ------------------------------------------------------------------------------------------------------


def test_it_introduces_itself_as_an_ai_and_asks_who_the_profile_is_about(group: Group):
    said = group.say("Abby", "hi!")

    assert "an AI" in said[0]
    assert group.asked == "primary"


def test_it_does_not_introduce_itself_again_after_the_welcome(group: Group):
    group.notice("Welcome, Abby! I'm Matchmaker, an AI. First things first: who is the profile about?")

    said = group.say("Abby", "hi!")

    assert "AI" not in said[0]


def test_it_ignores_banter_from_the_first_line(group: Group):
    group.notice("Welcome, Abby! I'm Matchmaker, an AI. First things first: who is the profile about?")

    assert group.say("Lena", "Ben you are impossible", floor=Floor.MAY_SPEAK) == []


def test_it_takes_several_things_from_one_message(group: Group):
    group.say("Abby", "it's about me, yes, I'm in, I'm 27")

    assert group.interview.consented
    assert group.values("age") == [27]


def test_it_asks_the_person_a_friend_names(group: Group):
    said = group.say("Lena", "it's about Abby")

    assert (group.asked, group.asked_to) == ("primary", "abby")
    assert "Lena" in said[0]


def test_it_takes_that_persons_yes_as_their_claim(group: Group):
    group.say("Lena", "it's about Abby")
    group.say("Abby", "haha yes, guilty")

    assert group.interview.primary == "abby"
    assert group.asked == "consent"


def test_it_tells_a_second_claimant_whose_profile_it_is(group: Group):
    group.say("Abby", "it's about me")

    [said] = group.say("Lena", "no, it's about me!")

    assert group.interview.primary == "abby"
    assert "Lena" in said and "Abby" in said


def test_it_does_not_mistake_a_friends_ok_for_a_claim(group: Group):
    group.say("Lena", "hi!")
    group.say("Lena", "ok")

    assert group.interview.primary is None


def test_it_asks_friends_to_invite_someone_who_is_missing(model):
    group = Group(model, ["Lena", "Ben"])

    said = group.say("Lena", "it's for my friend Abby")

    assert "Abby" in said[0]
    assert "invite" in said[0]
    assert group.interview.question is None


def test_it_asks_someone_who_joined_later(model):
    group = Group(model, ["Lena", "Ben"])
    group.say("Lena", "it's for my friend Abby")
    group.interview.people.append(Person("abby", "Abby"))
    group.notice("Abby joined")

    group.say("Abby", "hey, I'm here")

    assert group.asked_to == "abby"


def test_it_rereads_the_transcript_after_consent(group: Group):
    group.say("Lena", "Abby loves pottery and she lives in York")
    group.say("Abby", "it's about me")
    group.say("Abby", "I'm 28 and I love chess")
    group.say("Abby", "yes")

    assert group.values("age") == [28]
    assert group.values("interests", state=None) == ["pottery", "chess"]
    assert group.values("area", state="proposed") == ["York"]


def test_it_records_nothing_before_consent(group: Group):
    group.say("Abby", "it's about me, I'm 28 and I love chess")

    assert group.interview.facts == []


def test_it_respects_refused_consent(group: Group):
    group.say("Abby", "it's about me")

    said = group.say("Abby", "hmm, not sure I want that")

    assert not group.interview.consented
    assert "I'm in" in said[0]


def test_it_leaves_an_age_under_eighteen_to_the_product(started: Group):
    assert started.say("Abby", "sorry, really I'm 16") == []
    assert started.asked == "age"


def test_it_asks_for_just_the_number_while_the_age_is_in_doubt(started: Group):
    started.say("Abby", "sorry, really I'm 16")

    said = started.say("Abby", "I said it, I'm 16 and proud of it")

    assert "just the number" in said[0]


# asking -------------------------------------------------------------------------------------------------------------


def test_it_stays_silent_while_friends_chat_over_an_open_question(started: Group):
    assert started.say("Lena", "I still have flour everywhere", floor=Floor.MAY_SPEAK) == []


@pytest.mark.parametrize("text", ["haha", "lol", "remember the fondue, Ben?", "Ben you are impossible"])
def test_it_stays_silent_through_banter(started: Group, text):
    started.interview.question = None

    assert started.say("Lena", text, floor=Floor.MAY_SPEAK) == []


def test_it_records_facts_silently_when_it_may_only_listen(started: Group):
    said = started.say("Lena", "she's 5'6\" and loves night climbing", floor=Floor.LISTEN_ONLY)

    assert said == []
    assert started.values("height_cm", state="proposed") == [168]


def test_it_later_thanks_a_friend_for_what_it_heard_in_silence(started: Group):
    started.say("Lena", "Abby loves night climbing", floor=Floor.LISTEN_ONLY)

    said = started.say("Abby", "Abby")

    assert "Lena" in said[0]
    assert "night climbing" in said[0]


def test_it_never_records_a_friends_own_age(started: Group):
    started.say("Lena", "I'm 31")

    assert started.values("age") == [27]


def test_it_records_a_fact_given_instead_of_an_answer(started: Group):
    said = started.say("Abby", "5'6\" and into bouldering")

    assert started.values("height_cm") == [168]
    assert started.values("interests") == ["bouldering"]
    assert "name" in said[0]


def test_it_skips_a_question_when_asked_to(started: Group):
    started.say("Abby", "skip")

    assert started.asked == "area"
    assert started.values("first_name") == []


def test_it_moves_on_after_asking_twice(started: Group):
    started.say("Abby", "it is complicated, my passport says otherwise")
    started.say("Abby", "it is a long tale for another day really")

    assert started.asked != "first_name"


def test_it_gives_time_to_someone_who_asks_for_it(started: Group):
    said = started.say("Abby", "let me think")

    assert "Abby" in said[0]
    assert "?" not in said[0]
    assert started.asked == "first_name"


def test_it_waits_while_the_person_it_asked_talks_to_others(started: Group):
    assert started.say("Abby", "who wants pizza tonight?") == []


# proposals ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def proposed(started: Group) -> Group:
    """Lena proposed three interests, and Abby is asked about them."""
    started.say("Lena", "Abby loves pottery, night climbing and reality TV", floor=Floor.LISTEN_ONLY)
    for answer in ("Abby", "York", "something serious", "a walk by the river and chips"):
        started.say("Abby", answer)
    assert started.asked == "interests"
    return started


def test_it_puts_a_friends_proposal_to_the_primary_person(proposed: Group):
    assert "Lena" in proposed.own_lines[-1]
    assert "pottery" in proposed.own_lines[-1]


def test_it_confirms_what_the_primary_person_says_yes_to(proposed: Group):
    proposed.say("Abby", "yes, and baking")

    assert set(proposed.values("interests")) == {"pottery", "night climbing", "reality TV", "baking"}


def test_it_rejects_what_they_say_no_to(proposed: Group):
    proposed.say("Abby", "no, none of that")

    assert proposed.values("interests", state=None) == []


def test_it_separates_a_yes_from_a_no(proposed: Group):
    proposed.say("Abby", "pottery and climbing yes, reality tv no")

    assert set(proposed.values("interests", state=None)) == {"pottery", "night climbing"}


# being asked --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("matchmaker, what is this?", "profile"),
        ("who sees this?", "group"),
        ("are you a bot?", "AI"),
        ("matchmaker how long does this take?", "twenty"),
        ("what happens to my data?", "deleted"),
        ("do I have to answer?", "skip"),
    ],
)
def test_it_answers_a_question_and_leaves_its_own_open(started: Group, question, word):
    said = started.say("Abby", question)

    assert word in said[0]
    assert started.asked == "first_name"


def test_it_says_you_are_welcome(started: Group):
    said = started.say("Lena", "thanks matchmaker!")

    assert "Lena" in said[0]


def test_it_reads_a_burst_of_messages_as_one(group: Group):
    said = group.burst(
        ("Lena", "hiii"), ("Abby", "it's about me!"), ("Abby", "I'm in"), ("Abby", "I'm 27, from Leeds")
    )

    assert len(said) == 1
    assert (group.values("age"), group.values("area")) == ([27], ["Leeds"])
