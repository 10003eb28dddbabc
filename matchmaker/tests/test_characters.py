import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.characters import beginning_of, parts_of, text_length

FAMILY, FLAG, THUMB, SCOTLAND = (
    "👨‍👩‍👧‍👦",
    "🇪🇸",
    "👍🏽",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
)
PIECES = st.sampled_from(["a", " ", "\n", "\u00a0", "e\u0301", "क्षि", FAMILY, FLAG, THUMB])


@pytest.mark.parametrize("character", [FAMILY, FLAG, THUMB, SCOTLAND, "e\u0301", "y̶̌", "क्षि", "한", "❤️‍🔥", "1️⃣"])
def test_no_character_is_cut_in_two(character: str) -> None:
    parts = list(parts_of(character * 40, 31))

    assert "".join(parts) == character * 40
    assert all(part == character * (len(part) // len(character)) for part in parts)


def test_it_cuts_between_words() -> None:
    assert list(parts_of("the quick brown  fox\njumps", 12)) == ["the quick", "brown  fox", "jumps"]


def test_it_keeps_together_what_a_no_break_space_holds_together() -> None:
    assert list(parts_of("about 10\u00a0km", 9)) == ["about", "10\u00a0km"]


def test_it_cuts_a_word_that_no_part_could_hold() -> None:
    assert list(parts_of("see " + "x" * 25, 10)) == ["see xxxxxx", "x" * 10, "x" * 9]


def test_a_text_without_words_has_no_parts() -> None:
    assert list(parts_of(" \n" * 30, 10)) == []


def test_a_letter_with_a_thousand_accents_fits_too() -> None:
    parts = list(parts_of("e" + "\u0301" * 1000, 100))

    assert all(text_length(part) <= 100 for part in parts)


@given(st.lists(PIECES).map("".join), st.integers(min_value=12, max_value=40))
def test_parts_fit_and_hold_every_character_in_order(text: str, most: int) -> None:
    parts = list(parts_of(text, most))

    shown = [character for part in parts for character in regex.findall(r"\X", part) if not character.isspace()]
    assert shown == [character for character in regex.findall(r"\X", text) if not character.isspace()]
    assert all(part and text_length(part) <= most for part in parts)


def test_a_beginning_holds_no_half_emoji() -> None:
    assert beginning_of("Zoë " + FAMILY * 4, 20) == "Zoë " + FAMILY * 2
