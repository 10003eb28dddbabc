"""Without a source of sessions from elsewhere, everything is as if each session had begun here."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conversations_app import extensions
from conversations_app.extensions import SessionSource
from conversations_app.membership import joining, senders
from conversations_app.models import Binding
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.silent_members import wrote_last
from conversations_app.turns import lifecycle
from conversations_app.windows import templates
from matchmaker import clock
from sessions_app.models import Participant, Session

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


@pytest.fixture
def abby(db: None, monkeypatch: pytest.MonkeyPatch) -> Participant:
    monkeypatch.setattr(extensions, "_source", SessionSource())
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return abby_in_a_group()


def test_nobody_is_sent_a_template_who_missed_nothing(abby: Participant, settings: Any) -> None:
    settings.CHANNELS_ENABLED = ["whatsapp", "sms"]
    wrote_last(abby, NOON - timedelta(hours=48))

    assert list(templates._due(NOON)) == []


def test_whoever_never_had_a_number_of_ours_is_no_absent_member(abby: Participant) -> None:
    sender = senders.first_free(abby.contact) or Binding.objects.get().sender
    Binding.objects.all().delete()

    assert joining.find_absent_member(abby.contact, sender) is None


def test_turns_wait_for_nothing_else(abby: Participant) -> None:
    Session.objects.update(turn_due_at=NOON - timedelta(days=1))

    assert lifecycle.due_turns(10) == [abby.session_id]
