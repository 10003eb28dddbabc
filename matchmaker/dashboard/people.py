"""Who is in a session, and whether they can be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from conversations_app.models import Binding, Window
from conversations_app.windows import catch_up, messaging_window
from matchmaker import clock
from matchmaker.addresses import Channel, masked
from matchmaker.admin_pages import Tone
from sessions_app.models import Consent, Participant, Session

_REACH: dict[str, tuple[str, Tone]] = {
    Binding.State.BINDING: ("joining", "warn"),
    Binding.State.BOUND: ("in", "good"),
    Binding.State.UNBINDING: ("leaving", "calm"),
    Binding.State.FREED: ("out", "calm"),
}


@dataclass(frozen=True)
class PersonCard:
    """`reach`: whether Twilio has them in the Conversation. `window`: WhatsApp's 24 hours, in words, with what
    was done about them."""

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
    by_person, missed = messaging_window.windows_of(session), _missed(session)
    return [_card(person, by_person.get(person.pk), missed.get(person.pk, 0)) for person in participants]


def _missed(session: Session) -> dict[int, int]:
    """By participant id: how many messages the catch-up will mention when they write again."""
    counted = catch_up.missed().filter(participant__session=session).values("participant").annotate(n=Count("pk"))
    return dict(counted.values_list("participant", "n"))


def _card(person: Participant, window: Window | None, missed: int) -> PersonCard:
    # They are prefetched: sorted by the database, they would be queried again for each person.
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
        window=_window(person, newest, window, missed),
        joined_at=person.joined_at,
        left_at=person.left_at,
        consented_at=_consent(person.consents.all()),
        opted_out=person.contact.opted_out_at is not None,
    )


def _reach(person: Participant, binding: Binding | None) -> tuple[str, Tone]:
    if binding is not None and binding.refusal:
        return "could not be added", "bad"
    if person.left_at is not None:
        return "left", "calm"
    return _REACH[binding.state] if binding else ("never bound", "warn")


def _window(person: Participant, binding: Binding | None, window: Window | None, missed: int) -> str:
    if person.contact.channel is not Channel.WHATSAPP or binding is None or person.left_at is not None:
        return ""
    return " · ".join([_hours(window), *_done_about(window), *_missing(missed)])


def _hours(window: Window | None) -> str:
    shuts_at = window.shuts_at if window else None
    left = shuts_at - clock.now() if shuts_at else timedelta()
    return f"window open {left.total_seconds() / 3600:.0f} h" if left > timedelta() else "window closed"


def _done_about(window: Window | None) -> list[str]:
    marks = {"reminded": window.was_reminded, "template sent": window.got_a_template} if window else {}
    return [words for words, done in marks.items() if done]


def _missing(missed: int) -> list[str]:
    return [f"missed {missed} message{'s' if missed != 1 else ''}"] if missed else []


def _consent(consents: Iterable[Consent]) -> datetime | None:
    return next(
        (one.given_at for one in consents if one.kind == Consent.Kind.PROFILE and one.withdrawn_at is None), None
    )
