import pytest

from matchmaker.ai.safety.private_matters import MATTERS, touches_in


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("she is bi", "orientation"),
        ("He’s secretly gay", "orientation"),
        ("she came out to us in 2019", "orientation"),
        ("es lesbiana", "orientation"),
        ("er ist schwul", "orientation"),
        ("church every Sunday", "faith"),
        ("she's Muslim and fasts during Ramadan", "faith"),
        ("va a misa los domingos", "faith"),
        ("sie geht jeden Sonntag in die Kirche", "faith"),
        ("green party", "politics"),
        ("he votes Labour", "politics"),
        ("she's a member of the SPD", "politics"),
        ("es de izquierdas", "politics"),
        ("sie wählt die Grünen", "politics"),
        ("his therapist says hi", "health"),
        ("she's pregnant", "health"),
        ("she's in therapy", "health"),
        ("he's recovering from an eating disorder", "health"),
        ("beat breast cancer last year", "health"),
        ("está embarazada", "health"),
        ("sie hatte Depressionen", "health"),
        ("elle est enceinte", "health"),
        ("her two kids adore him", "children"),
        ("he's a single dad", "children"),
        ("tiene dos hijos", "children"),
        ("er hat zwei Kinder", "children"),
        ("amazing in bed", "sex"),
        ("she slept with his boss", "sex"),
        ("she still owes me 200", "money"),
        ("he's broke", "money"),
        ("he earns 90k", "money"),
        ("her salary is a joke", "money"),
        ("nos debe 300 euros", "money"),
        ("lives at 14 Elm Street", "whereabouts"),
        ("she's home alone every Thursday", "whereabouts"),
        ("wohnt in der Gartenstraße 12", "whereabouts"),
        ("vive en la calle Mayor", "whereabouts"),
        ("il habite 12 rue des Lilas", "whereabouts"),
        ("abita in via Garibaldi", "whereabouts"),
    ],
)
def test_it_finds_what_is_nobody_elses_to_tell(text: str, matter: str) -> None:
    assert matter in touches_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "her physiotherapist bikes to work with her",
        "she is a therapist and hates small talk",
        "she's ace at pub quizzes",
        "goes straight to the dance floor",
        "we play bi-weekly and she never loses",
        "we threw a party in the green park",
        "got lost behind a church in Rome and found the best gelato",
        "coffee is her religion",
        "she teaches autistic children to swim",
        "her baby is a 1998 Volvo",
        "he once owed me a pizza for three years",
        "makes a mean 10 k look easy",
        "her glasses broke and she kept dancing",
        "found the keys in the pasta and into the sauce they went",
        "broke his arm skiing and still cooked for twelve",
        "sie verdient viel mehr Urlaub",
        "watches Home Alone every Christmas",
        "lives five minutes down the road from me",
        "at 5 we took the coast road and sang",
        "podemos ir al cine, siempre compra palomitas",
        "ella es una maga de la cocina",
        "food porn on her phone, always",
        "paints in the attic every Sunday at six",
        "drove two hours at 3 am to jump start my car",
        "never misses a birthday, even her cat's",
        "er hat die Nase von seiner Oma geerbt",
        "gioca a scopa con la nonna ogni sabato",
        "she'd give you her last chip",
    ],
)
def test_it_leaves_innocent_stories_alone(text: str) -> None:
    assert touches_in(text) == frozenset()


def test_it_knows_the_matters_by_the_names_that_the_model_uses() -> None:
    assert MATTERS == ("orientation", "faith", "politics", "health", "children", "sex", "money", "whereabouts")
