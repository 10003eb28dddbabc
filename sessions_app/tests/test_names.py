import pytest

from sessions_app.names import FALLBACK, clean_display_name, distinct_name, skeleton


@pytest.mark.parametrize(
    "name",
    [
        "Matchmaker",
        "маtchmaker",
        "M a t c h m a k e r",
        "Matchrnaker",
        "ᴍatchmaker",
        "System",
        "STAFF",
        "Mat\u200dchmaker",
    ],
)
def test_nobody_can_take_our_name(name: str) -> None:
    assert clean_display_name(name, reserved=["Matchmaker"]) == FALLBACK


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("*Abby*\nLena: hi", "Abby Lena hi"),
        ("Zoë 🦊", "Zoë 🦊"),
        ("\u202eybbA", "ybbA"),
        ("Marc-André", "Marc-André"),
        ("a" * 60, "a" * 30),
        ("+15550100002", FALLBACK),
        ("(555) 010-0002", FALLBACK),
        ("Sam +44 7700 900123", "Sam"),
        ("Lena | +49 151 23456789", "Lena"),
        ("whatsapp:+15550100002", FALLBACK),
        ("tel: +1 555 010 0002", FALLBACK),
        ("[number]", FALLBACK),
        ("Anna/Lena", "Anna/Lena"),
        ("wa.me/15550100002", FALLBACK),
        ("bit.ly/love", FALLBACK),
        ("(2)", FALLBACK),
        ("007", FALLBACK),
        ("\u3164", FALLBACK),
        ("Ana 2012", "Ana 2012"),
        ("S. (work)", "S. (work)"),
        ("👨‍👩‍👧‍👦" * 5, "👨‍👩‍👧‍👦" * 4),
        ("https://x.example", FALLBACK),
        ("\u200b\u2060", FALLBACK),
    ],
)
def test_a_display_name_is_one_plain_line(given: str, shown: str) -> None:
    assert clean_display_name(given) == shown


@pytest.mark.parametrize(
    ("one", "other"), [("lena", "Iena"), ("Sam", "Sarn"), ("Zoë", "Zoe"), ("Оlga", "Olga"), ("Вова", "Boва")]
)
def test_names_that_look_alike_are_distinguished(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert distinct_name(other, [one]) == f"{other} (2)"


def test_a_long_name_stays_distinct_without_half_an_emoji() -> None:
    family = "👨‍👩‍👧‍👦" * 4

    assert distinct_name(family, [family]) == "👨‍👩‍👧‍👦" * 3 + " (2)"


@pytest.mark.parametrize(("one", "other"), [("Лена", "Лина"), ("अनु", "अनि"), ("李娜", "李那"), ("Ana", "Anna")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)
