"""What friends tell, in the mouth of whom it is about; and silence where that would be a guess."""

import pytest

from emulator.llm import first_person


@pytest.mark.parametrize(
    ("told", "own"),
    [
        (
            "She once taught a whole night bus to sing, in slippers",
            "I once taught a whole night bus to sing, in slippers.",
        ),
        ("she always remembers birthdays", "I always remember birthdays."),
        ("He's been to every lido in London", "I've been to every lido in London."),
        ("he's scared of geese", "I'm scared of geese."),
        ("Abby cries at adverts with dogs in them", "I cry at adverts with dogs in them."),
        ("she mends her own bike and it shows", "I mend my own bike and it shows."),
        ("a swan chased her to the car", "A swan chased me to the car."),
        ("he lost his shoe to a swan", "I lost my shoe to a swan."),
        ("She taught herself the accordion", "I taught myself the accordion."),
        ("I name every houseplant", "I name every houseplant."),
        ("lost my phone in a lake!", "I lost my phone in a lake."),
        ("Scared of geese since 1994", "Scared of geese since 1994."),
        ("I told my sister she could have it", "I told my sister she could have it."),
    ],
)
def test_it_puts_what_was_told_into_the_first_person(told, own):
    assert first_person.sentence(told, owner="Abby", others=["Lena", "Tom"]) == own


@pytest.mark.parametrize(
    "told",
    [
        "she once brought my mum the exact tea she had mentioned",  # my: the friend's; she: the mum
        "She told her sister that she would come",
        "She bakes bread and names it",  # is "names" a verb?
        "In March I drove to Whitby because Lena was sad",
        "Last year Abby won, and Abby cried",
        "",
    ],
)
def test_it_does_not_guess(told):
    assert first_person.sentence(told, owner="Abby", others=["Lena", "Tom"]) == ""


@pytest.mark.parametrize(
    ("told", "clause"),
    [
        ("She once sang on a bus.", "I once sang on a bus"),
        ("Last Sunday I lost a contest", "last Sunday I lost a contest"),
        ("Leeds is where I learnt to swim", "Leeds is where I learnt to swim"),
    ],
)
def test_a_clause_goes_on_in_the_middle_of_a_sentence(told, clause):
    assert first_person.clause(told, owner="Abby") == clause
