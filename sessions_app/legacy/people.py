"""The people in an old session: those it lists, and those known only by what they wrote."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from matchmaker.addresses import Channel
from sessions_app.legacy.phones import Phone, is_numeric, phone_in
from sessions_app.legacy.times import time_in

_NUMBER = ("phoneNumber", "phone", "number", "from", "address")
_HAS_A_PLACE = {*_NUMBER, "name", "joinedAt", "role", "channel"}


@dataclass
class OldPerson:
    """`phone` is None if no text can reach them; `is_listed` is False if only the messages or a `phone:` key name them."""

    position: int
    phone: Phone | None
    name: str = ""
    is_creator: bool = False
    joined_at: datetime | None = None
    is_listed: bool = True


def people_in(value: dict[str, Any], problems: list[str]) -> tuple[list[OldPerson], list[dict[str, Any]]]:
    """Each phone once; and beside them, whatever has no field of its own here."""
    people: list[OldPerson] = []
    kept = []
    listed = value.get("participants")
    for position, item in enumerate(listed if isinstance(listed, list) else [], 1):
        written = item if isinstance(item, dict) else {"phoneNumber": item}
        person = _person(position, written)
        double = known(people, person.phone)
        if double is not None:
            problems.append(f"participant {position} has the number of participant {double.position}; they are one")
            _merge(double, person)
        else:
            people.append(person)
        extra = _extra(written, person, is_double=double is not None, problems=problems)
        if extra:
            kept.append({"position": position, **extra})
    _mark_creator(people, value.get("createdBy"))
    return people, kept


def _person(position: int, written: dict[str, Any]) -> OldPerson:
    return OldPerson(
        position=position,
        phone=phone_of(written),
        name=name_in(written.get("name")),
        is_creator=written.get("role") == "creator",
        joined_at=time_in(written.get("joinedAt")),
    )


def name_in(written: Any) -> str:
    """Empty for a number: the older app put one where it knew no name."""
    return written if isinstance(written, str) and not is_numeric(written) else ""


def phone_of(written: dict[str, Any]) -> Phone | None:
    found = next((phone for name in _NUMBER if (phone := phone_in(written.get(name)))), None)
    channel = written.get("channel")
    if found is not None and found.channel is None and channel in ("whatsapp", "sms"):
        return replace(found, channel=Channel(channel))
    return found


def _merge(person: OldPerson, double: OldPerson) -> None:
    if person.phone and double.phone and person.phone.channel is None:
        person.phone = double.phone
    person.name = person.name or double.name
    person.is_creator = person.is_creator or double.is_creator


def _extra(written: dict[str, Any], person: OldPerson, *, is_double: bool, problems: list[str]) -> dict[str, Any]:
    extra = {name: item for name, item in written.items() if name not in _HAS_A_PLACE}
    if person.phone is None:
        problems.append(f"participant {person.position} has no number that a text could go to")
        return extra | {name: written[name] for name in _NUMBER if written.get(name)}
    return extra | ({"name": person.name} if is_double and person.name else {})


def _mark_creator(people: list[OldPerson], created_by: Any) -> None:
    creator = next((one for one in people if one.is_creator), None) or known(people, phone_in(created_by))
    for person in people:
        person.is_creator = person is creator


def known(people: list[OldPerson], phone: Phone | None) -> OldPerson | None:
    if phone is None:
        return None
    return next((one for one in people if one.phone and one.phone.number == phone.number), None)


def named(people: list[OldPerson], name: str) -> OldPerson | None:
    """The one person with that name; None if there are several, since a guess could credit the wrong one."""
    found = [one for one in people if one.name and one.name.casefold() == name.casefold()]
    return found[0] if len(found) == 1 else None


def take_in_unlisted(people: list[OldPerson], phones: list[Phone], problems: list[str]) -> None:
    """Add phones that only their own key puts into the session: the list lost members when two joined at once."""
    for phone in phones:
        if known(people, phone) is None:
            people.append(OldPerson(position=len(people) + 1, phone=phone, is_listed=False))
            problems.append("a phone that is in it by its own key was not listed; it is taken in")
