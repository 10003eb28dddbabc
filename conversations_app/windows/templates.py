"""Send an approved template, the only thing WhatsApp lets through a closed window, to people who miss messages.

They missed one that we sent; or they are in an imported session, and are on none of our
numbers yet, because putting them there would have meant writing first. Nobody else gets one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, islice
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from conversations_app import extensions
from conversations_app.for_each import run_for_each
from conversations_app.gateway import content
from conversations_app.gateway.content import Template
from conversations_app.gateway.errors import AccountTrouble, GatewayError, TwilioRefused
from conversations_app.models import WINDOW, Binding, Conversation, Problem, Sender
from conversations_app.outbox import outgoing
from conversations_app.windows import catch_up, messaging_window
from conversations_app.windows.messaging_window import WindowSnapshot
from conversations_app.windows.quiet_hours import is_night, zones_of
from matchmaker import clock
from matchmaker.addresses import Channel
from sessions_app.models import Participant, Session

log = structlog.get_logger()

# People who have been silent for longer have moved on: the day somebody first sets a template up must not call them
# back.
GONE_AFTER = timedelta(days=7)
MOST_AT_ONCE = 100
# WhatsApp can withdraw its approval, and asking before each send would cost a call per person.
APPROVAL_HOLDS_S = 300
PROBLEM = "window-template"
FILLED_IN = ("1", "2")


def send_templates() -> int:
    """Beat's job. Two runs at once send nobody two: `mark_once` lets one of them through."""
    if not settings.WINDOW_TEMPLATE_SID or Channel.WHATSAPP not in settings.CHANNELS_ENABLED:
        return 0
    due = list(islice(_due(clock.now()), MOST_AT_ONCE))
    template = _template(settings.WINDOW_TEMPLATE_SID) if due else None
    return run_for_each(due, partial(_send, template), job="window_template") if template else 0


def _due(at: datetime) -> Iterator[WindowSnapshot]:
    silent: Any = {"after": at - GONE_AFTER, "until": at - WINDOW, "lacking": "template_sent_at"}
    shut = chain(
        messaging_window.snapshots(_missing_something(), **silent),
        messaging_window.snapshots_of_people(_left_behind(), **silent),
    )
    return (seen for seen in shut if not is_night(at, zones_of(seen.address)))


def _missing_something() -> QuerySet[Binding]:
    return Binding.objects.filter(
        Exists(catch_up.missed().filter(participant=OuterRef("participant"))),
        state=Binding.State.BOUND,
        participant__left_at=None,
        participant__contact__opted_out_at=None,
        participant__session__status__in=[Session.Status.ACTIVE, Session.Status.PAUSED],
    )


def _left_behind() -> QuerySet[Participant]:
    return (
        Participant.objects.present()
        .filter(
            session__in=extensions.source().imported_sessions(),
            session__status__in=[Session.Status.ACTIVE, Session.Status.PAUSED],
            contact__opted_out_at=None,
            bindings=None,
        )
        .exclude(session__conversations__state=Conversation.State.CREATING)
    )  # it may have them


def _still_due(seen: WindowSnapshot) -> Participant | None:
    missing = _missing_something().filter(participant=seen.participant_id, sender=seen.sender_id).exists()
    people = Participant.objects.all() if missing else _left_behind()
    return people.select_related("session", "contact").filter(pk=seen.participant_id).first()


def _send(template: Template, seen: WindowSnapshot) -> bool:
    """Without the session's lock, for the same reason as in reminders: a deadlock with a worker that handles their
    text."""
    with transaction.atomic():
        person = _still_due(seen)
        if person is None or not messaging_window.mark_once(seen, "template_sent_at", at=clock.now()):
            return False
        values = _values(person, template)
        outgoing.queue_text(
            contact=person.contact,
            sender=Sender.objects.get(pk=seen.sender_id),
            session=person.session,
            reason="window shut",
            body=template.filled(values),  # for staff, and to know it again in Twilio's list
            content_sid=template.sid,
            content_variables=values,
        )
    return True


def _values(person: Participant, template: Template) -> dict[str, str]:
    values = {"1": person.name.split()[0], "2": settings.MATCHMAKER_NAME}
    return {name: value for name, value in values.items() if name in template.variables}


# --- is it approved? --------------------------------------------------------------------------------------------------


def _template(sid: str) -> Template | None:
    """None while it cannot be sent, which is then a problem for staff. Asks Twilio every few minutes at most."""
    key = f"window-template:{sid}"
    known: Template | bool | None = cache.get(key)
    if known is None:
        try:
            known = _looked_up(sid)
        except GatewayError as error:  # a busy Twilio: the next minute asks again
            log.warning("template_not_looked_up", code=error.code, error=type(error).__name__)
            return None
        cache.set(key, known, timeout=APPROVAL_HOLDS_S)
    return known if isinstance(known, Template) else None


def _looked_up(sid: str) -> Template | bool:
    """False when it is not to be sent."""
    try:
        template = content.fetch_template(sid)
    except (TwilioRefused, AccountTrouble) as error:
        _tell_staff(f"it cannot be looked up: {error.words}")
        return False
    if hindrance := why_unusable(template):
        _tell_staff(hindrance)
        return False
    Problem.resolve(PROBLEM)
    return template


def why_unusable(template: Template) -> str:
    if not template.is_approved:
        reason = f": {template.reason}" if template.reason else ""
        return f"WhatsApp has not approved it; it is {template.status}{reason}"
    unknown = [name for name in template.variables if name not in FILLED_IN]
    return f"it has places that we cannot fill: {', '.join(unknown)}" if unknown else ""


def _tell_staff(why: str) -> None:
    Problem.report(
        PROBLEM,
        what=f"People with a closed WhatsApp window are not told about the messages they miss. The template: {why}.",
        to_do="Check the template in Twilio's Content Template Builder; WINDOW_TEMPLATE_SID names the one we send.",
    )
