import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.ai.reading.tests.messages import NEITHER, NO, WEAK_YES, YES
from matchmaker.ai.reading.words import LANGUAGES
from matchmaker.ai.reading.yes_no import plain_no, plain_yes, weak_yes

UNKNOWN_WORDS = st.text(st.characters(categories=["L"])).map("zq{}".format)


@pytest.mark.parametrize("text", YES)
def test_it_reads_a_yes(text):
    assert plain_yes(text)
    assert not plain_no(text)


@pytest.mark.parametrize("text", WEAK_YES)
def test_an_ok_is_a_yes_that_may_be_for_somebody_else(text):
    assert plain_yes(text)
    assert weak_yes(text)


@pytest.mark.parametrize(
    "text",
    ["yes", "ok, yes", "Yes, I'm in. But be nice!", "sí, vale", "ok, I agree", "einverstanden", "да, согласна"],
)
def test_a_yes_or_a_consent_is_for_us(text):
    assert not weak_yes(text)


@pytest.mark.parametrize("text", NO)
def test_it_reads_a_no(text):
    assert plain_no(text)
    assert not plain_yes(text)


@pytest.mark.parametrize("text", NEITHER)
def test_it_leaves_everything_else_to_others(text):
    assert not plain_yes(text)
    assert not plain_no(text)
    assert not weak_yes(text)


@pytest.mark.parametrize(
    "text", ["no problem", "no way", "not now", "no, not yet", "no? why", "no but maybe later", "ohne mich zu fragen"]
)
def test_not_every_no_is_a_refusal(text):
    assert not plain_no(text)


@given(st.sampled_from([*YES, *WEAK_YES, *NO]), st.sampled_from("?？؟¿"), st.integers(min_value=0))
def test_nothing_with_a_question_mark_is_an_answer(text, mark, at):
    at %= len(text) + 1
    asked = text[:at] + mark + text[at:]

    assert not plain_yes(asked)
    assert not plain_no(asked)


@given(st.sampled_from([*YES, *WEAK_YES, *NO]), UNKNOWN_WORDS, st.integers(min_value=0))
def test_one_unknown_word_and_it_is_no_answer(text, word, at):
    words = text.split()
    at %= len(words) + 1
    with_one_more = " ".join([*words[:at], word, *words[at:]])

    assert not plain_yes(with_one_more)
    assert not plain_no(with_one_more)


@given(st.lists(st.sampled_from([" ".join(row) for language in LANGUAGES for row in language.table]), max_size=4))
def test_no_message_is_both(phrases):
    text = ", ".join(phrases)

    assert not (plain_yes(text) and plain_no(text))


@given(st.text())
def test_any_text_can_be_read(text):
    assert not (plain_yes(text) and plain_no(text))


def test_a_long_row_of_yeses_takes_no_longer_than_its_length():
    assert not plain_yes("yes " * 39 + "zebra")
