"""One person, one number, in whichever form it comes."""

import pytest

from matchmaker.addresses import canonical

MEXICO = ("whatsapp:+5215512345678", "whatsapp:+525512345678")
ARGENTINA = ("+5491123456789", "+541123456789")
BRAZIL = ("whatsapp:+554187654321", "whatsapp:+5541987654321")
BENIN = ("+22997123456", "+2290197123456")


@pytest.mark.parametrize("forms", [MEXICO, ARGENTINA, BRAZIL, BENIN], ids=["Mexico", "Argentina", "Brazil", "Benin"])
def test_both_forms_of_a_number_compare_as_one(forms: tuple[str, str]) -> None:
    assert canonical(forms[0]) == canonical(forms[1]) == forms[1]


@pytest.mark.parametrize(
    "address",
    [
        "+15550100001",
        "+521551234567",  # ten digits that begin with 1
        "+554132345678",  # a landline of Curitiba
        "+5541932345678",  # a mobile that never had eight digits
        "whatsapp:US.13491208655302741918",
        "system",
    ],
)
def test_an_address_of_one_form_stays_as_it_is(address: str) -> None:
    assert canonical(address) == address


def test_the_channel_still_tells_addresses_apart() -> None:
    assert canonical(MEXICO[0]) != canonical(MEXICO[0].removeprefix("whatsapp:"))
