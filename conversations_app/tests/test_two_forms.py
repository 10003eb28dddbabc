"""Somebody whose number has two forms, known here by one, writes from the other: on WhatsApp, it is one person."""

import pytest

from conversations_app.models import Binding
from conversations_app.tests.chat_harness import ChatHarness, Phone
from sessions_app.models import Contact, Participant, Session

BRAZIL = ("+554187654321", "+5541987654321")
MEXICO = ("+525512345678", "+5215512345678")
ARGENTINA = ("+541123456789", "+5491123456789")
FORMS = pytest.mark.parametrize("forms", [BRAZIL, MEXICO, ARGENTINA], ids=["Brazil", "Mexico", "Argentina"])

pytestmark = pytest.mark.usefixtures("transport")


def phone(harness: ChatHarness, number: str) -> Phone:
    return harness.phone("Bia", address=f"whatsapp:{number}")


@FORMS
def test_who_writes_from_the_other_form_is_the_same_member(harness: ChatHarness, forms: tuple[str, str]) -> None:
    bia, same_bia = phone(harness, forms[0]), phone(harness, forms[1])
    rui = harness.phone("Rui")
    bia.write("start")
    harness.settle()
    rui.write(f"join {Session.objects.get().code}")
    harness.settle()

    same_bia.write("it is me, from my new phone")
    harness.settle()

    assert rui.got("Bia:* it is me, from my new phone") == 1
    assert bia.got("it is me, from my new phone") == 0
    assert same_bia.got("Send start to begin a group") == 0
    assert Participant.objects.count() == 2


def test_stop_from_the_other_form_counts(harness: ChatHarness) -> None:
    bia, same_bia = phone(harness, MEXICO[0]), phone(harness, MEXICO[1])
    bia.write("start")
    harness.settle()

    same_bia.write("STOP")
    harness.settle()

    assert Contact.objects.get().opted_out_at is not None
    assert not Binding.objects.held().exists()


def test_a_second_group_is_not_begun_on_the_same_number_from_the_other_form(harness: ChatHarness) -> None:
    bia, same_bia = phone(harness, BRAZIL[0]), phone(harness, BRAZIL[1])
    ana = harness.phone("Ana")
    bia.write("start")
    ana.write("start")
    harness.settle()
    code = Participant.objects.get(name="Ana").session.code

    same_bia.write(f"join {code}")
    harness.settle()

    assert Binding.objects.held().filter(participant__name="Bia").count() == 1
    assert not Participant.objects.filter(session__code=code).exclude(name="Ana").exists()
