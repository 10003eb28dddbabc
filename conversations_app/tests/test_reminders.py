"""Who is reminded that their window is about to shut, when, and how often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from conversations_app.models import Binding, Delivery, Message, Window
from conversations_app.outbox import wording
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.silent_members import a_friend_of, wrote_last
from conversations_app.windows import reminders
from conversations_app.windows.quiet_hours import zones_of
from matchmaker import clock
from matchmaker.in_words import question_in
from sessions_app import actions
from sessions_app.models import Contact, Participant, Session

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
UNKNOWN, MOSCOW_TO_KAMCHATKA = "whatsapp:+15550100001", "whatsapp:+79161234567"


def november(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrote", "at", "due"),
    [
        (november(4, 14), november(5, 11, 59), False),
        (november(4, 14), november(5, 12), True),
        (november(4, 14), november(5, 14), False),
        # It shuts at three in the morning, so the evening before is the time, and only its last half hour.
        (november(4, 3), november(4, 21, 29), False),
        (november(4, 3), november(4, 21, 30), True),
        (november(4, 3), november(4, 22), False),
        (november(4, 3), november(5, 2), False),
        # It shuts soon after the night: the morning leaves too little time, …
        (november(4, 8, 29), november(4, 21, 45), True),
        # … or enough of it.
        (november(4, 8, 30), november(4, 21, 45), False),
        (november(4, 8, 30), november(5, 7, 59), False),
        (november(4, 8, 30), november(5, 8), True),
        # Its last two hours begin a moment before the night does.
        (november(4, 23, 55), november(5, 21, 30), True),
        # It shuts well after the night to come.
        (november(4, 20), november(4, 21, 45), False),
    ],
)
def test_it_is_due_by_day_and_before_it_is_too_late(wrote: datetime, at: datetime, due: bool) -> None:
    assert reminders.is_due(last_inbound_at=wrote, at=at, zones=zones_of(UNKNOWN)) is due


def test_someone_who_has_just_written_is_not_reminded() -> None:
    """A number of a whole wide country has a night so long that the evening before can be right after they wrote."""
    evening = november(5, 9, 45)  # a quarter of an hour before ten in Kamchatka

    due = [
        reminders.is_due(last_inbound_at=evening - ago, at=evening, zones=zones_of(MOSCOW_TO_KAMCHATKA))
        for ago in (timedelta(minutes=30), timedelta(hours=4))
    ]

    assert due == [False, True]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=9, minutes=40), "the next 9 hours"),
        (timedelta(hours=1, minutes=59), "the next hour and a half"),
        (timedelta(minutes=89), "the next hour"),
        (timedelta(minutes=25), "the next 25 minutes"),
        (timedelta(minutes=1), "the next minute"),
    ],
)
def test_it_never_promises_more_time_than_is_left(left: timedelta, words: str) -> None:
    assert f"within {words}." in wording.window_closing("Abby", "Well?", left).en


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Lovely, Abby! What do you do on a Sunday?", "What do you do on a Sunday?"),
        ("Tell me about your Sundays.", "Tell me about your Sundays."),
        ("Why " + "so " * 100 + "long?", "Why " + ("so " * 100)[:155] + "…"),
    ],
)
def test_it_quotes_the_question(text: str, quoted: str) -> None:
    assert question_in(text) == quoted


# --- whom ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def abby(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Participant:
    """It is noon, her window has an hour to go, and she began the group."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    settings.CHANNELS_ENABLED = ["whatsapp", "sms"]
    abby = abby_in_a_group()
    wrote_last(abby, NOON - timedelta(hours=23))
    return abby


def ask(session: Session, *, to: Participant | None = None, **more: Any) -> None:
    asking: dict[str, Any] = {"kind": "matchmaker", "body": "Nice. What do you do on a Sunday?", "state": "sent"}
    message = Message.objects.create(session=session, at=NOON, out_seq=1, **asking | more)
    actions.open_question(session=session, topic="interests", asked_to=to, message_id=message.pk, at=NOON)


