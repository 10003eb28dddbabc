import re

import pytest
from phonenumbers import (
    PhoneNumberFormat,
    PhoneNumberType,
    example_number_for_type,
    format_number,
    is_valid_number,
    parse,
)

from matchmaker.ai.safety.helplines import HELPLINES, helpline_for


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("whatsapp:+447400123456", "Samaritans, 116 123, free, day and night."),
        ("+353851234567", "Samaritans, 116 123, free, day and night."),
        ("+12125550101", "988 Lifeline, call or text, free, day and night."),
        ("+14165550101", "988 Helpline, call or text, free, day and night."),
        ("+17875550101", "988 Lifeline"),
        ("+447797123456", "Samaritans, 116 123"),
        ("+61412345678", "Lifeline, 13 11 14, day and night."),
        ("+393331234567", "Telefono Amico, 02 2327 2327, 9:00–24:00, or 112 at any other time."),
    ],
)
def test_it_names_the_line_of_their_country(address: str, line: str) -> None:
    assert f"Please talk to someone now: {line}" in helpline_for(address, "en")


def test_it_speaks_their_language_with_the_line_of_their_number() -> None:
    assert "habla con alguien ahora: Línea 024, gratis, de día y de noche." in helpline_for("+34612345678", "es")
    assert "mit jemandem: Samaritans, 116 123, kostenlos, Tag und Nacht." in helpline_for("+447400123456", "de")


def test_a_language_without_its_own_wording_gets_english() -> None:
    assert helpline_for("+34612345678", "ja").startswith("I'm really glad you said that")


@pytest.mark.parametrize(
    ("address", "number"), [("+905321234567", "112"), ("+18095550101", "911"), ("+573001234567", "112")]
)
def test_a_country_without_an_entry_gets_its_emergency_number(address: str, number: str) -> None:
    line = helpline_for(address, "en")

    assert f"your emergency number, {number}, or a line near you, which findahelpline.com lists" in line


@pytest.mark.parametrize("address", ["whatsapp:US.13491208655302741918", "web-chat-abby"])
def test_a_person_without_a_number_is_not_guessed_at(address: str) -> None:
    assert "your local emergency number, or a line near you" in helpline_for(address, "en")


def test_every_entry_says_where_it_is_from_and_when_it_was_compared() -> None:
    assert len(HELPLINES) >= 30
    for line in HELPLINES.values():
        assert "." in line.source
        assert re.fullmatch(r"20\d\d-\d\d", line.compared)


def test_the_ordinary_numbers_are_possible_in_their_country() -> None:
    ordinary = [(country, line.number) for country, line in HELPLINES.items() if len(line.number) > 7]

    assert [pair for pair in ordinary if not is_valid_number(parse(pair[1], pair[0])) and pair[1] != "116 123"] == []


@pytest.mark.parametrize("country", sorted(HELPLINES))
def test_a_phone_of_each_country_is_given_its_line_in_a_quiet_voice(country: str) -> None:
    phone = example_number_for_type(country, PhoneNumberType.MOBILE)
    assert phone is not None

    line = helpline_for(format_number(phone, PhoneNumberFormat.E164), "en")

    assert HELPLINES[country].number in line
    assert "!" not in line and "http" not in line
