"""What an old session reads like with invented numbers."""

from typing import Any

import pytest

from sessions_app.legacy.disguise import NOBODYS, Disguise, NoneLeft, disguises, invent
from sessions_app.legacy.phones import Phone, phone_in

MONTREAL, BERLIN, HIDDEN = "+15145550123", "+4915112345678", "US.13491208655302741918"
ABBY, LENA, SAM = "+15550105410", "+15550105411", "US.15550105412"
OURS = "+15005550006"
PHOTO = "https://photos.of.abby.com/1.jpg"


@pytest.fixture
def disguise() -> Disguise:
    return Disguise({MONTREAL: ABBY, BERLIN: LENA, HIDDEN: SAM}, ours={OURS}, photos=[PHOTO])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (MONTREAL, ABBY),
        ("whatsapp:+1 514 555 0123", f"whatsapp:{ABBY}"),
        (f"whatsapp:{HIDDEN}", f"whatsapp:{SAM}"),
        ("call (514) 555-0123!", f"call {ABBY}!"),
        ("call 514\u2011555\u20110123 or 00 1 514 555 0123", f"call {ABBY} or {ABBY}"),
        ("mine is 0151/123 456 78.", f"mine is {LENA}."),
        ("mine is ٥١٤ ٥٥٥ ٠١٢٣", f"mine is {ABBY}"),
        ("ring15145550123now", "ring15550105410now"),
        ("*514_555_0123*", f"*{ABBY}*"),
        ("https://wa.me/15145550123?text=hi", "https://wa.me/15550105410?text=hi"),
    ],
)
def test_it_reads_a_persons_number_as_the_invented_one(disguise: Disguise, text: str, read: str) -> None:
    assert disguise.text(text) == read


@pytest.mark.parametrize(
    "text", ["+5215512345678", "+52 55 1234 5678", "ring5215512345678now", "ring525512345678now"]
)
def test_it_disguises_both_forms_of_a_number(text: str) -> None:
    phone = phone_in("+5215512345678")
    assert isinstance(phone, Phone)
    numbers = disguises([phone], code="OLDAB2", taken=set())

    read = Disguise(numbers, ours=set(), photos=[]).text(text)

    assert "55123" not in read
    assert numbers[phone.number].removeprefix("+") in read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("+33612345678", NOBODYS),
        ("my friend's: 06 12 34 56 78", f"my friend's: {NOBODYS}"),
        ("it is whatsapp:US.999999999999", f"it is whatsapp:{NOBODYS}"),
    ],
)
def test_it_reads_other_peoples_numbers_as_nobodys(disguise: Disguise, text: str, read: str) -> None:
    assert disguise.text(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T06:30:05.551123+00:00",
        "12.04.1998",
        "born 22/11/1998 in Rome, 168 cm",
        f"Text this to: *{OURS}*",
        "Zoë 🦊",
        "XAVNS",
    ],
)
def test_it_leaves_the_rest_as_it_is(disguise: Disguise, text: str) -> None:
    assert disguise.text(text) == text


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({MONTREAL: [15145550123, 15145550123.0]}, {ABBY: [15550105410, 15550105410]}),
        ([True, None, 1763793005551, 1e300], [True, None, 1763793005551, 1e300]),
        (f" {PHOTO}", "https://photos.example/1"),
        ("IM" + "0a" * 16, ""),
    ],
    ids=["keys and numbers", "what is no text", "photo", "Twilio's id"],
)
def test_it_disguises_whatever_there_is_in_a_value(disguise: Disguise, value: Any, read: Any) -> None:
    assert disguise.value(value) == read


def test_it_invents_the_same_numbers_again_but_none_that_is_taken() -> None:
    first = invent([MONTREAL, HIDDEN], code="OLDAB2", taken=set())
    again = invent([MONTREAL, HIDDEN], code="OLDAB2", taken=set())
    beside = invent([MONTREAL], code="OLDAB2", taken=set(first.values()))

    assert first == again
    assert first[HIDDEN].startswith("US.1555010")
    assert beside[MONTREAL] not in first.values()


def test_it_invents_no_number_that_holds_a_real_one() -> None:
    first = invent([MONTREAL], code="OLDAB2", taken=set())[MONTREAL]

    invented = invent([first, "+" + first[-7:]], code="OLDAB2", taken=set())

    assert first not in invented.values()


def test_it_says_when_no_invented_number_is_left() -> None:
    taken = {f"+1555010{number}" for number in range(1000, 10_000)} - {ABBY}

    assert invent([MONTREAL], code="OLDAB2", taken=taken) == {MONTREAL: ABBY}
    with pytest.raises(NoneLeft):
        invent([MONTREAL, BERLIN], code="OLDAB2", taken=taken)
