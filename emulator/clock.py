"""The emulator's clock: real time plus an offset that only grows, and the ways Twilio writes times."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

_SHORT = re.compile(r"^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$")
_ISO = re.compile(r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")
_FURTHEST = timedelta(days=3650)


class Clock:
    def __init__(self) -> None:
        self._offset = timedelta()

    @property
    def offset_s(self) -> int:
        return int(self._offset.total_seconds())

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def advance(self, by: timedelta) -> None:
        self._offset += by

    def reset(self) -> None:
        self._offset = timedelta()


def parse_short_duration(text: str) -> timedelta | None:
    """`25h`, `1h30m`, `90s`, `2d`; None when it is not one, is zero or is longer than ten years."""
    return _duration(_SHORT, text.strip().lower())


def parse_iso_duration(text: str) -> timedelta | None:
    """`PT10M`, `P1DT2H`; None when it is not one."""
    return _duration(_ISO, text.strip().upper())


def _duration(form: re.Pattern[str], text: str) -> timedelta | None:
    match = form.match(text)
    if not match or len(text) > 40:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    if max(days, hours, minutes, seconds) > 10**9:
        return None
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return length if timedelta() < length <= _FURTHEST else None


def iso_duration(length: timedelta | None) -> str | None:
    """As Twilio writes a timer: PT1H, P1DT30M; None for none."""
    if not length:
        return None
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return "P" + (f"{length.days}D" if length.days else "") + (f"T{time}" if time else "")


def parse_moment(text: str) -> datetime | None:
    """An ISO 8601 date or time; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def to_seconds(moment: datetime) -> str:
    """As in Twilio's JSON: 2015-12-16T22:18:37Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def to_millis(moment: datetime) -> str:
    """As in Twilio's webhooks: 2015-12-16T22:18:37.312Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def to_rfc2822(moment: datetime) -> str:
    """As in the 2010-04-01 API: Fri, 24 May 2019 17:44:46 +0000."""
    return format_datetime(moment)
