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
    group.say("Lena", "it's about Abby")

    assert (group.asked, group.asked_to) == ("primary", "abby")


def test_it_takes_a_yes_in_other_words_as_their_claim(group: Group):
    group.say("Lena", "it's about Abby")
    group.say("Abby", "haha guilty, that would be me")
    group.say("Abby", "yes")

    assert group.interview.primary == "abby"
    assert group.asked == "consent"


def test_it_tells_a_second_claimant_whose_profile_it_is(group: Group):
    group.say("Abby", "it's about me")

    [said] = group.say("Lena", "no, it's about me!", floor=Floor.MAY_SPEAK)

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
    group.say("Abby", "it's about me, I love chess")
    group.say("Abby", "yes")
    group.say("Abby", "yes")
    group.say("Abby", "28")

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
    [said] = started.say("Abby", "sorry, really I'm 16")

    assert "Just the number" in said
    assert started.decisions[-1].attempts[-1].by_code


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

    said = started.say("Abby", "Leeds")

    assert "Lena" in said[0]
    assert "night climbing" in said[0]


def test_it_never_records_a_friends_own_age(started: Group):
    started.say("Lena", "I'm 31")

    assert started.values("age") == [27]


def test_it_records_a_fact_given_instead_of_an_answer(started: Group):
    said = started.say("Abby", "5'6\" and into bouldering")

    assert started.values("height_cm") == [168]
    assert started.values("interests") == ["bouldering"]
    assert started.asked == "job_or_study"
    assert len(said) == 1


def test_it_skips_a_question_when_asked_to(started: Group):
    started.say("Abby", "skip")

    assert started.asked == "job_or_study"
    assert started.values("first_name") == []


def test_it_moves_on_after_asking_twice(started: Group):
    started.say("Abby", "it is complicated, my passport says otherwise")
    started.say("Abby", "it is a long tale for another day really")

    assert started.asked != "first_name"


def test_it_gives_time_to_someone_who_asks_for_it(started: Group):
    said = started.say("Abby", "let me think")

    assert "Abby" in said[0]
    assert "?" not in said[0]
    assert started.asked == "area"


def test_it_leaves_a_question_to_everybody_to_the_friends(started: Group):
    [said] = started.say("Abby", "who wants pizza tonight?")

    assert "?" not in said
    assert started.asked == "area"


# what was heard -------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(started: Group) -> Group:
    """Lena told three things that Abby likes."""
    started.say("Lena", "Abby loves pottery, night climbing and reality TV", floor=Floor.LISTEN_ONLY)
    return started


def test_it_has_what_is_known_read_back_when_they_ask(told: Group):
    [said] = told.say("Abby", "what do you know about me?")

    assert told.asked == "read_back"
    assert "pottery" in said and "Lena" in said


def test_it_has_the_list_put_once_more_to_whoever_agrees_in_other_words(told: Group):
    told.say("Abby", "what do you know about me?")
    told.say("Abby", "haha she knows me so well")

    assert told.asked == "read_back"
    assert told.values("interests", state="confirmed") == []


@pytest.mark.parametrize(
    "text", ["please delete the pottery", "pottery was a joke", "can we take pottery out please"]
)
def test_it_takes_out_what_they_want_out(told: Group, text):
    told.say("Abby", text)

    assert told.values("interests") == ["night climbing", "reality TV"]


def test_it_asks_which_when_nothing_sounds_like_it(told: Group):
    [said] = told.say("Abby", "take the goldfish out, please")

    assert said.startswith(("Which", "Happy to"))
    assert len(told.values("interests")) == 3


def test_it_tells_in_a_sentence_while_the_list_is_being_checked(told: Group):
    told.say("Abby", "what do you know about me?")

    [said] = told.say("Abby", "sorry, what do you know about me?")

    assert "you like pottery" in said


def test_it_takes_a_correction(started: Group):
    started.say("Abby", "I'm 28 actually, not 27")

    assert started.values("age") == [28]


def test_it_takes_the_answer_to_the_question_before_the_last(started: Group):
    started.interview.asked.clear()
    for text in ("Leeds", "I'm a nurse"):
        started.say("Abby", text)
    assert started.asked == "interests"
    started.say("Lena", "matchmaker, go on please")

    started.say("Abby", "sourdough, terrible puns and bouldering")

    assert started.values("interests") == ["sourdough", "terrible puns", "bouldering"]


# people first -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "my gran died on monday",
        "I got fired today",
        "sorry, awful day",
        "I'm in hospital with my son",
        "this is too personal, stop asking",
    ],
)
def test_it_meets_a_bad_moment_with_a_kind_line_and_no_question(started: Group, text):
    [said] = started.say("Abby", text, floor=Floor.MAY_SPEAK)

    assert "Abby" in said and "?" not in said


