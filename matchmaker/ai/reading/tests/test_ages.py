import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.ai.reading.ages import plain_age

AGES = (
    ("27", 27), ("I'm 27", 27), ("im 27yo", 27), ("27 here", 27), ("tengo 27 años", 27), ("ich bin 34", 34),
    ("thirty-one", 31), ("j'ai 31 ans", 31),
    ("no, 28", 28), ("31 actually", 31), ("treinta y cuatro", 34), ("vierunddreißig", 34),
    ("Hi, I'm 27, thanks 😊", 27), ("yes, 27", 27),
    ("tengo veintiún años", 21), ("мне 27 лет", 27), ("27歳です", 27), ("27살이에요", 27), ("16", 16), ("I'm 97", 97),
    ("twenty-seven years old", 27), ("schon 27", 27), ("ok, 27", 27), ("ok ok im 38", 38), ("no, I'm 28", 28),
)  # fmt: skip


@pytest.mark.parametrize(("text", "age"), AGES)
def test_it_reads_an_age(text, age):
    assert plain_age(text) == age


@pytest.mark.parametrize(
    "text",
    [
        # other numbers
        "15 minutes away", "I'm 15 minutes away", "bus 17", "I'm on bus 17", "room 14", "17th", "99%",
        "born in 97", "97", "1985", "27 kg", "27 grad",
        "tengo 27 gatos", "I'm 27 weeks pregnant", "2", "100", "at 27 I moved", "27.5", "27-28", "27k", "27er",
        "um 27", "gut 27", "twenty twenty",
        # not yet, or not quite
        "18 in March", "pushing 40", "almost 18", "twenty something", "over 30", "I'm not 30 yet", "casi 30",
        "bald 28", "ich werde 28",
        "cumplo 28 en mayo", "27 and a half", "I'd be 27", "27 I guess",
        # somebody else
        "my dog is 14", "my son is 16, I'm 41", "she's 27",
        # asked, taken back, denied, joked
        "16?", "27 no wait 28", "27, no, 28", "no tengo 27 años", "no 28", "nicht 27", "28 not 27", "21 😂",
        "21 again lol", "once", "elf",
    ],
)  # fmt: skip
def test_it_reads_no_other_number_as_an_age(text):
    assert plain_age(text) is None


@given(st.sampled_from(AGES), st.text(st.characters(categories=["L"])).map("zq{}".format), st.integers(min_value=0))
def test_one_unknown_word_and_it_is_no_age(example, word, at):
    words = example[0].split()
    at %= len(words) + 1

    assert plain_age(" ".join([*words[:at], word, *words[at:]])) is None


@given(st.sampled_from(AGES), st.sampled_from("?？¿"), st.integers(min_value=0))
def test_nothing_with_a_question_mark_is_an_age(example, mark, at):
    text = example[0]
    at %= len(text) + 1

    assert plain_age(text[:at] + mark + text[at:]) is None


@given(st.integers(10, 89))
def test_every_likely_age_is_read(age):
    assert plain_age(str(age)) == age
