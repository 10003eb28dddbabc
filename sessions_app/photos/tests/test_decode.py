"""What becomes of pictures, and of what only says that it is one."""

import base64
import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from sessions_app.photos import decode, decoder
from sessions_app.photos.refusals import Refusal, line
from sessions_app.photos.tests.pictures import chunk, jpeg, jpeg_that_says, opened, png_that_says, saved, scene

GPS = 0x8825


def made(data: bytes) -> Image.Image:
    """The large size. In this process, which is quick; one test goes through the program."""
    return opened(files(data)["large"])


def files(data: bytes) -> dict[str, bytes]:
    answer = decoder.make_photo(data)
    return {name: base64.b64decode(file) for name, file in answer["files"].items()}


def colour(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """At a place given as parts of the width and height."""
    pixel = picture.convert("RGB").getpixel((int(x * (picture.width - 1)), int(y * (picture.height - 1))))
    assert isinstance(pixel, tuple)
    return tuple(round(value) for value in pixel)


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(left - right) <= by for left, right in zip(one, other, strict=True))


# --- what people send -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF", "MPO"])
def test_each_format_of_a_phone_becomes_three_jpegs(format: str) -> None:
    big = scene(size=(2000, 1000))
    more = {"save_all": True, "append_images": [scene(2)]} if format == "MPO" else {}
    photos = {name: opened(file) for name, file in files(saved(big, format, **more)).items()}

    assert {name: photo.size for name, photo in photos.items()} == {
        "small": (320, 160),
        "medium": (960, 480),
        "large": (1600, 800),
    }
    assert {(photo.format, photo.mode) for photo in photos.values()} == {("JPEG", "RGB")}
    assert near(colour(photos["large"], 0.5, 0.5), colour(big, 0.5, 0.5), by=20)


def test_a_small_one_is_not_blown_up() -> None:
    assert {name: opened(file).size for name, file in files(jpeg(size=(700, 600))).items()} == {
        "small": (320, 274),
        "medium": (700, 600),
        "large": (700, 600),
    }


def test_it_goes_through_a_program_of_its_own() -> None:
    photo = decode.decode(jpeg())

    assert {size: file[:3] for size, file in photo.files.items()} == dict.fromkeys(
        decoder.LONGEST_SIDES, b"\xff\xd8\xff"
    )
    assert (photo.width, photo.height) == (900, 700)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [
        (1, (0.02, 0.02)),
        (2, (0.98, 0.02)),
        (3, (0.98, 0.98)),
        (4, (0.02, 0.98)),
        (5, (0.02, 0.02)),
        (6, (0.98, 0.02)),
        (7, (0.98, 0.98)),
        (8, (0.02, 0.98)),
    ],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_it_is_turned_upright(format: str, orientation: int, corner: tuple[float, float]) -> None:
    picture = Image.new("RGB", (1000, 700), "white")
    picture.paste("red", (0, 0, 500, 350))
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = made(saved(picture, format, exif=exif))

    assert photo.size == ((1000, 700) if orientation < 5 else (700, 1000))
    assert near(colour(photo, *corner), (254, 0, 0))


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0nonsense", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12"]
)
def test_broken_data_about_the_camera_cost_no_photo(exif: bytes) -> None:
    assert made(saved(scene(), "JPEG", exif=exif)).size == (900, 700)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_is_none_turns_nothing(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation

    assert made(saved(scene(), "JPEG", exif=exif)).size == (900, 700)


def test_sixteen_bits_a_colour_become_eight() -> None:
    row = b"\0" + bytes((0x80, 0x12, 0x40, 0x34, 0xC0, 0x56)) * 700
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 700, 700, 16, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(row * 700))

    photo = made(b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b""))
    assert near(colour(photo, 0.5, 0.5), (0x80, 0x40, 0xC0))