def test_it_reminds_only_the_person_who_was_asked_in_plain_words(abby: Participant) -> None:
    ask(abby.session, to=abby)

    assert reminders.send_reminders() == 1

    text = Delivery.objects.get()
    assert (text.contact, text.session) == (abby.contact, abby.session)
    assert "Hi Abby" in text.body
    assert "“What do you do on a Sunday?”" in text.body
    assert "within the next hour." in text.body
    assert not Message.objects.exclude(kind="matchmaker").exists()


def test_it_reminds_once_per_window(abby: Participant) -> None:
    ask(abby.session, to=abby)
    reminders.send_reminders()

    again = reminders.send_reminders()
    Window.objects.update(last_inbound_at=NOON - timedelta(hours=23), reminded_at=NOON - timedelta(hours=24))

    assert (again, reminders.send_reminders()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_two_scheduler_runs_at_once_remind_once(transactional_db: None, abby: Participant) -> None:
    ask(abby.session, to=abby)
    seen = list(reminders._due(NOON))

    with ThreadPoolExecutor(2) as workers:
        reminded = [workers.submit(_remind_alone, seen[0]) for _ in range(2)]

    assert sorted(one.result() for one in reminded) == [False, True]
    assert Delivery.objects.count() == 1


def _remind_alone(seen: Any) -> bool:
    try:
        return reminders._remind(seen)
    finally:
        connection.close()


def test_it_does_nothing_for_someone_who_wrote_meanwhile(abby: Participant) -> None:
    ask(abby.session, to=abby)
    [seen] = reminders._due(NOON)
    wrote_last(abby, NOON)

    assert reminders._remind(seen) is False
    assert not Delivery.objects.exists()


def test_a_question_to_everybody_belongs_to_the_primary_person_or_the_creator(abby: Participant) -> None:
    ask(abby.session)

    as_creator = list(reminders._asked(NOON))
    actions.make_primary(participant=a_friend_of(abby, "Lena"))
    as_friend = list(reminders._asked(NOON))
    Participant.objects.update(role="friend")
    actions.make_primary(participant=abby)
    as_primary = list(reminders._asked(NOON))

    assert [len(found) for found in (as_creator, as_friend, as_primary)] == [1, 0, 1]


def test_a_question_to_someone_else_is_not_theirs(abby: Participant) -> None:
    ask(abby.session, to=a_friend_of(abby, "Lena"))

    assert reminders.send_reminders() == 0


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Session, {"status": "paused"}),
        (Session, {"quiet_until": NOON + timedelta(hours=1)}),
        (Participant, {"left_at": NOON}),
        (Contact, {"opted_out_at": NOON}),
        (Binding, {"state": "unbinding"}),
        (Message, {"state": "refused"}),
        (Window, {"last_inbound_at": NOON - timedelta(hours=25)}),
    ],
    ids=["paused", "quiet", "left", "opted out", "no longer bound", "never heard the question", "too late"],
)
def test_it_does_not_remind_people_who_cannot_or_need_not_answer(
    abby: Participant, model: Any, change: dict[str, Any]
) -> None:
    ask(abby.session, to=abby)
    model.objects.update(**change)

    assert reminders.send_reminders() == 0


def test_nobody_is_reminded_of_an_answered_question(abby: Participant) -> None:
    ask(abby.session, to=abby)
    actions.close_question(session=abby.session, at=NOON)

    assert reminders.send_reminders() == 0


def test_it_can_be_switched_off(abby: Participant, settings: Any) -> None:
    settings.WINDOW_REMINDERS = False
    ask(abby.session, to=abby)

    assert reminders.send_reminders() == 0


def test_it_waits_while_it_is_night_where_they_live(abby: Participant) -> None:
    Contact.objects.update(address="whatsapp:+6421123456")  # New Zealand, where it is past midnight
    ask(abby.session, to=abby)

    assert reminders.send_reminders() == 0
