"""What becomes of a message that Twilio tells us of, from rows alone."""

import pytest

from conversations_app.inbound import inbox, processing
from conversations_app.models import InboxEvent, Message
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.webhook_requests import message_added
from sessions_app.models import Participant, Session


@pytest.fixture
def abby(db: None) -> Participant:
    return abby_in_a_group()


def arrives(abby: Participant, **fields: str) -> InboxEvent:
    sid = str(abby.session.conversations.get().sid)
    added = message_added(ConversationSid=sid, **fields)
    inbox.record(kind=InboxEvent.Kind.CONVERSATION, event_type="onMessageAdded", fields=added)
    event = InboxEvent.objects.get()
    processing.take_in(event.pk)
    event.refresh_from_db()
    return event


def test_a_message_with_nothing_in_it_takes_no_turn(abby: Participant) -> None:
    event = arrives(abby, Body="")

    assert event.note == "There is nothing in it that could be shown."
    assert not Message.objects.exists()
    assert Session.objects.get().turn_due_at is None


def test_a_place_that_passed_the_pre_event_hook_without_a_name_is_kept_in_words(abby: Participant) -> None:
    arrives(abby, Body="", Latitude="53.8", Longitude="-1.5")

    assert Message.objects.get().body == "📍 a place: https://maps.google.com/?q=53.8,-1.5"
