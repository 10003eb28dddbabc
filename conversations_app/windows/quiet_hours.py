"""When it is night where a phone number belongs: then we send nothing unprompted."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from phonenumbers import NumberParseException, parse
from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_geographical_number, time_zones_for_number

from matchmaker.addresses import canonical

# No country gives out this area code; numbers in it are invented ones.
_NOBODYS = "+1555"
NIGHT_BEGINS, NIGHT_ENDS = 22, 8
# Every zone is a multiple of this away from UTC, so nights begin and end on this grid.
_GRID = timedelta(minutes=15)

Zones = tuple[ZoneInfo, ...]


@lru_cache(maxsize=10_000)
def zones_of(address: str) -> Zones:
    """The time zones the number may be in; UTC if it does not tell.

    A number that belongs to a whole country, such as a Russian mobile, keeps all of the country's zones: it is night
    for that person as long as it is night in any of them. To guess one zone would wake people in the others; this way
    a reminder may come early, and nobody is woken. Every country has hours that are day in all of its zones.
    """
    names = _zone_names(canonical(address).removeprefix("whatsapp:"))
    return tuple(ZoneInfo("UTC" if name == UNKNOWN_TIMEZONE else name) for name in names)


def _zone_names(number: str) -> tuple[str, ...]:
    try:
        parsed = parse(number)
    except NumberParseException:  # somebody who hides the number, or a country that nobody knows
        return (UNKNOWN_TIMEZONE,)
    names = time_zones_for_number(parsed)
    if names == (UNKNOWN_TIMEZONE,) and not number.startswith(_NOBODYS):
        # A number newer or older than the library's list of them; where it begins still tells the country.
        names = time_zones_for_geographical_number(parsed)
    return tuple(names)


def local_times(at: datetime, zones: Zones) -> tuple[datetime, ...]:
    """By each clock that the phone may show; none where its number does not tell."""
    return tuple(at.astimezone(zone) for zone in zones if zone.key != "UTC")


def is_night(at: datetime, zones: Zones) -> bool:
    hours = (at.astimezone(zone).hour for zone in zones)
    return any(hour >= NIGHT_BEGINS or hour < NIGHT_ENDS for hour in hours)


def end_of_night(at: datetime, zones: Zones) -> datetime:
    """The first moment from `at` on that is day."""
    while is_night(at, zones):
        at += _GRID - (at - datetime.min.replace(tzinfo=at.tzinfo)) % _GRID
    return at
