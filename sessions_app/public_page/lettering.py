"""Text in a picture: in the first of our fonts that has its letters, wrapped by its width. What none of them can draw,
such as emoji, is left out rather than shown as boxes."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import regex
from PIL import ImageDraw, ImageFont, features

_HERE = Path(__file__).parent
_FONTS = (_HERE / "fonts", _HERE.parent / "static" / "sessions_app" / "fonts")
_SERIF = ("fraunces-latin", "fraunces-latin-ext", "fraunces-vietnamese")
_SANS = ("inter-latin", "inter-latin-ext", "inter-vietnamese")
_OTHER_SCRIPTS = ("inter-cyrillic", "inter-greek", "noto-sans-thai", "noto-sans-cjk")
# Their letters change with their neighbours, or run from right to left: only with Raqm, which may lack FriBiDi.
_SHAPED = ("noto-sans-hebrew", "noto-sans-arabic", "noto-sans-devanagari")
_CHARACTER = regex.compile(r"\X")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}]")
_FIRST_LETTER = regex.compile(r"\p{L}")
# Lines may break before and after each of them.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
# They show nothing of their own.
_INVISIBLE = {0x200C, 0x200D, 0xFE0E, 0xFE0F}


@cache
def _coverage() -> dict[str, tuple[list[int], list[int]]]:
    """For each font, where its ranges of characters begin, and where they end."""
    told = json.loads((_HERE / "fonts" / "coverage.json").read_text())
    return {name.removesuffix(".woff2"): _ranges(ranges.split()) for name, ranges in told.items()}


def _ranges(written: Sequence[str]) -> tuple[list[int], list[int]]:
    pairs = [part.partition("-") for part in written]
    return [int(first, 16) for first, _, _ in pairs], [int(last or first, 16) for first, _, last in pairs]


def _has(font: str, character: str) -> bool:
    firsts, lasts = _coverage()[font]
    for code in map(ord, character):
        place = bisect_right(firsts, code) - 1
        if code not in _INVISIBLE and (place < 0 or code > lasts[place]):
            return False
    return True


@dataclass(frozen=True)
class Run:
    """Letters of one font that stand together."""

    text: str
    font: ImageFont.FreeTypeFont
    from_the_right: bool

    @property
    def width(self) -> float:
        return float(self.font.getlength(self.text))


class Lettering:
    """One style: a size and a weight, in a serif or a sans. Not shared between threads, as FreeType's faces cannot be."""

    def __init__(self, size: int, *, weight: int, is_serif: bool = False) -> None:
        self.size, self.weight = size, weight
        shaped = _SHAPED if features.check("raqm") else ()
        self._names = (*(_SERIF if is_serif else ()), *_SANS, *_OTHER_SCRIPTS, *shaped)
        self._loaded: dict[str, ImageFont.FreeTypeFont] = {}

    def drawable(self, text: str) -> str:
        """Without what no font of ours has."""
        kept = "".join(char for char in _CHARACTER.findall(text) if char.isspace() or self._font_of(char))
        return str(regex.sub(r"\s+([.,!?…])", r"\1", regex.sub(r"\s+", " ", kept))).strip()

    def width(self, text: str) -> float:
        return sum(run.width for run in self.runs(text))

    def lines(self, text: str, most: int) -> list[str]:
        """At most so wide, broken between words, or within one that is wider."""
        lines: list[str] = []
        line = ""
        for piece in self._pieces(self.drawable(text), most):
            if line and self.width((line + piece).rstrip()) > most:
                lines.append(line.strip())
                line = piece.lstrip()
            else:
                line += piece
        return [*lines, line.strip()] if line.strip() else lines

    def draw(self, draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, fill: str) -> None:
        """`at`: the left end of the baseline."""
        x, baseline = at
        for run in _in_reading_order(self.runs(text), from_the_right=reads_from_the_right(text)):
            draw.text((x, baseline), run.text, font=run.font, fill=fill, anchor="ls")
            x += run.width

    def _pieces(self, text: str, most: int) -> Iterator[str]:
        for word in regex.findall(r"\s*(?:[^\s-]+-*|-+)", text):
            if _UNSPACED.search(word) or self.width(word.strip()) > most:
                yield from _CHARACTER.findall(word)
            else:
                yield word

    def runs(self, text: str) -> list[Run]:
        runs: list[tuple[str, str, bool]] = []
        for char, from_the_right in _with_directions(text):
            before, direction = runs[-1][1:] if runs else ("", None)
            # Blanks and commas stay in the font of the word before them.
            stays = before and not char[0].isalnum() and _has(before, char)
            name = before if stays else self._font_of(char)
            if runs and (name, from_the_right) == (before, direction):
                runs[-1] = (runs[-1][0] + char, name, from_the_right)
            elif name:
                runs.append((char, name, from_the_right))
        return [Run(letters, self._font(name), direction) for letters, name, direction in runs]

    def _font_of(self, char: str) -> str:
        return next((name for name in self._names if _has(name, char)), "")

    def _font(self, name: str) -> ImageFont.FreeTypeFont:
        if name not in self._loaded:
            self._loaded[name] = _load(name, self.size, self.weight)
        return self._loaded[name]


def reads_from_the_right(text: str) -> bool:
    first = _FIRST_LETTER.search(text)
    return bool(first and _RIGHT_TO_LEFT.match(first[0]))


def _with_directions(text: str) -> Iterator[tuple[str, bool]]:
    """Each character, and whether it reads from the right: signs as the letters on both sides of them, or else as the
    line does (the Unicode Bidirectional Algorithm without embeddings)."""
    line = reads_from_the_right(text)
    characters = _CHARACTER.findall(text)
    known = [bool(_RIGHT_TO_LEFT.match(char)) if char[0].isalnum() else None for char in characters]
    for place, char in enumerate(characters):
        before = next((way for way in known[place::-1] if way is not None), line)
        after = next((way for way in known[place:] if way is not None), line)
        yield char, before if before == after else line


def _in_reading_order(runs: Sequence[Run], *, from_the_right: bool) -> list[Run]:
    """From left to right as they stand on the line."""
    parts = [list(part) for _, part in groupby(runs, key=lambda run: run.from_the_right)]
    ordered = [part[::-1] if part[0].from_the_right else part for part in parts]
    return [run for part in (ordered[::-1] if from_the_right else ordered) for run in part]


def _load(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    path = next(folder / f"{name}.woff2" for folder in _FONTS if (folder / f"{name}.woff2").is_file())
    font = ImageFont.truetype(str(path), size)
    try:
        axes = font.get_variation_axes()
    except OSError:
        return font  # it has one weight
    font.set_variation_by_axes([_along(axis, size, weight) for axis in axes])
    return font


def _along(axis: ImageFont.Axis, size: int, weight: int) -> float:
    """What is wanted of an axis, as far as it goes."""
    name = axis["name"] or b""
    wanted = {b"Weight": weight, b"Optical Size": size}.get(name, axis["default"] or 0)
    return max(axis["minimum"] or 0, min(axis["maximum"] or 0, wanted))
