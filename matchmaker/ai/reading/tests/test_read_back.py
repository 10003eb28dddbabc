import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.ai.reading.read_back import Answer, read_answer

ALL_RIGHT = Answer(all_right=True)
NOT_TOLD_WHICH = Answer()


def wrong(*numbers):
    return Answer(wrong=frozenset(numbers))


EXAMPLES = (
    ("yes", ALL_RIGHT), ("looks good", ALL_RIGHT), ("todo bien", ALL_RIGHT), ("stimmt alles", ALL_RIGHT),
    ("yes, both true", ALL_RIGHT),
    ("no", NOT_TOLD_WHICH), ("wrong", NOT_TOLD_WHICH), ("nein", NOT_TOLD_WHICH),
    ("2", wrong(2)), ("2 is wrong", wrong(2)), ("no, 2", wrong(2)), ("not 2", wrong(2)),
    ("yes, but 2 is wrong", wrong(2)), ("yes but not 2", wrong(2)), ("el 2 no", wrong(2)),
    ("number two isn't right", wrong(2)),
    ("2 and 3 are wrong", wrong(2, 3)), ("2, 3", wrong(2, 3)), ("2 is wrong and 3 is wrong", wrong(2, 3)),
    ("all but the last", wrong(3)),
    ("everything but 2", wrong(2)), ("yes, except 2", wrong(2)), ("all wrong", wrong(1, 2, 3)),
    ("the last one is wrong, sorry", wrong(3)),
    ("el 2 está mal", wrong(2)), ("todo menos el 2", wrong(2)), ("la segunda está mal", wrong(2)),
    ("2 stimmt nicht", wrong(2)), ("alles außer 2", wrong(2)), ("die zweite ist falsch", wrong(2)),
    ("ja, bis auf 3", wrong(3)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "answer"), EXAMPLES)
def test_it_reads_what_is_right_and_what_is_wrong(text, answer):
    assert read_answer(text, 3) == answer


@pytest.mark.parametrize(
    "text",
    [
        "no, 28", "4 is wrong", "1 and 4", "2 is right", "2 is fine", "2 ok", "yes 2", "2?", "2, it's Leeds",
        "not 2, 3", "is 2 wrong", "1 is right, 2 wrong",
        "maybe 2", "2 or 3 is wrong", "who told you 2", "nothing is wrong", "what's wrong", "2 minutes",
        "two are wrong", "one is wrong", "all but one", "no está mal", "sólo el 2", "2 of 3", "2 is wrong lol",
        "if 2 is wrong",
    ],
)  # fmt: skip
def test_it_leaves_everything_else_to_others(text):
    assert read_answer(text, 3) is None


@given(
    st.sampled_from(EXAMPLES), st.text(st.characters(categories=["L"])).map("zq{}".format), st.integers(min_value=0)
)
def test_one_unknown_word_and_it_is_no_answer(example, word, at):
    words = example[0].split()
    at %= len(words) + 1

    assert read_answer(" ".join([*words[:at], word, *words[at:]]), 3) is None


@given(st.integers(1, 30), st.integers(1, 30))
def test_only_numbers_that_were_shown_can_be_wrong(number, count):
    assert read_answer(f"{number} is wrong", count) == (wrong(number) if number <= count else None)
