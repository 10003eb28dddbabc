"""What was said in an old session, by whom, and in what order."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sessions_app.legacy.people import OldPerson, known, name_in, named, phone_of
from sessions_app.legacy.phones import is_numeric
from sessions_app.legacy.times import time_in

_TIMES = ("timestamp", "createdAt", "at", "time", "date", "sentAt", "dateCreated")
_IDS = ("sid", "messageSid", "MessageSid", "id")
_PHOTOS = {"mediaUrl", "mediaUrls", "media", "image", "imageUrl", "photo", "photoUrl", "MediaUrl0"}
_HAS_A_PLACE = {"role", "content", "sender", "phoneNumber", "phone", "number", "from"}
_TWILIO_SID = re.compile(r"^(?:SM|MM|IM)[0-9a-fA-F]{32}$")
_LINK = re.compile(r"^https?://\S+$", re.IGNORECASE)


class Voice(StrEnum):
    PERSON = "person"
    MATCHMAKER = "matchmaker"
    NOTICE = "announcement"


_VOICES = {"user": Voice.PERSON, "human": Voice.PERSON, "assistant": Voice.MATCHMAKER, "ai": Voice.MATCHMAKER}


@dataclass
class OldMessage:
    """`at` is None until times are spread; `author` only where a person wrote it."""

    voice: Voice
    body: str
    author: OldPerson | None = None
    at: datetime | None = None
    is_estimated: bool = False
    sid: str = ""
    photos: list[str] = field(default_factory=list)


@dataclass
class Said:
    messages: list[OldMessage] = field(default_factory=list)
    photos: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)


def said_in(value: dict[str, Any], people: list[OldPerson], problems: list[str]) -> Said:
    """Adds to `people` whoever wrote without being listed."""
    said = Said()
    listed = value.get("messages")
    for position, item in enumerate(listed if isinstance(listed, list) else [], 1):
        written = item if isinstance(item, dict) else {"content": item}
        if not isinstance(item, dict):
            problems.append(f"message {position} names no author")
        message = _message(position, written, people, problems)
        said.messages.append(message)
        said.photos += [{"url": url, "from": f"message {position}"} for url in message.photos]
        extra = _extra(written, message)
        if extra:
            said.kept.append({"position": position, **extra})
    return said


def _message(position: int, written: dict[str, Any], people: list[OldPerson], problems: list[str]) -> OldMessage:
    body, photos = _content(written.get("content"))
    for name in _PHOTOS & written.keys():
        photos += links_in(written[name])
    voice = _voice(position, written, problems)
    return OldMessage(
        voice=voice,
        body=body,
        author=_author(written, people) if voice is Voice.PERSON else None,
        at=next((at for name in _TIMES if (at := time_in(written.get(name)))), None),
        sid=next((str(sid) for name in _IDS if _TWILIO_SID.match(str(sid := written.get(name)))), ""),
        photos=list(dict.fromkeys(photos)),
    )


def _voice(position: int, written: dict[str, Any], problems: list[str]) -> Voice:
    role = written.get("role")
    if isinstance(role, str) and role in _VOICES:
        return _VOICES[role]
    if phone_of(written) or written.get("sender"):
        return Voice.PERSON
    if isinstance(role, str):
        problems.append(f"message {position} has the role {role[:20]!r}; it is kept as a notice")
    return Voice.NOTICE


def _author(written: dict[str, Any], people: list[OldPerson]) -> OldPerson:
    phone = phone_of(written)
    name = name_in(written.get("sender")) or name_in(written.get("name"))
    found = known(people, phone) or (named(people, name) if phone is None and name else None)
    if found is None and phone is None and not name:
        listed = [one for one in people if one.is_listed]
        nameless = next((one for one in people if not one.is_listed and not one.phone and not one.name), None)
        found = listed[0] if len(listed) == 1 else nameless
    if found is None:
        found = OldPerson(position=len(people) + 1, phone=phone, name=name, is_listed=False)
        people.append(found)
    found.name = found.name or name
    return found


def _content(content: Any) -> tuple[str, list[str]]:
    """A text, or a list of texts and pictures in the form that models take."""
    if content is None:
        return "", []
    if isinstance(content, str):
        return content, []
    if isinstance(content, list) and all(isinstance(part, dict) for part in content):
        texts = [str(part["text"]) for part in content if isinstance(part.get("text"), str)]
        links = [link for part in content for link in links_in(part.get("image_url"))]
        if texts or links:
            return "\n".join(texts), links
    return json.dumps(content, ensure_ascii=False), []


def links_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.strip()] if _LINK.match(value.strip()) else []
    if isinstance(value, dict):
        return [link for name in ("url", "mediaUrl", "href") for link in links_in(value.get(name))][:1]
    return [link for item in value for link in links_in(item)] if isinstance(value, list) else []


def _extra(written: dict[str, Any], message: OldMessage) -> dict[str, Any]:
    """What has no place in the transcript, and a name by which nobody is called here."""
    extra = {name: item for name, item in written.items() if name not in _HAS_A_PLACE}
    role = written.get("role")
    if role is not None and not (isinstance(role, str) and role in _VOICES):
        extra["role"] = role
    sender = written.get("sender")
    if sender and not is_numeric(str(sender)) and (message.author is None or message.author.name != sender):
        extra["sender"] = sender
    return extra
