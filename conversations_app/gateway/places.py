"""A place that somebody shared on WhatsApp, in words: it comes as fields beside an empty text."""

from collections.abc import Mapping


def place_in(fields: Mapping[str, str]) -> str:
    """`📍 Café Olimpico, 124 St Viateur`, or with a link to a map where there is no address; empty without a place."""
    said = [" ".join(fields.get(name, "").split()) for name in ("Label", "Address")]
    link = _map_link(fields.get("Latitude", ""), fields.get("Longitude", ""))
    words = ", ".join(part for part in said if part)
    if said[1] or not link:
        return f"📍 {words}" if words else ""
    # A label such as "Home" tells nobody the way.
    return f"📍 {words or 'a place'}: {link}"


def _map_link(latitude: str, longitude: str) -> str:
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return ""
    if not (abs(north) <= 90 and abs(east) <= 180):
        return ""
    return f"https://maps.google.com/?q={latitude.strip()},{longitude.strip()}"
