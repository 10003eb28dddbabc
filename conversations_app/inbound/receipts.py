"""Delivery receipts: what became of messages on each phone. Statuses only move forward."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from conversations_app.db_clock import ClockTime
from conversations_app.errors import TryAgainLater, WaitReason
from conversations_app.gateway import delivery_errors
from conversations_app.gateway.payloads import DeliveryUpdated, StatusUpdate
from conversations_app.membership import leaving
from conversations_app.models import WINDOW_SHUT, Binding, Delivery, InboxEvent, Message, Problem, Receipt
from matchmaker import clock
from matchmaker.addresses import masked
from sessions_app.models import Participant

_RANKS = ("queued", "accepted", "sending", "sent", "delivered", "read", "undelivered", "failed")
FAILURES = {"undelivered", "failed"}
ARRIVED = {"delivered", "read"}
FINAL_STATUSES = ARRIVED | FAILURES
OPTED_OUT = "21610"
# Expected, and handled elsewhere: by the catch-up, and by opting the person out.
_EXPECTED = {WINDOW_SHUT, OPTED_OUT}
# A message whose own webhook was lost is found within two minutes.
_PATIENCE_S = 180
_OLDER = "Older than what we already know."


def rank(status: str) -> int:
    return _RANKS.index(status) if status in _RANKS else 0


def delivery_updated(event: InboxEvent) -> str:
    update = DeliveryUpdated.parse(event.payload)
    message = Message.objects.filter(sid=update.message_sid).first()
    phones = Binding.objects.filter(participant_sid=update.participant_sid).select_related("participant")
    binding: Any = phones.annotate(in_trouble=_is_problem_open("undelivered", "participant_id")).first()
    if message is None or binding is None:
        return _unknown(event, "Neither the message nor the phone is known here.")
    moved = _record(
        message, binding.participant, update.status, update.error_code, may_be_in_trouble=binding.in_trouble
    )
    return update.status if moved else _OLDER


def record_conversation_receipt(message: Message, participant_sid: str, *, status: str, error_code: str) -> bool:
    """Record Twilio's status for one phone; False if it is no news, or that phone is unknown here."""
    binding = Binding.objects.filter(participant_sid=participant_sid).select_related("participant__contact").first()
    return binding is not None and _record(message, binding.participant, status, error_code)


def status_updated(event: InboxEvent) -> str:
    """A status callback. It can overtake the answer to the call that sent the text, so it also names our own id."""
    update = StatusUpdate.parse(event.payload)
    delivery = _delivery_of(update)
    if delivery is None:
        return _OLDER if _is_of_a_missed_try(update) else _unknown(event, "That text is not ours.")
    moved = record_text_status(
        delivery, update.status, update.error_code, may_be_in_trouble=getattr(delivery, "in_trouble", True)
    )
    return update.status if moved else _OLDER


def _is_problem_open(what: str, owner: str) -> Exists:
    """For a query that is made anyway: almost every receipt says that all is well, and then costs no other one."""
    prefix = Concat(Value(f"{what}-"), Cast(OuterRef(owner), TextField()), Value("-"), output_field=TextField())
    return Exists(Problem.objects.open().filter(key__startswith=prefix))


def record_text_status(delivery: Delivery, status: str, error_code: str, *, may_be_in_trouble: bool = True) -> bool:
    """What Twilio says became of a text; False when that is no news."""
    earlier = [one for one in _RANKS if rank(one) < rank(status)]
    # By its sid, too: meanwhile the same words may be on their way again as another text.
    forward = Delivery.objects.filter(Q(status="") | Q(status__in=earlier), pk=delivery.pk, sid=delivery.sid)
    if not forward.update(status=status[:20], error_code=error_code):
        return False
    record_copy_status(delivery, status=status, error_code=error_code)
    if delivery.message is None and status in FAILURES:
        _handle_private_failure(delivery, error_code)
    if delivery.message is None and status in ARRIVED and may_be_in_trouble:
        Problem.objects.filter(key__startswith=f"private-text-{delivery.contact_id}-").resolve()
    if error_code == OPTED_OUT:
        leaving.opt_out(delivery.contact, at=clock.now())
    return True


