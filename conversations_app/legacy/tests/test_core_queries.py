"""What the core asks about imported sessions: who gets a template, and which texts say nothing of names on phones."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conversations_app.doctor import traffic
from conversations_app.doctor.findings import Level
from conversations_app.gateway.content import Template
from conversations_app.models import Binding, Conversation, Delivery, Window
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.silent_members import wrote_last
from conversations_app.tests.test_doctor import texts_came_in
from conversations_app.windows import templates
from matchmaker import clock
from sessions_app import actions
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import Contact, Participant, Session

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
SID = "HX" + "a" * 32
TEMPLATE = Template(SID, "Hi {{1}}, your friends and {{2}} went on without you.", ("1", "2"), "approved", "")


@pytest.fixture
def abby(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Participant:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    settings.CHANNELS_ENABLED = ["whatsapp", "sms"]
    settings.WINDOW_TEMPLATE_SID = SID
    abby = abby_in_a_group()
    wrote_last(abby, NOON - timedelta(hours=48))
    return abby


def due() -> int:
    return len(list(templates._due(NOON)))


@pytest.fixture
def left_behind(abby: Participant) -> Participant:
    """Her group came from the older app and goes on here; Sam wrote there two days ago, and not here yet."""
    counts = dict.fromkeys(("participants_in", "participants_out", "messages_in", "messages_out"), 1)
    LegacyImport.objects.create(session=abby.session, key="x", last_known_at=NOON, imported_at=NOON, **counts)
    contact = actions.get_or_update_contact(address="whatsapp:+15550100077", at=NOON, display_name="Sam")
    Window.objects.create(
        contact=contact, sender=Binding.objects.get().sender, last_inbound_at=NOON - timedelta(hours=48)
    )
    return actions.join_session(session=actions.lock_session(abby.session_id), contact=contact, at=NOON)


def test_somebody_of_the_older_app_who_could_not_be_taken_along_gets_it_once(left_behind: Participant) -> None:
    [seen] = templates._due(NOON)

    assert [templates._send(TEMPLATE, seen) for _ in range(2)] == [True, False]
    assert Delivery.objects.get().contact == left_behind.contact
    assert due() == 0


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Session, {"status": "dormant"}),
        (Contact, {"opted_out_at": NOON}),
        (Window, {"last_inbound_at": NOON - timedelta(days=8)}),
        (LegacyImport, None),
    ],
    ids=["asleep", "opted out", "gone for good", "no session of the older app"],
)
def test_nobody_else_of_the_older_app_does(
    left_behind: Participant, model: Any, change: dict[str, Any] | None
) -> None:
    model.objects.update(**change) if change else model.objects.all().delete()

    assert due() == 0


def test_texts_in_what_was_the_older_apps_conversation_say_nothing_of_the_hook(db: None) -> None:
    conversation = Conversation.objects.filter(session=abby_in_a_group().session).get()
    texts_came_in(conversation, 3)
    counts = dict.fromkeys(("participants_in", "participants_out", "messages_in", "messages_out"), 1)
    now = clock.now()
    LegacyImport.objects.create(
        session=conversation.session,
        key="x",
        conversation_sid=str(conversation.sid),
        last_known_at=now,
        imported_at=now,
        **counts,
    )

    assert Level.BAD not in {finding.level for finding in traffic.names()}
