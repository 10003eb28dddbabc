"""What a program posts, ourselves included, is no person's: nobody joins by it, and nobody answers it."""

import json
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from conversations_app.inbound import conversation_events, inbox, processing
from conversations_app.models import Binding, Delivery, InboxEvent, Message, Sender
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.webhook_requests import message_added, post_signed, sid, text_received
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Contact, Participant, Session

OURS = "whatsapp:+15005550006"
PROGRAMS = [OURS, "+15005550007", "system", "Matchmaker", "studio-flow"]
Arrives = Callable[..., InboxEvent]


@pytest.fixture
def abby(db: None) -> Participant:
    return abby_in_a_group()


@pytest.fixture
def arrives(abby: Participant) -> Arrives:
    def take_in(author: str, body: str = "Has anybody seen the news?", **fields: str) -> InboxEvent:
        conversation = str(abby.session.conversations.get().sid)
        added = message_added(ConversationSid=conversation, Author=author, Body=body, **fields)
        inbox.record(kind=InboxEvent.Kind.CONVERSATION, event_type="onMessageAdded", fields=added)
        event = InboxEvent.objects.latest("pk")
        processing.take_in(event.pk)
        event.refresh_from_db()
        return event

    return take_in


@pytest.mark.parametrize("author", PROGRAMS)
def test_it_is_noted_and_not_answered(abby: Participant, arrives: Arrives, author: str) -> None:
    event = arrives(author)

    message = Message.objects.get()
    assert event.note == f"Message {message.pk}, posted by another program, so it is not answered."
    assert (message.kind, message.author, message.needs_turn) == ("program", None, False)
    assert list(Participant.objects.values_list("name", flat=True)) == ["Abby"]
    assert Session.objects.get().turn_due_at is None


@pytest.mark.parametrize("author", PROGRAMS)
@pytest.mark.parametrize("body", ["leave", "STOP", "start over"])
def test_a_command_word_in_it_is_none(abby: Participant, arrives: Arrives, author: str, body: str) -> None:
    arrives(author, body)

    assert Message.objects.get().kind == "program"
    assert Binding.objects.held().count() == 1
    assert not Contact.objects.exclude(opted_out_at=None).exists()


def test_a_number_that_was_ours_is_none_of_a_person(arrives: Arrives) -> None:
    Sender.objects.create(address="whatsapp:+15005550099", is_enabled=False)

    arrives("whatsapp:+15005550099")

    assert Participant.objects.count() == 1


def test_one_that_was_taken_for_a_person_once_writes_no_more(abby: Participant, arrives: Arrives) -> None:
    contact = actions.get_or_update_contact(address=OURS, at=clock.now())
    Participant.objects.create(session=abby.session, contact=contact, name="Friend", joined_at=clock.now())

    arrives(OURS)

    assert Message.objects.get().author is None


def test_a_person_added_in_twilios_console_still_joins_by_writing(abby: Participant, arrives: Arrives) -> None:
    arrives("whatsapp:+15550100077")

    assert Participant.objects.count() == 2


def test_those_that_were_taken_for_people_leave_the_groups(abby: Participant) -> None:
    contact = actions.get_or_update_contact(address=OURS, at=clock.now())
    Participant.objects.create(session=abby.session, contact=contact, name="Friend", joined_at=clock.now())

    import_module("conversations_app.migrations.0023_take_our_own_numbers_out_of_groups").take_out(apps, None)

    assert list(Participant.objects.present()) == [abby]


def test_it_stands_in_the_transcript(arrives: Arrives, capsys: pytest.CaptureFixture[str]) -> None:
    arrives("studio-flow")

    call_command("show", Session.objects.get().code)

    assert capsys.readouterr().out.count("Has anybody seen the news?  (posted by another program)") == 1


def test_staff_see_it_on_the_page_of_the_session(arrives: Arrives, admin_client: Client) -> None:
    arrives("studio-flow")

    shown = admin_client.get(f"/admin/sessions_app/session/{Session.objects.get().pk}/change/").content.decode()

    assert "Has anybody seen the news?" in shown
    assert "from another program" in shown


@pytest.mark.parametrize("author", PROGRAMS)
@pytest.mark.parametrize("body", ["hello", "STOP"])
def test_the_pre_event_hook_leaves_it_as_it_is(abby: Participant, client: Client, author: str, body: str) -> None:
    fields = {
        "EventType": "onMessageAdd",
        "ConversationSid": str(abby.session.conversations.get().sid),
        "Author": author,
        "Body": body,
        "Attributes": "{}",
    }

    answer = post_signed(client, "/webhooks/conversations/pre", fields)

    assert json.loads(answer.content) == {}


def test_one_of_our_numbers_in_a_conversation_is_nobody(abby: Participant) -> None:
    note = conversation_events.record_added_participant(
        actions.lock_session(abby.session_id),
        abby.session.conversations.get(),
        sid("MB"),
        address="+15005550007",
        proxy_address=OURS,
    )

    assert note == "One of our own numbers."
    assert Participant.objects.count() == 1


@pytest.mark.parametrize("body", ["start", "hello", "STOP"])
def test_one_of_our_numbers_that_texts_another_gets_no_answer(db: None, body: str) -> None:
    fields = text_received(From="whatsapp:+15005550006", To="whatsapp:+15005550006", Body=body)
    inbox.record(kind=InboxEvent.Kind.MESSAGING, event_type="inbound", fields=fields)

    processing.take_in(InboxEvent.objects.get().pk)

    assert InboxEvent.objects.get().note.startswith("From one of our own numbers")
    assert not Delivery.objects.exists()
    assert not Contact.objects.exists()