def _handle_private_failure(delivery: Delivery, code: str) -> None:
    """A text that met a closed window is sent when the person writes again; staff hear of any other failure."""
    if code == WINDOW_SHUT and not delivery.content_sid:
        # Without a sid it can be sent as another text. The old one is remembered, since Twilio's callbacks come in any
        # order: a late "sent" for it must not pass for the fate of the next try.
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.MISSED,
            sid=None,
            missed_sids=[*delivery.missed_sids, delivery.sid],
            status="",
            attempts=0,
        )
    elif code not in _EXPECTED:
        Problem.report(
            f"private-text-{delivery.contact_id}-{code}",
            session=delivery.session,
            what=f"A text ({delivery.reason}) did not reach {masked(delivery.contact.address)}: "
            f"{delivery_errors.in_words(code)}.",
            to_do=delivery_errors.to_do(code),
        )


def _delivery_of(update: StatusUpdate) -> Delivery | None:
    known = Delivery.objects.select_related("contact", "session", "message__session")
    known = known.annotate(in_trouble=_is_problem_open("private-text", "contact_id"))
    delivery = known.filter(sid=update.sid).first()
    if delivery is not None or not update.ref:
        return delivery
    mine = Delivery.objects.filter(ref=update.ref, sid=None).exclude(missed_sids__contains=update.sid)
    given_up = mine.exclude(state=Delivery.State.WAITING).first()
    mine.update(sid=update.sid, state=Delivery.State.SENT, error="", leased_until=None)
    if given_up is not None:
        # A try without an answer had got through after all, so nobody has to send it again.
        Problem.resolve(f"text-{given_up.pk}")
    return known.filter(sid=update.sid).first()


def _is_of_a_missed_try(update: StatusUpdate) -> bool:
    """One that met a closed window, and was told of before."""
    if not update.ref:
        return False
    return Delivery.objects.filter(ref=update.ref, missed_sids__contains=update.sid).exists()


def record_copy_status(delivery: Delivery, *, status: str, error_code: str) -> None:
    """What became of one phone's copy of a group's message stands beside the message, as in a Conversation."""
    if delivery.message is None:
        return
    people = Participant.objects.filter(session=delivery.message.session_id, contact=delivery.contact)
    person: Any = people.annotate(in_trouble=_is_problem_open("undelivered", "pk")).first()
    if person is not None:
        _record(delivery.message, person, status, error_code, may_be_in_trouble=person.in_trouble)


def _record(
    message: Message, person: Participant, status: str, error_code: str, *, may_be_in_trouble: bool = True
) -> bool:
    """Forward only; False when it is older than what we know."""
    Receipt.objects.bulk_create(
        [Receipt(message=message, participant=person, status="", rank=0, updated_at=timezone.now())],
        ignore_conflicts=True,
    )
    newer = Receipt.objects.filter(message=message, participant=person, rank__lt=rank(status))
    if not newer.update(status=status[:20], rank=rank(status), error_code=error_code, updated_at=ClockTime()):
        return False
    if status in FAILURES and error_code not in _EXPECTED:
        _tell_staff(message, person, error_code)
    if status in ARRIVED and may_be_in_trouble:
        Problem.objects.filter(key__startswith=f"undelivered-{person.pk}-").resolve()
    if error_code == OPTED_OUT:
        # A carrier can know about a STOP that never reached us.
        leaving.opt_out(person.contact, at=clock.now())
    return True


def _tell_staff(message: Message, person: Participant, code: str) -> None:
    Problem.report(
        f"undelivered-{person.pk}-{code}",
        session=message.session,
        what=f"{_what_was_lost(message, person)} {person}: {delivery_errors.in_words(code)}.",
        to_do=delivery_errors.to_do(code),
    )


def _what_was_lost(message: Message, person: Participant) -> str:
    code = message.session.code
    copies = Delivery.objects.filter(message=message, contact=person.contact)
    if copies.count() > 1 and copies.exclude(status__in=FAILURES).exists():
        return f"Part of a long message of {code} did not reach"
    return f"Messages of {code} do not reach"


def _unknown(event: InboxEvent, why: str) -> str:
    """A receipt can overtake the answer that brings the message's sid."""
    if (timezone.now() - event.received_at).total_seconds() < _PATIENCE_S:
        raise TryAgainLater(WaitReason.UNKNOWN_MESSAGE, pause_s=2)
    return why
