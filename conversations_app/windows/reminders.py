"""Remind people, once, that their window is about to close while the matchmaker waits for their answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from conversations_app.for_each import run_for_each
from conversations_app.models import WINDOW, Binding, Message
from conversations_app.outbox import outgoing, wording
from conversations_app.windows import messaging_window
from conversations_app.windows.messaging_window import WindowSnapshot
from conversations_app.windows.quiet_hours import Zones, end_of_night, is_night, zones_of
from matchmaker import clock
from matchmaker.addresses import Channel
from matchmaker.in_words import question_in
from sessions_app.models import Participant, Question, Session

# Late enough that most people have answered by themselves, early enough to see the reminder in time.
AHEAD = timedelta(hours=2)
# Whoever wrote less than an hour ago is in the conversation; reminding them would be nagging.
SILENT_FOR = timedelta(hours=1)
BEFORE_NIGHT = timedelta(minutes=30)
# A window that closes sooner than this after the night leaves no time to answer in the morning.
ENOUGH = timedelta(minutes=30)
# A job that takes longer than its minute would overlap the next one; the rest are due again then.
MOST_AT_ONCE = 200


def is_due(*, last_inbound_at: datetime, at: datetime, zones: Zones) -> bool:
    """During the day, in the last two hours of the window; if those fall into the night, in the half hour before it."""
    shuts_at = last_inbound_at + WINDOW
    if at >= shuts_at or is_night(at, zones):
        return False
    return at >= shuts_at - AHEAD or _shuts_in_the_coming_night(shuts_at, at, zones)


def _shuts_in_the_coming_night(shuts_at: datetime, at: datetime, zones: Zones) -> bool:
    soon = at + BEFORE_NIGHT
    return is_night(soon, zones) and shuts_at < end_of_night(soon, zones) + ENOUGH


def send_reminders() -> int:
    """Beat's job. Two runs at once remind nobody twice: `mark_once` lets one of them through."""
    if not settings.WINDOW_REMINDERS or Channel.WHATSAPP not in settings.CHANNELS_ENABLED:
        return 0
    return run_for_each(list(islice(_due(clock.now()), MOST_AT_ONCE)), _remind, job="window_reminder")


def _due(at: datetime) -> Iterator[WindowSnapshot]:
    silent = messaging_window.snapshots(_asked(at), after=at - WINDOW, until=at - SILENT_FOR, lacking="reminded_at")
    for seen in silent:
        if is_due(last_inbound_at=seen.last_inbound_at, at=at, zones=zones_of(seen.address)):
            yield seen


def _asked(at: datetime) -> QuerySet[Binding]:
    """People in an active group that has not asked for quiet, whose answer we are waiting for."""
    awake = Q(participant__session__quiet_until=None) | Q(participant__session__quiet_until__lte=at)
    reachable = Binding.objects.filter(
        awake,
        state=Binding.State.BOUND,
        participant__left_at=None,
        participant__contact__opted_out_at=None,
        participant__session__status=Session.Status.ACTIVE,
    )
    question = _open_questions().filter(session=OuterRef("participant__session"))
    to_them = Exists(question.filter(asked_to=OuterRef("participant")))
    to_anybody = Exists(question.filter(asked_to=None))
    return reachable.filter(to_them | to_anybody & _speaks_for_the_group())


def _open_questions() -> QuerySet[Question]:
    """Only those that were sent: a message that waits or was refused has asked nobody anything."""
    return Question.objects.filter(closed_at=None, message__state=Message.State.SENT)


def _speaks_for_the_group() -> Q:
    """The primary person; before that is settled, whoever started the group."""
    people = Participant.objects.filter(session=OuterRef("participant__session"))
    primary = Exists(people.filter(role=Participant.Role.PRIMARY))
    return Q(participant__role=Participant.Role.PRIMARY) | Q(~primary, participant__is_creator=True)


def _remind(seen: WindowSnapshot) -> bool:
    """Without the session's lock: a worker that handles a text from this person takes the session's row first and the
    window's second, so taking them here in the other order could deadlock."""
    at = clock.now()
    asked = _asked(at).select_related("participant__session", "participant__contact", "sender")
    with transaction.atomic():
        binding = asked.filter(participant=seen.participant_id, sender=seen.sender_id).first()
        question = _question_to(binding) if binding else None
        if binding is None or question is None or not messaging_window.mark_once(seen, "reminded_at", at=at):
            return False
        outgoing.queue_text(
            contact=binding.participant.contact,
            sender=binding.sender,
            session=binding.participant.session,
            reason="window about to shut",
            body=wording.window_closing(
                binding.participant.name, question_in(question.message.body), seen.last_inbound_at + WINDOW - at
            ),
        )
    return True


def _question_to(binding: Binding) -> Question | None:
    return _open_questions().select_related("message").filter(session=binding.participant.session_id).first()
