"""Names of places that need no "I live in": the towns of the reader's own list, and those that time zones are named for."""

from functools import lru_cache
from zoneinfo import available_timezones

from emulator.llm.reading.lexicon import PLACES

# Of the time zones' areas: what is in these is a town, an island or a region.
_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def is_place(name: str) -> bool:
    return name.casefold().strip() in _towns()


@lru_cache(maxsize=1)
def _towns() -> frozenset[str]:
    zones = (zone.split("/") for zone in available_timezones())
    named = {parts[-1].replace("_", " ").casefold() for parts in zones if len(parts) > 1 and parts[0] in _AREAS}
    return frozenset(PLACES | named)
