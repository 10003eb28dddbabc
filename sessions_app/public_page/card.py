"""The card to share: a picture of 1080 × 1350 that people may post or send where a link is no use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import structlog
from django.conf import settings
from django.core.cache import cache
from PIL import Image, ImageDraw, ImageOps

from matchmaker.characters import beginning_of
from sessions_app.models import Photo
from sessions_app.photos import storage
from sessions_app.public_page.cutting import sentence_ends
from sessions_app.public_page.lettering import Lettering, reads_from_the_right
from sessions_app.public_page.page_words import words_for
from sessions_app.versions.content import Content, digest

log = structlog.get_logger()

WIDTH, HEIGHT = 1080, 1350
CACHED_FOR_S = 600
_MARGIN = 84
_ROUND = 64
_PAPER, _INK, _QUIET, _ROSE = "#fbf5ef", "#2b1d2c", "#6b5968", "#b02a50"
_PLUM, _LIGHT_PLUM, _INITIAL = "#3a1c38", "#8d2b57", "#f3c4cd"
_MOST_LINES = 4
# What is worth a line of its own; "Nurse." alone is not.
_FEWEST_CHARACTERS = 30


def card_of(content: Content, photos: Iterable[Photo]) -> bytes:
    """A PNG, drawn once in a while for each version."""
    key = f"card:{settings.MATCHMAKER_NAME}:{digest(content)}"
    drawn = _cached(key)
    if drawn is not None:
        return drawn
    main = next((shown["id"] for shown in content["photos"]), None)
    picture = next((_open(photo) for photo in photos if photo.pk == main), None)
    fresh = draw_card(content, picture)
    _keep(key, fresh)
    return fresh


def _cached(key: str) -> bytes | None:
    try:
        drawn = cache.get(key)
    except Exception as error:  # Redis away: it is drawn again
        log.warning("card_cache_unreadable", error=type(error).__name__)
        return None
    return drawn if isinstance(drawn, bytes) else None


def _keep(key: str, drawn: bytes) -> None:
    try:
        cache.set(key, drawn, CACHED_FOR_S)
    except Exception as error:
        log.warning("card_cache_unwritable", error=type(error).__name__)


def _open(photo: Photo) -> Image.Image | None:
    try:
        return Image.open(BytesIO(storage.read(photo, "large"))).convert("RGB")
    except FileNotFoundError:
        return None


@dataclass(frozen=True)
class Line:
    text: str
    style: Lettering
    colour: str
    step: int
    """From the baseline of the line before, or from the top of the panel."""


def draw_card(content: Content, picture: Image.Image | None) -> bytes:
    lines = _lines(content, is_tall=picture is None)
    footer = Lettering(30, weight=500)
    panel = sum(line.step for line in lines) + 150
    card = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    top = HEIGHT - panel
    if picture is not None:
        card.paste(
            ImageOps.fit(picture, (WIDTH, top + _ROUND), method=Image.Resampling.LANCZOS, centering=(0.5, 0.3))
        )
    else:
        card.paste(_plum(content, top + _ROUND))
    draw = ImageDraw.Draw(card)
    _rounded_panel(card, top)
    baseline = float(top)
    for line in lines:
        baseline += line.step
        line.style.draw(draw, (_left(line), baseline), line.text, line.colour)
    words = footer.drawable(words_for(content, name="", matchmaker=settings.MATCHMAKER_NAME)["made_by"])
    _heart(card, (_MARGIN, HEIGHT - 86), 32)
    footer.draw(draw, (_MARGIN + 48, HEIGHT - 60), words, _QUIET)
    return _png(card)


def _left(line: Line) -> float:
    return WIDTH - _MARGIN - line.style.width(line.text) if reads_from_the_right(line.text) else _MARGIN


def _lines(content: Content, *, is_tall: bool) -> list[Line]:
    """Everything that stands on the panel, from its top down."""
    room = WIDTH - 2 * _MARGIN
    lines = [Line(text, style, _INK, step) for text, style, step in _name(content, room)]
    area = Lettering(38, weight=500)
    for text in area.lines(content["area"] or "", room)[:1]:
        lines.append(Line(text, area, _QUIET, 70))
    said = Lettering(46, weight=400, is_serif=True)
    saying = saying_of(content, said, room, most=_MOST_LINES + 3 * is_tall)
    for place, text in enumerate(saying):
        lines.append(Line(text, said, _INK, 92 if place == 0 else 60))
    return lines


def _name(content: Content, room: int) -> list[tuple[str, Lettering, int]]:
    """On one line, smaller if need be; a very long one on two."""
    age = f", {content['age']}" if content["age"] else ""
    name = str(content["first_name"] or "")
    for size in (104, 88, 72):
        style = Lettering(size, weight=560, is_serif=True)
        drawn = style.drawable(name)
        whole = f"{drawn}{age}" if drawn else age.removeprefix(", ")
        if style.width(whole) <= room:
            break
    lines = style.lines(whole, room)[:2]
    return [(text, style, size + 40 if place == 0 else round(size * 1.1)) for place, text in enumerate(lines)]


def saying_of(content: Content, style: Lettering, room: int, *, most: int) -> list[str]:
    """As many whole sentences of the bio as there is room for, else an answer, else the beginning of the bio."""
    for text in (content["bio"], *(answer["text"] for answer in content["answers"])):
        for end in reversed(sentence_ends(text)):
            lines = style.lines(text[:end], room)
            if len(lines) <= most and (end >= _FEWEST_CHARACTERS or end == len(text)) and lines:
                return lines
    lines = style.lines(content["bio"], room)
    return _cut(lines, style, room, most)


def _cut(lines: Sequence[str], style: Lettering, room: int, most: int) -> list[str]:
    if len(lines) <= most:
        return list(lines)
    *kept, last = lines[:most]
    while last and style.width(f"{last}…") > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*kept, f"{last.rstrip(' ,;:–-')}…"]


def _rounded_panel(card: Image.Image, top: int) -> None:
    """Over the lower end of the photo; drawn four times as large, so that its corners are smooth."""
    size = (WIDTH, HEIGHT - top)
    mask = Image.new("L", (WIDTH * 4, (_ROUND + 1) * 4), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, WIDTH * 4, _ROUND * 12), radius=_ROUND * 4, fill=255)
    whole = Image.new("L", size, 255)
    whole.paste(mask.resize((WIDTH, _ROUND + 1), Image.Resampling.LANCZOS))
    card.paste(Image.new("RGB", size, _PAPER), (0, top), whole)


def _plum(content: Content, height: int) -> Image.Image:
    """Where there is no photo: a colour that gets lighter towards one corner, and their initial."""
    glow = Image.radial_gradient("L").resize((WIDTH * 2, height * 2), Image.Resampling.BICUBIC)
    light = ImageOps.invert(glow).crop((0, height, WIDTH, height * 2)).point(lambda value: value * 0.7)
    plain = Image.new("RGB", (WIDTH, height), _PLUM)
    plain.paste(Image.new("RGB", (WIDTH, height), _LIGHT_PLUM), mask=light)
    style = Lettering(520, weight=500, is_serif=True)
    initial = style.drawable(beginning_of(str(content["first_name"] or ""), 1))
    place = ((WIDTH - style.width(initial)) / 2, height * 0.5 + 130)
    style.draw(ImageDraw.Draw(plain), place, initial, _INITIAL)
    return plain


def _heart(card: Image.Image, at: tuple[int, int], size: int) -> None:
    big = size * 8
    mask = Image.new("L", (big, big), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((0, big * 0.05, big * 0.55, big * 0.6), fill=255)
    draw.ellipse((big * 0.45, big * 0.05, big, big * 0.6), fill=255)
    draw.polygon(
        [(big * 0.05, big * 0.46), (big * 0.5, big * 0.3), (big * 0.95, big * 0.46), (big * 0.5, big)], fill=255
    )
    card.paste(Image.new("RGB", (size, size), _ROSE), at, mask.resize((size, size), Image.Resampling.LANCZOS))


def _png(card: Image.Image) -> bytes:
    file = BytesIO()
    card.save(file, "PNG", compress_level=6)
    return file.getvalue()
