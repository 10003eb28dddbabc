"""One person, one number, in whichever form it comes."""

import pytest
from django.db import IntegrityError, connection

from matchmaker import clock
from matchmaker.addresses import canonical
from sessions_app import actions
from sessions_app.models import Contact

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


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*MEXICO, *ARGENTINA, *BRAZIL, *BENIN, "+554132345678", "older-app:OLDAB2:3"])
def test_the_database_compares_as_we_do(address: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT canonical_address(%s)", [address])

        assert cursor.fetchone() == (canonical(address),)


@pytest.mark.django_db
@pytest.mark.parametrize("forms", [MEXICO, ARGENTINA, BRAZIL, BENIN], ids=["Mexico", "Argentina", "Brazil", "Benin"])
def test_who_writes_in_the_other_form_is_known_and_is_written_to_there(forms: tuple[str, str]) -> None:
    before = actions.get_or_update_contact(address=forms[0], at=clock.now())

    after = actions.get_or_update_contact(address=forms[1], at=clock.now())

    assert (after.pk, after.address) == (before.pk, forms[1])
    assert Contact.objects.get().address == forms[1]


@pytest.mark.django_db
def test_no_two_contacts_have_one_number() -> None:
    Contact.objects.create(address=BRAZIL[0], created_at=clock.now())

    with pytest.raises(IntegrityError, match="contact_once_a_number"):
        Contact.objects.create(address=BRAZIL[1], created_at=clock.now())
