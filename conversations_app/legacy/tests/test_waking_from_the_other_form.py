"""The older app kept one form of a number, and its owner writes to us from the other."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from conversations_app.models import Message
from conversations_app.tests.chat_harness import ChatHarness
from sessions_app.legacy.tests.old_app import person, said, session_key, write_dump
from sessions_app.models import Contact, Session

FORMS = pytest.mark.parametrize(
    "forms",
    [
        ("+554187654321", "+5541987654321"),
        ("+525512345678", "+5215512345678"),
        ("+541123456789", "+5491123456789"),
    ],
    ids=["Brazil", "Mexico", "Argentina"],
)

pytestmark = pytest.mark.usefixtures("transport")


def imported(path: Path, number: str, *, friend: str = "+15550100391") -> Session:
    """A group of the older app, which kept this number for Bia."""
    dump = write_dump(
        path / "dump.jsonl",
        session_key(
            createdBy=number,
            participants=[person(number, "Bia", "creator"), person(friend, "Rui")],
            messages=[said("for me!", number, "Bia"), said("great", friend, "Rui")],
        ),
    )
    call_command("migrate_legacy_sessions", "--dump", str(dump), "--apply", stdout=StringIO(), stderr=StringIO())
    return Session.objects.get()


@FORMS
def test_who_was_kept_in_one_form_wakes_the_old_group_from_the_other(
    harness: ChatHarness, tmp_path: Path, forms: tuple[str, str]
) -> None:
    session = imported(tmp_path, forms[0])
    bia = harness.phone("Bia", address=f"whatsapp:{forms[1]}")

    bia.write("hello, is this still on?")
    harness.settle()

    session.refresh_from_db()
    assert session.status == "active"
    assert bia.got("We have moved to a new system") == 1
    assert bia.got("Send start to begin a group") == 0
    assert Message.objects.get(body="hello, is this still on?").author == session.participants.get(name="Bia")
    assert Contact.objects.get(participations__name="Bia").address == bia.address


@FORMS
def test_and_the_other_way_round(harness: ChatHarness, tmp_path: Path, forms: tuple[str, str]) -> None:
    session = imported(tmp_path, forms[1])
    bia = harness.phone("Bia", address=f"whatsapp:{forms[0]}")

    bia.write("oi")
    harness.settle()

    assert bia.got("We have moved to a new system") == 1
    assert session.participants.count() == 2


def test_also_by_the_channel_that_was_not_kept(harness: ChatHarness, tmp_path: Path) -> None:
    session = imported(tmp_path, "+525512345678")
    bia = harness.phone("Bia", address="+5215512345678")

    bia.write("hello, is this still on?")
    harness.settle()

    assert bia.got("We have moved to a new system") == 1
    assert session.participants.get(name="Bia").contact.address == bia.address
