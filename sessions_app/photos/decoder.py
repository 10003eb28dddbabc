"""A program of its own that makes a photo of whatever somebody sent: bytes in, JSON out.

Decoders of pictures are where hostile files do their harm, so this runs apart from us: with little memory and time, none
of our settings, and nothing of Django. `decode.py` starts it. It may import only Pillow and what comes with Python.
"""

import base64
import contextlib
import io
import json
import resource
import sys
import warnings
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageFile

MOST_PIXELS = 64_000_000
"""More than phones take by themselves. By the header, so that nothing bigger is ever unpacked."""
FEWEST_ON_A_SIDE = 600
LONGEST_SIDES = {"small": 320, "medium": 960, "large": 1600}
MEMORY_BYTES = 1536 * 1024 * 1024
CPU_S = 15
QUALITY = 84

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# By what EXIF says of the orientation.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


class Refused(Exception):
    """`str()` is the code, one of `refusals.Refusal`."""


def main() -> None:
    _limit_ourselves()
    data = sys.stdin.buffer.read()
    try:
        answer = make_photo(data)
    except Refused as refused:
        answer = {"refusal": str(refused)}
    except (Exception, MemoryError):
        # Pillow's decoders raise whatever they meet; each means that the file is not what it says it is.
        answer = {"refusal": "unreadable"}
    json.dump(answer, sys.stdout)


def _limit_ourselves() -> None:
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_S,
        resource.RLIMIT_FSIZE: 0,  # it writes to a pipe alone
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS has no limit of memory
            resource.setrlimit(limit, (most, most))


def make_photo(data: bytes) -> dict[str, Any]:
    picture = _opened(data)
    width, height = _check_size(picture)
    photo = _upright(_in_srgb(_reduced(picture, width, height)))
    files = {name: _as_jpeg(photo, side) for name, side in LONGEST_SIDES.items()}
    return {
        "width": photo.width,
        "height": photo.height,
        "fingerprint": fingerprint(photo),
        "files": {name: base64.b64encode(file).decode() for name, file in files.items()},
    }


def _opened(data: bytes) -> Image.Image:
    """By what the file begins with, whatever it is called, and with the one decoder for that."""
    kind = _kind_of(data)
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = None  # ours is checked instead
    warnings.simplefilter("ignore")
    if kind == "HEIF":
        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    # Checksums, where the format has any; the picture cannot be used after that.
    with Image.open(io.BytesIO(data), formats=[kind]) as whole:
        whole.verify()
    picture = Image.open(io.BytesIO(data), formats=[kind])
    # A HEIC of a phone may hold a burst, and a JPEG a second view; their first picture is the photo.
    if kind in {"PNG", "WEBP"} and getattr(picture, "is_animated", False):
        raise Refused("animated")
    return picture


def _kind_of(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIF"
    raise Refused("animated" if data.startswith((b"GIF87a", b"GIF89a")) else "wrong_type")


def _check_size(picture: Image.Image) -> tuple[int, int]:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Refused("too_many_pixels")
    if min(width, height) < FEWEST_ON_A_SIDE:
        raise Refused("too_small")
    return width, height


def _reduced(picture: Image.Image, width: int, height: int) -> Image.Image:
    """No bigger than the largest size, so that whatever follows is quick."""
    scale = min(1.0, LONGEST_SIDES["large"] / max(width, height))
    target = max(1, round(width * scale)), max(1, round(height * scale))
    picture.draft(None, target)  # a JPEG can be unpacked at a half, a quarter or an eighth of its size
    picture.load()
    profile, orientation = picture.info.get("icc_profile"), _orientation(picture)
    plain = _with_plain_pixels(picture)
    reduced = plain.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0) if plain.size != target else plain
    reduced.info = {"icc_profile": profile, "orientation": orientation}
    return reduced


def _with_plain_pixels(picture: Image.Image) -> Image.Image:
    """In a mode that can be scaled: no palette, and eight bits a channel."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in picture.info or picture.mode in {"P", "PA", "LA", "La", "RGBa"}:
        return picture.convert("RGBA")
    return picture.convert("L") if picture.mode == "1" else picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    info, alpha = picture.info, None
    if picture.mode == "RGBA":
        alpha, picture = picture.getchannel("A"), picture.convert("RGB")
    profile = info["icc_profile"]
    converted = None
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            colours = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, colours, _SRGB, outputMode="RGB")
    # A profile that cannot be read, or is for other channels, is as good as none.
    flat = converted or picture.convert("RGB")
    if alpha is not None:
        flat = Image.composite(flat, Image.new("RGB", flat.size, "white"), alpha)
    flat.info = info
    return flat


def _orientation(picture: Image.Image) -> int:
    """As it stands where it cannot be read: many a program writes these data wrongly, and the picture is fine."""
    with contextlib.suppress(Exception):
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return 1


def _upright(picture: Image.Image) -> Image.Image:
    """On pixels of its own, so that nothing of what came beside the picture goes on."""
    turn = _TURNS.get(picture.info["orientation"])
    turned = picture.transpose(turn) if turn is not None else picture
    clean = Image.new("RGB", turned.size)
    clean.paste(turned)
    return clean


def _as_jpeg(photo: Image.Image, longest: int) -> bytes:
    copy = photo.copy()
    copy.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    copy.save(file, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return file.getvalue()


def fingerprint(photo: Image.Image) -> str:
    """Alike for the same picture in another size or quality: where it gets darker from left to right and from top to
    bottom (128 bits), and the colours of its quarters, which tell plain pictures apart."""
    grey = photo.convert("L")
    across = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    down = grey.resize((8, 9), Image.Resampling.BOX).tobytes()
    bits = [across[row * 9 + x] > across[row * 9 + x + 1] for row in range(8) for x in range(8)]
    bits += [down[y * 8 + x] > down[(y + 1) * 8 + x] for y in range(8) for x in range(8)]
    shape = sum(bit << place for place, bit in enumerate(bits)).to_bytes(16, "big")
    return (shape + photo.resize((2, 2), Image.Resampling.BOX).tobytes()).hex()


if __name__ == "__main__":
    main()