def with_everything_beside_it() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x9286] = "SecretPhone", "Model", "secret comment"
    exif.get_ifd(GPS).update({1: "N", 2: (53.0, 48.0, 1.0), 3: "W", 4: (1.0, 32.0, 1.0)})
    return exif


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_that_came_beside_the_picture_is_kept(format: str) -> None:
    options: dict[str, Any] = {"exif": with_everything_beside_it(), "icc_profile": srgb()}
    if format == "JPEG":
        options |= {"comment": b"secret comment", "xmp": b"<x:xmpmeta>secret</x:xmpmeta>", "dpi": (300, 300)}
    if format == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "secret author")
        options["pnginfo"] = text
    sent = saved(scene(), format, **options)
    assert opened(sent).getexif().get_ifd(GPS)

    for file in files(sent).values():
        photo = opened(file)
        assert not photo.getexif()
        assert set(photo.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert not any(word in file for word in (b"secret", b"Secret", b"Exif", b"ICC_PROFILE", b"xmpmeta"))


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_colours_are_read_by_the_profile_they_came_with() -> None:
    red_for_blue = srgb().replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    picture = Image.new("RGB", (700, 700), (200, 30, 30))

    assert near(colour(made(saved(picture, "PNG", icc_profile=srgb())), 0.5, 0.5), (200, 30, 30))
    assert near(colour(made(saved(picture, "PNG", icc_profile=red_for_blue)), 0.5, 0.5), (30, 30, 200))


@pytest.mark.parametrize("profile", [b"nonsense", srgb()[:200], b""])
def test_a_profile_that_cannot_be_read_is_passed_over(profile: bytes) -> None:
    assert near(
        colour(made(saved(Image.new("RGB", (700, 700), "teal"), "JPEG", icc_profile=profile)), 0.5, 0.5),
        (0, 128, 128),
    )


@pytest.mark.parametrize(
    ("mode", "fill", "format", "looks"),
    [
        ("CMYK", (0, 255, 255, 0), "JPEG", (255, 0, 0)),
        ("L", 200, "JPEG", (200, 200, 200)),
        ("I;16", 0x8000, "PNG", (128, 128, 128)),
        ("1", 1, "PNG", (255, 255, 255)),
        ("P", 5, "PNG", None),
        ("LA", (10, 255), "PNG", (10, 10, 10)),
        ("RGBA", (255, 0, 0, 0), "PNG", (255, 255, 255)),
        ("RGBA", (0, 0, 255, 255), "PNG", (0, 0, 255)),
        ("RGBA", (0, 0, 0, 0), "WEBP", (255, 255, 255)),
    ],
)
def test_every_kind_of_pixel_becomes_plain_colour(
    mode: str, fill: Any, format: str, looks: tuple[int, ...] | None
) -> None:
    photo = made(saved(Image.new(mode, (640, 640), fill), format, **({"lossless": True} if format == "WEBP" else {})))

    assert photo.mode == "RGB"
    assert looks is None or near(colour(photo, 0.5, 0.5), looks)


def test_a_see_through_palette_lies_on_white() -> None:
    picture = Image.new("P", (640, 640), 0)
    picture.putpalette([0, 0, 0, 255, 0, 0])

    assert near(colour(made(saved(picture, "PNG", transparency=0)), 0.5, 0.5), (255, 255, 255))


# --- what they should not have sent -----------------------------------------------------------------------------------


def sixteen_bit_but_cut() -> bytes:
    return saved(Image.new("I;16", (700, 700), 1000), "PNG")[:-40]


def animated(format: str) -> Callable[[], bytes]:
    def make() -> bytes:
        return saved(scene(1), format, save_all=True, append_images=[scene(2)], duration=100)

    return make


def checksum_that_is_wrong() -> bytes:
    data = bytearray(saved(scene(), "PNG"))
    data[-30] ^= 0xFF
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], Refusal]] = {
    "nothing at all": (lambda: b"", Refusal.WRONG_TYPE),
    "an SVG with a script": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", Refusal.WRONG_TYPE),
    "a web page": (lambda: b"<!doctype html><img src=x>", Refusal.WRONG_TYPE),
    "a PDF": (lambda: b"%PDF-1.7\n", Refusal.WRONG_TYPE),
    "a program": (lambda: b"MZ\x90\x00" + b"\x00" * 200, Refusal.WRONG_TYPE),
    "a contact": (lambda: b"BEGIN:VCARD\nEND:VCARD\n", Refusal.WRONG_TYPE),
    "a TIFF": (lambda: saved(scene(), "TIFF"), Refusal.WRONG_TYPE),
    "a BMP": (lambda: saved(scene(), "BMP"), Refusal.WRONG_TYPE),
    "a film": (lambda: b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 100, Refusal.WRONG_TYPE),
    "a GIF that moves": (animated("GIF"), Refusal.ANIMATED),
    "a WebP that moves": (animated("WEBP"), Refusal.ANIMATED),
    "a PNG that moves": (animated("PNG"), Refusal.ANIMATED),
    "a page that begins like a JPEG": (
        lambda: b"\xff\xd8\xff\xe0<html><script>alert(1)</script>",
        Refusal.UNREADABLE,
    ),
    "a JPEG cut in the middle": (lambda: jpeg()[: len(jpeg()) // 2], Refusal.UNREADABLE),
    "a JPEG cut in its header": (lambda: jpeg()[:30], Refusal.UNREADABLE),
    "a PNG cut in the middle": (lambda: saved(scene(), "PNG")[:20_000], Refusal.UNREADABLE),
    "a PNG with a wrong checksum": (checksum_that_is_wrong, Refusal.UNREADABLE),
    "a 16-bit PNG without its end": (sixteen_bit_but_cut, Refusal.UNREADABLE),
    "a WebP cut in the middle": (lambda: saved(scene(), "WEBP")[:3_000], Refusal.UNREADABLE),
    "a HEIC cut in the middle": (lambda: saved(scene(), "HEIF")[:3000], Refusal.UNREADABLE),
    "a HEIC cut in its header": (lambda: saved(scene(), "HEIF")[:60], Refusal.UNREADABLE),
    "a HEIC that is none": (lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 5000, Refusal.UNREADABLE),
    "a PNG with less than it says": (lambda: png_that_says(4000, 4000), Refusal.UNREADABLE),
    "a PNG whose text unpacks to 30 MB": (
        lambda: png_that_says(700, 700, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 30_000_000))),
        Refusal.UNREADABLE,
    ),
    "a PNG of 900 megapixels": (lambda: png_that_says(30_000, 30_000), Refusal.TOO_MANY_PIXELS),
    "a PNG as big as its header can say": (lambda: png_that_says(2**31 - 1, 2**31 - 1), Refusal.TOO_MANY_PIXELS),
    "a JPEG of 100 megapixels": (lambda: jpeg_that_says(10_000, 10_000), Refusal.TOO_MANY_PIXELS),
    "a strip of 65 megapixels": (lambda: png_that_says(600, 108_500), Refusal.TOO_MANY_PIXELS),
    "one that is too small": (lambda: jpeg(size=(599, 2000)), Refusal.TOO_SMALL),
    "one pixel": (lambda: saved(Image.new("RGB", (1, 1)), "PNG"), Refusal.TOO_SMALL),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses(name: str) -> None:
    make, refusal = HOSTILE[name]
    try:
        outcome = str(decoder.make_photo(make()))
    except decoder.Refused as refused:
        outcome = str(refused)
    except Exception:
        outcome = "unreadable"  # as the program puts it

    assert outcome == refusal


def test_a_refusal_comes_back_from_the_program() -> None:
    with pytest.raises(decode.Refused) as caught:
        decode.decode(b"\xff\xd8\xff\xe0 no picture")

    assert caught.value.refusal is Refusal.UNREADABLE


def test_over_sixteen_megabytes_are_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    with pytest.raises(decode.Refused) as caught:
        decode.decode(b"\xff\xd8\xff" + b"\x00" * decode.MOST_BYTES)

    assert caught.value.refusal is Refusal.TOO_BIG


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "raise SystemExit(3)",
        "print('no JSON')",
    ],
    ids=["hangs", "is killed", "fails", "says nonsense"],
)
def test_whatever_a_picture_does_to_the_program_we_go_on(
    program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "decoder.py").write_text(program)
    monkeypatch.setattr(decode, "_DECODER", tmp_path / "decoder.py")
    monkeypatch.setattr(decode, "LONGEST_S", 1.0)
    with pytest.raises(decode.Refused) as caught:
        decode.decode(jpeg())

    assert caught.value.refusal is Refusal.UNREADABLE


