"""When a batch of messages becomes a turn."""

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce, Least

from conversations_app.db_clock import ClockTime, in_seconds, later
from conversations_app.models import Message
from sessions_app.models import Question, Session

AFTER_AN_ANSWER_S = 1.2
AFTER_A_MESSAGE_S = 2.5
MORE_A_MESSAGE_S = 1.0
AT_MOST_S = 8.0


def schedule_turn(session: Session, message: Message) -> None:
    """Wait a little for what else is being typed, longer the more there is, eight seconds at most."""
    waiting = session.messages.filter(needs_turn=True, turn__isnull=True).count()
    first = AFTER_AN_ANSWER_S if _answers_us(session, message) else AFTER_A_MESSAGE_S
    pause = (first + MORE_A_MESSAGE_S * max(waiting - 1, 0)) * settings.TURN_PACE
    opened = Coalesce(F("batch_opened_at"), ClockTime())
    Session.objects.filter(pk=session.pk).update(
        batch_opened_at=opened,
        turn_due_at=Least(later(opened, AT_MOST_S * settings.TURN_PACE), in_seconds(pause)),
    )


def _answers_us(session: Session, message: Message) -> bool:
    question = Question.objects.filter(session=session, closed_at__isnull=True).first()
    return question is not None and question.asked_to_id in (None, message.author_id)
