"""An old session played on the emulator's phones, by `migrate_legacy_sessions --rehearse`."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from conversations_app.models import Binding
from conversations_app.tests.chat_harness import ChatHarness, Phone
from matchmaker import clock
from scenario_runner.emulator_client import EmulatorClient, EmulatorUnavailable
from sessions_app.legacy.models import REHEARSAL, LegacyImport
from sessions_app.legacy.tests.old_app import answered, key, person, said, session_key, write_dump
from sessions_app.models import Participant, Session

ABBY, LENA, SAM, JO = "+15145550123", "+15145550124", "+4915112345678", "+15145550199"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """Abby and Lena wrote an hour ago, Sam three days ago; Jo is in another session by now."""
    now = clock.now()

    def spoke(name: str, number: str, text: str, hours: int, **more: Any) -> dict[str, Any]:
        return said(text, number, name, timestamp=(now - timedelta(hours=hours)).isoformat(), **more)

    old = session_key(
        createdBy=ABBY,
        primaryUser=ABBY,
        conversationSid="CH" + "0a" * 16,
        participants=[
            person(ABBY, "Abby", "creator"),
            person(LENA, "Lena"),
            person(SAM, "Sam", channel="sms"),
            person(JO, "Jo"),
        ],
        messages=[
            answered("Hey Abby!", timestamp=(now - timedelta(hours=73)).isoformat()),
            spoke("Sam", SAM, "call me: 0151 12345678", 72, mediaUrl="https://photos.of.sam.com/1.jpg"),
            spoke("Abby", ABBY, f"or me, {ABBY}", 2, sid="SM" + "0b" * 16),
            spoke("Lena", LENA, "(514) 555-0124 is mine", 1),
        ],
        data={"age": 27, "bio": "text 514.555.0123"},
        actions=[{"type": "send_message", "result": {"recipients": [ABBY, LENA], LENA: 15145550123}}],
    )
    return write_dump(
        tmp_path / "dump.jsonl", key(f"phone:{JO}", "OTHER2"), session_key("OTHER2", participants=[person(JO)]), old
    )


def rehearse(*arguments: Any, failing: int | None = None) -> dict[str, Any]:
    """The command's report; `failing`: the exit code that it must end with."""
    out = StringIO()
    options = [str(argument) for argument in arguments]
    if failing is None:
        call_command("migrate_legacy_sessions", *options, "--json", stdout=out, stderr=StringIO())
        report: dict[str, Any] = json.loads(out.getvalue())
        return report
    with pytest.raises(CommandError) as ended:
        call_command("migrate_legacy_sessions", *options, "--json", stdout=out, stderr=StringIO())
    assert (ended.value.returncode, out.getvalue()) == (failing, "")
    return {"why": str(ended.value)}


def phones_of(harness: ChatHarness, report: dict[str, Any]) -> dict[str, Phone]:
    return {one["name"]: Phone(harness, one["name"], one["address"]) for one in report["people"]}


def everything_kept() -> str:
    """Every row of every table of ours."""
    models = [
        model for app in ("sessions_app", "conversations_app") for model in apps.get_app_config(app).get_models()
    ]
    return json.dumps([list(model._default_manager.values()) for model in models], default=str)


def test_no_real_number_gets_in(harness: ChatHarness, dump: Path) -> None:
    report = rehearse("--dump", dump, "--rehearse", "oldab2", "--apply")

    kept = everything_kept() + json.dumps(report)
    assert report["applied"]
    assert "OLDAB2" in kept
    for part in (
        "5550123",
        "5550124",
        "5550199",
        "12345678",
        "555-0124",
        "555.0123",
        "0a0a0a0a",
        "0b0b0b0b",
        "of.sam",
    ):
        assert part not in kept


def test_each_handset_shows_the_whole_old_thread_as_its_owner_had_it(harness: ChatHarness, dump: Path) -> None:
    report = rehearse("--dump", dump, "--rehearse", "OLDAB2", "--apply")

    phones = phones_of(harness, report)
    numbers = {name: phone.address.removeprefix("whatsapp:") for name, phone in phones.items()}
    assert [(item["direction"], item["body"]) for item in phones["Lena"].thread()] == [
        ("in", "Hey Abby!"),
        ("in", f"*Sam:* 📷 call me: {numbers['Sam']}"),
        ("in", f"*Abby:* or me, {numbers['Abby']}"),
        ("out", f"{numbers['Lena']} is mine"),
    ]
    assert phones["Sam"].address == numbers["Sam"]
    assert phones["Sam"].thread()[1]["body"] == f"📷 call me: {numbers['Sam']}"
    assert {one["name"] for one in report["people"] if one["has_left"]} == {"Jo"}
    assert set(Participant.objects.present().values_list("name", flat=True)) == {"Abby", "Lena", "Sam"}


def test_a_text_from_one_of_the_handsets_wakes_it(harness: ChatHarness, dump: Path) -> None:
    phones = phones_of(harness, rehearse("--dump", dump, "--rehearse", "OLDAB2", "--apply"))

    phones["Sam"].write("is this still on?")
    harness.settle()

    assert set(Binding.objects.held().values_list("participant__name", flat=True)) == {"Abby", "Lena", "Sam"}
    assert phones["Lena"].got("Sam: is this still on?") + phones["Lena"].got("Sam:* is this still on?") == 1
    assert phones["Sam"].got("We have moved to a new system") == 1
    assert phones["Jo"].got("We have moved") == 0


