"""Who is in a session, and whether they can be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from conversations_app import windows
from conversations_app.models import Binding
from matchmaker import clock
from matchmaker.addresses import Channel, masked
from matchmaker.admin_pages import Tone
from sessions_app.models import Consent, Participant, Session

_REACH: dict[str, tuple[str, Tone]] = {
    Binding.State.BINDING: ("being let in", "warn"),
    Binding.State.BOUND: ("in", "good"),
    Binding.State.UNBINDING: ("being let out", "calm"),
    Binding.State.FREED: ("out", "calm"),
}


@dataclass(frozen=True)
class PersonCard:
    """`reach`: whether Twilio has them in the Conversation. `window`: WhatsApp's 24 hours, in words."""

    name: str
    role: str
    is_primary: bool
    phone: str
    reach: str
    tone: Tone
    refusal: str
    window: str
    joined_at: datetime
    left_at: datetime | None
    consented_at: datetime | None
    opted_out: bool


def people_of(session: Session) -> list[PersonCard]:
    participants = session.participants.select_related("contact").prefetch_related("bindings", "consents")
    shuts_at = windows.shut_times(session)
    return [_card(person, shuts_at.get(person.pk)) for person in participants]


def _card(person: Participant, shuts_at: datetime | None) -> PersonCard:
    bindings = sorted(person.bindings.all(), key=lambda binding: binding.pk)
    newest = bindings[-1] if bindings else None
    reach, tone = _reach(person, newest)
    return PersonCard(
        name=person.name,
        role=person.get_role_display(),
        is_primary=person.is_primary,
        phone=masked(person.contact.address),
        reach=reach,
        tone=tone,
        refusal=newest.refusal if newest else "",
        window=_window(person, newest, shuts_at),
        joined_at=person.joined_at,
        left_at=person.left_at,
        consented_at=_consent(person.consents.all()),
        opted_out=person.contact.opted_out_at is not None,
    )


def _reach(person: Participant, binding: Binding | None) -> tuple[str, Tone]:
    if binding is not None and binding.refusal:
        return "not let in", "bad"
    if person.left_at is not None:
        return "left", "calm"
    return _REACH[binding.state] if binding else ("never bound", "warn")


def _window(person: Participant, binding: Binding | None, shuts_at: datetime | None) -> str:
    if person.contact.channel is not Channel.WHATSAPP or binding is None or person.left_at is not None:
        return ""
    if shuts_at is None:
        return "window shut"
    left = shuts_at - clock.now()
    return f"window open {left.total_seconds() / 3600:.0f} h" if left > timedelta() else "window shut"


def _consent(consents: Iterable[Consent]) -> datetime | None:
    return next(
        (one.given_at for one in consents if one.kind == Consent.Kind.PROFILE and one.withdrawn_at is None), None
    )
