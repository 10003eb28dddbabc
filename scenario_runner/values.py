"""Comparing what a scenario expects of a field with what is there."""

from fnmatch import fnmatchcase
from typing import Any

from matchmaker.ai.fields import FIELDS

ANY = "any"


def has_many(slug: str) -> bool:
    return slug in FIELDS and FIELDS[slug].many


def each(slug: str, value: Any) -> list[Any]:
    """What is expected of a field, one by one; two ages are one value of a field that has a single one."""
    return value if has_many(slug) and isinstance(value, list) else [value]


def wanted_value(wanted: Any) -> Any:
    return wanted.get("value") if isinstance(wanted, dict) else wanted


def same(wanted: Any, found: Any) -> bool:
    """Texts without regard to case, and as patterns."""
    if isinstance(wanted, str) and isinstance(found, str):
        return fnmatchcase(found.casefold(), wanted.casefold()) or wanted.casefold() == found.casefold()
    return bool(wanted == found)
