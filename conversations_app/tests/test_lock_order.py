"""A session's row is locked before a window's, wherever both are; in the other order two workers could wait for each
other for ever."""

import threading
import time

import pytest
from django.db import connection, transaction

from conversations_app.inbound import inbox, processing
from conversations_app.models import Binding, InboxEvent, Message, Window
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.silent_members import wrote_last
from conversations_app.tests.webhook_requests import message_added, text_received
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Participant, Session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def abby() -> Participant:
    abby = abby_in_a_group()
    wrote_last(abby, clock.now())
    return abby


def arrives(abby: Participant, by: str, words: str) -> InboxEvent:
    if by == "messaging":
        Session.objects.update(transport="broadcast")
        Binding.objects.update(conversation=None)
        inbox.record(kind=InboxEvent.Kind.MESSAGING, event_type="inbound", fields=text_received(Body=words))
    else:
        sid = str(abby.session.conversations.get().sid)
        fields = message_added(ConversationSid=sid, Body=words)
        inbox.record(kind=InboxEvent.Kind.CONVERSATION, event_type="onMessageAdded", fields=fields)
    return InboxEvent.objects.get()


def take_in_alone(event: InboxEvent) -> None:
    try:
        processing.take_in(event.pk)
    finally:
        connection.close()


def is_somebody_waiting_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("by", ["messaging", "conversation"])
@pytest.mark.parametrize("words", ["hello", "invite"])
def test_it_holds_no_window_lock_while_it_waits_for_a_session(abby: Participant, by: str, words: str) -> None:
    event = arrives(abby, by, words)
    worker = threading.Thread(target=take_in_alone, args=(event,))

    with transaction.atomic():
        actions.lock_session(abby.session_id)
        worker.start()
        while worker.is_alive() and not is_somebody_waiting_for_us():
            time.sleep(0.005)
        assert worker.is_alive()
        Window.objects.select_for_update(nowait=True).get()
    worker.join()

    assert Message.objects.filter(body=words).exists()
