"""Reads one session's value, of either generation of the older app, as plain data. What has no place here is kept."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matchmaker.ai.model import clean
from sessions_app.codes import CODE
from sessions_app.legacy import talk
from sessions_app.legacy.mapping import Sealed, photos_in, sealed_in, stage_reached
from sessions_app.legacy.people import OldPerson, people_in
from sessions_app.legacy.phones import Phone, phone_in
from sessions_app.legacy.reading import SESSION
from sessions_app.legacy.talk import OldMessage
from sessions_app.legacy.times import spread, time_in, times_in
from sessions_app.legacy.unwrapping import CannotUnwrap, text_in, with_parts_read

_HAS_A_PLACE = {
    "sessionId",
    "createdAt",
    "createdBy",
    "conversationSid",
    "participants",
    "primaryUser",
    "stage",
    "messages",
    "data",
    "profileSchema",
}
# Every session of either generation has one of these; a value with none is something else, such as a tool's wrapping.
_TELLS_A_SESSION = {"sessionId", "createdAt", "createdBy", "participants", "messages"}
# Not searched for the session's own times: these hold each message's, or times that somebody wrote.
_NOT_OF_THE_SESSION = {"messages", "data", "profileSchema", "generatedProfile", "committedProfile"}


class NotASession(Exception):
    """The value cannot be imported; the text says why."""


@dataclass(frozen=True)
class PrimaryHint:
    """Who the older app thought the profile was about: a phone, a name, or both."""

    phone: Phone | None
    name: str


@dataclass
class OldSession:
    code: str
    created_at: datetime
    last_known_at: datetime
    stage_then: str
    stage_reached: str
    conversation_sid: str
    people: list[OldPerson]
    messages: list[OldMessage]
    primary: PrimaryHint | None
    sealed: list[Sealed]
    photos: list[dict[str, Any]]
    kept: dict[str, Any]
    participants_in: int
    messages_in: int
    problems: list[str] = field(default_factory=list)


def code_of(key: str) -> str:
    """Raises NotASession."""
    code = key.removeprefix(SESSION).strip().upper()
    if not CODE.match(code):
        raise NotASession("its code does not have five or six letters and digits")
    return code


def parse_session(key: str, raw: str, *, now: datetime) -> OldSession:
    """`now` stands in when the value names no time at all. Raises NotASession."""
    code, value = code_of(key), object_in(raw)
    problems: list[str] = []
    if str(value.get("sessionId") or code).strip().upper() != code:
        problems.append("the value names another code than its key; the key counts")
    people, kept_people = people_in(value, problems)
    participants_in = _length(value, "participants", problems)
    said = talk.said_in(value, people, problems)
    _check_not_empty(value, people, said.messages, problems)
    _doubt_what_is_to_come(said.messages, now, problems)
    start, end = _span(value, [message.at for message in said.messages], now, problems)
    return OldSession(
        code=code,
        created_at=start,
        last_known_at=end,
        stage_then=str(value.get("stage") or "")[:60],
        stage_reached=_stage(value, problems),
        conversation_sid=str(value.get("conversationSid") or "")[:60],
        people=people,
        messages=_timed(said.messages, start, end),
        primary=_primary(value.get("primaryUser")),
        sealed=sealed_in(value),
        photos=[*photos_in(value), *said.photos],
        kept=_kept(value, kept_people, said.kept),
        participants_in=participants_in,
        messages_in=_length(value, "messages", problems),
        problems=problems,
    )


def _check_not_empty(
    value: dict[str, Any], people: list[OldPerson], messages: list[OldMessage], problems: list[str]
) -> None:
    if people or messages:
        return
    if value.get("participants") or value.get("messages"):
        raise NotASession("neither its people nor its messages can be read")
    problems.append("it has neither people nor messages")


def _doubt_what_is_to_come(messages: list[OldMessage], now: datetime, problems: list[str]) -> None:
    """Clear times in the future: one would open WhatsApp windows and put its session first in every list."""
    for position, message in enumerate(messages, 1):
        if message.at is not None and message.at > now:
            message.at = None
            problems.append(f"message {position} has a time that is still to come; it was taken for unknown")


def object_in(raw: str) -> dict[str, Any]:
    """Raises NotASession."""
    try:
        text = text_in(raw)
        value = json.loads(text, parse_constant=_refuse)
    except CannotUnwrap as why:
        raise NotASession(str(why)) from None
    except (ValueError, RecursionError):
        raise NotASession("its value is not JSON") from None
    if not isinstance(value, dict):
        raise NotASession("its value is no object")
    if not value.keys() & _TELLS_A_SESSION:
        raise NotASession("its value holds nothing of a session")
    value = with_parts_read(value)
    # Only an escape can hold what Postgres cannot store, and most values have none, which saves a second pass.
    return dict(clean(value)) if "\\u" in text else value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _length(value: dict[str, Any], name: str, problems: list[str]) -> int:
    listed = value.get(name)
    if listed and not isinstance(listed, list):
        problems.append(f"`{name}` is no list; it is kept beside the session")
    return len(listed) if isinstance(listed, list) else 0


def _span(
    value: dict[str, Any], said_at: list[datetime | None], now: datetime, problems: list[str]
) -> tuple[datetime, datetime]:
    """(when it began, the last time that it names)."""
    known = [moment for moment in said_at if moment is not None]
    known += times_in({name: item for name, item in value.items() if name not in _NOT_OF_THE_SESSION})
    begun = time_in(value.get("createdAt"))
    if begun is None:
        problems.append("it does not say when it began")
        begun = min(known, default=now)
    return begun, max([begun, *known])


def _timed(messages: list[OldMessage], start: datetime, end: datetime) -> list[OldMessage]:
    times = spread([message.at for message in messages], start=start, end=end)
    for message, moment in zip(messages, times, strict=True):
        message.is_estimated, message.at = message.at is None, moment
    return messages


def _stage(value: dict[str, Any], problems: list[str]) -> str:
    reached = stage_reached(value.get("stage"))
    if reached is None:
        problems.append("its stage is none that we know")
    return reached or "introduction"


def _primary(hint: Any) -> PrimaryHint | None:
    """A person, a name, or a number."""
    if isinstance(hint, dict):
        name = hint.get("name")
        phone = next((found for found in _phones(hint) if found), None)
        return PrimaryHint(phone, name if isinstance(name, str) else "") if name or phone else None
    if not isinstance(hint, str) or not hint.strip():
        return None
    phone = phone_in(hint)
    return PrimaryHint(phone, "" if phone else hint)


def _phones(hint: dict[str, Any]) -> Iterator[Phone | None]:
    return (phone_in(hint.get(name)) for name in ("phoneNumber", "phone", "number"))


def _kept(value: dict[str, Any], people: list[dict[str, Any]], messages: list[dict[str, Any]]) -> dict[str, Any]:
    unknown = {name: item for name, item in value.items() if name not in _HAS_A_PLACE}
    odd = {
        name: value[name]
        for name in ("participants", "messages", "data", "profileSchema")
        if value.get(name) and not isinstance(value[name], list if name in ("participants", "messages") else dict)
    }
    parts = {"session": unknown | odd, "participants": people, "messages": messages}
    return {name: part for name, part in parts.items() if part}
