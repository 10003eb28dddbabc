import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.ai.reading.heights import height_cm, plain_height


@pytest.mark.parametrize(
    ("value", "height"),
    [
        ("5 ft. 6 in.", 168), ("5 feet, 6 inches", 168), ("5'-6\"", 168), ("5'11¾", 182), ("5'11 3/4", 182),
        ("5´6", 168), ("5`6", 168),
        ("5‘6“", 168), ("5′6″", 168), ("5'6''", 168), ("6'", 183), ("6 feet and 2 inches", 188),
        ("66 inches", 168), ("5.6 ft", 171),
        ("five foot six", 168), ("six foot two", 188), ("five eleven", 180), ("1.68", 168), ("1,68 m", 168),
        ("1m68", 168), ("2 m", 200),
        ("1 Meter 83", 183), ("168", 168), ("168.0", 168), ("168cm", 168), ("168 см", 168),
        ("uno sesenta y cuatro", 164),
        ("un metro ochenta", 180), ("eins achtundsechzig", 168), ("ein Meter achtzig", 180),
    ],
)  # fmt: skip
def test_it_reads_every_usual_spelling(value, height):
    assert height_cm(value) == height


@pytest.mark.parametrize(
    "value",
    [
        "5,6",
        "5'13",
        "180 lbs",
        "168-170",
        "1.8",
        "5 11",
        "100",
        "300",
        "1",
        "$168",
        "tall",
        "",
        "168 or 170",
        "5'6 or so",
        "180 kg",
    ],
)
def test_it_reads_nothing_else(value):
    assert height_cm(value) is None


@given(st.integers(120, 230))
def test_whole_centimetres_are_kept(height):
    metres = f"{height // 100},{height % 100:02}"

    assert (
        height_cm(str(height)) == height_cm(f"{height} cm") == height_cm(metres) == height_cm(f"{metres} m") == height
    )


PLAIN = (
    ("5'6\"", 168), ("I'm 5'6", 168), ("5 feet, 6 inches, thank you very much", 168),
    ("5'6\" is correct, thank you very much", 168),
    ("5´6 here", 168), ("2 metres tall", 200), ("I'm 6 foot on the dot", 183), ("no, 168", 168), ("mido 1,64", 164),
    ("mido uno sesenta y cuatro", 164), ("1,83 m", 183), ("ich bin 1,83 groß", 183), ("je mesure 1m68", 168),
    ("мой рост 168 см", 168),
)  # fmt: skip


@pytest.mark.parametrize(("text", "height"), PLAIN)
def test_it_reads_a_height_that_is_the_whole_message(text, height):
    assert plain_height(text) == height


@pytest.mark.parametrize(
    "text",
    [
        "I weigh 150 pounds", "my rent is 180 a week", "my brother is 190 cm", "I'm 168, not 186", "no mido 168",
        "about 168", "5'6?", "6 foot 2 dogs",
        "I wish I was 6'2", "ich wäre gern 1,90", "in heels 175", "5 ft 6 and growing", "I'm 5'6, he's 6'2",
        "1,80 €", "168 😂", "5.6 ft", "12 168",
    ],
)  # fmt: skip
def test_it_leaves_everything_else_to_others(text):
    assert plain_height(text) is None


@given(st.sampled_from(PLAIN), st.text(st.characters(categories=["L"])).map("zq{}".format), st.integers(min_value=0))
def test_one_unknown_word_and_it_is_no_height(example, word, at):
    words = example[0].split()
    at %= len(words) + 1

    assert plain_height(" ".join([*words[:at], word, *words[at:]])) is None
