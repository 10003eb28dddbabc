"""The card to share, and the letters on it."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image, ImageDraw, features

from sessions_app.public_page import card
from sessions_app.public_page.card import draw_card
from sessions_app.public_page.lettering import Lettering

# Without FriBiDi on this machine, scripts that need it are left out.
FROM_THE_RIGHT = ["ليلى", "נועה"] if features.check("raqm") else []
SERIF = Lettering(46, weight=400, is_serif=True)
PHOTO = Image.new("RGB", (1200, 1600), "#4f8a8b")


def content(**changes: Any) -> dict[str, Any]:
    bio = "Night nurse in Leeds. I bake sourdough at six in the morning."
    return {
        "language": "en",
        "first_name": "Abby",
        "age": 29,
        "area": "Leeds",
        "bio": bio,
        "answers": [],
        "photos": [],
        **changes,
    }


@pytest.mark.parametrize("picture", [PHOTO, Image.new("RGB", (4000, 600)), None], ids=["tall", "wide", "none"])
def test_it_is_a_png_of_1080_by_1350(picture: Image.Image | None) -> None:
    drawn = Image.open(BytesIO(draw_card(content(), picture)))

    assert (drawn.format, drawn.size) == ("PNG", (1080, 1350))


@pytest.mark.parametrize(
    "name",
    [
        "Bo",
        "Владислава",
        "Ελένη",
        "さくら",
        "지민",
        "Nguyễn Thị",
        "ليلى",
        "נועה",
        "प्रिया",
        "กมล",
        "李雪",
        "W" * 40,
        "🌻",
    ],
)
def test_every_name_is_drawn_within_the_margins(name: str) -> None:
    drawn = Image.open(BytesIO(draw_card(content(first_name=name), PHOTO))).convert("RGB")

    right_margin = drawn.crop((1080 - 70, 1350 - 300, 1080, 1350))
    assert right_margin.getcolors() == [(70 * 300, right_margin.getpixel((0, 0)))]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("I bake 🍞 at six 👩‍🍳.", "I bake at six."),
        ("flags 🇩🇪 too 👍🏽", "flags too"),
        ("Cuneiform 𒀀 and runes ᚠ", "Cuneiform and runes"),
        ("Zoë, Łukasz & Đặng", "Zoë, Łukasz & Đặng"),
        ("Съешь ещё", "Съешь ещё"),
        ("北京 and 서울", "北京 and 서울"),
    ],
)
def test_what_no_font_has_is_left_out(text: str, drawn: str) -> None:
    assert SERIF.drawable(text) == drawn


@pytest.mark.parametrize(
    "text", ["Abby", "Владислава", "さくら", "지민", "ليلى", "נועה", "प्रिया", "กมล", "李雪", "ễ"]
)
def test_no_letter_is_an_empty_box(text: str) -> None:
    """Every letter of it looks different from what a font draws where it has none."""
    for run in SERIF.runs(text):
        missing = run.font.getmask("\U0010ffff")
        for letter in run.text:
            assert bytes(run.font.getmask(letter)) != bytes(missing)


@pytest.mark.parametrize(
    "text",
    [
        "I bake sourdough at six in the morning and once missed the last train home for one more game of cards.",
        "毎朝六時にパンを焼いて、猫に話しかけます。週末は本屋を三軒はしごして、コーヒーを飲みながら読みます。",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        *(" ".join([name] * 20) for name in FROM_THE_RIGHT),
    ],
)
def test_lines_are_no_wider_than_there_is_room(text: str) -> None:
    lines = SERIF.lines(text, 600)

    assert len(lines) > 1
    assert all(SERIF.width(line) <= 600 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("name", FROM_THE_RIGHT)
def test_a_number_stands_to_the_left_of_a_name_from_the_right(name: str) -> None:
    picture = Image.new("L", (600, 120), 255)

    SERIF.draw(ImageDraw.Draw(picture), (0, 80), f"{name}, 29", "#000000")

    digits = Image.new("L", (600, 120), 255)
    SERIF.draw(ImageDraw.Draw(digits), (0, 80), "29", "#000000")
    width = round(SERIF.width("29")) - 2
    assert list(picture.crop((0, 0, width, 120)).getdata()) == list(digits.crop((0, 0, width, 120)).getdata())


def test_it_says_whole_sentences_where_it_can() -> None:
    long = "I bake sourdough at six in the morning. " + "Then I sleep until noon and nobody may ring. " * 5

    lines = card.saying_of(content(bio=long.strip()), SERIF, 900, most=4)

    assert " ".join(lines).startswith("I bake sourdough at six in the morning. Then I sleep")
    assert lines[-1].endswith(".")


def test_it_takes_an_answer_where_no_sentence_of_the_bio_fits() -> None:
    answers = [{"prompt": "Our first hour could be:", "text": "Coffee by the canal, then a bookshop."}]

    lines = card.saying_of(content(bio="and then " * 60, answers=answers), SERIF, 900, most=4)

    assert " ".join(lines) == "Coffee by the canal, then a bookshop."


def test_it_cuts_between_words_where_nothing_fits() -> None:
    lines = card.saying_of(content(bio="and then " * 60), SERIF, 900, most=4)

    assert len(lines) == 4
    assert lines[-1].endswith(("and…", "then…"))


def test_it_is_drawn_once_for_each_version(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw(content: dict[str, Any], picture: object) -> bytes:
        drawn.append(content["first_name"])
        return b"png"

    monkeypatch.setattr(card, "draw_card", draw)
    una, ursula = uuid4().hex, uuid4().hex
    for name in (una, una, ursula):
        card.card_of(content(first_name=name), [])

    assert drawn == [una, ursula]
