"""A window that shuts while the group goes on, through a real emulator and the real webhooks."""

from datetime import timedelta

import pytest
from django.conf import settings

from conversations_app.gateway.client import client
from conversations_app.models import Delivery, Receipt, Sender
from conversations_app.tests.chat_harness import ChatHarness
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.windows import messaging_window
from matchmaker import clock
from sessions_app import actions


def ask_for_receipts() -> None:
    hooks = client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID).configuration.webhooks()
    hooks.update(filters=[*hooks.fetch().filters, "onDeliveryUpdated"])


def test_someone_silent_for_a_day_is_caught_up_once(harness: ChatHarness, moving_clock: None) -> None:
    ask_for_receipts()
    group = harness.group("Abby", "Lena", "Friend", sms=("Friend",))
    lena = group.session.participants.get(name="Lena")
    missed = Receipt.objects.missed().filter(participant=lena, message__kind="person")

    harness.emulator.post("/emulator/clock", json={"advance": "25h"}).raise_for_status()
    group["Friend"].write("soup at mine tonight?")
    harness.until(missed.exists)
    assert group["Lena"].got("soup at mine") == 0
    group["Lena"].write("sorry, what did I miss?")
    group["Lena"].write("anybody there?")
    harness.until(lambda: group["Lena"].got("While you were away:") and group["Friend"].got("anybody there"))
    harness.settle()

    assert group["Lena"].got("Friend: soup at mine tonight?") == 1
    assert group["Lena"].got("While you were away:") == 1
    assert set(Delivery.objects.filter(reason="catch-up").values_list("contact", flat=True)) == {lena.contact_id}
    assert group["Friend"].got("While you were away") == group["Abby"].got("While you were away") == 0


@pytest.mark.django_db
def test_a_window_is_open_for_a_day_after_the_person_wrote() -> None:
    abby, now = abby_in_a_group(), clock.now()
    sender = abby.bindings.get().sender
    never = messaging_window.is_open(abby.contact, sender, at=now)
    messaging_window.note_inbound(abby.contact, sender, at=now)
    messaging_window.note_inbound(abby.contact, sender, at=now - timedelta(hours=5))

    open_at = [
        messaging_window.is_open(abby.contact, sender, at=now + timedelta(hours=hours)) for hours in (0, 23, 24)
    ]

    assert (never, open_at) == (False, [True, True, False])


@pytest.mark.django_db
def test_a_phone_on_sms_has_no_window() -> None:
    contact = actions.get_or_update_contact(address="+15550100009", at=clock.now())

    assert messaging_window.is_open(contact, Sender(address="+15005550007"), at=clock.now())