def test_the_program_sees_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    tell = "import json, os; print(json.dumps({'refusal': 'gone' if 'SECRET_KEY' in os.environ else 'animated'}))"
    (tmp_path / "decoder.py").write_text(tell)
    monkeypatch.setattr(decode, "_DECODER", tmp_path / "decoder.py")
    with pytest.raises(decode.Refused) as caught:
        decode.decode(jpeg())

    assert caught.value.refusal is Refusal.ANIMATED


def test_memory_is_what_the_program_has_little_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    greedy = (
        decode._DECODER.read_text()
        .replace("def make_photo(", "def unused(")
        .replace(
            "def main(",
            "def make_photo(data):\n    return {'refusal': str(len(bytearray(4 * 1024**3)))}\n\n\ndef main(",
        )
    )
    (tmp_path / "decoder.py").write_text(greedy)
    monkeypatch.setattr(decode, "_DECODER", tmp_path / "decoder.py")
    with pytest.raises(decode.Refused) as caught:
        decode.decode(jpeg())

    assert caught.value.refusal is Refusal.UNREADABLE


def test_what_hangs_on_to_a_picture_is_lost() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zip_file:
        zip_file.writestr("index.html", "<script>alert(1)</script>")
    for file in files(jpeg() + archive.getvalue() + b"<script>").values():
        assert b"PK\x03\x04" not in file
        assert b"<script>" not in file


