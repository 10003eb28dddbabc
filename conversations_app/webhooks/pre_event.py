"""The answer to onMessageAdd: the text with its author's name in front, within a second, or "carry on"."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from threading import Barrier
from typing import Any

import structlog
from django.db import close_old_connections
from django.http import HttpResponse, JsonResponse, QueryDict

from conversations_app import commands, roster
from conversations_app.attribution import (
    MAX_ATTRIBUTES_BYTES,
    MAX_PHONE_BODY,
    OUR_KEY,
    label,
    span_attributes,
    with_name,
    with_name_alone,
)
from conversations_app.roster import Roster
from conversations_app.webhooks.middleware import carry_on
from conversations_app.webhooks.payloads import json_object, media_list
from sessions_app.names import is_made_up

log = structlog.get_logger()

LOOK_UP_TIMEOUT_S = 0.6
LOOK_UPS_AT_ONCE = 2
_lookups = ThreadPoolExecutor(max_workers=LOOK_UPS_AT_ONCE, thread_name_prefix="roster")


def answer(fields: QueryDict) -> HttpResponse:
    if fields.get("EventType") != "onMessageAdd":
        return carry_on()
    found = _roster(str(fields.get("ConversationSid", "")))
    name = found.names.get(str(fields.get("Author", ""))) if found else None
    if found is None or name is None:
        return carry_on()
    attributes = json_object(str(fields.get("Attributes", "")))
    for body, ours in _candidates(str(fields.get("Body", "")), _media_type(fields), name, found):
        packed = json.dumps({**attributes, OUR_KEY: ours}, ensure_ascii=False)
        if len(body) <= MAX_PHONE_BODY and len(packed.encode()) <= MAX_ATTRIBUTES_BYTES:
            return JsonResponse({"body": body, "attributes": packed})
    return carry_on()


def _candidates(text: str, media_type: str, name: str, found: Roster) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the others could get, and what we note beside it, the best first; the first that Twilio can take is it."""
    if commands.command_in(text, is_nameless=is_made_up(name), in_thread=True):
        # It is for us alone: the others must not read it, and we still must.
        yield f"({name} used a command)", {"command": text}
        return
    if len(label(name, bold=found.bold)) + 1 + len(text) > MAX_PHONE_BODY:
        return
    named = with_name(text, name=name, others=found.reserved, bold=found.bold, media_type=media_type)
    yield named.body, span_attributes(named)
    # Guards in front of very many lines may not fit; whose message it is must stand there all the same.
    alone = with_name_alone(text, name=name, bold=found.bold)
    yield alone.body, span_attributes(alone)


def _roster(conversation_sid: str) -> Roster | None:
    """The cache answers or fails within its own short timeouts; a database can hang, so that is waited for apart."""
    known = roster.cached(conversation_sid)
    if known is not None:
        return known
    waiting = _lookups.submit(_look_up, conversation_sid)
    try:
        return waiting.result(timeout=LOOK_UP_TIMEOUT_S)
    except TooLate:
        waiting.cancel()
        log.error("roster_look_up_too_slow")
    except Exception as error:
        log.error("roster_look_up_failed", error=type(error).__name__)
    return None


def _look_up(conversation_sid: str) -> Roster | None:
    close_old_connections()
    return roster.load_and_cache(conversation_sid)


def aside(job: Callable[[], None]) -> None:
    """Do something with the database that the answer must not wait for."""
    _lookups.submit(_job_alone, job)


def _job_alone(job: Callable[[], None]) -> None:
    close_old_connections()
    try:
        job()
    except Exception as error:
        log.error("aside_failed", error=type(error).__name__)


def warm_up() -> None:
    """Connect before the first message comes, so that it does not lose its name to the time that connecting takes."""
    together = Barrier(LOOK_UPS_AT_ONCE)

    def connect(_: int) -> None:
        together.wait(timeout=10)
        _look_up("")

    try:
        roster.cached("")
        list(_lookups.map(connect, range(LOOK_UPS_AT_ONCE)))
    except Exception as error:  # the database may come up after us
        log.warning("not_warmed_up", error=type(error).__name__)


def _media_type(fields: QueryDict) -> str:
    media = media_list(str(fields.get("Media", "")))
    return media[0]["content_type"] or "application/octet-stream" if media else ""
