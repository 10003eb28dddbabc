import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.ai.reading.answers import chosen_option, is_whole_answer, option_label

WHOLE = (
    ("first_name", "Abby", "call me Abby"), ("first_name", "Abby", "Abby!"), ("first_name", "Abby", "Abby is fine"),
    ("first_name", "Abby", "Hi, I'm Abby"), ("first_name", "Abby", "me llamo Abby"),
    ("first_name", "Abby", "ich heiße Abby"),
    ("first_name", "Bernie", "Bernie here"), ("first_name", "Zoë", "zoe"), ("first_name", "D'Angelo", "D’Angelo"),
    ("first_name", "Jo", "call me Jo"),
    ("first_name", "민지", "저는 민지예요"), ("area", "Leeds", "Leeds"), ("area", "Leeds", "no I live in Leeds"),
    ("area", "Leeds", "no, Leeds"),
    ("area", "Leeds", "In Leeds, sadly"), ("area", "Leeds, UK", "Leeds, UK"), ("area", "München", "Muenchen"),
    ("area", "Muenchen", "München"),
    ("area", "München", "ich wohne in Muenchen"), ("area", "東京", "東京に住んでいます"), ("area", "חיפה", "אני גרה בחיפה"),
    ("area", "Madrid", "vivo en Madrid"),
    ("job_or_study", "nurse", "I'm a nurse"), ("job_or_study", "enfermera", "soy enfermera"),
    ("gender", "Frau", "ich bin eine Frau"),
    ("first_date_idea", "coffee and the flea market", "Coffee, and the flea market"),
)  # fmt: skip


@pytest.mark.parametrize(("field", "value", "text"), WHOLE)
def test_it_reads_a_value_and_filler(field, value, text):
    assert is_whole_answer(value, text, field=field)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("area", "Berlin", "if I lived in Berlin I'd be out every night"),
        ("area", "Lisbon", "moving to Lisbon next year"),
        ("area", "York", "my ex lives in York"), ("area", "York", "New York"), ("area", "Leeds", "Leeds?"),
        ("area", "Leeds", "not Leeds"),
        ("area", "Leeds", "near Leeds"), ("area", "Leeds", "Leeds or York"), ("area", "Leeds", "Leeds and York"),
        ("area", "Leeds", "Tom is from Leeds"),
        ("area", "the moon", "the moon lol"), ("area", "Leeds", '"Leeds"'), ("area", "skip", "skip"),
        ("area", "", "Leeds"), ("area", "{area}", "{area}"),
        ("area", "my ex lives in York", "my ex lives in York"), ("job_or_study", "nurse", "my mum is a nurse"),
        ("job_or_study", "nurse", "I'm not a nurse"), ("job_or_study", "enfermera", "no soy enfermera"),
        ("job_or_study", "nurse", "nurse I wish"),
        ("first_name", "Jonas", "hi Jonas"), ("first_name", "Jonas", "thanks, Jonas"),
        ("first_name", "Jonas", "this is Jonas"),
        ("first_name", "Abby", "Abby and Lena"), ("first_name", "Min", "Jasmin"), ("first_name", "ok", "ok"),
        ("first_name", "no", "No."),
    ],
)  # fmt: skip
def test_a_message_that_says_more_or_something_else_is_no_answer(field, value, text):
    assert not is_whole_answer(value, text, field=field)


@pytest.mark.parametrize(
    "text",
    [
        "not telling you", "no idea", "dunno", "you tell me", "my secret", "somewhere", "ni idea", "no te lo digo",
        "keine Ahnung", "sag ich dir nicht", "weiß ich nicht", "aucune idée", "não sei", "boh", "не скажу", "秘密です",
        "わからない", "몰라요", "لا اعرف", "I'm not sure", "I live in no idea", "ich wohne in keine Ahnung",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["first_name", "area", "job_or_study"])
def test_a_model_that_copies_what_is_no_name_settles_nothing(field, text):
    copied = {text, *(text.split(" ", n)[-1] for n in range(1, len(text.split())))}

    assert not any(is_whole_answer(value, text, field=field) for value in copied)


@pytest.mark.parametrize(
    "name",
    [
        "Las Palmas", "Den Haag", "Frankfurt am Main", "San José", "Isle of Wight", "La Paz", "Como", "the Bronx",
        "Kyiv", "서울", "北京", "Bad Nauheim", "Trás-os-Montes",
    ],
)  # fmt: skip
def test_a_place_is_a_place_in_whatever_words(name):
    assert is_whole_answer(name, name, field="area")


@given(st.sampled_from(WHOLE), st.text(st.characters(categories=["Ll"])).map("zq{}".format), st.integers(min_value=0))
def test_one_unknown_word_and_it_is_no_answer(example, word, at):
    field, value, text = example
    words = text.split()
    at %= len(words) + 1

    assert not is_whole_answer(value, " ".join([*words[:at], word, *words[at:]]), field=field)


@given(st.text(st.characters(categories=["L"]), min_size=12, max_size=20))
def test_a_value_is_the_answer_that_it_makes_up(value):
    assert is_whole_answer(value, f"{value}!", field="quirk")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2), ("2.", 2), ("(2)", 2), ("2️⃣", 2), ("#2", 2), ("two", 2), ("number two", 2),
        ("option 2 please", 2), ("the second one", 2),
        ("I'd say 2", 2), ("the last one", 3), ("ok, 2", 2), ("el dos", 2), ("la segunda", 2), ("el último", 3),
        ("die zweite", 2),
        ("Nummer zwei", 2), ("ich nehme die 2", 2),
    ],
)  # fmt: skip
def test_it_reads_the_number_of_an_option(text, number):
    assert chosen_option(text, 3) == number


@pytest.mark.parametrize(
    "text",
    [
        "4",
        "0",
        "2?",
        "2 or 3",
        "2 and 3",
        "not 2",
        "no, 2",
        "no 2",
        "yes",
        "two of them",
        "first of all",
        "in a second",
        "",
    ],
)
def test_it_reads_no_number_that_picks_no_option(text):
    assert chosen_option(text, 3) is None


LABELS = ["Something long-term", "Long-term, open to short", "Friendship", "Rather not say"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("friendship!", 3),
        ("I'd say friendship", 3),
        ("something long term", 1),
        ("Long-term, open to short", 2),
        ("rather not say", 4),
    ],
)
def test_it_reads_the_label_of_an_option(text, number):
    assert option_label(text, LABELS) == number


@pytest.mark.parametrize(
    "text",
    ["friendship?", "not friendship", "friendship or something long-term", "long-term", "maybe friendship", ""],
)
def test_it_reads_no_label_with_more_around_it(text):
    assert option_label(text, LABELS) is None
