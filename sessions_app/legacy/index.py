"""A first pass through all keys: which session somebody is in now, only the keys together can tell."""

from typing import Any

from sessions_app.legacy.parsing import NotASession, code_of, object_in
from sessions_app.legacy.people import phone_of
from sessions_app.legacy.phones import Whereabouts, phone_in
from sessions_app.legacy.reading import PHONE, Entry, Source
from sessions_app.legacy.times import time_in


def look_through(source: Source) -> Whereabouts:
    """Raises SourceLost."""
    whereabouts = Whereabouts()
    for entry in source.entries():
        if entry.is_phone:
            _note_phone(entry, whereabouts)
        elif entry.is_session:
            _note_session(entry, whereabouts)
    return whereabouts


def _note_phone(entry: Entry, whereabouts: Whereabouts) -> None:
    told = phone_fault(entry)
    phone = phone_in(entry.key.removeprefix(PHONE))
    if not told and phone is not None:
        whereabouts.tell(phone, _code_in(entry.value))


def phone_fault(entry: Entry) -> str:
    """Why a `phone:` key tells nothing; empty when it does."""
    if entry.fault:
        return entry.fault
    if phone_in(entry.key.removeprefix(PHONE)) is None:
        return "it names no phone number"
    return "" if _code_in(entry.value) else "it names no session"


def _code_in(value: str) -> str:
    return value.strip().strip('"').strip().upper()


def _note_session(entry: Entry, whereabouts: Whereabouts) -> None:
    try:
        code = code_of(entry.key)
        whereabouts.codes.add(code)
        value = object_in(entry.value)
    except NotASession:
        return
    begun = _joined(value.get("createdAt"))
    listed = value.get("participants")
    for item in listed if isinstance(listed, list) else []:
        written = item if isinstance(item, dict) else {"phoneNumber": item}
        phone = phone_of(written)
        if phone is not None:
            whereabouts.saw(phone.number, code, _joined(written.get("joinedAt"), begun))


def _joined(written: Any, otherwise: float = 0.0) -> float:
    moment = time_in(written)
    return moment.timestamp() if moment else otherwise
