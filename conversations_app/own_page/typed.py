"""What people type into a page, without what nobody sees in it."""

import re
import unicodedata
from typing import Any

from django import forms

# More than anything that is kept may have, so that whoever typed too much is told how much it was.
MOST_READ = 100_000
# What turns the direction of the text around it, which has its own direction on our pages anyway.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Line(forms.CharField):
    def __init__(self) -> None:
        super().__init__(required=False, max_length=MOST_READ)

    def clean(self, value: Any) -> str:
        return visible(str(super().clean(value) or ""))


def visible(text: str) -> str:
    """In one line."""
    kept = "".join(char for char in text if char in "\r\n\t " or unicodedata.category(char) not in {"Cc", "Cs", "Co"})
    return re.sub(r"\s+", " ", _TURNS.sub("", kept)).strip()
