"""Paginated lists, with the links that clients follow as they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.responses import Response

from emulator.errors import invalid
from emulator.rest.endpoint import RestCall, ok
from emulator.rest.forms import Form

Item = TypeVar("Item")

_DEFAULT_SIZE = 50
_LEGACY_MAX_SIZE = 1000
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


def list_response(
    call: RestCall,
    url: str,
    key: str,
    items: Sequence[Item],
    serialize: Callable[[Item], dict[str, Any]],
    *,
    sid_of: Callable[[Item], str] = attrgetter("sid"),
    default_size: int = _DEFAULT_SIZE,
    max_size: int = 100,
) -> Response:
    """A list as the newer APIs give it: an array under `key`, and `meta`."""
    page = _page(call, items, sid_of, default_size=default_size, max_size=max_size)
    return ok(
        {
            "meta": {
                "page": page.number,
                "page_size": page.size,
                "first_page_url": f"{url}?{page.first}",
                "previous_page_url": f"{url}?{page.previous}" if page.previous else None,
                "url": f"{url}?{page.this}",
                "next_page_url": f"{url}?{page.next}" if page.next else None,
                "key": key,
            },
            key: [serialize(item) for item in page.items],
        }
    )


def legacy_list_response(
    call: RestCall, uri: str, key: str, items: Sequence[Item], serialize: Callable[[Item], dict[str, Any]]
) -> Response:
    """A list as the 2010-04-01 API gives it: links without host, and no `meta`."""
    page = _page(call, items, attrgetter("sid"), default_size=_DEFAULT_SIZE, max_size=_LEGACY_MAX_SIZE)
    start = page.number * page.size
    return ok(
        {
            key: [serialize(item) for item in page.items],
            "page": page.number,
            "page_size": page.size,
            "start": start,
            "end": start + max(0, len(page.items) - 1),
            "first_page_uri": f"{uri}?{page.first}",
            "previous_page_uri": f"{uri}?{page.previous}" if page.previous else None,
            "uri": f"{uri}?{page.this}",
            "next_page_uri": f"{uri}?{page.next}" if page.next else None,
        }
    )


def _page(
    call: RestCall, items: Sequence[Item], sid_of: Callable[[Item], str], *, default_size: int, max_size: int
) -> Page:
    """The page that the call asks for. Its token names the neighbouring item, so pages do not shift as the list grows."""
    form = call.form
    size = _size(call, default_size, max_size)
    number = form.number("Page") or 0
    if number < 0:
        raise invalid("Page must not be negative")
    start = _start(form.text("PageToken"), [sid_of(item) for item in items], number * size, size)
    on_page = list(items[start : start + size])
    has_more = start + size < len(items)
    return Page(
        items=on_page,
        number=number,
        size=size,
        first=_query(form, size, 0),
        this=_query(form, size, number, form.text("PageToken")),
        previous=_query(form, size, number - 1, _BEFORE + sid_of(items[start])) if start and on_page else None,
        next=_query(form, size, number + 1, _AFTER + sid_of(on_page[-1])) if has_more else None,
    )


def _size(call: RestCall, default_size: int, max_size: int) -> int:
    size = call.form.number("PageSize")
    if size is not None and size < 1:
        raise invalid("PageSize must be at least 1")
    if size is not None and size > max_size and call.world.faults.strict_page_size:
        raise invalid(f"PageSize must be at most {max_size}")
    return min(size or default_size, max_size)


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
