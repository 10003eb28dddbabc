"""Draws the sample photos of this folder: `.venv/bin/python -m scenarios.photos.draw` (Chromium renders them).

They stand for the photos that people send in the scenarios and on the virtual phones.
"""

import math
import random
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from devstack.system_packages import find_browser

FOLDER = Path(__file__).parent
TALL = (1080, 1350)
WIDE = (1350, 1080)

SKIN, DEEP_SKIN, OLIVE_SKIN = "#f0b991", "#9a5b3c", "#d9996b"
AUBURN, INK, BLOND, GREY = "#8f3b1f", "#2b1d1a", "#e0ab55", "#b9b3ad"


# --- shapes -----------------------------------------------------------------------------------------------------------


def rect(x: float, y: float, width: float, height: float, fill: str, *, r: float = 0, more: str = "") -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{r}" fill="{fill}" {more}/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}" {more}/>'


def shape(d: str, fill: str, more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {more}/>'


def stroke(d: str, colour: str, width: float, more: str = "") -> str:
    ends = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{d}" {ends} stroke="{colour}" stroke-width="{width}" {more}/>'


def group(content: str, *, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, more: str = "") -> str:
    return f'<g transform="translate({x} {y}) rotate({turn}) scale({scale})" {more}>{content}</g>'


def glow(x: float, y: float, r: float, colour: str, strength: float = 0.8) -> str:
    """Soft light; `colour` fades to nothing."""
    name = f"glow-{x:.0f}-{y:.0f}-{r}"
    stops = f'<stop offset="0" stop-color="{colour}" stop-opacity="{strength}"/>'
    stops += f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/>'
    return f'<radialGradient id="{name}">{stops}</radialGradient>' + oval(x, y, r, r, f"url(#{name})")


def fade(name: str, *colours: str, across: bool = False) -> str:
    """A gradient to fill with: `url(#name)`."""
    stops = "".join(
        f'<stop offset="{number / (len(colours) - 1)}" stop-color="{c}"/>' for number, c in enumerate(colours)
    )
    way = 'x1="0" y1="0" x2="1" y2="0"' if across else 'x1="0" y1="0" x2="0" y2="1"'
    return f'<linearGradient id="{name}" {way}>{stops}</linearGradient>'


def leaf_plant(x: float, y: float, colour: str, *, size: float = 1, leaves: int = 7) -> str:
    """A pot plant that stands with its foot on (x, y)."""
    parts = ""
    for number in range(leaves):
        turn = -64 + 128 * number / (leaves - 1)
        length = 190 - abs(turn) * 0.9
        leaf = shape(
            f"M0 0 C-46 {-length * 0.4} -34 {-length * 0.9} 0 {-length} C34 {-length * 0.9} 46 {-length * 0.4} 0 0",
            colour,
        )
        leaf += stroke(f"M0 0 L0 {-length * 0.85}", "#ffffff", 3, 'opacity=".25"')
        parts += group(leaf, turn=turn, y=-96)
    pot = shape("M-62 -104 L62 -104 L46 0 L-46 0 Z", "#c7653f") + rect(-70, -116, 140, 30, "#d9774d", r=8)
    return group(parts + pot, x=x, y=y, scale=size)


# --- people -----------------------------------------------------------------------------------------------------------


def face(
    *, skin: str, hair: str, style: str, laughs: bool = False, glasses: bool = False, beard: bool = False
) -> str:
    """A head around (0, 0), about 260 high."""
    behind, front = hair_of(style, hair)
    parts = behind
    parts += rect(-44, 70, 88, 120, skin, r=40) + shape(
        "M-44 118 C-20 150 20 150 44 118 L44 100 L-44 100 Z", "#000", 'opacity=".12"'
    )
    parts += oval(-100, 8, 20, 28, skin) + oval(100, 8, 20, 28, skin)
    parts += shape("M-100 -30 C-100 -130 100 -130 100 -30 C100 60 62 124 0 124 C-62 124 -100 60 -100 -30 Z", skin)
    if beard:
        parts += shape(
            "M-100 -6 C-96 92 -58 134 0 134 C58 134 96 92 100 -6 C92 40 66 48 42 44 C20 34 -20 34 -42 44 C-66 48 -92 40 -100 -6 Z",
            hair,
        )
    parts += oval(-56, 42, 24, 15, "#e8603c", 'opacity=".28"') + oval(56, 42, 24, 15, "#e8603c", 'opacity=".28"')
    parts += stroke("M0 4 C8 22 8 30 -4 32", "#7a3b22", 6, 'opacity=".55"')
    parts += stroke("M-62 -34 C-50 -44 -34 -44 -24 -36", hair, 9) + stroke("M24 -36 C34 -44 50 -44 62 -34", hair, 9)
    if laughs:
        parts += stroke("M-58 2 C-50 -12 -32 -12 -24 2", INK, 8) + stroke("M24 2 C32 -12 50 -12 58 2", INK, 8)
        parts += shape("M-40 58 C-20 66 20 66 40 58 C36 100 -36 100 -40 58 Z", "#7c2420")
        parts += shape("M-33 61 C-14 67 14 67 33 61 L31 71 C12 76 -12 76 -31 71 Z", "#fffaf2")
    else:
        parts += oval(-41, -2, 10, 13, INK) + oval(41, -2, 10, 13, INK)
        parts += oval(-38, -6, 3.5, 4, "#fff") + oval(44, -6, 3.5, 4, "#fff")
        parts += stroke("M-34 62 C-16 82 18 82 36 60", "#8c3a2a", 8)
    if glasses:
        rims = 'fill="none" stroke="#3b2a24" stroke-width="7"'
        parts += f'<circle cx="-42" cy="-2" r="34" {rims}/><circle cx="42" cy="-2" r="34" {rims}/>'
        parts += stroke("M-8 -4 C-4 -10 4 -10 8 -4", "#3b2a24", 7)
    return parts + front


def hair_of(style: str, colour: str) -> tuple[str, str]:
    """(behind the head, in front of it)."""
    fringe = (
        "M-108 4 C-124 -150 124 -150 108 4 C100 -40 84 -66 60 -78 C20 -58 -40 -56 -74 -82 C-92 -60 -102 -36 -108 4 Z"
    )
    match style:
        case "long":
            back = "M-112 -20 C-140 -160 140 -160 112 -20 C128 60 138 140 120 214 C70 240 -70 240 -120 214 C-138 140 -128 60 -112 -20 Z"
            return shape(back, colour), shape(fringe, colour)
        case "bun":
            return oval(26, -142, 58, 54, colour) + stroke(
                "M-4 -146 C20 -166 52 -158 56 -132", "#fff", 4, 'opacity=".2"'
            ), shape(fringe, colour)
        case "tail":
            tail = "M60 -100 C190 -110 190 60 140 170 C150 90 130 20 90 -20 Z"
            return shape(tail, colour), shape(fringe, colour)
        case "curls":
            around = [
                (-104, -10),
                (-112, -60),
                (-84, -104),
                (-40, -130),
                (10, -138),
                (60, -124),
                (98, -90),
                (114, -44),
                (106, 2),
                (-100, 36),
                (104, 44),
            ]
            back = "".join(oval(x, y, 44, 44, colour) for x, y in around)
            front = "".join(
                oval(x, y, 32, 30, colour) for x, y in [(-72, -84), (-32, -98), (12, -102), (54, -92), (84, -66)]
            )
            return back, front
        case "short":
            top = "M-106 -10 C-126 -156 128 -160 106 -10 C104 -46 92 -62 74 -70 C30 -64 -20 -74 -46 -92 C-70 -82 -98 -56 -106 -10 Z"
            return "", shape(top, colour)
        case "cap":
            cap = shape("M-108 -36 C-112 -156 112 -156 108 -36 C60 -62 -60 -62 -108 -36 Z", "#2f6f73")
            return shape("M-108 -30 C-116 40 -104 60 -98 60 L98 60 C104 60 116 40 108 -30 Z", colour), cap + shape(
                "M-112 -34 C-60 -74 60 -74 112 -34 C70 -50 -70 -50 -112 -34 Z", "#24575a"
            )
        case "hat":
            knit = shape("M-112 -34 C-116 -164 116 -164 112 -34 Z", "#d8573a") + rect(
                -120, -62, 240, 48, "#f0e3cf", r=22
            )
            return shape(
                "M-108 -30 C-130 60 -128 150 -104 180 L104 180 C128 150 130 60 108 -30 Z", colour
            ), knit + oval(0, -146, 34, 34, "#f0e3cf")
    raise ValueError(style)


def torso(colour: str, *, neckline: str = "round", skin: str = SKIN) -> str:
    """Shoulders and chest below a face at (0, 0); cut it off with whatever stands in front."""
    body = "M-250 520 C-260 330 -230 230 -120 196 C-80 184 -58 170 -50 156 L50 156 C58 170 80 184 120 196 C230 230 260 330 250 520 L250 900 L-250 900 Z"
    cut = {
        "round": shape("M-66 172 C-50 232 50 232 66 172 L44 150 L-44 150 Z", skin),
        "v": shape("M-62 172 L0 292 L62 172 L44 150 L-44 150 Z", skin),
        "high": rect(-60, 140, 120, 62, colour, r=26),
    }[neckline]
    shade = shape("M250 900 L250 520 C260 330 230 230 120 196 C170 300 176 520 150 900 Z", "#000", 'opacity=".1"')
    return shape(body, colour) + shade + cut


# --- the scenes -------------------------------------------------------------------------------------------------------


def climbing() -> str:
    """From behind, high up on an indoor wall."""
    parts = rect(0, 0, *TALL, "#f3d9b1")
    parts += shape("M0 0 L620 0 L430 560 L0 700 Z", "#f7e6c8") + shape(
        "M620 0 L1080 0 L1080 420 L430 560 Z", "#e9b36f"
    )
    parts += shape("M430 560 L1080 420 L1080 1050 L560 1350 L0 1350 L0 700 Z", "#e08a55")
    parts += shape("M430 560 L560 1350 L1080 1350 L1080 420 Z", "#c96b45") + shape(
        "M0 700 L430 560 L560 1350 L0 1350 Z", "#e79b62"
    )
    dice = random.Random(5)
    for _ in range(70):
        x, y = dice.uniform(20, 1060), dice.uniform(20, 1330)
        parts += oval(x, y, 5, 5, "#7d4a31", 'opacity=".35"')
    for x, y, size, colour in [
        (250, 190, 62, "#3d8f8a"),
        (610, 130, 58, "#f4c542"),
        (890, 230, 66, "#d4483b"),
        (150, 480, 52, "#f4c542"),
        (820, 520, 70, "#3d8f8a"),
        (240, 860, 66, "#d4483b"),
        (930, 800, 60, "#5b4b8a"),
        (300, 1150, 72, "#3d8f8a"),
        (800, 1130, 64, "#f4c542"),
        (120, 1020, 46, "#5b4b8a"),
        (975, 1190, 50, "#d4483b"),
        (440, 330, 44, "#5b4b8a"),
    ]:
        parts += oval(x + 12, y + 18, size, size * 0.72, "#5b2c1c", 'opacity=".28"')
        parts += shape(
            f"M{x - size} {y} C{x - size} {y - size} {x + size * 0.7} {y - size * 0.9} {x + size} {y - 4} "
            f"C{x + size * 0.9} {y + size * 0.8} {x - size * 0.8} {y + size * 0.8} {x - size} {y} Z",
            colour,
        )
        parts += oval(x - size * 0.25, y - size * 0.3, size * 0.36, size * 0.16, "#fff", 'opacity=".35"')
    rope = stroke("M560 0 C566 240 548 420 540 800", "#f6f1e4", 12) + stroke(
        "M560 0 C566 240 548 420 540 800", "#5b4b8a", 12, 'stroke-dasharray="6 26"'
    )
    shadow = stroke(
        "M460 560 L300 240 M640 560 L860 300 M520 860 L330 1130 M600 860 L820 1110", "#5b2c1c", 84, 'opacity=".16"'
    )
    limbs = stroke("M505 880 C470 960 360 930 330 1110", "#34435e", 104) + stroke(
        "M590 880 C700 930 800 950 800 1085", "#34435e", 104
    )
    shoes = stroke("M330 1108 L286 1128", "#f4c542", 54) + stroke("M802 1092 L846 1100", "#f4c542", 54)
    arms = stroke("M452 520 C380 470 330 400 270 215", SKIN, 74) + stroke(
        "M650 520 C740 490 800 420 876 258", SKIN, 74
    )
    hands = oval(258, 192, 44, 40, SKIN) + oval(884, 240, 44, 40, SKIN)
    chalk = oval(262, 178, 26, 16, "#fff", 'opacity=".55"') + oval(888, 226, 26, 16, "#fff", 'opacity=".55"')
    back = shape(
        "M436 500 C480 440 620 440 664 500 C690 600 640 760 640 900 C600 940 500 940 462 900 C462 760 410 600 436 500 Z",
        "#2f9a94",
    )
    back += stroke("M470 500 C500 600 500 640 548 690 C596 640 600 600 632 500", SKIN, 26)
    harness = (
        stroke("M462 850 C520 880 590 880 640 850", "#2b1d1a", 30)
        + rect(610, 850, 84, 96, "#d8573a", r=22)
        + oval(652, 856, 40, 16, "#fff3df")
    )
    head = oval(556, 368, 104, 116, AUBURN) + shape(
        "M600 300 C700 320 720 470 660 600 C640 520 620 470 570 440 Z", AUBURN
    )
    head += oval(600, 312, 28, 26, "#f4c542") + stroke("M500 300 C540 280 590 286 620 320", "#fff", 5, 'opacity=".2"')
    head += rect(526, 440, 60, 60, SKIN, r=22) + oval(466, 384, 16, 26, SKIN)
    return (
        parts
        + shadow
        + rope
        + limbs
        + shoes
        + back
        + arms
        + hands
        + chalk
        + harness
        + head
        + glow(860, 60, 620, "#fff3d0", 0.55)
    )


def cafe() -> str:
    """At a café table, laughing over cake."""
    parts = rect(0, 0, *TALL, "#3e5a50") + rect(90, 70, 900, 760, "#f8deb0", r=10)
    dice = random.Random(11)
    for _ in range(26):
        colour = dice.choice(["#f2a65a", "#f7c873", "#e77e5b", "#fff0cf", "#9dbf9e"])
        size = dice.uniform(30, 84)
        parts += oval(dice.uniform(110, 970), dice.uniform(90, 800), size, size, colour, 'opacity=".5"')
    parts += rect(520, 70, 24, 760, "#2d443c") + rect(90, 380, 900, 22, "#2d443c")
    parts += '<rect x="90" y="70" width="900" height="760" rx="10" fill="none" stroke="#2d443c" stroke-width="30"/>'
    parts += leaf_plant(130, 900, "#5f9a6b", size=1.5) + stroke("M840 0 L840 190", "#1f2f2a", 8)
    parts += shape("M740 300 C750 180 930 180 940 300 Z", "#e8a13a") + glow(840, 340, 330, "#ffe6a3", 0.7)
    who = torso("#c8443a", neckline="v") + face(skin=SKIN, hair=AUBURN, style="bun", laughs=True)
    parts += group(who, x=560, y=560, scale=1.25)
    parts += stroke("M330 960 C260 1060 330 1120 440 1130", "#b53a32", 110) + stroke(
        "M800 960 C880 1060 800 1130 690 1130", "#b53a32", 110
    )
    parts += rect(0, 1120, 1080, 230, "#a8653d") + rect(0, 1120, 1080, 26, "#c47f51")
    for y in (1186, 1246, 1306):
        parts += stroke(f"M0 {y} C300 {y - 14} 700 {y + 16} 1080 {y}", "#8a4f2d", 4, 'opacity=".5"')
    parts += oval(440, 1132, 50, 40, SKIN) + oval(690, 1132, 50, 40, SKIN)
    cake = oval(0, 60, 190, 34, "#f7efe2") + oval(0, 54, 160, 24, "#e5d9c5")
    cake += shape("M-120 40 L60 60 L60 -50 L-120 -70 Z", "#f3c987") + shape(
        "M60 60 L130 30 L130 -78 L60 -50 Z", "#dca763"
    )
    cake += shape("M-120 -70 L60 -50 L130 -78 C60 -110 -60 -116 -120 -70 Z", "#fff4e6") + shape(
        "M-120 -22 L60 -2 L130 -30 L130 -14 L60 14 L-120 -6 Z", "#d44d5c"
    )
    cake += oval(-10, -94, 28, 24, "#d44d5c") + stroke("M-8 -112 C0 -130 14 -132 22 -130", "#4a7a44", 6)
    parts += group(cake, x=330, y=1180, scale=1.15)
    cup = oval(0, 96, 150, 28, "#f7efe2") + shape(
        "M-88 -30 L88 -30 C88 60 50 92 0 92 C-50 92 -88 60 -88 -30 Z", "#fffaf2"
    )
    cup += (
        oval(0, -30, 88, 22, "#e9ddcb")
        + oval(0, -28, 76, 17, "#8a5230")
        + stroke("M86 -10 C140 -14 138 54 70 50", "#fffaf2", 18)
    )
    cup += stroke("M-24 -70 C-44 -110 -4 -130 -24 -170 M22 -66 C6 -104 42 -126 22 -162", "#fff", 9, 'opacity=".5"')
    return parts + group(cup, x=830, y=1150, scale=1.1)


def flea_market() -> str:
    """The worst painting of the day, held up with pride."""
    parts = fade("sky", "#bfe3e0", "#fbeccb") + rect(0, 0, *TALL, "url(#sky)") + glow(200, 180, 360, "#fff6d8", 0.9)
    parts += shape(
        "M0 520 L150 430 L150 380 L230 380 L230 430 L420 400 L420 330 L560 280 L700 330 L700 420 L860 400 L860 360 L1080 390 L1080 900 L0 900 Z",
        "#e3b98f",
    )
    for x in range(40, 1080, 120):
        parts += rect(x, 500, 44, 60, "#b98a63", r=4, more='opacity=".6"')
    for start, colour in ((-60, "#d8573a"), (640, "#2f8f8a")):
        parts += rect(start + 40, 700, 20, 420, "#7b5236") + rect(start + 440, 700, 20, 420, "#7b5236")
        for stripe in range(8):
            x = start + stripe * 62
            tone = colour if stripe % 2 == 0 else "#fff4e0"
            parts += shape(f"M{x + 20} 560 L{x + 72} 560 L{x + 62} 720 C{x + 50} 752 {x + 12} 752 {x} 720 Z", tone)
        parts += rect(start, 960, 500, 190, "#a56c44") + rect(start, 940, 500, 34, "#c98d5e")
    for x, y, size, colour in [
        (40, 930, 34, "#4a7a8a"),
        (120, 930, 44, "#f4c542"),
        (210, 930, 30, "#d44d5c"),
        (940, 930, 46, "#5b4b8a"),
        (1030, 930, 36, "#e8a13a"),
        (860, 930, 30, "#7aa05a"),
    ]:
        parts += shape(
            f"M{x - size} {y + 10} C{x - size} {y - size * 2} {x + size} {y - size * 2} {x + size} {y + 10} Z", colour
        )
        parts += rect(x - 9, y - size * 2.1, 18, 36, colour, r=6)
    parts += stroke("M0 210 C260 320 420 300 560 210 C700 300 900 320 1080 190", "#6b4a36", 5)
    for number, (x, y) in enumerate(
        [(60, 234), (170, 272), (290, 288), (410, 272), (500, 240), (640, 250), (750, 280), (860, 280), (970, 244)]
    ):
        colour = ("#d8573a", "#f4c542", "#2f8f8a", "#e88fa0")[number % 4]
        parts += shape(f"M{x - 34} {y} L{x + 34} {y} L{x} {y + 76} Z", colour)
    who = torso("#e8b33a", neckline="round") + face(skin=SKIN, hair=AUBURN, style="tail", laughs=True)
    parts += rect(0, 1140, 1080, 210, "#d9b48a") + group(who, x=540, y=520, scale=1.18)
    cat = (
        rect(-270, -210, 540, 420, "#8a5a2b", r=12)
        + rect(-250, -190, 500, 380, "#d6a24a", r=6)
        + rect(-220, -160, 440, 320, "#7fb0a8")
    )
    cat += shape("M-220 160 L-220 60 C-100 20 60 90 220 40 L220 160 Z", "#5f8a4f") + oval(
        -150, -100, 38, 38, "#f7e27a"
    )
    cat += (
        oval(0, 70, 120, 90, "#e79a4b")
        + shape("M-96 -20 L-104 -124 L-30 -70 Z", "#e79a4b")
        + shape("M88 -6 L116 -112 L28 -66 Z", "#e79a4b")
        + oval(0, -20, 104, 78, "#f0ab5c")
    )
    cat += (
        oval(-44, -34, 28, 22, "#fffbe8")
        + oval(40, -26, 20, 30, "#fffbe8")
        + oval(-32, -28, 9, 13, INK)
        + oval(34, -40, 8, 12, INK)
    )
    cat += shape("M-12 2 L16 4 L0 20 Z", "#d44d5c") + stroke("M-44 34 C-10 56 4 14 22 46 C36 58 52 40 58 26", INK, 7)
    cat += stroke("M-60 12 L-150 -4 M-60 24 L-146 36 M60 12 L150 10 M58 24 L140 50", INK, 4)
    parts += stroke("M280 830 C230 930 250 1000 292 1040", "#d39c26", 100) + stroke(
        "M800 830 C850 930 830 1000 792 1040", "#d39c26", 100
    )
    parts += group(cat, x=540, y=1060, turn=-3, scale=1.02)
    return parts + oval(276, 1060, 46, 56, SKIN) + oval(806, 1036, 46, 56, SKIN)


def mountain_hut() -> str:
    """Evening on the bench in front of a hut, boots off."""
    parts = (
        fade("dusk", "#4b5a8c", "#c98aa0", "#f7b267", "#ffe0a3")
        + rect(0, 0, *TALL, "url(#dusk)")
        + oval(760, 560, 96, 96, "#fff1c4")
        + glow(760, 560, 420, "#ffdf9e", 0.8)
    )
    parts += shape(
        "M0 640 L160 420 L260 520 L430 260 L600 500 L720 400 L900 620 L1080 480 L1080 900 L0 900 Z", "#7a6a9c"
    )
    parts += shape("M430 260 L372 352 L414 372 L440 342 L478 384 L506 366 Z", "#fbe9e0") + shape(
        "M160 420 L118 478 L160 470 L192 490 L206 464 Z", "#fbe9e0"
    )
    parts += shape("M0 760 L220 610 L420 760 L640 600 L860 780 L1080 660 L1080 1000 L0 1000 Z", "#54578a") + shape(
        "M0 880 C260 760 520 900 760 820 C900 780 1000 800 1080 770 L1080 1350 L0 1350 Z", "#3f5f56"
    )
    for x, y, size in [(60, 960, 1.0), (150, 1000, 1.3), (960, 930, 1.0), (1040, 990, 1.5)]:
        tree = "".join(
            shape(
                f"M0 {-210 + step * 56} L{44 + step * 16} {-110 + step * 56} L{-44 - step * 16} {-110 + step * 56} Z",
                "#28443f",
            )
            for step in range(3)
        )
        parts += group(tree + rect(-9, 0, 18, 40, "#4a3328"), x=x, y=y, scale=size)
    parts += rect(250, 800, 600, 330, "#7d4a2e")
    for y in range(820, 1130, 34):
        parts += stroke(f"M250 {y} L850 {y}", "#623620", 6)
    parts += (
        shape("M190 820 L550 560 L910 820 L870 840 L550 620 L230 840 Z", "#4a2c22")
        + shape("M230 830 L550 606 L870 830 Z", "#8f5836")
        + rect(690, 600, 64, 120, "#5f5650")
    )
    parts += stroke("M722 580 C690 520 760 490 724 420 C700 370 750 350 740 310", "#fff", 22, 'opacity=".28"')
    for x in (320, 620):
        parts += (
            rect(x, 890, 140, 130, "#ffd680", r=4)
            + stroke(f"M{x + 70} 890 L{x + 70} 1020 M{x} 955 L{x + 140} 955", "#4a2c22", 10)
            + rect(x - 12, 1018, 164, 26, "#4a2c22")
        )
        for flower in range(6):
            parts += oval(x + 8 + flower * 25, 1016, 15, 13, ("#e5484d", "#f7a8b8")[flower % 2])
    parts += rect(500, 880, 96, 250, "#4a2c22", r=4) + shape(
        "M0 1130 C300 1090 760 1100 1080 1130 L1080 1350 L0 1350 Z", "#5d7d55"
    )
    parts += (
        rect(300, 1150, 470, 26, "#a5683f", r=8)
        + rect(330, 1170, 26, 90, "#7d4a2e")
        + rect(712, 1170, 26, 90, "#7d4a2e")
    )
    parts += (
        stroke("M470 1150 L600 1160 L640 1260", "#3a4a68", 60)
        + stroke("M462 1160 L560 1190 L566 1290", "#2e3c57", 60)
        + stroke("M566 1296 L606 1300 M640 1268 L682 1270", "#e8d6c0", 34)
    )
    parts += (
        shape("M400 1165 C392 1020 420 960 470 950 C530 956 548 1030 540 1165 Z", "#d8573a")
        + stroke("M500 1000 C560 1060 590 1070 640 1050", "#c24a30", 46)
        + oval(646, 1046, 24, 22, SKIN)
    )
    parts += rect(640, 1010, 44, 50, "#f2ece0", r=8) + stroke(
        "M652 990 C644 970 664 962 656 940", "#fff", 6, 'opacity=".6"'
    )
    parts += group(face(skin=SKIN, hair=AUBURN, style="hat", laughs=True), x=474, y=880, scale=0.52)
    return (
        parts
        + rect(800, 1130, 110, 150, "#2f6f73", r=26)
        + rect(818, 1200, 74, 60, "#24575a", r=12)
        + stroke("M830 1132 C830 1090 880 1090 880 1132", "#24575a", 14)
    )


def dog_walk() -> str:
    """An autumn path, and a dog that pulls."""
    parts = (
        fade("autumn", "#ffe9c2", "#f9c98a") + rect(0, 0, *TALL, "url(#autumn)") + glow(560, 420, 620, "#fff6dc", 0.9)
    )
    dice = random.Random(3)
    for x, wide in [(60, 60), (230, 36), (870, 44), (1010, 66)]:
        parts += shape(f"M{x - wide / 2} 1020 L{x - wide / 3} 0 L{x + wide / 3} 0 L{x + wide / 2} 1020 Z", "#7b4b34")
    for _ in range(150):
        size = dice.uniform(34, 82)
        parts += oval(
            dice.choice([dice.gauss(90, 170), dice.gauss(980, 170), dice.uniform(0, 1080)]),
            dice.gauss(130, 120),
            size,
            size * 0.8,
            dice.choice(["#e2703a", "#f0a23c", "#d6492f", "#f6c453", "#b9822f"]),
            'opacity=".9"',
        )
    parts += shape("M0 900 C260 840 820 840 1080 900 L1080 1350 L0 1350 Z", "#c99b4a") + shape(
        "M470 860 C500 1000 300 1150 150 1350 L980 1350 C860 1150 640 1000 620 860 Z", "#ecd2a2"
    )
    for _ in range(120):
        parts += oval(
            dice.uniform(0, 1080),
            dice.uniform(900, 1340),
            17,
            9,
            dice.choice(["#d6492f", "#e2703a", "#a8601f", "#f6c453"]),
            f'transform="rotate({dice.uniform(-20, 20):.0f} 540 1100)" opacity=".85"',
        )
    parts += oval(500, 1230, 190, 24, "#6b3f1e", 'opacity=".3"') + oval(850, 1240, 150, 20, "#6b3f1e", 'opacity=".3"')
    parts += stroke("M480 900 C470 1010 440 1080 430 1200", "#39506b", 84) + stroke(
        "M530 900 C580 1000 560 1080 600 1200", "#2e4159", 84
    )
    parts += stroke("M428 1212 L476 1216 M598 1212 L650 1214", "#7a4026", 50) + shape(
        "M400 540 C440 480 580 480 620 540 C660 680 650 800 664 930 C590 980 430 980 356 930 C372 800 360 680 400 540 Z",
        "#3f8f86",
    )
    parts += (
        stroke("M510 560 L512 940", "#2f736c", 7)
        + stroke("M402 580 C350 690 352 780 392 850", "#357b73", 78)
        + oval(398, 866, 38, 36, DEEP_SKIN)
    )
    parts += (
        stroke("M616 580 C690 660 720 720 764 770", "#357b73", 78)
        + stroke("M780 786 C800 860 830 930 850 1000", "#d8573a", 10)
        + oval(776, 782, 38, 36, DEEP_SKIN)
    )
    parts += shape(
        "M408 520 C460 470 560 470 612 520 C620 580 560 606 510 604 C460 606 400 580 408 520 Z", "#f4c542"
    ) + rect(560, 560, 56, 170, "#e8b33a", r=16)
    parts += group(face(skin=DEEP_SKIN, hair=INK, style="curls", laughs=True), x=510, y=370, scale=0.98)
    dog = stroke("M-90 30 L-104 150 M-50 40 L-40 150 M70 40 L64 150 M104 20 L126 150", "#f3e3cc", 36) + stroke(
        "M-120 -40 C-190 -70 -190 -150 -150 -170", "#c47a3d", 34
    )
    dog += shape(
        "M-130 -60 C-60 -100 60 -90 120 -70 C150 0 130 60 90 64 L-90 64 C-140 50 -150 -10 -130 -60 Z", "#c47a3d"
    ) + oval(-10, 30, 74, 36, "#f3e3cc")
    dog += (
        oval(140, -120, 76, 68, "#c47a3d")
        + oval(186, -98, 46, 36, "#f3e3cc")
        + oval(224, -112, 18, 14, INK)
        + oval(150, -138, 10, 12, INK)
    )
    dog += (
        shape("M92 -160 C40 -160 40 -70 78 -50 C110 -70 118 -120 112 -160 Z", "#8f5226")
        + shape("M170 -74 C180 -20 214 -30 210 -76 Z", "#e8707a")
        + stroke("M86 -60 C104 -50 118 -52 134 -56", "#d8573a", 18)
    )
    return parts + group(dog, x=800, y=1086, scale=0.92)


def lake() -> str:
    """Four friends on a jetty, from behind."""
    parts = (
        fade("evening", "#5d7fb0", "#f3a683", "#ffd79a")
        + fade("water", "#f0b489", "#6a87a8", "#3c5c80")
        + rect(0, 0, *WIDE, "url(#evening)")
    )
    parts += (
        oval(900, 420, 84, 84, "#fff3cf")
        + glow(900, 420, 400, "#ffe2a0", 0.85)
        + rect(0, 500, 1350, 580, "url(#water)")
    )
    parts += shape(
        "M0 500 L0 380 C140 300 260 420 400 360 C560 300 640 440 800 400 C960 350 1120 420 1350 330 L1350 500 Z",
        "#56608c",
    )
    parts += shape("M0 500 L0 450 C200 410 420 470 640 450 C900 430 1100 480 1350 430 L1350 506 L0 506 Z", "#39506b")
    dice = random.Random(8)
    for number in range(46):
        y = 516 + number * 11
        x, wide = 900 + dice.gauss(0, 60 + number * 3), dice.uniform(30, 150)
        parts += stroke(f"M{x - wide / 2} {y} L{x + wide / 2} {y}", "#fff0c9", 7, 'opacity=".5"')
    parts += shape("M250 1080 L430 760 L960 760 L1180 1080 Z", "#8f5e3c")
    for number in range(6):
        y = 770 + number * number * 10
        parts += stroke(f"M{420 - number * 28} {y} L{970 + number * 34} {y}", "#6b4228", 7)
    for x in (430, 960):
        parts += rect(x - 20, 640, 40, 200, "#6b4228", r=12)
    for x, top, hair, style, skin, lean in [
        (480, "#d8573a", AUBURN, "long", SKIN, 5),
        (625, "#f4c542", INK, "curls", DEEP_SKIN, -3),
        (770, "#3f8f86", BLOND, "bun", SKIN, 4),
        (910, "#5b4b8a", "#4a2f22", "short", OLIVE_SKIN, -6),
    ]:
        back = shape("M-74 300 C-86 170 -80 100 -36 74 L36 74 C80 100 86 170 74 300 Z", top) + stroke(
            "M60 120 C100 190 96 240 70 290", top, 40
        )
        back += stroke("M-60 120 C-100 190 -96 240 -70 290", top, 40) + stroke(
            "M0 90 L0 290", "#000", 3, 'opacity=".14"'
        )
        back += rect(-18, 36, 36, 60, skin, r=14) + oval(0, 0, 58, 64, hair)
        back += {
            "long": shape("M-58 0 C-72 80 -60 150 -44 170 L44 170 C60 150 72 80 58 0 Z", hair),
            "curls": "".join(
                oval(44 * math.cos(a), 40 * math.sin(a) - 6, 32, 32, hair)
                for a in (0, 0.8, 1.6, 2.4, 3.2, 4.0, 4.8, 5.6)
            ),
            "bun": oval(0, -66, 32, 30, hair),
            "short": rect(-40, 34, 80, 34, skin, r=16),
        }[style]
        parts += group(back, x=x, y=560, turn=lean)
    parts += (
        stroke("M720 692 C690 700 660 706 640 716", SKIN, 24)
        + shape("M540 840 L580 840 L574 900 L546 900 Z", "#7ab39a")
        + rect(552, 816, 16, 30, "#7ab39a")
    )
    return (
        parts
        + oval(850, 880, 74, 24, "#d3b27f")
        + "".join(oval(810 + n * 26, 868 - (n % 2) * 10, 17, 17, "#c7385a") for n in range(4))
    )


def baking() -> str:
    """Flour everywhere, and a loaf to be proud of."""
    parts = rect(0, 0, *TALL, "#e9d3b4")
    for row in range(6):
        for column in range(8):
            parts += rect(
                column * 138 - 2, row * 138 - 2, 130, 130, "#f6ead6" if (row + column) % 5 else "#cfe0d3", r=6
            )
    parts += rect(0, 250, 1080, 28, "#8f5e3c")
    for x, colour, tall in [
        (60, "#d8573a", 120),
        (170, "#f4c542", 150),
        (780, "#3f8f86", 140),
        (890, "#e8d6c0", 110),
        (980, "#5b4b8a", 130),
    ]:
        parts += rect(x, 250 - tall, 88, tall, colour, r=14) + rect(x + 6, 240 - tall, 76, 24, "#7d4a2e", r=8)
    parts += leaf_plant(370, 252, "#6a9a58", size=0.8, leaves=5) + glow(960, 420, 520, "#fff2cf", 0.8)
    who = torso("#5f87a8", neckline="round") + face(skin=SKIN, hair=AUBURN, style="bun")
    parts += group(who, x=540, y=530, scale=1.22)
    parts += shape(
        "M370 800 L710 800 C760 960 770 1100 780 1240 L300 1240 C310 1100 320 960 370 800 Z", "#fff4e3"
    ) + stroke("M384 804 C380 740 400 720 420 700 M696 804 C700 740 680 720 660 700", "#fff4e3", 26)
    parts += oval(430, 588, 20, 13, "#fff", 'opacity=".8"') + oval(660, 470, 14, 10, "#fff", 'opacity=".7"')
    parts += stroke("M286 860 C200 960 250 1060 330 1070", "#537a9a", 112) + stroke(
        "M794 860 C880 960 830 1060 750 1070", "#537a9a", 112
    )
    loaf = oval(0, 40, 290, 130, "#7a4522", 'opacity=".25"') + shape(
        "M-290 30 C-300 -130 -130 -190 0 -190 C130 -190 300 -130 290 30 C280 110 -280 110 -290 30 Z", "#b8692f"
    )
    loaf += shape(
        "M-240 -10 C-230 -110 -100 -156 0 -156 C100 -156 230 -110 240 -10 C160 -70 -160 -70 -240 -10 Z", "#d28a45"
    )
    for x in (-130, -20, 90):
        loaf += shape(
            f"M{x - 40} 10 C{x - 30} -60 {x + 10} -110 {x + 60} -130 C{x + 40} -70 {x + 20} -20 {x - 4} 14 Z",
            "#f3d6a4",
        )
    parts += group(loaf, x=540, y=1080, scale=1.0) + oval(300, 1090, 54, 44, SKIN) + oval(780, 1090, 54, 44, SKIN)
    parts += rect(0, 1200, 1080, 150, "#a8653d") + rect(0, 1200, 1080, 24, "#c98d5e")
    dice = random.Random(2)
    for _ in range(90):
        parts += oval(
            dice.gauss(540, 300),
            dice.uniform(1230, 1330),
            dice.uniform(3, 14),
            dice.uniform(2, 6),
            "#fff8ec",
            'opacity=".75"',
        )
    return parts


def guitar() -> str:
    """On a balcony in the evening, with a guitar that lost a string."""
    parts = fade("night", "#2f3e63", "#7a5a86", "#e58e6e") + rect(0, 0, *TALL, "url(#night)")
    dice = random.Random(4)
    for x in range(0, 1080, 108):
        tall = dice.uniform(180, 420)
        parts += rect(x, 760 - tall, 112, tall + 60, dice.choice(["#3a3560", "#4a3d6b", "#33305a"]))
        for _ in range(7):
            parts += rect(
                x + dice.choice([14, 44, 74]),
                790 - tall + dice.randrange(5) * 46,
                18,
                26,
                "#ffd27a",
                more=f'opacity="{dice.choice([0.9, 0.5])}"',
            )
    parts += stroke("M0 120 C300 240 780 240 1080 100", "#241f38", 5)
    for number in range(10):
        x = 60 + number * 108
        y = 120 + 92 * math.sin(math.pi * (x / 1080)) + 26
        parts += oval(x, y, 17, 22, "#ffe08a") + glow(x, y, 74, "#ffd27a", 0.7)
    for x in range(30, 1080, 76):
        parts += rect(x, 780, 12, 460, "#241f38")
    parts += rect(0, 770, 1080, 22, "#241f38") + rect(0, 1230, 1080, 120, "#5b3a3a")
    who = torso("#e7e0d2", neckline="v", skin=OLIVE_SKIN) + face(
        skin=OLIVE_SKIN, hair="#3a2419", style="short", beard=True, glasses=True
    )
    parts += group(who, x=500, y=500, scale=1.2)
    body = (
        oval(-150, 60, 190, 168, "#b5652b")
        + oval(70, 30, 140, 126, "#b5652b")
        + rect(-60, -60, 110, 190, "#b5652b")
        + oval(-150, 60, 160, 138, "#cf7f3d")
        + oval(70, 30, 112, 98, "#cf7f3d")
    )
    body += (
        oval(10, 40, 56, 56, "#3a2016")
        + rect(-210, 20, 26, 80, "#3a2016", r=6)
        + rect(60, 14, 470, 48, "#5b3320", r=8)
        + rect(520, 4, 110, 70, "#3a2016", r=12)
    )
    for number in range(5):
        body += stroke(f"M-198 {28 + number * 10} L540 {20 + number * 9}", "#fff3d6", 2.4)
    parts += group(body, x=450, y=1030, turn=-16)
    parts += stroke("M230 800 C170 950 240 1050 400 1060", "#d3cab8", 104) + oval(420, 1060, 50, 44, OLIVE_SKIN)
    parts += (
        stroke("M760 800 C850 870 880 880 850 910", "#d3cab8", 100)
        + oval(832, 922, 48, 46, OLIVE_SKIN)
        + stroke("M800 900 L780 950 M826 900 L812 958 M850 906 L842 962", OLIVE_SKIN, 22)
    )
    return parts + leaf_plant(965, 1290, "#4f7f5c", size=1.1)


SCENES: dict[str, tuple[Callable[[], str], tuple[int, int]]] = {
    "climbing": (climbing, TALL),
    "cafe": (cafe, TALL),
    "flea_market": (flea_market, TALL),
    "mountain_hut": (mountain_hut, TALL),
    "dog_walk": (dog_walk, TALL),
    "lake": (lake, WIDE),
    "baking": (baking, TALL),
    "guitar": (guitar, TALL),
}


def drawing(scene: Callable[[], str], size: tuple[int, int]) -> str:
    return f'<style>body {{ margin: 0 }}</style><svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}">{scene()}</svg>'


def main() -> None:
    with sync_playwright() as playwright:
        # As root, Chromium refuses its sandbox.
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for name, (scene, size) in SCENES.items():
            page = browser.new_page(viewport={"width": size[0], "height": size[1]})
            page.set_content(drawing(scene, size))
            page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=84)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
