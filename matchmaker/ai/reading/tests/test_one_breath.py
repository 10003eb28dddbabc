import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.ai.reading.one_breath import Statement, claims_to_be_it, read_statement


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("it's about me, yes, I'm in, I'm 27", Statement(True, True, False, 27)),
        ("it's my profile, happy to do this, I'm an adult", Statement(True, True, True, None)),
        ("es mi perfil, encantada de hacerlo, soy adulta", Statement(True, True, True, None)),
        ("es ist mein Profil, mach ich gern, ich bin erwachsen", Statement(True, True, True, None)),
        ("soy Maite y el perfil es para mí. sí, acepto, y soy mayor de edad", Statement(True, True, True, None)),
        ("Fine, it's about me. I give in 😄", Statement(True, False, False, None)),
        ("yes, go ahead, I'm 29", Statement(False, True, False, 29)),
        ("soy yo, acepto, tengo treinta y cuatro años", Statement(True, True, False, 34)),
        ("ich bin 34 und das Profil ist meins", Statement(True, False, False, 34)),
        ("I'm over 18", Statement(False, False, True, None)),
        ("I'm 16", Statement(False, False, False, 16)),
    ],
)
def test_it_reads_what_somebody_says_about_themselves(text, statement):
    assert read_statement(text, ["Maite"]) == statement


@pytest.mark.parametrize("text", ["yes, it's about me", "it's about me, yes", "sí, soy mayor de edad", "ok, I'm 27"])
def test_a_bare_yes_may_answer_any_of_it(text):
    unasked, asked = read_statement(text), read_statement(text, consent_asked=True)

    assert unasked and not unasked.yes
    assert asked and asked.yes


def test_me_answers_only_when_asked():
    text = "Me! I'm the single one. And yes, go ahead with the profile"

    assert read_statement(text) is None
    assert read_statement(text, claim_asked=True) == Statement(True, True, False, None)


@pytest.mark.parametrize(
    "text",
    [
        "yes", "I'm in", "ok", "me", "me, I'm in", "hello everyone", "I'm Maite",
        "for me it's obviously Jonas", "me and Jonas are waiting for Abby, it's about her",
        "my profile is a mess, let's do Jonas",
        "yo what's up everyone", "not me!", "it's about me? no", "it's not about me, I'm 27",
        "I'm 27 minutes away", "I'm on bus 27",
        "it's about me and Jonas", "I'm 27, I'm 28", "I'm almost an adult", "no soy mayor de edad",
        "I'm over 18 months sober",
        "it's about me, as always, haha", "wenn es um mich geht, ja", "si es mi perfil, no", "it's about me…",
        "no, I'm 27", "si es mi perfil, acepto", "I'm 16, I'm an adult", "that's mine, I'm over 18", "me, I'm in",
        "I'm 5",
    ],
)  # fmt: skip
def test_it_reads_nothing_else(text):
    assert read_statement(text, ["Maite"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "me", "ich", "yo", "moi", "Me!", "that would be me, sadly", "pues soy yo, qué remedio",
        "das bin dann wohl ich", "me, I guess",
        "it's me, Maite", "yes, me", "guilty 😄", "私です", "저요",
    ],
)  # fmt: skip
def test_asked_who_it_is_about_short_answers_count(text):
    assert claims_to_be_it(text, asked=True, names=["Maite"])
    assert not claims_to_be_it(text, asked=False, names=["Maite"])


@pytest.mark.parametrize(
    "text", ["the profile is mine", "el perfil es mío", "das Profil ist meins", "It's about me 🙋‍♀️"]
)
def test_a_full_claim_counts_unasked(text):
    assert claims_to_be_it(text, asked=False)


@pytest.mark.parametrize(
    "text",
    [
        "me too", "me?", "not me", "me and Maite", "Maite", "me 😂", "ich auch", "yo también",
        "tom is always talking about me", "mine is finished",
        "me neither", "ask me later", "poor me", "yo no", "ich nicht", "give me a second", "Lena", "yes",
        "um mich geht's, glaub ich", "soy yo, creo", "me, I think",
        "me or Lena", "ich glaube Lena", "es para mí un placer", "si soy yo",
    ],
)  # fmt: skip
def test_even_asked_it_takes_nothing_else_for_a_claim(text):
    assert not claims_to_be_it(text, asked=True, names=["Maite"])


@given(
    st.sampled_from(["it's about me, I'm in, I'm 27", "el perfil es mío, acepto", "ich bin erwachsen"]),
    st.text(st.characters(categories=["L"])).map("zq{}".format),
    st.integers(min_value=0),
)
def test_one_unknown_word_and_it_says_nothing(text, word, at):
    words = text.split()
    at %= len(words) + 1

    assert read_statement(" ".join([*words[:at], word, *words[at:]])) is None
