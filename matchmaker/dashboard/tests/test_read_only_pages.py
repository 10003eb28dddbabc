import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conversations_app.models import (
    Binding,
    Conversation,
    Delivery,
    Heartbeat,
    InboxEvent,
    Message,
    Problem,
    Receipt,
    Sender,
    Turn,
    Window,
)
from matchmaker import clock
from matchmaker.dashboard.tests.sample_session import SampleSession, busy_night
from sessions_app.models import Contact, Fact, Invite, OwnPageLink, Participant, Photo, Session, ShareLink
from sessions_app.public_page.links import LASTS

OWNED = [
    Binding,
    Contact,
    Conversation,
    Delivery,
    Fact,
    Heartbeat,
    InboxEvent,
    Invite,
    Message,
    OwnPageLink,
    Photo,
    Problem,
    Receipt,
    Sender,
    ShareLink,
    Turn,
    Window,
]
PRIVATE = "+1555"


def address(model: type[Model], what: str, *arguments: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=arguments)


@pytest.fixture
def sessions(db: None) -> None:
    busy_night()
    contact = Contact.objects.earliest("pk")
    now = clock.now()
    ShareLink.objects.create(session=Session.objects.earliest("pk"), created_at=now, expires_at=now + LASTS)
    OwnPageLink.objects.create(participant=Participant.objects.earliest("pk"), created_at=now, expires_at=now + LASTS)
    Delivery.objects.create(contact=contact, sender=Sender.objects.get(), reason="how to start", body="Hi!")
    message = Message.objects.filter(author__isnull=False)[0]
    sender = Participant.objects.get(messages=message)
    Photo.objects.create(session=message.session, sent_by=sender, message=message, created_at=now)


@pytest.mark.parametrize("model", OWNED)
def test_it_lists_rows_without_a_phone_number(staff: Client, sessions: None, model: type[Model]) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = staff.get(address(model, "changelist"))

    assert answer.status_code == 200
    assert PRIVATE not in answer.content.decode()
    assert len(captured) <= 10


@pytest.mark.parametrize("model", OWNED)
def test_it_shows_one_row_without_a_way_to_change_it(staff: Client, sessions: None, model: type[Model]) -> None:
    row = model._default_manager.all()[0]
    page = address(model, "change", row.pk)

    assert 'name="_save"' not in staff.get(page).content.decode()
    assert PRIVATE not in staff.get(page).content.decode()
    assert staff.post(page, {}).status_code == 403
    assert staff.get(address(model, "add")).status_code == 403
    assert staff.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_staff_close_a_profile_page_at_once(staff: Client, reader: Client, sessions: None) -> None:
    link = ShareLink.objects.get()
    chosen = {"action": "close_pages", "_selected_action": [link.pk]}
    reader.post(address(ShareLink, "changelist"), chosen)
    assert ShareLink.objects.get().revoked_at is None

    staff.post(address(ShareLink, "changelist"), chosen)

    assert ShareLink.objects.get().revoked_at is not None
    assert LogEntry.objects.get().change_message == "Closed the page."


def test_no_page_of_ours_holds_what_opens_a_profile(staff: Client, sessions: None) -> None:
    link = ShareLink.objects.get()
    shown = [staff.get(address(ShareLink, "changelist")), staff.get(address(ShareLink, "change", link.pk))]

    assert [link.token in page.content.decode() for page in shown] == [False, False]


def test_it_assigns_no_newcomers_to_a_number_that_staff_switch_off(
    staff: Client, reader: Client, sessions: None
) -> None:
    sender = Sender.objects.get()
    chosen = {"action": "take_nobody_new", "_selected_action": [sender.pk]}

    reader.post(address(Sender, "changelist"), chosen)
    assert Sender.objects.get().is_enabled
    staff.post(address(Sender, "changelist"), chosen)

    assert not Sender.objects.get().is_enabled
    assert LogEntry.objects.get().change_message == "No new people are assigned."


def test_it_keeps_a_webhooks_content_on_its_own_page(staff: Client, db: None) -> None:
    event = InboxEvent.objects.create(kind="messaging", event_type="inbound", key="k", payload={"Body": "my words"})

    assert "my words" not in staff.get(address(InboxEvent, "changelist")).content.decode()
    assert "my words" in staff.get(address(InboxEvent, "change", event.pk)).content.decode()


def test_it_sets_a_failed_webhook_back_to_waiting(staff: Client, db: None) -> None:
    failed = InboxEvent.objects.create(
        kind="messaging", event_type="inbound", key="a", payload={}, state="failed", attempts=8
    )
    unreadable = InboxEvent.objects.create(
        kind="messaging", event_type="inbound", key="malformed:b", payload={}, state="failed"
    )

    chosen = {"action": "try_again", "_selected_action": [failed.pk, unreadable.pk]}
    staff.post(address(InboxEvent, "changelist"), chosen)

    failed.refresh_from_db()
    unreadable.refresh_from_db()
    assert (failed.state, failed.attempts, unreadable.state) == ("waiting", 0, "failed")


def test_it_marks_problems_as_solved_from_the_list(staff: Client, sample: SampleSession) -> None:
    problem = sample.problem("Trouble.")

    staff.post(address(Problem, "changelist"), {"action": "mark_solved", "_selected_action": [problem.pk]})

    assert Problem.objects.get().solved_at is not None
    assert LogEntry.objects.get().change_message == "Marked as solved."


def test_it_says_which_problems_were_solved_by_themselves(staff: Client, sample: SampleSession) -> None:
    Problem.resolve(sample.problem("Trouble.").key)

    shown = staff.get(address(Problem, "changelist")).content.decode()

    assert "solved by itself" in shown


def test_it_lets_a_reader_solve_nothing(reader: Client, sample: SampleSession) -> None:
    problem = sample.problem("Trouble.")

    reader.post(address(Problem, "changelist"), {"action": "mark_solved", "_selected_action": [problem.pk]})

    assert Problem.objects.get().solved_at is None


def test_it_finds_a_person_by_the_number_as_people_write_it(staff: Client, sample: SampleSession) -> None:
    found = staff.get(address(Contact, "changelist"), {"q": "+1 555 010 0771"}).context["cl"].result_list

    assert [contact.display_name for contact in found] == ["Abby"]


def test_staff_revoke_a_link_and_never_see_what_opens_it(staff: Client, sessions: None) -> None:
    link = OwnPageLink.objects.get()
    shown = (
        staff.get(address(OwnPageLink, "changelist")).content
        + staff.get(address(OwnPageLink, "change", link.pk)).content
    )

    staff.post(address(OwnPageLink, "changelist"), {"action": "revoke", "_selected_action": [link.pk]})

    link.refresh_from_db()
    assert link.revoked_at is not None
    assert not any(secret.encode() in shown for secret in (link.token, str(link.nonce), link.nonce.hex))
    assert LogEntry.objects.filter(object_id=str(link.pk), change_message="Revoked.").exists()


def test_readers_revoke_nothing(reader: Client, sessions: None) -> None:
    link = OwnPageLink.objects.get()

    reader.post(address(OwnPageLink, "changelist"), {"action": "revoke", "_selected_action": [link.pk]})

    link.refresh_from_db()
    assert link.revoked_at is None
