"""The answer to onMessageAdd: the text with its author's name in front, within a second, or "carry on"."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from threading import Barrier, BoundedSemaphore
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.http import HttpResponse, JsonResponse, QueryDict

from conversations_app.commands import answers, parsing
from conversations_app.folding import folded
from conversations_app.gateway.payloads import json_object, media_list
from conversations_app.gateway.places import place_in
from conversations_app.membership import senders
from conversations_app.models import Message
from conversations_app.naming import roster
from conversations_app.naming.name_prefix import (
    MAX_ATTRIBUTES_BYTES,
    MAX_PHONE_BODY,
    OUR_KEY,
    room_beside,
    span_attributes,
    with_name,
    with_name_alone,
)
from conversations_app.naming.roster import Roster
from conversations_app.outbox import wording
from conversations_app.webhooks.middleware import publish_unchanged
from matchmaker.addresses import Channel, channel_of
from matchmaker.characters import text_length
from matchmaker.phone_language import language_of_phone
from sessions_app.names import is_made_up

log = structlog.get_logger()

# The whole answer has to be out within a second, and Twilio publishes without it after five.
LOOK_UP_TIMEOUT_S = 0.6
# Two, so that one that hangs does not delay the next message; no more, since each holds a database connection.
LOOK_UPS_AT_ONCE = 2
T = TypeVar("T")
_lookups = ThreadPoolExecutor(max_workers=LOOK_UPS_AT_ONCE, thread_name_prefix="roster")
# Separate from the look-ups: anybody can send unsigned posts, and those must not cost a message its author's name.
_side_jobs = ThreadPoolExecutor(max_workers=1, thread_name_prefix="side-job")
MOST_SIDE_JOBS_WAITING = 20
_room_for_side_jobs = BoundedSemaphore(MOST_SIDE_JOBS_WAITING)


def answer(fields: QueryDict) -> HttpResponse:
    if fields.get("EventType") != "onMessageAdd":
        return publish_unchanged()
    author = str(fields.get("Author", ""))
    if channel_of(author) is Channel.CHAT or senders.is_in_settings(author):
        return publish_unchanged()  # a program's: no name is missing, and what it says is no command
    conversation_sid = str(fields.get("ConversationSid", ""))
    found = _roster(conversation_sid)
    text = str(fields.get("Body", "")) or place_in(fields)
    name = found.name_of(author) if found else None
    attributes = json_object(str(fields.get("Attributes", "")))
    if found is None or name is None:
        return _without_a_name(text, author, attributes)
    is_panic_word = folded(text) == folded(found.panic_word_of(author))
    if is_panic_word or _is_private(text, author, name, conversation_sid):
        options = iter([_kept_apart(text, name, author)])
    else:
        options = _candidates(text, _media_type(fields), name, found)
    for body, ours in options:
        packed = json.dumps({**attributes, OUR_KEY: ours}, ensure_ascii=False)
        if text_length(body) <= MAX_PHONE_BODY and len(packed.encode()) <= MAX_ATTRIBUTES_BYTES:
            return JsonResponse({"body": body, "attributes": packed})
    return publish_unchanged()


def _candidates(text: str, media_type: str, name: str, found: Roster) -> Iterator[tuple[str, dict[str, Any]]]:
    """Bodies with their attributes, best first; the first that fits Twilio's limits is used."""
    # A name with nothing behind it would be an empty line on every phone.
    if text_length(text) > room_beside(name) or not (text.strip() or media_type):
        return
    named = with_name(text, name=name, others=found.reserved, bold=found.bold, media_type=media_type)
    yield named.body, span_attributes(named)
    # Guards in front of very many lines may not fit; the author's name has to be there in any case.
    alone = with_name_alone(text, name=name, bold=found.bold)
    yield alone.body, span_attributes(alone)


