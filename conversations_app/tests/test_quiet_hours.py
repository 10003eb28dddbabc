"""When it is night for a phone number."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from phonenumbers.tzdata import TIMEZONE_DATA

from conversations_app.tests.factories import abby_in_a_group
from conversations_app.turns.snapshot import interview_of
from conversations_app.windows.quiet_hours import end_of_night, is_night, zones_of

BERLIN, MADRID, CANARIES = "whatsapp:+4917012345678", "whatsapp:+34612345678", "Atlantic/Canary"


def utc(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 1, 15, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "zones"),
    [
        (BERLIN, ["Europe/Berlin"]),
        ("+12125550100", ["America/New_York"]),
        (MADRID, [CANARIES, "Europe/Madrid"]),
        ("whatsapp:+5215512345678", ["America/Mexico_City"]),
        ("+526641234567", ["America/Tijuana"]),
        ("whatsapp:+5493811234567", ["America/Buenos_Aires"]),
        ("whatsapp:+556799998888", ["America/Manaus"]),
        ("whatsapp:+22997123456", ["Africa/Porto-Novo"]),
        ("+22507123456", ["Africa/Abidjan"]),
        ("whatsapp:+15550100001", ["UTC"]),
        ("whatsapp:+9991234567", ["UTC"]),
        ("whatsapp:US.13491208655302741918", ["UTC"]),
    ],
    ids=[
        "one zone",
        "by area code",
        "two zones",
        "Mexico, as WhatsApp writes it",
        "Mexico, as the phone book does",
        "Argentina",
        "Brazil, without the ninth digit",
        "Benin, as before 2024",
        "Ivory Coast, as before 2021",
        "no real number",
        "no real country",
        "a hidden number",
    ],
)
def test_it_knows_the_time_zones_of_a_number(address: str, zones: list[str]) -> None:
    assert [zone.key for zone in zones_of(address)] == zones


@pytest.mark.parametrize(
    ("address", "at", "night"),
    [
        (BERLIN, utc(20, 59), False),
        (BERLIN, utc(21), True),
        (BERLIN, utc(6, 59), True),
        (BERLIN, utc(7), False),
        (MADRID, utc(21), True),  # ten in the evening on the mainland
        (MADRID, utc(7), True),  # seven in the morning on the islands
        (MADRID, utc(8), False),
    ],
)
def test_it_is_night_from_ten_to_eight_in_any_of_its_zones(address: str, at: datetime, night: bool) -> None:
    assert is_night(at, zones_of(address)) is night


@pytest.mark.parametrize(
    ("zone", "at", "end"),
    [
        ("UTC", utc(23, 7), utc(8) + timedelta(days=1)),
        ("UTC", utc(3, 59), utc(8)),
        ("UTC", utc(12, 34), utc(12, 34)),
        ("Asia/Kathmandu", utc(0), utc(2, 15)),
    ],
)
def test_it_knows_when_a_night_ends(zone: str, at: datetime, end: datetime) -> None:
    assert end_of_night(at, (ZoneInfo(zone),)) == end


@pytest.mark.parametrize("month", [1, 7])
def test_every_number_has_hours_that_are_day_in_all_its_zones(month: int) -> None:
    hours = [datetime(2026, month, 15, hour, tzinfo=UTC) for hour in range(24)]

    nights = {names: [is_night(at, tuple(map(ZoneInfo, names))) for at in hours] for names in _all_zones()}

    assert [names for names, night in nights.items() if all(night)] == []


def _all_zones() -> set[tuple[str, ...]]:
    return {tuple(names) for names in TIMEZONE_DATA.values()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "zones"), [("+12125550100", ["America/New_York"]), ("whatsapp:+15550100001", [])]
)
def test_the_matchmaker_is_told_the_time_where_the_phone_belongs(address: str, zones: list[str]):
    abby = abby_in_a_group(address)

    assert [str(time.tzinfo) for time in interview_of(abby.session).local_times] == zones
