"""The primary person's word about values that stand already."""

from dataclasses import dataclass
from typing import Any

import pytest

from emulator.llm.reading.corrections import affirms, corrections


@dataclass(frozen=True)
class Standing:
    field: str
    value: Any


KNOWN = [Standing("area", "Sheffield"), Standing("age", 27), Standing("interests", "bouldering")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("also put leeds not sheffield", ("area", "Leeds")),
        ("i'm not in sheffield any more, i'm in york", ("area", "York")),
        ("28 not 27", ("age", 28)),
        ("27. no wait, 28", ("age", 28)),
    ],
)
def test_it_replaces_what_is_named(text, expected):
    assert list(corrections(text, KNOWN)) == [expected]


@pytest.mark.parametrize(
    "text", ["sheffield is nice", "yes but not sheffield", "sheffield not leeds", "why sheffield not leeds?"]
)
def test_everything_else_leaves_them_alone(text):
    assert list(corrections(text, KNOWN)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes, i said bouldering", True),
        ("yep bouldering", True),
        ("yes but not bouldering", False),
        ("yes bouldering?", False),
        ("bouldering", False),
    ],
)
def test_it_hears_who_agrees_by_name(text, expected):
    assert affirms(text, "bouldering") is expected
