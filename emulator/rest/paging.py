"""Pages of a list, with the links that a client follows literally."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from emulator.errors import invalid
from emulator.rest.endpoint import RestCall
from emulator.rest.forms import Form

Item = TypeVar("Item")

DEFAULT_SIZE = 50
_LEGACY_MOST = 1000
_PAGING = ("PageSize", "Page", "PageToken")
_AFTER, _BEFORE = "PA", "PB"


@dataclass(frozen=True)
class Page:
    items: list[Any]
    number: int
    size: int
    first: str
    this: str
    previous: str | None
    next: str | None
    """Query strings of the pages around it."""


def cut(
    call: RestCall,
    items: Sequence[Item],
    sid_of: Callable[[Item], str],
    *,
    default: int = DEFAULT_SIZE,
    most: int = 100,
) -> Page:
    """The page that the call asks for; its token names the item next to it, so pages do not shift as the list grows."""
    form = call.form
    size = _size(call, default, most)
    number = form.number("Page") or 0
    if number < 0:
        raise invalid("Page must not be negative")
    start = _start(form.some("PageToken"), [sid_of(item) for item in items], number * size, size)
    shown = list(items[start : start + size])
    more = start + size < len(items)
    return Page(
        items=shown,
        number=number,
        size=size,
        first=_query(form, size, 0),
        this=_query(form, size, number, form.some("PageToken")),
        previous=_query(form, size, number - 1, _BEFORE + sid_of(items[start])) if start and shown else None,
        next=_query(form, size, number + 1, _AFTER + sid_of(shown[-1])) if more else None,
    )


def listing(
    call: RestCall,
    url: str,
    key: str,
    items: Sequence[Item],
    *,
    shown: Callable[[Item], dict[str, Any]],
    sid_of: Callable[[Item], str],
    default: int = DEFAULT_SIZE,
    most: int = 100,
) -> dict[str, Any]:
    """A list as the newer APIs give it: an array under `key`, and `meta`."""
    page = cut(call, items, sid_of, default=default, most=most)
    return {
        "meta": {
            "page": page.number,
            "page_size": page.size,
            "first_page_url": f"{url}?{page.first}",
            "previous_page_url": f"{url}?{page.previous}" if page.previous else None,
            "url": f"{url}?{page.this}",
            "next_page_url": f"{url}?{page.next}" if page.next else None,
            "key": key,
        },
        key: [shown(item) for item in page.items],
    }


def legacy_listing(
    call: RestCall,
    uri: str,
    key: str,
    items: Sequence[Item],
    *,
    shown: Callable[[Item], dict[str, Any]],
    sid_of: Callable[[Item], str],
) -> dict[str, Any]:
    """A list as the 2010-04-01 API gives it: links without host, and no `meta`."""
    page = cut(call, items, sid_of, most=_LEGACY_MOST)
    start = page.number * page.size
    return {
        key: [shown(item) for item in page.items],
        "page": page.number,
        "page_size": page.size,
        "start": start,
        "end": start + max(0, len(page.items) - 1),
        "first_page_uri": f"{uri}?{page.first}",
        "previous_page_uri": f"{uri}?{page.previous}" if page.previous else None,
        "uri": f"{uri}?{page.this}",
        "next_page_uri": f"{uri}?{page.next}" if page.next else None,
    }


def _size(call: RestCall, default: int, most: int) -> int:
    size = call.form.number("PageSize")
    if size is not None and size < 1:
        raise invalid("PageSize must be at least 1")
    if size is not None and size > most and call.world.faults.strict_page_size:
        raise invalid(f"PageSize must be at most {most}")
    return min(size or default, most)


def _start(token: str | None, sids: list[str], offset: int, size: int) -> int:
    if not token:
        return min(offset, len(sids))
    sid = token[2:]
    if sid not in sids:
        return min(offset, len(sids))
    at = sids.index(sid)
    return at + 1 if token.startswith(_AFTER) else max(0, at - size)


def _query(form: Form, size: int, number: int, token: str | None = None) -> str:
    pairs = [*form.without(*_PAGING), ("PageSize", str(size)), ("Page", str(number))]
    return urlencode([*pairs, ("PageToken", token)] if token else pairs)
