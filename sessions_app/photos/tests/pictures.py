"""Pictures as phones and enemies make them."""

import io
import random
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw, ImageFilter

pillow_heif.register_heif_opener()


def scene(seed: int = 1, size: tuple[int, int] = (900, 700)) -> Image.Image:
    """Coloured spots; each seed gives other ones."""
    dice = random.Random(seed)  # one that gives the same picture each time

    def colour() -> tuple[int, int, int]:
        return dice.randrange(256), dice.randrange(256), dice.randrange(256)

    picture = Image.new("RGB", size, colour())
    draw = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y, radius = dice.randrange(size[0]), dice.randrange(size[1]), dice.randrange(size[0] // 10, size[0] // 3)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour())
    return picture.filter(ImageFilter.GaussianBlur(2))


def saved(picture: Image.Image, format: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def jpeg(seed: int = 1, size: tuple[int, int] = (900, 700)) -> bytes:
    return saved(scene(seed, size), "JPEG", quality=90)


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def chunk(kind: bytes, data: bytes) -> bytes:
    """Of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width: int, height: int, *more: bytes) -> bytes:
    """A small file with a big promise."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000, 9))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + pixels + chunk(b"IEND", b"")


def jpeg_that_says(width: int, height: int) -> bytes:
    data = bytearray(jpeg())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)