def _without_a_name(text: str, author: str, attributes: dict[str, Any]) -> HttpResponse:
    """We do not know the author. Commands stay private even then, and so does the panic word that everybody has."""
    command = parsing.command_in(text, channel=channel_of(author), in_thread=True)
    is_private = command is not None and command.is_private and not command.is_tentative
    if not is_private and folded(text) != folded(settings.PANIC_WORD):
        return publish_unchanged()
    body, ours = _kept_apart(text, "Somebody", author)
    packed = json.dumps({**attributes, OUR_KEY: ours}, ensure_ascii=False)
    if len(packed.encode()) > MAX_ATTRIBUTES_BYTES:
        return publish_unchanged()
    return JsonResponse({"body": body, "attributes": packed})


def _is_private(text: str, author: str, name: str, conversation_sid: str) -> bool:
    """A command for us alone. `hi CODE` is one only if there is such a code, and "leave" unless it answers a question:
    the database knows. While it does not answer, the one counts as talk and the other is kept from the group."""
    command = parsing.command_in(text, channel=channel_of(author), is_nameless=is_made_up(name), in_thread=True)
    if command is None or not command.is_private:
        return False
    if command.is_tentative:
        return bool(_answer_in_time(lambda: parsing.is_real_command(command)))
    if command.may_be_an_answer:
        here = Message.objects.filter(conversation__sid=conversation_sid)
        return not _answer_in_time(lambda: answers.answers_a_question(text, answers.lines_before(here, author)))
    return True


def _kept_apart(text: str, name: str, author: str) -> tuple[str, dict[str, Any]]:
    """The group reads that there was a word for us; the command itself travels to us in the attributes. What language
    the group writes is in the database, which there is no time to ask."""
    return wording.had_a_word(name).in_language(language_of_phone(author)), {"command": text}


def _roster(conversation_sid: str) -> Roster | None:
    """The cache answers or fails within its own short timeouts. A database can hang, so another thread waits for it."""
    known = roster.cached(conversation_sid)
    if known is not None:
        return known
    return _answer_in_time(lambda: roster.load_and_cache(conversation_sid))


def _answer_in_time(question: Callable[[], T]) -> T | None:
    """What the database answers, or None when it is too slow or fails."""
    waiting = _lookups.submit(_query, question)
    try:
        return waiting.result(timeout=LOOK_UP_TIMEOUT_S)
    except TooLate:
        # Only a job still in the queue can be cancelled; one that runs is ended by the statement timeout.
        waiting.cancel()
        log.error("roster_look_up_too_slow")
    except Exception as error:
        log.error("roster_look_up_failed", error=type(error).__name__)
    return None


def _query(question: Callable[[], T]) -> T:
    # These threads outlive any one connection: without this, one that Postgres closed would fail all later look-ups.
    close_old_connections()
    return question()


def run_in_background(job: Callable[[], None]) -> None:
    """Do something with the database that the answer must not wait for. In a flood of such jobs some are left out, so
    that they cannot fill the memory."""
    if _room_for_side_jobs.acquire(blocking=False):
        _side_jobs.submit(_run_side_job, job)


def _run_side_job(job: Callable[[], None]) -> None:
    try:
        close_old_connections()
        job()
    except Exception as error:
        log.error("side_job_failed", error=type(error).__name__)
    finally:
        _room_for_side_jobs.release()


def warm_up() -> None:
    """Connect before the first message comes, so that it does not lose its name to the time that connecting takes."""
    together = Barrier(LOOK_UPS_AT_ONCE)

    def connect(_: int) -> None:
        together.wait(timeout=10)
        _query(lambda: roster.load_and_cache(""))

    try:
        roster.cached("")
        list(_lookups.map(connect, range(LOOK_UPS_AT_ONCE)))
    except Exception as error:  # the database may come up after us
        log.warning("not_warmed_up", error=type(error).__name__)


def _media_type(fields: QueryDict) -> str:
    media = media_list(str(fields.get("Media", "")))
    return media[0]["content_type"] or "application/octet-stream" if media else ""