def test_it_is_quiet_after_anger_until_it_is_called(started: Group):
    started.say("Abby", "too many questions, leave me alone", floor=Floor.MAY_SPEAK)

    assert started.say("Abby", "anyway, I was at the market", floor=Floor.MAY_SPEAK) == []
    assert started.say("Abby", "ok matchmaker, go on")


def test_it_does_not_comfort_somebody_who_dies_laughing(started: Group):
    said = started.say("Abby", "I'm literally dying haha", floor=Floor.MAY_SPEAK)

    assert not any("sorry" in line.lower() for line in said)


# being asked --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("matchmaker, what is this?", "profile"),
        ("who sees this?", "group"),
        ("are you a bot?", "AI"),
        ("matchmaker how long does this take?", "twenty"),
        ("what happens with my data?", "my data"),
        ("do I have to answer?", "skip"),
        ("can I see my profile?", "your own page"),
        ("what's next?", "where"),
        ("who are you?", "Matchmaker"),
        ("how old am I?", "27"),
        ("where do I live?", "me"),
        ("can you order me a pizza?", ""),
        ("are you chatgpt?", "stand-in"),
    ],
)
def test_it_answers_a_question_and_leaves_its_own_open(started: Group, question, word):
    said = started.say("Abby", question)

    assert word in said[0]
    assert started.asked == "area"


def test_it_says_honestly_what_it_is_when_it_does_not_understand(started: Group):
    [said] = started.say("Abby", "matchmaker, the walrus told me otherwise")

    assert "stand-in" in said


def test_it_does_not_say_so_twice_in_a_row(started: Group):
    first = started.say("Abby", "matchmaker, the walrus told me otherwise")
    second = started.say("Abby", "matchmaker, and the moon agrees with him")

    assert "stand-in" in first[0]
    assert not any("stand-in" in line for line in second)


def test_it_never_gives_the_same_answer_twice(started: Group):
    said = [line for _ in range(4) for line in started.say("Abby", "matchmaker, are you a bot?")]

    assert len(set(said)) == len(said)


def test_it_says_you_are_welcome(started: Group):
    said = started.say("Lena", "thanks matchmaker!")

    assert "Lena" in said[0]


def test_it_reads_a_burst_of_messages_as_one(group: Group):
    said = group.burst(
        ("Lena", "hiii"), ("Abby", "it's about me!"), ("Abby", "I'm in"), ("Abby", "I'm 27, from Leeds")
    )
    group.say("Abby", "yes")

    assert len(said) == 1
    assert (group.values("age"), group.values("area")) == ([27], ["Leeds"])


# somebody waits ------------------------------------------------------------------------------------------------------


def test_it_never_leaves_them_without_a_word_before_it_knows_whom_it_is_about(group: Group):
    group.notice("Welcome, Abby! I'm Matchmaker, an AI. First things first: who is the profile about?")

    said = [group.say("Abby", text, floor=Floor.MUST_SPEAK) for text in ("so then", "right, off we go", "well well")]

    assert all(said)
    assert len({line for lines in said for line in lines}) == len(said)


def test_an_animal_that_could_not_be_saved_comes_before_any_question(started: Group):
    [said] = started.say("Abby", "guys the vet just called. they couldnt save biscuit")

    assert "?" not in said
    assert "sorry" in said


def test_a_pause_that_they_ask_for_is_granted_aloud(started: Group):
    [said] = started.say("Abby", "can we do this another day", floor=Floor.MUST_SPEAK)

    assert "?" not in said


def test_it_says_once_in_their_language_that_it_reads_english_best(group: Group):
    lines = (
        "pues mira, no sé qué decirte de todo esto",
        "a ver qué sale de aquí, que ya es tarde",
        "bueno, pues nada, dime tú",
    )
    said = [group.say("Abby", text, floor=Floor.MUST_SPEAK) for text in lines]

    assert sum("inglés" in line for lines in said for line in lines) == 1


# what stands already is put right -------------------------------------------------------------------------------------


def test_it_takes_a_correction_that_nobody_asked_for(started: Group):
    started.say("Abby", "I live in Sheffield")
    started.say("Abby", "oh and put leeds not sheffield, signed today!!")

    assert started.values("area") == ["Leeds"]


def test_it_hears_who_agrees_with_a_friend_by_name(started: Group):
    started.say("Lena", "Abby lives in Leeds", floor=Floor.MAY_SPEAK)
    [said] = started.say("Abby", "yep, like she says, leeds", floor=Floor.MUST_SPEAK)

    assert started.asked == "read_back"
    assert "Leeds" in said
