"""Turns what somebody sent into a photo of three sizes, or says why not."""

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from sessions_app.photos.refusals import Refusal
from sessions_app.photos.storage import Size

log = structlog.get_logger()

MOST_BYTES = 16 * 1024 * 1024
"""The most that WhatsApp takes."""
LONGEST_S = 30.0
_DECODER = Path(__file__).with_name("decoder.py")
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")

# Of 128 bits. The same picture, made smaller and saved again, differs in a few; two pictures differ in about a half.
_MOST_BITS_APART = 8
_SHAPE_CHARACTERS = 32
# Of 255, in each of the colours of each quarter.
_MOST_COLOUR_APART = 20


@dataclass(frozen=True)
class Decoded:
    files: dict[Size, bytes]
    width: int
    height: int
    fingerprint: str


class Refused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def decode(data: bytes) -> Decoded:
    """Upright, in sRGB, and without anything that came beside the picture. Takes seconds. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused(Refusal.TOO_BIG)
    answer = _answer_of_decoder(data)
    if "refusal" in answer:
        raise Refused(Refusal(answer["refusal"]))
    return Decoded(
        files={size: base64.b64decode(file) for size, file in answer["files"].items()},
        width=answer["width"],
        height=answer["height"],
        fingerprint=answer["fingerprint"],
    )


def is_same_picture(one: str, other: str) -> bool:
    """By two fingerprints."""
    bits = int(one[:_SHAPE_CHARACTERS], 16) ^ int(other[:_SHAPE_CHARACTERS], 16)
    colours = zip(bytes.fromhex(one[_SHAPE_CHARACTERS:]), bytes.fromhex(other[_SHAPE_CHARACTERS:]), strict=True)
    is_same_shape = bits.bit_count() <= _MOST_BITS_APART
    return is_same_shape and all(abs(left - right) <= _MOST_COLOUR_APART for left, right in colours)


def _answer_of_decoder(data: bytes) -> dict[str, Any]:
    """`-I` and an environment of its own keep our settings and secrets from it."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        ended = subprocess.run(
            [sys.executable, "-I", "-B", str(_DECODER)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Fewer of them leave more of its memory to the picture.
            env={**passed, "MALLOC_ARENA_MAX": "2"},
            timeout=LONGEST_S,
            check=True,
        )
        return dict(json.loads(ended.stdout))
    except (subprocess.SubprocessError, ValueError) as error:
        # Out of memory or time, or killed by what it was given.
        log.warning("photo_decoder_ended", error=type(error).__name__)
        return {"refusal": Refusal.UNREADABLE}