def test_a_second_one_starts_afresh_on_the_same_phones(harness: ChatHarness, dump: Path) -> None:
    first = rehearse("--dump", dump, "--rehearse", "OLDAB2", "--apply")
    phones = phones_of(harness, first)
    before = phones["Lena"].thread()
    phones["Sam"].write("is this still on?")
    harness.settle()

    again = rehearse("--dump", dump, "--rehearse", "OLDAB2", "--apply")

    assert again["people"] == first["people"]
    assert again["replaces_a_rehearsal"]
    assert [item["body"] for item in phones["Lena"].thread()] == [item["body"] for item in before]
    assert Session.objects.get(code="OLDAB2").status == "dormant"
    assert list(Session.objects.exclude(code="OLDAB2").values_list("status", flat=True)) == ["closed"]
    phones["Lena"].write("once more")
    harness.settle()
    assert phones["Abby"].got("Lena:* once more") + phones["Abby"].got("Lena: once more") == 1


def test_one_that_stopped_half_way_is_made_good_by_the_next(harness: ChatHarness, dump: Path) -> None:
    with patch.object(
        EmulatorClient, "show_old_thread", side_effect=EmulatorUnavailable("The emulator does not answer.")
    ):
        failed = rehearse("--dump", dump, "--rehearse", "OLDAB2", "--apply", failing=1)

    report = rehearse("--dump", dump, "--rehearse", "OLDAB2", "--apply")

    assert failed["why"] == "The emulator does not answer."
    assert [len(phone.thread()) for phone in phones_of(harness, report).values()] == [4, 4, 4, 4]
    assert Session.objects.open().get().code == "OLDAB2"


def test_it_tells_first_and_changes_nothing(harness: ChatHarness, dump: Path) -> None:
    dry = rehearse("--dump", dump, "--rehearse", "OLDAB2")

    nothing = Session.objects.exists() or harness.emulator.get("/emulator/phones").json()
    assert not nothing
    assert (dry["applied"], dry["session"], dry["messages"]) == (False, None, 4)
    assert dry["people"] == rehearse("--dump", dump, "--rehearse", "OLDAB2", "--apply")["people"]


def test_it_leaves_a_session_alone_that_is_no_rehearsal(harness: ChatHarness, dump: Path) -> None:
    call_command("migrate_legacy_sessions", "--dump", str(dump), "--apply", stdout=StringIO(), stderr=StringIO())
    before = everything_kept()

    failed = rehearse("--dump", dump, "--rehearse", "OLDAB2", "--apply", failing=1)

    assert failed["why"].startswith("OLDAB2 is a session here already, and no rehearsal, so it was left alone.")
    assert everything_kept() == before


@pytest.mark.django_db
def test_an_import_leaves_a_rehearsal_alone(dump: Path) -> None:
    arguments = ("migrate_legacy_sessions", "--dump", str(dump), "--code", "OLDAB2", "--apply", "--json")
    call_command(*arguments, stdout=StringIO(), stderr=StringIO())
    LegacyImport.objects.update(key=REHEARSAL + "session:OLDAB2", digest="")
    out = StringIO()

    with pytest.raises(CommandError):
        call_command(*arguments, stdout=out, stderr=StringIO())

    assert "it is being rehearsed here" in json.loads(out.getvalue())["failed"][0]["why"]


@pytest.mark.parametrize(
    ("url", "arguments", "code", "why"),
    [
        ("", ["--dump", "DUMP", "--rehearse", "OLDAB2"], 2, "TWILIO_BASE_URL is not set"),
        ("http://127.0.0.1:9", ["--redis-url", "redis://x", "--rehearse", "OLDAB2"], 2, "give --dump FILE"),
        ("http://127.0.0.1:9", ["--dump", "DUMP", "--rehearse", "A", "--code", "B"], 2, "leave --code"),
        ("http://127.0.0.1:9", ["--dump", "DUMP", "--rehearse", "OLDAB2"], 1, "does not answer"),
    ],
    ids=["real Twilio", "live Redis", "two wishes", "no emulator"],
)
def test_it_is_refused_with_a_clear_sentence(
    settings: Any, dump: Path, url: str, arguments: list[str], code: int, why: str
) -> None:
    settings.TWILIO_BASE_URL = url

    failed = rehearse(*[str(dump) if one == "DUMP" else one for one in arguments], "--apply", failing=code)

    assert why in failed["why"]


@pytest.mark.parametrize(
    ("kept", "code", "why"),
    [
        ("{", 1, "It is none that could be taken over: its value is not JSON."),
        (json.dumps({"participants": [{"phoneNumber": ABBY, "channel": "sms"}]}), 1, "we have no sms number"),
        (None, 2, "There is no session OLDAB2 there."),
    ],
    ids=["broken", "no number of that channel", "not there"],
)
def test_it_says_what_is_wrong_with_the_session(
    harness: ChatHarness, settings: Any, tmp_path: Path, kept: str | None, code: int, why: str
) -> None:
    settings.TWILIO_SENDERS = settings.TWILIO_SENDERS[:1]
    old = key("session:OLDAB2", kept) if kept else key("session:TOOLONG", "{}")

    failed = rehearse("--dump", write_dump(tmp_path / "one.jsonl", old), "--rehearse", "OLDAB2", failing=code)

    assert why in failed["why"]
