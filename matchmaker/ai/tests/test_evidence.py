import pytest

from matchmaker.ai import evidence
from matchmaker.ai.fields import FIELDS


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yes please",
        "haha yes",
        "oh yes!",
        "well, ok",
        "why not, yes",
        "yes, can't wait",
        "sure, no problem",
        "👍",
    ],
)
def test_it_hears_a_yes(text):
    assert evidence.says_yes(text) or evidence.consents(text, asked=True)


@pytest.mark.parametrize(
    "text", ["no", "yes but no", "not really", "hmm", "ok wait", "I never said yes", "maybe later"]
)
def test_it_hears_no_yes_where_there_is_none(text):
    assert not evidence.says_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        "it's about me, yes, I'm in, I'm 27",
        "Yes, I'm in. But be nice!",
        "about me, count me in",
        "ok make a profile",
        "Me! I'm the single one. And yes, go ahead with the profile",
    ],
)
def test_it_takes_plain_consent_that_nobody_asked_for(text):
    assert evidence.consents(text, asked=False)


@pytest.mark.parametrize(
    "text",
    [
        "I'm in Berlin right now",
        "yes I'm in bed",
        "I agree with Lena, pizza is best",
        "karaoke tonight? count me in",
        "Yes, let's get tacos",
        "yes please pass the salt",
        "yes",
    ],
)
def test_unrelated_talk_is_no_consent(text):
    assert not evidence.consents(text, asked=False)


@pytest.mark.parametrize("text", ["I'm 16", "im only 16", "16 years old", "turning 16", "16", "I'm sixteen"])
def test_it_hears_an_age(text):
    assert evidence.states_age(16, text)


@pytest.mark.parametrize("text", ["my brother is 16 btw", "bouldering for 16 years", "room 16 please, thank you all"])
def test_a_number_is_not_an_age(text):
    assert not evidence.states_age(16, text)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("interests", "running", "I love to run"),
        ("interests", "baking", "I bake every Sunday"),
        ("pets", "cat", "I have two cats"),
        ("interests", "night climbing", "she climbs at night"),
        ("orientation", "bi", "I'm bi, by the way"),
        ("gender", "woman", "I'm a woman"),
        ("height_cm", 168, "5'6\""),
        ("age", 27, "I'm twenty-seven"),
        ("interests", "running", "I run a lot"),
        ("interests", "two cats", "my cat is queen"),
    ],
)
def test_it_finds_a_value_in_the_words_that_say_it(field, value, text):
    assert evidence.supports(FIELDS[field], value, text)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("interests", "taxidermy", "I love to run"),
        ("orientation", "straight", "I'm looking for something serious"),
        ("gender", "man", "I'm 27"),
        ("pets", "cat", "I have a dog"),
        ("age", 31, "I'm 27"),
        ("intention", "short_open_long", "it's about me, I'm in, I'm 27"),
        ("smoke", "yes", "I live in Leeds"),
        ("interests", "swing dance", "hello from dan"),
        ("first_name", "jonquil", "hello from jon"),
    ],
)
def test_it_finds_no_value_that_nobody_said(field, value, text):
    assert not evidence.supports(FIELDS[field], value, text)


def test_it_takes_a_choice_in_unlisted_words_as_an_answer_to_our_question():
    assert evidence.supports(FIELDS["intention"], "long_term", "algo para toda la vida", asked=True)


def test_it_refuses_a_choice_when_the_answer_names_another():
    assert not evidence.supports(FIELDS["intention"], "short_open_long", "something serious", asked=True)


@pytest.mark.parametrize("text", ["it's about me", "I'm the single one", "my dating profile please"])
def test_it_understands_an_unprompted_claim(text):
    assert evidence.claims_to_be_primary(text, asked=False, in_person=False)


@pytest.mark.parametrize("text", ["me", "for me", "I am single", "It's me!", "that's me every monday"])
def test_a_shorter_form_is_enough_as_an_answer(text):
    assert evidence.claims_to_be_primary(text, asked=True, in_person=False)
    assert not evidence.claims_to_be_primary(text, asked=False, in_person=False)


def test_a_bare_yes_counts_only_from_the_person_we_asked():
    assert evidence.claims_to_be_primary("yes", asked=True, in_person=True)
    assert not evidence.claims_to_be_primary("yes", asked=True, in_person=False)


@pytest.mark.parametrize("text", ["it's not about me", "she is great", "hi all"])
def test_it_hears_no_claim_where_there_is_none(text):
    assert not evidence.claims_to_be_primary(text, asked=True, in_person=False)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("age", 31, "I am not 31"),
        ("interests", "taxidermy", "I hate taxidermy"),
        ("orientation", "straight", "I'm not straight, and my sister is 31"),
        ("area", "Leeds", "anywhere but Leeds"),
        ("orientation", "gay", "are you gay lol?"),
        ("intention", "long_term", "Not looking for anything serious"),
    ],
)
def test_a_denied_or_asked_value_is_not_stated(field, value, text):
    assert not evidence.supports(FIELDS[field], value, text)


@pytest.mark.parametrize(
    "text", ["yes, and I don't smoke", "Yes, I've never done this before", "yesss", "yea", "go for it"]
)
def test_a_yes_counts_whatever_follows(text):
    assert evidence.consents(text, asked=True)


@pytest.mark.parametrize(
    "text", ["yes but no", "yes. wait, no", "I don't like running and I'm not into football", "ok wait"]
)
def test_a_withdrawn_yes_does_not_count(text):
    assert not evidence.consents(text, asked=True)


@pytest.mark.parametrize("text", ["Is it about me?", "Lena asked about me", "do you know anything about me?"])
def test_a_question_is_not_a_claim(text):
    assert not evidence.claims_to_be_primary(text, asked=False, in_person=False)


@pytest.mark.parametrize("text", ["5ft6", "five foot six", "1m68", "I'm 168", "5'6\"", "1,68 m"])
def test_it_reads_heights_as_people_write_them(text):
    assert evidence.supports(FIELDS["height_cm"], 168, text)
