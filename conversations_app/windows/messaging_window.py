"""The 24 hours after a person's last WhatsApp message to one of our numbers, in which we may write to them freely."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from conversations_app.db_clock import ClockTime
from conversations_app.models import WINDOW, Binding, Delivery, Sender, Window
from matchmaker.addresses import Channel
from sessions_app.models import Contact, Participant, Session

Mark = Literal["reminded_at", "template_sent_at"]
_WHATSAPP = f"{Channel.WHATSAPP}:"


@dataclass(frozen=True)
class WindowSnapshot:
    """A person's window as a job read it. The job acts only if the window is still the same by then (`mark_once`)."""

    window_id: int
    participant_id: int
    sender_id: int
    address: str
    last_inbound_at: datetime


def note_inbound(contact: Contact, sender: Sender, *, at: datetime) -> None:
    """They wrote to this number: their window there is open from then on."""
    # Greatest: webhooks arrive out of order, and an older text must not bring the end of the window forward.
    known = Window.objects.filter(contact=contact, sender=sender)
    if not known.update(last_inbound_at=Greatest("last_inbound_at", Value(at))):
        Window.objects.bulk_create(
            [Window(contact=contact, sender=sender, last_inbound_at=at)], ignore_conflicts=True
        )
    _send_what_was_for_them_alone(contact, sender)


def _send_what_was_for_them_alone(contact: Contact, sender: Sender) -> None:
    """Somebody added by others had never written, so we could not even tell them what this is until now."""
    missed = Delivery.objects.filter(contact=contact, sender=sender, state=Delivery.State.MISSED, message=None)
    # Its time for tries starts over: that of a try before the window closed is long over, and the first passing failure
    # would hold it back for staff. `attempts` stays, so that Twilio is asked what became of an earlier call.
    missed.filter(content_sid="").update(
        state=Delivery.State.WAITING, due_at=ClockTime(), first_attempt_at=None, error=""
    )


def is_open(contact: Contact, sender: Sender, *, at: datetime) -> bool:
    """May we write freely to this person from this number? On SMS always; on WhatsApp once they have written."""
    if sender.channel is not Channel.WHATSAPP:
        return True
    window = Window.objects.filter(contact=contact, sender=sender).first()
    return window is not None and window.is_open(at)


def open_for(bindings: list[Binding], *, at: datetime) -> set[int]:
    """The ids of the bindings we may write to freely, in one query."""
    people = {binding.participant.contact_id for binding in bindings}
    known = Window.objects.filter(contact__in=people).select_related("sender")
    still_open = {(window.contact_id, window.sender_id) for window in known if window.is_open(at)}
    return {
        binding.pk
        for binding in bindings
        if binding.sender.channel is not Channel.WHATSAPP
        or (binding.participant.contact_id, binding.sender_id) in still_open
    }


def snapshots(
    bindings: QuerySet[Binding], *, after: datetime, until: datetime, lacking: Mark
) -> Iterator[WindowSnapshot]:
    """The WhatsApp windows of these bindings in which the person last wrote after one moment and until another, and
    that lack a mark; the longest silent first."""
    theirs = bindings.filter(participant__contact=OuterRef("contact"), sender=OuterRef("sender"))
    return _snapshots(theirs.values("participant"), after=after, until=until, lacking=lacking)


def snapshots_of_people(
    people: QuerySet[Participant], *, after: datetime, until: datetime, lacking: Mark
) -> Iterator[WindowSnapshot]:
    """The same for people who are on none of our numbers."""
    return _snapshots(
        people.filter(contact=OuterRef("contact")).values("pk"), after=after, until=until, lacking=lacking
    )


def _snapshots(
    whose: QuerySet[Any, Any], *, after: datetime, until: datetime, lacking: Mark
) -> Iterator[WindowSnapshot]:
    silent = Window.objects.filter(
        _lacking(lacking),
        sender__address__startswith=_WHATSAPP,
        last_inbound_at__gt=after,
        last_inbound_at__lte=until,
    )
    found = silent.annotate(participant_id=Subquery(whose[:1])).exclude(participant_id=None)
    rows = found.order_by("last_inbound_at")
    fields = ("pk", "participant_id", "sender", "contact__address", "last_inbound_at")
    return (WindowSnapshot(*row) for row in rows.values_list(*fields).iterator())


def mark_once(seen: WindowSnapshot, mark: Mark, *, at: datetime) -> bool:
    """False when another job has, or when the person has written since. The update is the check, so that two jobs
    that read the same window cannot both act on it."""
    same = Window.objects.filter(_lacking(mark), pk=seen.window_id, last_inbound_at=seen.last_inbound_at)
    return same.update(**{mark: at}) == 1


def _lacking(mark: Mark) -> Q:
    """A mark from before the person last wrote belongs to an earlier window."""
    return Q(**{mark: None}) | Q(**{f"{mark}__lte": F("last_inbound_at")})


def windows_of(session: Session) -> dict[int, Window]:
    """By participant id: each WhatsApp person's window on the number through which they are, or were last, in the
    session."""
    of_session = Window.objects.filter(contact__participations__session=session).select_related("sender")
    by_pair = {(window.contact_id, window.sender_id): window for window in of_session}
    bindings = Binding.objects.filter(participant__session=session).order_by("pk")
    routes = bindings.values_list("participant_id", "participant__contact_id", "sender_id")
    newest = {person: by_pair.get((contact, sender)) for person, contact, sender in routes}
    return {person: window for person, window in newest.items() if window is not None and window.shuts_at is not None}


def closing_times(session: Session) -> dict[int, datetime]:
    """By participant id: when the window shuts, or did."""
    return {person: window.last_inbound_at + WINDOW for person, window in windows_of(session).items()}
