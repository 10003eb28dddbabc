import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.ai.reading.folding import fold, loosen, quote_stands, spellings


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Ja,\n KLAR ", "ja, klar"),
        ("ＳＴＯＰ", "stop"),
        ("\u200eSTOP\u200f", "stop"),
        ("D’Angelo", "d'angelo"),
        ("5´6", "5'6"),
        ("5‘6“", "5'6\""),
        ("5'11¾", "5'11 3/4"),
        ("18–25", "18-25"),
        ("vierunddreißig", "vierunddreissig"),
        ("2\ufe0f\u20e3", "2"),
    ],
)
def test_it_folds_what_keyboards_make_different(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_it_loosens_latin_accents_and_keeps_the_vowels_of_other_scripts():
    assert loosen("Zoë Łódź Ñandú") == "zoe lodz nandu"
    assert loosen("हाँ") == "हाँ"
    assert loosen("が") == "が"


def test_umlauts_are_typed_in_two_ways():
    assert spellings("München") == {"munchen", "muenchen"}


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("I'll never leave Leeds", "Honestly,  i’ll NEVER leave Leeds, it's home"),
        ('"never leave."', "I'll never leave Leeds"),
        ("민지", "저는 민지예요"),
        ("東京", "東京に住んでいます"),
        ("חיפה", "אני גרה בחיפה"),
        ("27", "I'm 27yo"),
        ("👍", "ok 👍"),
        ("me", "some say me"),
    ],
)
def test_a_quote_stands_word_for_word(quote, text):
    assert quote_stands(quote, text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("", "anything"),
        ("  ", "any thing"),
        (",", "yes, please"),
        ("me", "some"),
        ("2", "I'm 27"),
        ("climb", "climbing"),
        ("I climb", "I don't climb"),
        ("हा", "हाँ"),
    ],
)
def test_a_piece_of_a_word_or_nothing_is_no_quote(quote, text):
    assert not quote_stands(quote, text)


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs"])), st.text(), st.text())
def test_words_stand_in_a_text_that_holds_them_between_blanks(quote, before, after):
    if fold(quote):
        assert quote_stands(quote, f"{before} {quote} {after}")
