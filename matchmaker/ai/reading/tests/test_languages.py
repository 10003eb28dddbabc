import pytest

from matchmaker.ai.reading.languages import language_of


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["So it's me, I live in Leeds", "haha"], "en"),
        (["hola, ¿qué tal?", "sí, soy yo"], "es"),
        (["es ist mein Profil, mach ich gern, ich bin erwachsen"], "de"),
        (["ja, das ist die beste Idee"], "de"),
        (["vale"], "es"),
    ],
)
def test_it_finds_the_language_by_small_words(texts, language):
    assert language_of(texts, default="de" if language == "en" else "en") == language


def test_the_majority_decides_where_people_mix():
    assert language_of(["I live in Leeds", "vivo en Madrid con mi hermana y un gato"]) == "es"


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["ok jaja"],
        ["yo"],
        ["ja ja ja"],
        ["jajajaja"],
        ["👍"],
        ["Berlin"],
        ["27"],
        ["おはよう"],
        ["je suis de Paris et tu es où"],
        ["the el"],
    ],
)
def test_it_stays_with_the_default_where_nothing_tells(texts):
    assert language_of(texts, default="de") == "de"
    assert language_of(texts, default="es") == "es"


def test_letters_between_the_digits_of_a_code_are_no_words() -> None:
    assert language_of(["join 44Y6JB"], default="en") == "en"
    assert language_of(["A2E4O6"], default="de") == "de"
