import pytest

from matchmaker.ai.reading.undo import asks_to_skip, asks_to_undo


@pytest.mark.parametrize(
    "text",
    ["undo", "Undo!", "please undo that", "deshacer", "deshaz eso, por favor", "rückgängig", "mach das rueckgaengig"],
)
def test_it_reads_undo(text):
    assert asks_to_undo(text)
    assert not asks_to_skip(text)


@pytest.mark.parametrize(
    "text",
    [
        "skip",
        "Pass",
        "paso",
        "überspringen",
        "rather not say",
        "prefiero no decirlo",
        "möchte ich nicht sagen",
        "I'd rather not",
        "mejor no",
    ],
)
def test_it_reads_skip(text):
    assert asks_to_skip(text)
    assert not asks_to_undo(text)


@pytest.mark.parametrize(
    "text",
    [
        "skip the queue",
        "undo?",
        "paso por tu casa",
        "don't skip it",
        "I never skip breakfast",
        "pass me the salt",
        "can't undo it",
        "no skip",
        "no",
    ],
)
def test_it_takes_nothing_else_for_a_wish(text):
    assert not asks_to_skip(text)
    assert not asks_to_undo(text)
