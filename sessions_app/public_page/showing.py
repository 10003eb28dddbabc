"""One template for strangers and for the owner's preview."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from matchmaker.characters import beginning_of
from sessions_app.models import Photo
from sessions_app.photos import storage
from sessions_app.photos.storage import Size
from sessions_app.public_page.page_words import words_for
from sessions_app.versions.content import Content

# The longer side of each size at most; `sessions_app.photos.decode` makes them.
_LONGER_SIDE: dict[Size, int] = {"small": 320, "medium": 960, "large": 1600}
# These go without their label: "Doesn't smoke" says it all.
_SELF_EXPLANATORY = {
    "smoke",
    "drink",
    "diet",
    "kids_has",
    "kids_wants",
    "pets",
    "job_or_study",
    "gender",
    "orientation",
}
_SHOWN_APART = {"intention", "interests", "first_date_idea"}


@dataclass(frozen=True)
class Picture:
    alt: str
    address: str
    addresses: str
    """For `srcset`."""
    width: int
    height: int


@dataclass(frozen=True)
class Chip:
    label: str
    text: str


@dataclass(frozen=True)
class Card:
    """What stands between the photos."""

    kind: str
    title: str
    text: str = ""
    items: tuple[str, ...] = ()


def render_profile(content: Content, photos: Iterable[Photo], *, back: str = "", preview_image: str = "") -> str:
    """A whole page. `photos`: those of the content, in any order. `back`: where the owner's preview leads back to.
    `preview_image`: the address that chats may show beside the link."""
    return render_to_string("sessions_app/public_page/profile.html", _context(content, photos, back, preview_image))


def _context(content: Content, photos: Iterable[Photo], back: str, preview_image: str) -> dict[str, Any]:
    pictures = _pictures(content, photos)
    rows = {row["field"]: row for row in content["facts"]}
    name = content["first_name"] or "Somebody"
    return {
        "content": content,
        "name": name,
        "words": words_for(content, name=name, matchmaker=settings.MATCHMAKER_NAME),
        "initial": beginning_of(content["first_name"] or "", 1),
        "main": pictures[0] if pictures else None,
        # A card, a photo, a card, a photo, until all are shown.
        "pairs": list(zip_longest(_cards(content, rows), pictures[1:])),
        "looking_for": next(iter(_chips(rows["intention"])), None) if "intention" in rows else None,
        "chips": [chip for slug, row in rows.items() if slug not in _SHOWN_APART for chip in _chips(row)],
        "back": back,
        "preview_image": preview_image,
    }


def _words(rows: Mapping[str, Content], field: str) -> str:
    return ", ".join(rows[field]["words"]) if field in rows else ""


def _cards(content: Content, rows: Mapping[str, Content]) -> Iterator[Card]:
    for answer in content["answers"]:
        yield Card("answer", answer["prompt"], answer["text"])
    if "interests" in rows:
        yield Card("interests", rows["interests"]["label"], items=tuple(rows["interests"]["words"]))
    if "first_date_idea" in rows:
        yield Card("answer first-date", rows["first_date_idea"]["label"], _words(rows, "first_date_idea"))


def _chips(row: Content) -> list[Chip]:
    if row["field"] in _SELF_EXPLANATORY:
        return [Chip("", text) for text in row["words"]]
    return [Chip(row["label"], ", ".join(row["words"]))]


def _pictures(content: Content, photos: Iterable[Photo]) -> list[Picture]:
    by_pk = {photo.pk: photo for photo in photos}
    shown = [(by_pk[one["id"]], one["alt"]) for one in content["photos"] if one["id"] in by_pk]
    return [_picture(photo, alt) for photo, alt in shown]


def _picture(photo: Photo, alt: str) -> Picture:
    width, height = photo.width or 4, photo.height or 5
    sizes: tuple[Size, ...] = ("medium", "large")
    addresses = {size: storage.address(photo, size) for size in sizes}
    widths = {size: _width(width, height, _LONGER_SIDE[size]) for size in addresses}
    srcset = ", ".join(f"{address} {widths[size]}w" for size, address in addresses.items())
    return Picture(alt, addresses["medium"], srcset, width, height)


def _width(width: int, height: int, longer_side: int) -> int:
    return round(width * min(1, longer_side / max(width, height)))
