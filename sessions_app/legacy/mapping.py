"""Translates the older app's words: its stages, and the fields of what it knew about the single person."""

import re
from collections.abc import Iterator
from typing import Any, TypedDict

from sessions_app.legacy.talk import links_in

_STAGES = {
    "introduction": "introduction",
    "greeting": "introduction",
    "profile_creation": "basics",
    "collecting": "basics",
    "profile_confirmation": "review",
    "confirming": "review",
    "reviewing": "review",
    # Never `approved`: nobody's explicit yes was kept.
    "fetching_profiles": "review",
    "finalized": "review",
}
_FIELDS = {
    "name": "first_name",
    "age": "age",
    "gender": "gender",
    "interested_in": "interested_in",
    "sexual_orientation": "orientation",
    "relationship_intent": "intention",
    "height": "height_cm",
    "interests": "interests",
    "bio": "bio",
    "prompts": "prompts",
    "pets": "pets",
    "photo": "photos",
    "photos": "photos",
    "schools": "job_or_study",
    "major": "job_or_study",
    "education_level": "job_or_study",
    "height_preference": "must_haves",
    "friend_feedback": "green_flags",
}
# In this order, since the first belongs to the older app's second generation and so holds the later value.
_HOLDERS = ("profileSchema", "data")


class Sealed(TypedDict):
    """One value, unchanged. `field` is empty if we have none for it."""

    origin: str
    field: str
    value: Any


def stage_reached(stage: Any) -> str | None:
    return _STAGES.get(stage.strip().lower()) if isinstance(stage, str) else None


def sealed_in(value: dict[str, Any]) -> list[Sealed]:
    return [
        Sealed(origin=f"{holder}.{name}", field=_FIELDS.get(_snake(name), ""), value=item)
        for holder, name, item in _held(value)
    ]


def _held(value: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Without empty values, and without what the second profile merely repeats."""
    seen: list[tuple[str, Any]] = []
    for holder in _HOLDERS:
        profile = value.get(holder)
        for name, item in profile.items() if isinstance(profile, dict) else ():
            if not is_empty(item) and (_snake(name), item) not in seen:
                seen.append((_snake(name), item))
                yield holder, name, item


def is_empty(item: Any) -> bool:
    return item is None or item in ("", [], {}) or (isinstance(item, str) and not item.strip())


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def photos_in(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"url": link, "from": f"{holder}.{name}"}
        for holder, name, item in _held(value)
        if _FIELDS.get(_snake(name)) == "photos"
        for link in links_in(item)
    ]
