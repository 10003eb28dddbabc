"""The profile as its owner approves it: each state of it is a version, and only an approved one is ever shown."""

from sessions_app.versions.approval import (
    HasChanged,
    NotAllowed,
    NotTheirs,
    StillMissing,
    approve,
    approved,
    approved_at_all,
    current,
    erase_those_with,
    listed,
    withdraw_those_with,
)
from sessions_app.versions.content import MOST_ANSWERS, content_of, digest, may_be_quoted, missing
from sessions_app.versions.going_back import go_back_to

__all__ = [
    "MOST_ANSWERS",
    "HasChanged",
    "NotAllowed",
    "NotTheirs",
    "StillMissing",
    "approve",
    "approved",
    "approved_at_all",
    "content_of",
    "current",
    "digest",
    "erase_those_with",
    "go_back_to",
    "listed",
    "may_be_quoted",
    "missing",
    "withdraw_those_with",
]
