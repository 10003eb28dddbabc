"""Whom the profile is about, as people say it."""

import pytest

from emulator.llm.about_whom import claims, named_as_primary

OTHERS = ["Theo", "Dot"]


@pytest.mark.parametrize(
    "text",
    [
        "tis i. go for it before hal gets here",
        "these two are married and i am not so yes, about me",
        "girl sam. me. boy sam is taken",
        "right so its my profile",
        "evening. im the one who needs help here",
        "that would be me, sadly",
        "ok es pa mi, dale",
        "me me me 💅",
        "they finally talked me into it, so i need a profile",
        "hi im doing the thing",
    ],
)
def test_asked_whom_it_is_about_it_hears_a_claim_in_free_words(text: str) -> None:
    assert claims(text, asked=True, asked_by_name=False, names=OTHERS)


@pytest.mark.parametrize(
    "text",
    [
        "me dejas sorda",
        "tell me about it",
        "its about time",
        "not me",
        "he made me do it",
        "write me a poem",
        "they made me laugh",
        "its for theo obviously, i have a wife who checks my phone",
    ],
)
def test_it_hears_no_claim_where_somebody_only_talks(text: str) -> None:
    assert not claims(text, asked=True, asked_by_name=False, names=OTHERS)


def test_unasked_only_plain_words_are_a_claim() -> None:
    assert not claims("I'm the one who taught her", asked=False, asked_by_name=False)


def test_it_knows_people_of_the_group_without_their_capital() -> None:
    assert named_as_primary("an intervention for dot who has been single since the olympics", OTHERS) == "Dot"


def test_a_name_alone_answers_the_question() -> None:
    assert named_as_primary("theo obviously", OTHERS, asked=True) == "Theo"
    assert named_as_primary("theo obviously", OTHERS) is None
