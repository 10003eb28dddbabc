import pytest

from matchmaker.ai.reading.numbers import in_digits, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("27", 27), ("２７", 27), ("٢٧", 27), ("thirty-four", 34), ("Thirty four.", 34), ("treinta y cuatro", 34),
        ("vierunddreißig", 34),
        ("vierunddreissig", 34), ("fuenfzig", 50), ("trente et un", 31), ("quatre-vingt-dix", 90),
        ("trinta e quatro", 34),
        ("тридцать четыре", 34), ("veintiún", 21), ("six", 6), ("one hundred and sixty eight", 168),
    ],
)  # fmt: skip
def test_it_reads_a_number_in_digits_or_words(text, number):
    assert whole_number(text, 1, 200) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "27.0", "-27", "27 or 28", "twenty thirty", "two three", "y cuatro", "treinta y", "no tres", "fourth",
        "17th", "once", "elf",
        "ein", "zero four", "dozen", "twenty something",
    ],
)  # fmt: skip
def test_it_reads_nothing_that_is_not_one_number(text):
    assert whole_number(text, 1, 200) is None


def test_a_number_out_of_bounds_is_none():
    assert whole_number("27", 1, 26) is None
    assert whole_number("27", 28, 99) is None


def test_numbers_in_words_stand_as_digits_in_a_text():
    assert in_digits("six foot two", "en") == "6 foot 2"
    assert in_digits("uno sesenta y cuatro", "es") == "1 64"
