"""Contacts that were two, one for each form of a number, before the database knew both."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from conversations_app.models import Binding, Delivery, Sender, Window
from conversations_app.tests.factories import abby_in_a_group, message_to
from conversations_app.tests.webhook_requests import sid
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Contact, Participant

pytestmark = pytest.mark.django_db

WHATSAPPS, PHONE_BOOKS = "whatsapp:+5215512345678", "whatsapp:+525512345678"


@pytest.fixture(autouse=True)
def _before() -> None:
    """The test's transaction ends with the constraint in place again."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX contact_once_a_number")


def contact(address: str, *, wrote_hours_ago: int | None = None) -> Contact:
    made = Contact.objects.create(address=address, created_at=clock.now())
    if wrote_hours_ago is not None:
        sender, _ = Sender.objects.get_or_create(address="whatsapp:+15005550006")
        Window.objects.create(
            contact=made, sender=sender, last_inbound_at=clock.now() - timedelta(hours=wrote_hours_ago)
        )
    return made


def merge() -> None:
    import_module("sessions_app.migrations.0011_know_both_forms_of_a_number").merge_contacts(apps, None)


def join(session: Participant, who: Contact, name: str) -> Participant:
    return Participant.objects.create(session=session.session, contact=who, name=name, joined_at=clock.now())


def bound(person: Participant, to: Participant) -> Binding:
    return Binding.objects.create(
        participant=person,
        conversation=to.session.conversations.get(),
        address=person.contact.address,
        sender=Sender.objects.get(),
        state="bound",
        participant_sid=sid("MB"),
        created_at=clock.now(),
    )


def test_the_form_that_wrote_last_stays() -> None:
    contact(WHATSAPPS, wrote_hours_ago=1)
    contact(PHONE_BOOKS, wrote_hours_ago=5)
    contact(WHATSAPPS.removeprefix("whatsapp:"))

    merge()

    assert set(Contact.objects.values_list("address", flat=True)) == {WHATSAPPS, WHATSAPPS.removeprefix("whatsapp:")}
    assert clock.now() - Window.objects.get().last_inbound_at < timedelta(hours=2)


def test_they_are_in_the_groups_of_both() -> None:
    abby = abby_in_a_group()
    zoe = abby_in_a_group("whatsapp:+15550100009")
    join(abby, contact(WHATSAPPS), "Ana")
    join(zoe, contact(PHONE_BOOKS, wrote_hours_ago=1), "Ana")

    merge()

    kept = Contact.objects.get(address=PHONE_BOOKS)
    assert set(kept.participations.values_list("session", flat=True)) == {abby.session_id, zoe.session_id}


def test_who_opted_out_under_either_stays_out() -> None:
    contact(WHATSAPPS, wrote_hours_ago=1)
    Contact.objects.filter(pk=contact(PHONE_BOOKS).pk).update(opted_out_at=clock.now())

    merge()

    assert Contact.objects.get().opted_out_at is not None


def test_who_came_into_one_group_twice_is_in_it_once() -> None:
    """And every word keeps its author."""
    abby = abby_in_a_group()
    left = join(abby, contact(WHATSAPPS, wrote_hours_ago=1), "Ana")
    Participant.objects.filter(pk=left.pk).update(left_at=clock.now(), role="primary")
    there = join(abby, contact(PHONE_BOOKS), "Ana (2)")
    held = bound(there, abby)
    message = message_to(abby)
    for number, copy in enumerate((left, there)):
        Delivery.objects.create(
            contact=copy.contact, sender=held.sender, message=message, session=abby.session, reason=str(number)
        )

    merge()

    there.refresh_from_db()
    assert (there.contact.address, there.left_at, there.role) == (WHATSAPPS, None, "primary")
    assert Contact.objects.get(participations=left).address.startswith("former:")
    assert Participant.objects.filter(session=abby.session, left_at=None).count() == 2
    assert {copy.reason: copy.contact_id for copy in message.deliveries.all()}["1"] == there.contact_id
    assert Binding.objects.get(pk=held.pk).state == "bound"


def test_twilio_is_told_to_let_go_of_the_phone_that_is_there_twice() -> None:
    abby = abby_in_a_group()
    first = bound(join(abby, contact(WHATSAPPS, wrote_hours_ago=1), "Ana"), abby)
    second = bound(join(abby, contact(PHONE_BOOKS), "Ana (2)"), abby)

    merge()

    states = dict(Binding.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == ("bound", "unbinding")
    abby.session.refresh_from_db()
    assert abby.session.delivery_due_at is not None


def test_other_contacts_stay_as_they_are() -> None:
    actions.get_or_update_contact(address=WHATSAPPS, at=clock.now())
    actions.get_or_update_contact(address="+15550100001", at=clock.now())

    merge()

    assert set(Contact.objects.values_list("address", flat=True)) == {WHATSAPPS, "+15550100001"}
