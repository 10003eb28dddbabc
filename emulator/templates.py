"""Content templates: their text, their WhatsApp approval, and how placeholders are filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from emulator.sids import new_sid

ApprovalStatus = Literal["unsubmitted", "received", "pending", "approved", "rejected", "paused", "disabled"]

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# The plain text first: it is the part made for every channel.
_PLAIN = "twilio/text"
_WORDS = ("body", "title", "label")


@dataclass(eq=False)
class Approval:
    status: ApprovalStatus = "unsubmitted"
    name: str = ""
    category: str = ""
    rejection_reason: str = ""


@dataclass(eq=False)
class Template:
    friendly_name: str | None
    language: str
    variables: dict[str, str]
    """The values that stand in for those not given when it is sent."""
    types: dict[str, dict[str, Any]]
    created: datetime
    updated: datetime
    approval: Approval = field(default_factory=Approval)
    sid: str = field(default_factory=lambda: new_sid("HX"))

    @property
    def content_type(self) -> str:
        return _PLAIN if _PLAIN in self.types else next(iter(self.types))


@dataclass(frozen=True)
class Content:
    """A template as it is sent."""

    template: Template
    body: str
    media_urls: list[str]
    complete: bool
    """Whether every placeholder had a value."""


def filled(template: Template, given: Mapping[str, str]) -> Content:
    """The template with the given values, else its own, in its placeholders."""
    values = template.variables | dict(given)
    words, links = _parts(template)
    wanted = {name for text in (words, *links) for name in _PLACEHOLDER.findall(text)}
    return Content(
        template, _fill(words, values), [_fill(link, values) for link in links], complete=wanted <= set(values)
    )


def _parts(template: Template) -> tuple[str, list[str]]:
    """What it says, and the addresses of what it shows."""
    part = template.types[template.content_type]
    words = next((part[name] for name in _WORDS if isinstance(part.get(name), str)), "")
    media = part.get("media") or []
    return words, [link for link in (media if isinstance(media, list) else [media]) if isinstance(link, str)]


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
