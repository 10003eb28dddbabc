"""How often a webhook is retried, by Twilio's connection overrides: the fragment of its URL."""

from collections.abc import Set
from urllib.parse import parse_qs, urlsplit

_MOST = 5
_ALL = "all"


def retry_count(url: str) -> int:
    """`#rc=3` asks for three more attempts; without it there is one."""
    asked = _of(url, "rc") or "1"
    return min(int(asked), _MOST) if asked.isascii() and asked.isdigit() else 1


def retry_policy(url: str) -> Set[str]:
    """`#rp=5xx,rt` names the failures that are worth another attempt; without it only a broken connection is."""
    asked = _of(url, "rp") or "ct"
    return {"4xx", "5xx", "ct", "rt"} if _ALL in asked.split(",") else set(asked.split(","))


def _of(url: str, name: str) -> str | None:
    return parse_qs(urlsplit(url).fragment).get(name, [None])[-1]