# --- the same picture again -------------------------------------------------------------------------------------------


def fingerprint(data: bytes) -> str:
    return str(decoder.make_photo(data)["fingerprint"])


@pytest.mark.parametrize(
    "again",
    [
        lambda: saved(scene(), "JPEG", quality=35),
        lambda: saved(scene().resize((1800, 1400)), "JPEG"),
        lambda: saved(scene().resize((780, 607)), "WEBP", quality=60),
        lambda: saved(scene(), "HEIF"),
        lambda: jpeg() + b"another tail",
    ],
    ids=["poorer", "bigger", "smaller", "HEIC", "other bytes"],
)
def test_the_same_picture_is_known_again(again: Callable[[], bytes]) -> None:
    assert decode.is_same_picture(fingerprint(jpeg()), fingerprint(again()))


def test_another_picture_is_another_picture() -> None:
    known = [fingerprint(jpeg(seed)) for seed in range(1, 9)]

    assert not any(
        decode.is_same_picture(one, other) for number, one in enumerate(known) for other in known[number + 1 :]
    )


def test_plain_pictures_differ_by_their_colour() -> None:
    red, teal, teal_again = (
        fingerprint(saved(Image.new("RGB", (700, 700), name), format))
        for name, format in (("red", "PNG"), ("teal", "PNG"), ("teal", "JPEG"))
    )

    assert not decode.is_same_picture(red, teal)
    assert decode.is_same_picture(teal, teal_again)


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_each_refusal_is_one_line_in_each_language(language: str) -> None:
    lines = [line(refusal, language) for refusal in Refusal]

    assert len(set(lines)) == len(Refusal)
    assert all(len(one) <= 160 and "\n" not in one for one in lines)
