"""A session of the older app, woken here by whoever writes first."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from conversations_app.gateway import api
from conversations_app.models import Binding, Message, Problem
from conversations_app.tests.chat_harness import ChatHarness, Phone
from matchmaker import clock
from sessions_app.legacy.tests.old_app import person, said, session_key, write_dump
from sessions_app.models import Fact, Session

pytestmark = pytest.mark.usefixtures("transport")


@pytest.fixture
def people(harness: ChatHarness, transport: str, tmp_path: Path) -> dict[str, Phone]:
    """Abby and Lena wrote there an hour ago, Sam three days ago; all on WhatsApp."""
    phones = {name: harness.phone(name) for name in ("Abby", "Lena", "Sam")}
    numbers = {name: phone.address.removeprefix("whatsapp:") for name, phone in phones.items()}
    now = clock.now()
    hours = {"Sam": 72, "Abby": 2, "Lena": 1}
    told = [
        said(f"{name} was here", numbers[name], name, timestamp=(now - timedelta(hours=ago)).isoformat())
        for name, ago in hours.items()
    ]
    for name, phone in phones.items():
        wrote = {
            "direction": "out",
            "body": f"{name} was here",
            "at": (now - timedelta(hours=hours[name])).isoformat(),
        }
        seeded = harness.emulator.post(phone._path("history"), json={"with": phone.sender, "messages": [wrote]})
        seeded.raise_for_status()
    participants = [person(numbers[name], name) for name in phones]
    dump = write_dump(
        tmp_path / "dump.jsonl", session_key(participants=participants, messages=told, data={"age": 27})
    )
    call_command("migrate_legacy_sessions", "--dump", str(dump), "--apply", stdout=StringIO(), stderr=StringIO())
    return phones


def test_the_first_text_opens_it_for_those_who_can_be_reached(harness: ChatHarness, people: dict[str, Phone]) -> None:
    people["Lena"].write("hello, is this still on?")
    harness.settle()

    session = Session.objects.get()
    assert session.status == "active"
    assert set(Binding.objects.held().values_list("participant__name", flat=True)) == {"Abby", "Lena"}
    assert people["Lena"].got("We have moved to a new system") == 1
    assert people["Lena"].got("an AI, not a person") == 1
    assert people["Lena"].got("joined the group") == 0
    assert Message.objects.filter(body="hello, is this still on?", author__name="Lena").count() == 1


def test_the_least_talkative_friend_comes_back_by_writing(harness: ChatHarness, people: dict[str, Phone]) -> None:
    people["Lena"].write("hello, is this still on?")
    harness.settle()
    people["Sam"].write("me too")
    harness.settle()
    people["Lena"].write("good to read you")
    harness.settle()

    assert people["Lena"].got("Sam:* me too") == 1
    assert people["Sam"].got("Lena:* good to read you") == 1
    assert Message.objects.filter(body__contains="We have moved").count() == 1


def test_nothing_of_the_old_profile_counts_before_a_yes_here(harness: ChatHarness, people: dict[str, Phone]) -> None:
    people["Abby"].write("hi")
    harness.settle()
    assert not Fact.objects.exists()

    people["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()

    assert Fact.objects.filter(field="age", state="confirmed").exists()


def test_it_moves_to_the_other_transport_and_back(
    harness: ChatHarness, people: dict[str, Phone], transport: str
) -> None:
    people["Lena"].write("hello, is this still on?")
    harness.settle()
    code = Session.objects.get().code
    other = {"conversations": "broadcast", "broadcast": "conversations"}[transport]

    for to in (other, transport):
        call_command("move_session", code, "--to", to, "--apply", stdout=StringIO())
        people["Abby"].write(f"on {to}")
        harness.settle()

    assert [people["Lena"].got(f"on {to}") for to in (other, transport)] == [1, 1]
    assert people["Abby"].got(f"on {other}") == 0
    told = [message.body for message in Message.objects.filter(kind="person").in_transcript_order()]
    assert told == [
        "Sam was here",
        "Abby was here",
        "Lena was here",
        "hello, is this still on?",
        *[f"on {to}" for to in (other, transport)],
    ]


def test_one_that_sleeps_is_moved_before_anybody_is_in_it(
    harness: ChatHarness, people: dict[str, Phone], transport: str
) -> None:
    session = Session.objects.get()
    other = {"conversations": "broadcast", "broadcast": "conversations"}[transport]

    call_command("move_session", session.code, "--to", other, "--apply", stdout=StringIO())
    people["Lena"].write("hello, is this still on?")
    harness.settle()

    session.refresh_from_db()
    assert (session.transport, session.status) == (other, "active")
    assert people["Abby"].got("hello, is this still on?") == 1
    assert people["Abby"].got("We have moved to a new system") == 1
    assert people["Abby"].got("We changed how") == 0


def give_back() -> dict[str, Any]:
    out = StringIO()
    call_command("migrate_legacy_sessions", "--give-back", "--apply", "--json", stdout=out, stderr=StringIO())
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def test_given_back_it_sleeps_and_its_phones_are_free_and_whoever_writes_again_wakes_it(
    harness: ChatHarness, people: dict[str, Phone]
) -> None:
    people["Lena"].write("hello, is this still on?")
    harness.settle()
    before = len(people["Abby"].arrived())

    told = [give_back() for _ in range(2)]

    assert [one["given_back"] for one in told] == [["OLDAB2"], []]
    assert Session.objects.get().status == "dormant"
    assert not Binding.objects.held().exists()
    assert [api.open_conversations_of(phone.address) for phone in people.values()] == [[], [], []]
    assert len(people["Abby"].arrived()) == before
    people["Abby"].write("here again")
    harness.settle()
    assert people["Lena"].got("Abby:* here again") == 1


def test_one_in_staffs_hands_is_not_given_back(harness: ChatHarness, people: dict[str, Phone]) -> None:
    people["Lena"].write("hello, is this still on?")
    harness.settle()
    Session.objects.update(status="paused")

    with pytest.raises(CommandError, match="1 could not be given back"):
        give_back()

    assert Binding.objects.held().exists()


def test_who_could_not_be_taken_along_is_named_with_the_link_by_which_they_come(
    harness: ChatHarness, people: dict[str, Phone]
) -> None:
    people["Lena"].write("hello, is this still on?")
    harness.settle()

    [told] = [body for body in people["Abby"].arrived() if "We have moved to a new system" in body]
    assert (
        "I can't message Sam first. They're back as soon as they text me: https://wa.me/15005550006?text=Hi" in told
    )


def test_resumed_with_nobody_to_write_to_it_says_so_and_the_first_who_writes_is_told(
    harness: ChatHarness, people: dict[str, Phone], capsys: pytest.CaptureFixture[str]
) -> None:
    Message.objects.update(at_is_estimated=True)
    call_command("resume", "OLDAB2", "--apply")
    harness.settle()
    told = capsys.readouterr().out
    people["Sam"].write("hello?")
    harness.settle()

    assert (
        "Nobody of it can be written to first: they are back by writing to us, by https://wa.me/15005550006" in told
    )
    assert people["Sam"].got("We have moved to a new system") == 1
    assert not Problem.objects.exists()
